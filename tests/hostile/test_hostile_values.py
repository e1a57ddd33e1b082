"""Dates, ranges, periods and paths: any text is read or refused in one sentence, and what is read is read again."""

from contextlib import suppress

import pytest
from hostile_texts import TEXTS, bounded, dates, hostile, paths
from hypothesis import given

from tracker.dates import day, periods, ranges, typed
from tracker.record import paths as shape
from tracker.record import values as record_paths
from tracker.record.document import complete
from tracker.record.edits import add, remove, set_, value_from_text
from tracker.text import names, refs, safety

TODAY = "2026-11-22"


def in_order(earliest: str | None, latest: str | None) -> bool:
    return earliest is None or latest is None or earliest <= latest


@bounded(150)
@given(dates)
def test_a_date_is_canonical_or_refused(text: str) -> None:
    for read in (typed.parse, lambda text: typed.read(text, TODAY)):
        try:
            date = read(text)
        except day.DateError:
            continue
        assert in_order(date.earliest, date.latest)
        assert date.earliest or date.latest
        assert typed.parse(date.edtf) == date
        assert date.edtf.isascii()
        assert date.edtf.isprintable()


@bounded(60)
@given(dates)
def test_a_range_is_in_order_or_refused(text: str) -> None:
    try:
        found = ranges.parse_range(text, TODAY)
    except day.DateError:
        return
    assert in_order(found.first, found.last)
    assert all(day is None or len(day) == 10 for day in found)


@bounded(60)
@given(dates)
def test_a_period_is_bounded_or_refused(text: str) -> None:
    try:
        period = periods.parse(text)
    except periods.PeriodError:
        return
    assert 0 <= period.months < 12 * 10**6
    assert 0 <= period.days < 7 * 10**6


@bounded(60)
@given(paths, hostile)
def test_a_path_leads_somewhere_or_is_refused(path: str, text: str) -> None:
    """Whatever is set, added or removed, the record keeps its keys; one problem is one PathError."""
    for change in (set_, add, remove):
        record = complete({"record": "agreement", "ref": "a-1", "title": "T"}, "agreement")
        keys = list(record)
        with suppress(shape.PathError):
            parsed = shape.parse(path)
            value = value_from_text(parsed, text)
            change(record, parsed, value)
            record_paths.get(record, parsed)
        assert list(record) == keys


@bounded(60)
@given(paths)
def test_columns_are_read_from_any_record(path: str) -> None:
    try:
        _, _, getter = record_paths.column(path)
    except shape.PathError:
        return
    getter(complete({"record": "agreement", "ref": "a-1", "title": "T"}, "agreement"))


@bounded(60)
@given(hostile)
def test_ids_made_from_a_name_are_ids(text: str) -> None:
    proposed = refs.proposed_id(text)
    assert proposed is None or refs.is_id(proposed)
    assert names.fold(names.fold(text)) == names.fold(text)


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_the_escapes_hide_nothing_and_lose_nothing(text: str) -> None:
    assert safety.unguard(safety.guard(text)) == text
    for shown in (safety.visible(text), safety.one_line(text)):
        assert "\n" not in shown
        assert "\x1b" not in shown
        shown.encode()
