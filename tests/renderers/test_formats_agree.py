"""JSON, CSV, XLSX and HTML of one answer say the same in every cell, over real commands on the samples."""

import csv
import json
from datetime import datetime
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook
from page_reader import Page

from tracker.record import values as paths
from tracker.record.vocabulary import FOCUS_AREAS
from tracker.renderers._parts.words import all_in_words
from tracker.text.safety import unguard

LABELS = {code: label for code, (label, _) in FOCUS_AREAS.items()}

REPORTS = (
    "compare binding",
    "compare binding --by year",
    "compare binding --by party --in-force",
    "compare binding --by focus --party JPN",
    "report overview",
    "gaps",
    "due --within 20y",
    "timeline us-jp-security-treaty-1960",
    "lineage us-jp-rdte-mou-2023",
    "conflicts",
    "compare us-jp-rdte-mou-2023 us-jp-sosa-2023",
)
"""Answers that are tables."""

WHOLE = ("compare us-jp-rdte-mou-2023 us-jp-sosa-2023",)
"""Answers whose sheets are for reading alone."""


def text(value):
    """A value as CSV writes it; the lines of a cell are parts of a list there."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".")
    if isinstance(value, list):
        return "; ".join(map(text, value))
    return str(value).replace("\n", "; ")


@pytest.fixture
def answers(run, store, tmp_path):
    """Ask once in each format: rows of texts from CSV, XLSX and JSON, and the page."""

    def ask(*arguments):
        files = {name: tmp_path / f"answer.{name}" for name in ("csv", "json", "xlsx", "html")}
        for path in files.values():
            assert run(*arguments, "--totals", "-o", path).code == 0
        raw = csv.reader(StringIO(files["csv"].read_text(encoding="utf-8"), newline=""))
        names, *rows = [[unguard(cell) for cell in row] for row in raw]
        sheet = load_workbook(BytesIO(files["xlsx"].read_bytes())).worksheets[0]
        cells = [[text(cell.value) for cell in row] for row in sheet.rows]
        return {
            "names": names,
            "csv": [[cell.replace("\n", "; ") for cell in row] for row in rows],
            "xlsx": (cells[0], cells[1:]),
            "json": json.loads(files["json"].read_text(encoding="utf-8")),
            "html": Page(files["html"].read_text(encoding="utf-8")),
        }

    return ask


def html_rows(page, names):
    """The cells of the page's last table under these names; a share may stand beside the count that comes before it."""
    return [list(_cells(row, names)) for row in page.tables[-1][1:]]


def _cells(row, names):
    merged = len(row) < len(names)
    cells = iter(row)
    held = []
    for name in names:
        if merged and name.endswith("share"):
            yield held.pop(0) if held else None  # beside a 0 there is no share
            continue
        said, values = next(cells)
        first, *held = values or [said.replace("\n", "; ")]
        yield first


def worded(rows, labels=LABELS):
    """Rows as people read them: codes in words, focus areas by their labels."""
    return [
        ["; ".join(labels.get(item, all_in_words(item)) for item in cell.split("; ")) for cell in row] for row in rows
    ]


def told(names, rows):
    """Names and rows without the names of focus areas beside their codes, for people read these in place of them."""
    kept = [at for at, name in enumerate(names) if not (name == "name" and "focus" in names)]
    return [names[at] for at in kept], [[row[at] for at in kept] for row in rows]


def differences(found, expected):
    """Cells of a page that say something else; None is what a page leaves out beside a 0."""
    pairs = [
        (one, other)
        for row, wanted in zip(found, expected, strict=True)
        for one, other in zip(row, wanted, strict=True)
    ]
    return [pair for pair in pairs if pair[0] != pair[1] and not (pair[0] is None and pair[1] in ("", "0"))]


@pytest.mark.sampled(5)
@pytest.mark.parametrize("command", REPORTS)
def test_reports_agree_cell_for_cell(answers, command):
    found = answers(*command.split())
    names, rows = found["names"], found["csv"]
    assert rows
    assert found["json"]["columns"] == names
    said = [row for row in (*found["json"]["rows"], found["json"]["totals"]) if row]
    assert [[text(row[name]) for name in names] for row in said] == rows
    read = worded(rows) if command in WHOLE else rows
    assert (len(found["xlsx"][0]), found["xlsx"][1]) == (len(names), read)
    names, rows = told(names, rows)
    assert differences(html_rows(found["html"], names), worded(rows)) == []


@pytest.mark.sampled(2)
@pytest.mark.parametrize("arguments", [(), ("--columns", "ref,signed,in_force_from,focus_areas,x.owner,confidence")])
def test_lists_of_agreements_agree_cell_for_cell(answers, run, arguments):
    found = answers("list", *arguments)
    names, rows = found["names"], found["csv"]
    assert len(rows) == 82
    getters = [getter for _, _, getter in map(paths.column, names)]
    assert [[text(getter(record)) for getter in getters] for record in json.loads(run("list", "--json").out)] == rows
    assert {tuple(record) for record in found["json"]} >= ({tuple(names)} if arguments else set())
    assert (len(found["xlsx"][0]), found["xlsx"][1]) == (len(names), rows)
    assert html_rows(found["html"], names) == worded(rows)


@pytest.mark.sampled(3)
@pytest.mark.parametrize("kind", ["party", "focus", "family", "signatory", "source"])
def test_lists_of_other_objects_agree_cell_for_cell(answers, kind):
    found = answers(kind, "list")
    assert len(found["json"]) == len(found["csv"])
    assert (len(found["xlsx"][0]), found["xlsx"][1]) == (len(found["names"]), found["csv"])
    assert html_rows(found["html"], found["names"]) == worded(found["csv"], {})
