"""Table and Markdown: what people read is what the machine formats say, folded to the terminal, and never markup."""

import csv
import re
from io import BytesIO, StringIO

import nasty_answers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rich.cells import cell_len  # noqa: TID253 - the test measures what the table renderer prints

from tracker import plugins
from tracker.renderers import RenderOptions
from tracker.renderers._parts.cells import shown, spoken
from tracker.renderers._parts.folding import fold
from tracker.renderers.markdown import escape
from tracker.table import Column, Records, Table
from tracker.text.safety import unguard, visible

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def written(name, answer, **options):
    out = BytesIO()
    plugins.load("renderers", name).render(answer, out, RenderOptions(**options))
    return out.getvalue().decode()


def listing():
    """Two real agreements with the default columns of ``list``."""
    sosa = "Security of Supply Arrangement between the US Department of Defense and the Japanese Ministry of Defense"
    mou = "Memorandum of Understanding 日本国防衛省とアメリカ合衆国国防省との間の覚書 👨‍👩‍👧"
    types = ("security_of_supply_arrangement", "memorandum_of_understanding")
    days = ("2023-01-12", "2022-11-08/2022-11-10")
    rows = [
        ("us-jp-sosa-2023", sosa, types[0], "non_binding", "signed", days[0], ["USA", "JPN"]),
        ("us-jp-rdte-mou-2023", mou, types[1], "binding", "in_force?", days[1], ["USA", "JPN", "org-eu"]),
    ]
    kinds = {"signed": "date", "parties": "list"}
    names = ("ref", "title", "instrument_type", "binding_status", "status", "signed", "parties")
    return Table("agreement", [Column(name, kinds.get(name, "text")) for name in names], rows)


def totals():
    """Figures with totals, a tree, and cells of several lines."""
    columns = (Column("who", "tree"), Column("number", "count"), Column("names", "lines"))
    rows = [("├─ one", 1, ["a", "日本"]), ("│  └─ two", 22, ["b"]), ("└─ three", None, [])]
    return Table("figures", columns, rows, totals=("all", 23, ["c"]), footer=["a footer"])


def test_table_and_csv_agree_cell_for_cell():
    """A table for people differs only in its shares, flags and escapes."""
    table = nasty_answers.table()
    kinds = [column.kind for column in table.columns]
    rows = list(csv.reader(StringIO(written("csv", table, totals=True), newline="")))[1:]
    people = [[column.text(row) for column in shown(nasty_answers.table())] for row in nasty_answers.table().all_rows()]
    for machine, spoken_row, raw in zip(rows, people, nasty_answers.table().all_rows(), strict=True):
        cells = [unguard(cell) for cell in machine]
        share = spoken(raw[3], "share")
        assert spoken_row[2] == (f"{cells[2]} ({share})".lstrip() if share else cells[2])
        same = [at for at, kind in enumerate(kinds) if kind in ("text", "date", "list")]
        lossy = [cells[at].encode("utf-8", "backslashreplace").decode() for at in same]
        shown_at = {column.name: at for at, column in enumerate(c for c in table.columns if c.name != "share")}
        expected = [
            spoken_row[shown_at[table.columns[at].name]].encode("utf-8", "backslashreplace").decode() for at in same
        ]
        assert lossy == expected


def test_every_text_of_the_table_is_printed_at_full_width():
    """Nothing is cut, folded or taken for markup in a file or a pipe."""
    text = written("table", nasty_answers.table())
    for cell in nasty_answers.TEXTS:
        assert visible(cell).rstrip() in text


@pytest.mark.parametrize("held", [1, 1 << 20])
@pytest.mark.parametrize("answer", [nasty_answers.table, nasty_answers.page, nasty_answers.records, listing, totals])
def test_a_table_in_a_file_is_that_of_a_terminal_wide_enough_for_all(answer, held, monkeypatch):
    """Written row by row, from memory and from where cells wait."""
    monkeypatch.setattr("tracker.renderers.table.HELD", held)
    assert written("table", answer()) == written("table", answer(), width=100_000)


@pytest.mark.parametrize("width", [30, 40, 80, 120])
@pytest.mark.parametrize("answer", [nasty_answers.table, nasty_answers.page, nasty_answers.records, listing])
def test_no_line_is_wider_than_the_terminal(answer, width):
    lines = written("table", answer(), width=width).splitlines()
    assert max(map(cell_len, lines)) <= width


def test_folded_columns_keep_words_and_dates_whole():
    text = written("table", listing(), width=80)
    for piece in ("Understanding", "arrangement", "2023-01-12", "2022-11-08/", "in", "force?"):
        assert piece in text


@given(st.text(), st.integers(2, 30))
def test_folding_loses_no_character_but_blanks(text, width):
    assert re.sub(r"\s", "", fold(text, width)) == re.sub(r"\s", "", text)


def test_a_share_stands_beside_its_count_and_totals_apart():
    columns = [Column("party"), Column("n", "count"), Column("s", "share", beside="n"), Column("t", "share")]
    table = Table("t", columns, [("Japan", 12, 0.4, 0.5), ("USA", 3, None, None)], totals=("total", 15, 1.0, 1.0))
    assert written("table", table).splitlines() == [
        "party            n       t",
        "──────────────────────────",
        "Japan   12 (40.0%)   50.0%",
        "USA              3",
        "──────────────────────────",
        "total  15 (100.0%)  100.0%",
    ]


def test_colour_only_where_it_is_wanted():
    assert "\x1b[" not in written("table", nasty_answers.table(), width=80, terminal=True)
    assert "\x1b[1m" in written("table", nasty_answers.table(), width=80, color=True)


def test_an_uncertain_status_and_date_keep_their_mark():
    for name in ("table", "markdown", "csv", "tsv"):
        text = written(name, nasty_answers.records()).replace("\\", "")
        assert ("in force?" if name in ("table", "markdown") else "in_force?") in text
        assert "2023-01?" in text


def test_no_records_is_a_table_of_headings():
    empty = Records("agreement", [], columns=[(Column("ref"), str), (Column("title"), str)], footer=["0 agreements"])
    assert written("table", empty).splitlines()[0] == "ref  title"
    assert written("tsv", empty) == "ref\ttitle\n"


def markdown_texts(source):
    """The cells of the one table in a Markdown document, and the kinds of all inline tokens in it."""
    cells, kinds = [], set()
    for token in PARSER.parse(source):
        if token.type == "inline":
            cells.append("".join("\n" if child.type == "html_inline" else child.content for child in token.children))
            kinds |= {child.type for child in token.children}
    return cells, kinds


@given(st.text(alphabet=st.sampled_from("ab1 \\`*_[]()<>&|~$:@!#-+.=\"'\n/;")))
def test_markdown_cells_say_what_the_data_says(text):
    """Nothing in a cell is markup for a CommonMark parser; blanks at the ends are not kept."""
    source = written("markdown", Table("t", [Column("a"), Column("b")], [(text, "end")]))
    cells, kinds = markdown_texts(source)
    assert kinds <= {"text", "text_special", "html_inline", "softbreak"}
    expected = "\n".join(line.strip() for line in text.strip("\n").split("\n")).strip()
    assert "\n".join(line.strip() for line in cells[2].split("\n")).strip() == expected
    assert cells[3] == "end"


def test_markdown_of_the_nasty_answers_holds_no_markup_of_the_data():
    for answer in nasty_answers.everything():
        tokens = PARSER.parse(written("markdown", answer))
        inline = {child.type for token in tokens for child in token.children or []}
        assert not inline & {"link_open", "image", "code_inline", "em_open", "s_open", "html_block"}
        html = [child.content for token in tokens for child in token.children or [] if child.type == "html_inline"]
        assert set(html) <= {"<br>"}


def test_markdown_lines_of_a_page_begin_no_list_or_heading():
    text = written("markdown", nasty_answers.page())
    assert r"- 1\. not a list" in text
    assert r"- \# not a heading" in text
    assert escape("in_force") == r"in\_force"
