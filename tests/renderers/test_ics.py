"""Calendars: read back by an independent library, bytes by a golden file, lines and identity by RFC 5545."""

import os
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.errors import InvalidValue
from tracker.renderers import RenderOptions, ics
from tracker.table import Column, Page, Records, Table

GOLDEN = Path(__file__).parent / "golden" / "deadlines.ics"
COLUMNS = [
    Column("date", "date"), Column("kind"), Column("what"), Column("ref"), Column("title"), Column("whose", "list"),
    Column("certain", "flag"), Column("id"),
]  # fmt: skip
NASTY = 'Vertrag; "München", C:\\temp\nzweite Zeile — 日米物品役務相互提供協定 \x1b[31m\u202e END:VEVENT'
ROWS = [
    (
        "2027-03-31",
        "expiry",
        "last day of the term",
        "us-jp-sma-2022",
        NASTY,
        ["USA", "JPN"],
        True,
        "us-jp-sma-2022.expiry",
    ),
    (
        "2035-10?",
        "expiry",
        "last day of the term",
        "us-in-2025",
        "Framework",
        ["USA", "IND"],
        False,
        "us-in-2025.expiry",
    ),
    ("../2028", "notice", "last day", "aa-2020", "A", [], True, "aa-2020.notice-1-1"),
    ("2028/..", "notice", "last day", "bb-2020", "B", [], True, "bb-2020.notice-1-1"),
    (None, "notice", "no day", "cc-2020", "C", [], True, "cc-2020.notice-1-1"),
]


def written(answer):
    out = BytesIO()
    ics.render(answer, out, RenderOptions())
    return out.getvalue()


def deadlines(rows=ROWS, as_of="2026-11-22"):
    return Table("due", COLUMNS, rows, "Deadlines", as_of=as_of)


@pytest.fixture
def read_back():
    """Read a calendar with another library: a list of its events."""
    import icalendar

    return lambda data: icalendar.Calendar.from_ical(data).walk("VEVENT")


def test_bytes_are_those_of_the_golden_file():
    data = written(deadlines())
    if os.environ.get("TRACKER_UPDATE_GOLDEN"):
        GOLDEN.write_bytes(data)
    assert data == GOLDEN.read_bytes()


def test_days_texts_and_identity_are_read_back(read_back):
    first, month, before, after = read_back(written(deadlines()))
    assert first.decoded("DTSTART").isoformat() == "2027-03-31"
    assert first.decoded("DTEND").isoformat() == "2027-04-01"
    assert str(first["UID"]) == "us-jp-sma-2022.expiry@tracker"
    assert str(first["SUMMARY"]).endswith(NASTY.replace("\x1b", "\\x1b").replace("\u202e", "\\u202e"))
    assert first.decoded("DTSTAMP").isoformat() == "2026-11-22T00:00:00+00:00"
    assert "whose: USA; JPN" in str(first["DESCRIPTION"])
    assert (str(first["STATUS"]), str(month["STATUS"])) == ("CONFIRMED", "TENTATIVE")
    assert [month.decoded(name).isoformat() for name in ("DTSTART", "DTEND")] == ["2035-10-01", "2035-11-01"]
    assert str(month["SUMMARY"]).startswith("one of these days: ")
    assert [str(one["SUMMARY"]).partition(":")[0] for one in (before, after)] == [
        "not after this day",
        "not before this day",
    ]
    assert [one.decoded("DTSTART").isoformat() for one in (before, after)] == ["2028-12-31", "2028-01-01"]


def test_a_later_answer_has_the_same_identity_and_a_higher_sequence(read_back):
    moved = [("2028-03-31", *ROWS[0][1:])]
    (old,) = read_back(written(deadlines(ROWS[:1])))
    (new,) = read_back(written(deadlines(moved, "2027-01-01")))
    assert old["UID"] == new["UID"]
    assert old["SEQUENCE"] < new["SEQUENCE"]


@given(st.text(st.characters(codec="utf-8"), max_size=300))
def test_lines_are_short_whole_and_end_in_crlf(title):
    data = written(deadlines([(*ROWS[0][:4], title, *ROWS[0][5:])]))
    lines = data.split(b"\r\n")
    assert lines.pop() == b""
    assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in lines)
    assert [line.decode() for line in lines]  # no character is split
    unfolded = data.replace(b"\r\n ", b"").split(b"\r\n")
    assert unfolded.count(b"BEGIN:VEVENT") == unfolded.count(b"END:VEVENT") == 1


def test_a_calendar_without_events_is_still_one(read_back):
    data = written(deadlines([]))
    assert read_back(data) == []
    assert b"BEGIN:VTIMEZONE" in data


def test_other_tables_give_an_event_for_each_date(read_back):
    columns = [Column("ref"), Column("title"), Column("signed", "date"), Column("expires", "date")]
    found = read_back(
        written(Table("t", columns, [("aa-2020", "A", "2020-01-02", "2025-01-01"), ("bb", "B", None, None)]))
    )
    assert [(str(one["UID"]), str(one["SUMMARY"])) for one in found] == [
        ("aa-2020.signed@tracker", "signed: A"),
        ("aa-2020.expires@tracker", "expires: A"),
    ]


def test_records_carry_their_day(read_back):
    columns = [
        (Column("ref"), lambda record: record["ref"]),
        (Column("signed", "date"), lambda record: record["signed"]),
    ]
    record = {"ref": "aa-2020", "signed": "2020-01-02", "derived": {"as_of": "2024-01-01"}}
    (found,) = read_back(written(Records("agreement", [record], columns=columns)))
    assert found.decoded("DTSTAMP").date().isoformat() == "2024-01-01"


def test_a_page_is_the_calendar_of_its_data():
    assert written(Page("Page", [], deadlines())) == written(deadlines())


@pytest.mark.parametrize(
    ("columns", "lacks"),
    [
        ([Column("ref"), Column("title")], "ics needs a column of dates"),
        ([Column("date", "date")], "ics needs a column ref"),
        ([Column("name")], "ics needs a column ref and a column of dates"),
    ],
)
def test_a_table_without_refs_or_dates_is_refused(columns, lacks):
    out = BytesIO()
    with pytest.raises(InvalidValue, match=lacks):
        ics.render(Table("t", columns, []), out, RenderOptions())
    assert out.getvalue() == b""
