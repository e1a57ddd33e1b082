"""Import: recognise the format, read, plan and apply in one change; a dry run stops short of keeping it."""

import io
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from tracker import plugins, sheet
from tracker.domain.record import IDENTITY
from tracker.errors import (
    InvalidRecord,
    InvalidValue,
    Refused,
    RejectedRows,
    TrackerError,
    UnreadableFile,
    UsageProblem,
)
from tracker.importers import Document, Entry, Problem, SheetRow
from tracker.store import bulk
from tracker.store.models import validate
from tracker.store.writer import Outcome, Writer

HEAD = 65_536
"""Bytes by which a format is recognised."""

MOST = 1_000
"""Outcomes and problems that are kept to be shown; all are counted."""


@dataclass(slots=True)
class Result:
    """What an import did, or would do."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How many, by kind and by new, changed, unchanged."""
    fates: dict[tuple[str, str], str] = field(default_factory=dict)
    """What became of each, by kind and id."""
    outcomes: list[Outcome] = field(default_factory=list)
    """What is new or changed."""
    problems: list[tuple[str, str]] = field(default_factory=list)
    """(where, message) of what cannot be taken."""
    bad: int = 0
    remarks: list[str] = field(default_factory=list)
    """What happened beside what was asked, such as a claim that is no longer adopted."""

    def reject(self, where: str, message: str) -> None:
        """Note what cannot be taken."""
        self.bad += 1
        if len(self.problems) < MOST:
            self.problems.append((where, message))

    def note(self, outcome: Outcome) -> None:
        """Note what became of an object; one that is written again, as by a relation it receives, counts once."""
        key = outcome.kind, outcome.id
        former = self.fates.get(key)
        if former is None or (former, outcome.what) == ("unchanged", "changed"):
            if former is not None:
                self.counts[outcome.kind, former] -= 1
            self.counts[outcome.kind, outcome.what] += 1
            self.fates[key] = outcome.what
        if former != "new" and outcome.what != "unchanged" and len(self.outcomes) < MOST:
            self.outcomes.append(outcome)


@contextmanager
def opened(path: Path) -> Iterator[tuple[io.BufferedReader, str]]:
    """Open a file, or standard input for ``-``; yields the stream and the bare name for messages."""
    if str(path) == "-":
        if sys.stdin is None:
            raise UnreadableFile("standard input is closed; name a file, or pipe something in")
        yield io.BufferedReader(sys.stdin.buffer, HEAD), "standard input"  # type: ignore[arg-type]  # any binary stream
        return
    try:
        with path.open("rb") as stream:
            yield stream, path.name
    except IsADirectoryError:
        raise UnreadableFile(f"{path} is a folder; name the files in it") from None
    except OSError as error:
        raise UnreadableFile(f"cannot read {path}: {error.strerror}") from error


def recognise(stream: io.BufferedReader, path: Path, wanted: str | None) -> ModuleType:
    """The importer that is asked for by name, else that of the content; raises UnreadableFile."""
    if wanted is not None:
        return plugins.load("importers", wanted)
    head = stream.peek(HEAD)[:HEAD]
    if not head:
        raise UnreadableFile(f"{_called(path)} is empty; there is nothing to import")
    by_ending = plugins.by_suffix("importers", path)
    for name in sorted(plugins.names("importers"), key=lambda name: (name != by_ending, -len(name))):
        importer = plugins.load("importers", name)
        if importer.matches(head):
            return importer
    if by_ending is not None:
        return plugins.load("importers", by_ending)
    choices = ", ".join(plugins.names("importers"))
    raise UnreadableFile(f"cannot tell what format {_called(path)} is; name it with --from, one of {choices}")


def _called(path: Path) -> str:
    return "standard input" if str(path) == "-" else str(path)


def apply(writer: Writer, entries: Iterable[Entry], result: Result, today: str) -> None:
    """Write everything that can be taken; what cannot is noted in the result."""
    pending: dict[tuple[str, str], str] = {}
    """Where the documents stand that are read and not yet written: a batch at most."""

    def documents() -> Iterator[dict[str, Any]]:
        for entry, document in _documents(writer, entries, result, today):
            kind = document["record"]
            pending[kind, document[IDENTITY[kind]]] = entry.where
            yield document

    def rejected(document: dict[str, Any], error: TrackerError) -> None:
        kind = document.get("record", "")
        name = document.get(IDENTITY.get(kind, ""), "")
        result.reject(pending.pop((kind, name), "relations"), str(error))

    for outcome in bulk.load(writer, documents(), rejected):
        pending.pop((outcome.kind, outcome.id), None)
        result.note(outcome)


def _documents(
    writer: Writer, entries: Iterable[Entry], result: Result, today: str
) -> Iterator[tuple[Entry, dict[str, Any]]]:
    """Yield the valid documents; rows of a sheet are written at once, for each may build on the one before."""
    headers: set[str] = set()
    for entry in entries:
        if isinstance(entry, SheetRow):
            _check_headers(entry, headers)
        try:
            if isinstance(entry, Problem):
                result.reject(entry.where, entry.message)
            elif isinstance(entry, SheetRow):
                _put_row(writer, entry, result, today)
            else:
                yield entry, _valid(entry)
        except (Refused, UsageProblem) as error:
            result.reject(entry.where, str(error).removeprefix(f"{entry.where}: "))


def _check_headers(row: SheetRow, seen: set[str]) -> None:
    unknown = sheet.unknown_headers([header for header in row.cells if header not in seen])
    seen.update(row.cells)
    if unknown:
        raise InvalidValue(f"{row.where.rpartition(', row')[0]}: {'; '.join(unknown)}")


def _put_row(writer: Writer, row: SheetRow, result: Result, today: str) -> None:
    record, remarks = sheet.agreement(writer.reader, row.cells, row.where, today)
    result.note(writer.put_agreement(validate(record, row.where)))
    result.remarks += [f"{row.where}: {remark}" for remark in remarks]


def _valid(entry: Document) -> dict[str, Any]:
    document = validate(entry.content, entry.where)
    key = IDENTITY[document["record"]]
    if not document[key]:
        raise InvalidRecord(entry.where, [(key, "is missing")])
    return document


def refuse_bad(result: Result, *, skip_bad: bool) -> None:
    """End an import that holds bad rows, unless they are to be skipped; raises RejectedRows."""
    if result.bad and not skip_bad:
        rows = "row" if result.bad == 1 else "rows"
        raise RejectedRows(
            f"nothing was imported: {result.bad} bad {rows}; mend them, or leave them out with --skip-bad"
        )
