"""Import: recognise the format, read, plan and apply in one change; a dry run stops short of keeping it."""

import io
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any, BinaryIO

from tracker import plugins, sheet
from tracker.domain.record import IDENTITY
from tracker.errors import InvalidRecord, InvalidValue, RejectedRows, TrackerError, UnreadableFile
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
    outcomes: list[Outcome] = field(default_factory=list)
    """What is new or changed."""
    problems: list[tuple[str, str]] = field(default_factory=list)
    """(where, message) of what cannot be taken."""
    bad: int = 0

    def reject(self, where: str, message: str) -> None:
        """Note what cannot be taken."""
        self.bad += 1
        if len(self.problems) < MOST:
            self.problems.append((where, message))

    def note(self, outcome: Outcome) -> None:
        """Note what became of an object."""
        self.counts[outcome.kind, outcome.what] += 1
        if outcome.what != "unchanged" and len(self.outcomes) < MOST:
            self.outcomes.append(outcome)


@contextmanager
def opened(path: Path, stdin: BinaryIO) -> Iterator[tuple[io.BufferedReader, str]]:
    """Open a file, or standard input for ``-``; yields the stream and the bare name for messages."""
    if str(path) == "-":
        yield io.BufferedReader(stdin, HEAD), "standard input"  # type: ignore[arg-type]  # any binary stream will do
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
    choices = ", ".join(plugins.names("importers"))
    raise UnreadableFile(f"cannot tell what format {_called(path)} is; name it with --from, one of {choices}")


def _called(path: Path) -> str:
    return "standard input" if str(path) == "-" else str(path)


def apply(writer: Writer, entries: Iterable[Entry], result: Result, today: str) -> None:
    """Write everything that can be taken; what cannot is noted in the result."""
    pending: dict[str, str] = {}
    """Where the documents stand that are read and not yet written: a batch at most."""

    def documents() -> Iterator[dict[str, Any]]:
        for entry, document in _documents(writer, entries, result, today):
            pending[document[IDENTITY[document["record"]]]] = entry.where
            yield document

    def rejected(document: dict[str, Any], error: TrackerError) -> None:
        name = document.get(IDENTITY.get(document.get("record", ""), ""), "")
        result.reject(pending.pop(name, "relations"), str(error))

    for outcome in bulk.load(writer, documents(), rejected):
        pending.pop(outcome.id, None)
        result.note(outcome)


def _documents(
    writer: Writer, entries: Iterable[Entry], result: Result, today: str
) -> Iterator[tuple[Entry, dict[str, Any]]]:
    """Yield the valid documents; rows of a sheet are written at once, for each may build on the one before."""
    headers: set[str] = set()
    for entry in entries:
        try:
            if isinstance(entry, Problem):
                result.reject(entry.where, entry.message)
            elif isinstance(entry, SheetRow):
                _check_headers(entry, headers)
                result.note(_put_row(writer, entry, today))
            else:
                yield entry, _valid(entry)
        except InvalidRecord as error:
            result.reject(entry.where, str(error).removeprefix(f"{entry.where}: "))


def _check_headers(row: SheetRow, seen: set[str]) -> None:
    unknown = sheet.unknown_headers([header for header in row.cells if header not in seen])
    seen.update(row.cells)
    if unknown:
        raise InvalidValue(f"{row.where.rpartition(', row')[0]}: {'; '.join(unknown)}")


def _put_row(writer: Writer, row: SheetRow, today: str) -> Outcome:
    return writer.put_agreement(validate(sheet.agreement(writer.reader, row.cells, row.where, today), row.where))


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
