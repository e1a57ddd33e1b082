"""CSV, TSV, JSON and NDJSON: readable by other programs, exact, streamed."""

import csv
import json
import tracemalloc
from io import BytesIO, RawIOBase, StringIO

import nasty_answers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker import plugins
from tracker.renderers import RenderOptions
from tracker.renderers import json as json_format
from tracker.table import Column, Page, Records, Table
from tracker.text.safety import guard, one_line, unguard, visible

MACHINE = ("csv", "tsv", "json", "ndjson")
TEXT = st.text(st.characters(codec="utf-8"))
STARTS = st.builds("{}{}".format, st.sampled_from(["", "'", "''", "'='", "=", "-", "@", "\t", "\r", "\n", "＝"]), TEXT)


def written(name, answer, **options):
    out = BytesIO()
    plugins.load("renderers", name).render(answer, out, RenderOptions(**options))
    return out.getvalue()


def one_column(*texts):
    return Table("t", [Column("a")], [(text,) for text in texts])


@given(STARTS)
def test_unguard_gives_back_what_guard_was_given(text):
    assert unguard(guard(text)) == text


@given(STARTS)
def test_no_guarded_text_begins_a_formula(text):
    assert guard(text)[:1] not in {*"=+-@\t\r\n＝＋－＠"}  # noqa: RUF100 - full-width signs


def test_guard_leaves_plain_texts_alone():
    """A date, an apostrophe before a word, an empty cell."""
    assert [guard(text) for text in ("2023-01-12", "'tis", "", "'", "../2020")] == [
        "2023-01-12",
        "'tis",
        "",
        "'",
        "../2020",
    ]


@given(st.lists(st.tuples(STARTS, STARTS)))
def test_csv_is_read_back_exactly(rows):
    data = written("csv", Table("t", [Column("a"), Column("b")], rows)).decode()
    read = [tuple(unguard(cell) for cell in row) for row in csv.reader(StringIO(data, newline=""), strict=True)]
    assert read == [("a", "b"), *rows]


@given(STARTS)
def test_csv_of_one_column_keeps_its_rows(text):
    """A lone empty cell is written as a pair of quotes: an empty line would be no row."""
    data = written("csv", one_column(text)).decode()
    assert [row for row in csv.reader(StringIO(data, newline=""))] == [["a"], [guard(text)]]  # noqa: C416 - rows


def test_csv_numbers_are_plain_and_shares_are_decimals():
    """A negative number is no formula; a third has six places; a flag is a word; nothing is nothing."""
    columns = [Column("n", "count"), Column("s", "share"), Column("w", "share"), Column("f", "flag"), Column("x")]
    data = written("csv", Table("t", columns, [(-3, 1 / 3, 0.4, True, None), (0, 0.0, 1.0, False, "-3")]))
    assert data.decode().splitlines()[1:] == ["-3,0.333333,0.4,true,", "0,0,1,false,'-3"]


@given(st.lists(STARTS | st.text()))
def test_tsv_is_one_record_a_line_whatever_it_holds(texts):
    data = written("tsv", one_column(*texts))
    assert len(data.decode().splitlines()) == len(data.split(b"\n")) - 1 == len(texts) + 1


def test_tsv_shows_control_characters_as_escapes():
    assert one_line("a\tb\nc\rd\\e\x1bf\u202eg\x9b") == r"a\tb\nc\rd\\e\x1bf\u202eg\x9b"


@given(st.text())
def test_visible_text_holds_nothing_that_acts(text):
    assert not {*visible(text)} & {
        *map(chr, range(0x20)),
        *map(chr, range(0x7F, 0xA0)),
        *"\u200e\u200f\u202e\u2066\u2028",
    }


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=12,
    )
)
def test_json_says_what_the_standard_library_says(value):
    """Layout included; only DEL, C1 controls and lone surrogates are escapes."""
    ours = json_format.encoded(json_format.pretty(value)).decode()
    theirs = json.dumps(value, indent=2, ensure_ascii=False)
    assert json.loads(ours) == json.loads(json.dumps(value))
    if theirs.isascii() and "\x7f" not in theirs:
        assert ours == theirs


@pytest.mark.parametrize(("answer", "expected"), [(Records("a", []), []), (Records("a", iter([{}])), [{}])])
def test_json_of_records_is_an_array(answer, expected):
    assert json.loads(written("json", answer)) == expected


def test_json_of_nothing_is_an_empty_array():
    assert written("json", Records("agreement", iter([]))) == b"[]\n"


def test_json_of_a_report_is_the_envelope():
    report = json.loads(written("json", nasty_answers.table()))
    assert list(report) == ["report", "format", "filters", "as_of", "columns", "rows", "totals", "left_out", "hash"]
    assert list(report["rows"][0]) == report["columns"]
    assert (report["format"], len(report["rows"]), report["totals"]["ref"]) == (2, len(nasty_answers.TEXTS), "total")
    assert report["left_out"] == [{"reason": "no date", "count": 3}]


def test_json_of_a_report_counts_what_was_left_out_while_reading():
    left_out = []
    rows = (left_out.append(left) or ("x",) for left in nasty_answers.table().left_out)
    table = one_column().but(rows=rows, left_out=left_out)
    assert json.loads(written("json", table))["left_out"] == [{"reason": "no date", "count": 3}]


def test_json_object_may_hold_iterators():
    """The export document: one object whose lists are read as they are written."""
    answer = Records(
        "export", [{"record": "tracker", "sources": iter(()), "agreements": iter([{"ref": "x"}])}], single=True
    )
    assert json.loads(written("json", answer)) == {"record": "tracker", "sources": [], "agreements": [{"ref": "x"}]}


def test_json_and_ndjson_agree_on_the_nasty_record():
    assert json.loads(written("json", nasty_answers.records(single=True))) == nasty_answers.record()
    lines = written("ndjson", nasty_answers.records(count=3)).decode().split("\n")
    assert [json.loads(line) for line in lines[:-1]] == [nasty_answers.record()] * 3


def test_lone_surrogates_and_numbers_that_are_none_do_not_crash():
    table = Table("t", [Column("a"), Column("s", "share")], [("\ud83d", float("nan")), ("\udc80", float("inf"))])
    for name in (*MACHINE, "table", "markdown"):
        written(name, table).decode()
    assert [row["s"] for row in json.loads(written("json", table))["rows"]] == [None, None]


def test_a_page_asks_for_no_section_in_machine_formats():
    def sections():
        raise AssertionError("asked")
        yield

    for name in MACHINE:
        assert written(name, Page("t", sections(), nasty_answers.records(single=True))) == written(
            name, nasty_answers.records(single=True)
        )


class Nowhere(RawIOBase):
    """A stream that keeps nothing."""

    def write(self, data):
        return len(data)


@pytest.mark.sampled(3)
@pytest.mark.parametrize("name", MACHINE)
def test_records_are_not_held_in_memory(name):
    """The peak with 2,000 records is that of a few."""
    renderer = plugins.load("renderers", name)
    tracemalloc.start()
    renderer.render(nasty_answers.records(count=2_000), Nowhere(), RenderOptions())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 500_000  # the records themselves are 6 MB


@pytest.mark.parametrize("name", ["json", "ndjson"])
def test_a_read_that_fails_at_once_prints_nothing(name):
    out = BytesIO()
    broken = Records("a", (1 / 0 for _ in range(1)))
    with pytest.raises(ZeroDivisionError):
        plugins.load("renderers", name).render(broken, out, RenderOptions())
    assert out.getvalue() == b""
