"""A sheet looked at, its map written and tried: what ``tracker import --draft-map`` does."""

from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

from tracker.importers.drafting import columns, trial, words, writing
from tracker.importers.drafting.findings import Sheet
from tracker.importers.drafting.parties import Known
from tracker.importers.drafting.trial import Named, View
from tracker.importers.sheets import Row, UnreadableSheet
from tracker.importers.sheets.objects import is_json, lists, top
from tracker.importers.sheets.reading import Layout, open_sheet

SAMPLED = 2_000
"""Rows by which columns are judged; the trial reads all."""

TITLE_LEFT_OPEN = 'title = { value = "(the title is not known yet)" }'
"""What stands for the titles in the trial of a map that does not know them."""

SHOWN = 60
"""Characters of a cell that stands above the header."""


@dataclass(frozen=True, slots=True)
class FirstMap:
    """A map, and what it would make of its sheet, line by line."""

    text: str
    told: list[str]


def drafted(stream: BinaryIO, name: str, known: Known, named: Named) -> FirstMap:
    """Draft a map for a sheet and try it on all its rows; raises UnreadableSheet with what to do."""
    path, others = _path_of_rows(stream)
    sheet = open_sheet(stream, Layout(rows=path))
    rows = list(islice(sheet.rows, SAMPLED))
    if not rows or (sheet.keyed and len(rows) == 1):
        raise UnreadableSheet("holds no row; there is nothing to draft a map from")
    judged = columns.judged(rows, known, keyed=sheet.keyed)
    if judged is None:
        raise UnreadableSheet(_no_header(rows))
    judged.path, judged.lists = path, others
    text = writing.written(judged, name, sheet.remarks)
    titled = judged.title is not None
    stream.seek(0)
    run = text if titled else text.replace(f"\n{writing.NO_TITLE}\n", f"\n{TITLE_LEFT_OPEN}\n", 1)
    tried = trial.tried(run, stream, name, known)
    questions = writing.open_questions(text)
    view = View(known, named, titled, keyed=judged.key is not None)
    return FirstMap(text, [*_seen(judged), *trial.told(tried, questions, view)])


def _path_of_rows(stream: BinaryIO) -> tuple[str | None, list[str]]:
    """Return where the rows of a JSON document stand, and other lists that might be; None: it is the list, or a row."""
    head = stream.read(1024)
    stream.seek(0)
    if not is_json(head):
        return None, []
    found = [path for path, _ in lists(stream)]
    is_row = found != [] and any(words.title_rank(key) < words.NO_RANK - 1 for key in top(stream))
    return (None, found) if is_row or not found else (found[0], found[1:])


def _no_header(rows: list[Row]) -> str:
    first = max(rows[:5], key=lambda row: sum(map(bool, row.cells)))
    return (
        f"has no row that names its columns: row {first.number} ({_short(first)}) looks like a record; "
        "put a row of names above the first record, such as Title, Party, Signed, and draft again"
    )


def _short(row: Row) -> str:
    return " | ".join(cell[:SHOWN] for cell in row.cells if cell)


def _seen(sheet: Sheet) -> list[str]:
    """What was taken for the header, and what stands above it."""
    names = " | ".join(column.name for column in sheet.columns)
    at = "rows " + " and ".join(map(str, sheet.at)) if len(sheet.at) > 1 else f"row {sheet.at[0]}" if sheet.at else ""
    lines = [f"header: {at}: {names}" if at else f"keys of {sheet.path or 'each object'}: {names}"]
    lines += [f"above it, not read: row {row.number}: {_short(row)}" for row in sheet.above]
    title = f"title: {sheet.title.name!r}" if sheet.title else "title: no column for certain"
    parties = [column.name for column in sheet.columns if column.party or column.flag]
    return [*lines, f"{title}; party columns: {', '.join(map(repr, parties)) or 'none for certain'}"]
