"""Bars and lines of years on a terminal, and only there."""

import re
from io import BytesIO

import pytest
from rich.cells import cell_len  # noqa: TID253 - the test measures what the table renderer prints

from tracker.renderers import RenderOptions, ndjson, table
from tracker.renderers import json as json_format
from tracker.table import Column, Table

HEADINGS = ("binding", "domestic law", "non-binding", "mixed", "contested", "undetermined", "not assessed")


def comparison(*rows, key="year"):
    """A comparison with the columns of the real one; each row is a key and its counts by heading."""
    counts = [
        column for name in HEADINGS for column in (Column(name, "count"), Column(f"{name} s", "share", beside=name))
    ]
    cells = [
        (name, *(cell for heading in HEADINGS for cell in (given.get(heading, 0), given.get(heading, 0) / 20)))
        for name, given in rows
    ]
    return Table("compare", [Column(key, blank="(no date)"), *counts], cells, "Binding and non-binding")


YEARS = comparison(
    ("2019", {"binding": 10}),
    ("2022", {"binding": 5, "non-binding": 10}),
    ("2023", {"non-binding": 1, "undetermined": 19}),
    (None, {"contested": 1}),
)


def printed(answer, **options):
    out = BytesIO()
    table.render(answer, out, RenderOptions(**options))
    return out.getvalue().decode(options.get("encoding", "utf-8"))


def test_a_pipe_and_a_file_have_no_pictures():
    assert "█" not in printed(YEARS)
    assert "█" not in printed(YEARS, width=200)


def test_bars_stand_beside_their_rows_with_a_legend_and_years_below():
    lines = printed(YEARS, width=160, terminal=True).splitlines()
    bars = {line.split()[0]: line.split("  ")[-1].strip() for line in lines if "%" in line and line[0] == "2"}
    assert set(bars["2019"]) == {"█"}
    assert set(bars["2022"]) == {"█", "▒"}
    assert set(bars["2023"]) == {"▒", "▓"}
    assert len(bars["2019"]) < len(bars["2022"]) <= 30
    assert "█ binding  ▒ non-binding  ░ contested  ▓ undetermined" in lines
    assert "2019 ▄  ▆█ 2023  most in a year: 20" in lines


def test_a_part_that_is_not_nothing_is_never_overlooked():
    found = printed(
        comparison(("a", {"binding": 5000, "contested": 1}), ("b", {}), key="party"), width=160, terminal=True
    )
    (line,) = [line for line in found.splitlines() if line.startswith("a ")]
    assert line.rstrip().endswith("█▒")


@pytest.mark.sampled(2)
@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_a_terminal_without_blocks_gets_ascii(encoding):
    found = printed(YEARS, width=160, terminal=True, encoding=encoding)
    assert "# binding  = non-binding" in found
    assert "2019 :  +# 2023" in found
    assert found.isascii()


@pytest.mark.parametrize("width", [20, 40, 60, 80, 100, 160])
def test_no_line_is_wider_than_the_terminal(width):
    for color in (False, True):
        found = re.sub(r"\x1b\[[0-9;]*m", "", printed(YEARS, width=width, terminal=True, color=color))
        assert max(map(cell_len, found.splitlines())) <= width


def test_headings_are_whole_at_80_columns_and_columns_without_a_number_are_named():
    found = printed(YEARS, width=80)
    for word in ("binding", "undetermined", "contested"):
        assert word in found.splitlines()[1]
    assert "0 in every row: domestic law, mixed, not assessed" in found.splitlines()


def test_wide_terminals_show_every_column():
    found = printed(YEARS, width=160)
    assert "0 in every row" not in found
    assert all(heading in found.splitlines()[1] for heading in HEADINGS)


def test_colours_only_where_they_are_wanted():
    assert "\x1b" not in printed(YEARS, width=160, terminal=True)
    assert "\x1b[34m" in printed(YEARS, width=160, terminal=True, color=True)


REORDERED = "override \u202egnp.exe\u202c \u2066x\u2069 \u200f \u2028 \x9b31m \x7f"


@pytest.mark.parametrize("renderer", [json_format, ndjson])
def test_json_on_a_terminal_shows_what_reorders_text_and_still_says_the_same(renderer):
    import json

    answer = Table("t", [Column("a")], [(REORDERED,)])
    on_terminal, in_pipe = BytesIO(), BytesIO()
    renderer.render(answer, on_terminal, RenderOptions(terminal=True))
    renderer.render(answer, in_pipe, RenderOptions())
    assert "\\u202egnp.exe\\u202c" in on_terminal.getvalue().decode()
    assert on_terminal.getvalue().isascii()
    assert "\u202e" in in_pipe.getvalue().decode()
    assert json.loads(on_terminal.getvalue()) == json.loads(in_pipe.getvalue())
