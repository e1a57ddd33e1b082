"""Participation tables of the United Nations Treaty Collection: a folder, or single tables with the list of titles.

A folder holds ``index.csv`` (the titles) and the tables, in ``treaties/`` or beside it; of a single table the list is
looked for beside it and above it. A table is called by chapter and number (``27-7-a.csv``); its rows are participants,
its columns kinds of acts. The list given as a file is imported for what it says alone.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from tracker.importers import Draft, Entry, Problem, Remark
from tracker.importers import _un_status_grammar as index
from tracker.importers._un_status_grammar import ABOUT, NOTES, CellError, event
from tracker.record.types import Record

SUMMARY = "UN Treaty Collection: a folder of participation tables with index.csv, or single tables"
SUFFIXES = ()

FIRST = "Participant"
"""The first column of every table."""

OF_ROWS = frozenset(("parties", "events"))
"""Keys of the record of which the rows of a table speak."""

INDEX = "index.csv"
LONGEST = 1024 * 1024
"""Bytes of one line."""

_KEY = re.compile(r"\d{1,3}-[0-9]+[a-z]?(?:[-.][0-9a-z]+)*")

_WITHDRAWN = "the acts stand in brackets: withdrawn, day unknown"


class _Unreadable(ValueError):
    """A file that is no table; the message says why."""


def matches(head: bytes) -> bool:
    """Tell whether the first line is that of a table or of the list."""
    line = head.removeprefix(b"\xef\xbb\xbf").partition(b"\n")[0].rstrip(b"\r").replace(b'"', b"")
    return line == FIRST.encode() or line.startswith((FIRST.encode() + b",", ",".join(index.COLUMNS).encode()))


def read(stream: BinaryIO, name: str) -> Iterator[Entry]:  # noqa: ARG001 - the importer contract
    """Refuse a pipe: which treaty a table is about stands in the name of its file."""
    yield Problem(name, "a table is known by the name of its file, such as 4-1.csv; give the file itself", fatal=True)


def recognises_path(path: Path) -> bool:
    """Tell whether a folder holds tables, or a file is one or the list."""
    if path.is_dir():
        return (path / INDEX).is_file() and _is_ours(path / INDEX)
    return path.suffix.lower() == ".csv" and _is_ours(path)


def read_path(path: Path) -> Iterator[Entry]:
    """Yield focus areas, then the treaty and its participants, table by table."""
    try:
        if path.is_dir():
            yield from _folder(path)
        elif path.name.lower() == INDEX:
            titles = _titles(path)
            yield from _areas(titles.values())
            yield from (_head(title, titles) for title in titles.values())
        else:
            yield from _table(path, _titles_near(path))
    except _Unreadable as error:
        yield Problem(path.name, str(error), fatal=True)
    except OSError as error:
        yield Problem(path.name, f"cannot be read: {error.strerror}", fatal=True)


def _folder(path: Path) -> Iterator[Entry]:
    below = path / "treaties"
    tables = sorted(_tables(below if below.is_dir() else path), key=_natural)
    if not tables:
        raise _Unreadable("the folder holds no tables such as treaties/4-1.csv")
    titles = _titles(path / INDEX) if (path / INDEX).is_file() else _titles_near(tables[0])
    for table in tables:
        try:
            yield from _table(table, titles)
        except _Unreadable as error:
            yield Problem(table.name, str(error), fatal=True)
    without = len(titles.keys() - {_key(table) for table in tables})
    if without:
        text = f"{without} titles have no table here and were left out; import {INDEX} itself for what it says of them"
        yield Remark(INDEX, text)


def _tables(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.suffix.lower() != ".csv" or path.name.lower() == INDEX:
            continue
        if path.is_symlink() and not path.resolve().is_relative_to(folder.resolve()):
            raise _Unreadable(f"{path.name} is a link that leads out of the folder; copy the file itself")
        yield path


def _table(path: Path, titles: dict[str, index.Title]) -> Iterator[Entry]:
    key = _key(path)
    rows = _rows(path)
    header = next(rows, None)
    if header is None:
        raise _Unreadable("the file is empty; the first row holds the titles of the columns")
    columns = [cell.strip() for cell in header[1]]
    if not columns:
        raise _Unreadable(f"the first line is empty; it holds the titles of the columns, the first {FIRST!r}")
    if columns[0] != FIRST:
        raise _Unreadable(f"the first column is {columns[0][:60]!r}; expected {FIRST!r}")
    title = titles.get(key)
    if title is not None:
        yield from _areas([title])
        yield _head(title, titles)
    else:
        yield _untitled(key, path.name)
    for number, cells in rows:
        yield from _row(key, path.name, number, columns, cells)


def _row(key: str, file: str, number: int, columns: list[str], cells: list[str]) -> Iterator[Entry]:
    """Yield a participant with its acts, or what is wrong with the row."""
    where = f"{file}, row {number}"
    values = [cell.strip() for cell in cells]
    if not any(values):
        return
    origin = {"set": index.SET, "key": key, "file": file, "row": number}
    of_row = {"record": "agreement", "origin": {**origin, "row": None}}
    fault = _fault(where, values, columns)
    if fault is not None:
        yield fault
        yield Draft(where, of_row, speaks=OF_ROWS, refused=_of_party(OF_ROWS, values[0]))
        return
    filled = {column: value for column, value in zip(columns[1:], values[1:], strict=False) if value}
    events: list[Record] = []
    problems: list[Problem] = []
    brackets: list[str] = []
    party = f"name:{values[0]}"
    for column, value in filled.items():
        if column in ABOUT:
            continue
        try:
            act, withdrawn = event(column, value)
        except CellError as error:
            problems.append(Problem(where, str(error), column, value))
            continue
        events.append({**act, "parties": [party], "note": _note(column, filled), "origin": origin})
        if withdrawn:
            brackets.append(act["raw"])
    events += [
        {"kind": "other", "kind_raw": column, "parties": [party], "note": note, "origin": origin}
        for column in NOTES
        if column not in filled and (note := _note(column, filled))
    ]
    if brackets:
        raw = "; ".join(brackets)
        events.append({"kind": "withdrawn", "parties": [party], "raw": raw, "note": _WITHDRAWN, "origin": origin})
    yield from problems
    draft = {**of_row, "parties": [{"code": party}], "events": events}
    refused = _of_party(("events",) if problems else (), values[0])
    yield Draft(where, draft, columns={values[0]: FIRST}, speaks=OF_ROWS, refused=refused)


def _of_party(keys: Iterable[str], name: str) -> frozenset[str]:
    return frozenset(f"{key}[name:{name}]" if name else key for key in keys)


def _fault(where: str, values: list[str], columns: list[str]) -> Problem | None:
    """What makes a whole row unreadable."""
    if any(values[len(columns) :]):
        return Problem(where, f"{len(values)} cells under {len(columns)} columns")
    return None if values[0] else Problem(where, "a row with acts has no participant", FIRST, "")


def _note(column: str, filled: dict[str, str]) -> str | None:
    """What other columns say of the act in this one: ``Resolution 995 (X)``."""
    notes = [f"{about} {filled[about]}" for about in NOTES.get(column, ()) if about in filled]
    return ", ".join(notes) or None


def _areas(titles: Iterable[index.Title]) -> Iterator[Draft]:
    for area in index.areas(list(titles)):
        yield Draft(INDEX, area)


def _head(title: index.Title, titles: dict[str, index.Title]) -> Draft:
    above = index.parent_of(title.key)
    parent = titles.get(above[0]) if above else None
    draft = index.head(title, parent)
    return Draft(f"{title.file}, row {title.row}", draft, speaks=frozenset(draft) - {"parties"} | {"open_questions"})


def _untitled(key: str, file: str) -> Draft:
    """A treaty of which only the number is known; what a list of titles said before is not taken back."""
    number = index.mtdsg_of(key)
    draft = {
        "record": "agreement",
        "ref": index.ref_of(key),
        "title": f"MTDSG {number}",
        "identifiers": [] if number.startswith(index.LETTERED) else [{"scheme": "MTDSG", "value": number}],
        "depositaries": index.DEPOSITARIES,
        "open_questions": [f"title: {INDEX} was not there, or does not list {number}"],
        "origin": {"set": index.SET, "key": key, "file": file, "row": None},
    }
    return Draft(file, draft, speaks=frozenset(draft) - {"title", "open_questions"})


def _titles_near(path: Path) -> dict[str, index.Title]:
    """Return the list of titles beside a table or above it; none where there is no list."""
    for folder in (path.parent, path.absolute().parent.parent):
        file = folder / INDEX
        if file.is_file() and _is_ours(file):
            return _titles(file)
    return {}


def _titles(path: Path) -> dict[str, index.Title]:
    status = path.stat()
    return _titles_of(path.absolute(), status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=4)
def _titles_of(path: Path, _: int, __: int) -> dict[str, index.Title]:
    """Read the list, once for all tables of a run."""
    rows = _rows(path)
    header = [cell.strip() for cell in next(rows, (1, []))[1]]
    missing = [column for column in index.COLUMNS if column not in header]
    if missing:
        raise _Unreadable(f"{path.name} has no column {missing[0]!r}; expected {', '.join(index.COLUMNS)}")
    titles = {}
    for number, cells in rows:
        values = dict(zip(header, [cell.strip() for cell in cells], strict=False))
        if any(values.values()):
            chapter, treaty, name = (values.get(column, "") for column in index.COLUMNS)
            url, chapter_name = values.get("url") or None, values.get("chapter_name") or None
            title = index.Title(chapter, treaty, name, url, chapter_name, path.name, number)
            titles[title.key] = title
    return titles


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a CSV file with their numbers, never all in memory; raises _Unreadable."""
    csv.field_size_limit(LONGEST)
    with path.open("rb") as stream:
        reader = csv.reader(_lines(stream), strict=True)
        try:
            yield from enumerate(reader, 1)
        except csv.Error as error:
            raise _Unreadable(f"no CSV: {error} (line {reader.line_num})") from None


def _lines(stream: BinaryIO) -> Iterator[str]:
    number = 0
    while line := stream.readline(LONGEST + 1):
        number += 1
        if len(line) > LONGEST:
            raise _Unreadable(f"line {number} is longer than {LONGEST >> 20} MiB; no table has such a cell")
        if b"\0" in line:
            raise _Unreadable(f"line {number} holds NUL bytes; it is no text in UTF-8")
        try:
            yield line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            byte = line[error.start]
            raise _Unreadable(f"not UTF-8: byte {byte:#04x} in line {number}; save the table as UTF-8") from None


def _is_ours(path: Path) -> bool:
    with path.open("rb") as stream:
        return matches(stream.readline(LONGEST))


def _key(path: Path) -> str:
    if not _KEY.fullmatch(path.stem):
        raise _Unreadable(f"{path.name!r} does not tell the treaty; expected chapter and number, such as 27-7-a.csv")
    return path.stem.replace(".", "-")


def _natural(path: Path) -> list[tuple[int, str]]:
    """Order ``4-9`` before ``4-10``."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", path.stem) if part]
