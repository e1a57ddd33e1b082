"""An import from the first file to the last: what is read, validated, matched, and written in one transaction."""

from collections.abc import Generator, Iterable, Iterator
from contextlib import closing, nullcontext
from pathlib import Path
from typing import IO, NamedTuple, TypeVar

from tracker.errors import InvalidRecord, Refused, TrackerError, UnreadableFile, UsageProblem
from tracker.importers import Document, Draft, Entry, Problem, Remark, SheetRow
from tracker.importers.mapping import Mapped
from tracker.record.document import IDENTITY
from tracker.record.types import Record
from tracker.store.validation.models import validate
from tracker.store.write import bulk
from tracker.store.write.change import Change
from tracker.store.write.references import KEYS, OBJECT_KEYS, WORDS
from tracker.store.write.writer import Writer
from tracker.work import sheet
from tracker.work.taking.book import Book
from tracker.work.taking.files import Pipe, entries
from tracker.work.taking.plan import Plan

_Item = TypeVar("_Item")


class Watch:
    """Sees what is being read, and each item as it passes; shows nothing."""

    def reading(self, stream: IO[bytes], size: int | None) -> None:
        """Note what is being read, and its size in bytes where that is known."""

    def watch(self, items: Iterable[_Item]) -> Generator[_Item, None, None]:
        """Pass items on."""
        yield from items


Name = tuple[str, str]
"""Kind and ref, code or id of a record."""

_OWNERS = {"party_member": "party", "focus_area": "focus_area", "family_source": "family"}


def find(change: Change) -> dict[Name, str]:
    """Return the records with references to nothing, each with the first one's path and what is not there."""
    dangling: dict[Name, str] = {}
    for table, column, kind, locate in KEYS:
        target = IDENTITY[kind]
        cursor = change.connection.execute(
            f"SELECT a.ref AS record, t.* FROM {table} AS t JOIN agreement AS a ON a.id = t.agreement_id"  # noqa: S608  # names of the schema
            f" WHERE t.{column} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {kind} AS p WHERE p.{target} = t.{column})"
        )
        names = [description[0] for description in cursor.description]
        for values in cursor:
            row = dict(zip(names, values, strict=True))
            dangling.setdefault(("agreement", row["record"]), _message(locate(row), kind, row[column]))
    for table, owner, column, kind, path in OBJECT_KEYS:
        target = IDENTITY[kind]
        rows = change.connection.execute(
            f"SELECT t.{owner}, t.{column} FROM {table} AS t WHERE t.{column} IS NOT NULL"  # noqa: S608  # names of the schema
            f" AND NOT EXISTS (SELECT 1 FROM {kind} AS p WHERE p.{target} = t.{column})"
        )
        for name, missing in rows:
            dangling.setdefault((_OWNERS[table], name), _message(path.format(missing), kind, missing))
    for code, (name, path) in change.codes.items():
        if change.connection.execute("SELECT 1 FROM party WHERE code = ?", (code,)).fetchone() is None:
            kind = "agreement" if path.startswith("terms") else "party"
            dangling.setdefault((kind, name), _message(path, "party", code))
    return dangling


def _message(path: str, kind: str, name: str) -> str:
    return f"{path}: there is no {WORDS.get(kind, kind)} {name!r} in the files or the store"


MOST_PASSES = 50
"""How often an import is begun anew without records whose references lead to nothing: each may take others along."""

Excluded = dict[Name, str]


class Order(NamedTuple):
    """What is to be imported, and how."""

    paths: list[Path]
    today: str
    wanted: str | Mapped | None = None
    """The importer asked for, by name or by a map; None = by the content of each file."""
    skip_bad: bool = False
    progress: Watch | None = None


def take(writer: Writer, order: Order, plan: Plan) -> None:
    """Write everything that can be taken; what cannot, and what became of the rest, is noted in the plan."""
    pipe = Pipe()
    if not order.skip_bad:
        _Pass(writer, order, plan, pipe, {}).run()
        return
    excluded: Excluded = {}
    connection = writer.change.connection
    with pipe.keeping() if Path("-") in order.paths else nullcontext():
        for _ in range(MOST_PASSES):
            connection.execute("SAVEPOINT pass")
            plan.begin()
            attempt = _Pass(writer, order, plan, pipe, excluded)
            attempt.run()
            dangling = {**find(writer.change), **attempt.unreceived}
            if not dangling.keys() - excluded.keys():
                return
            excluded |= dangling
            connection.execute("ROLLBACK TO pass")
            old = writer.change
            writer.change = Change(connection, old.path, actor=old.actor, command=old.command)


class _Pass:
    """One way through all files."""

    def __init__(self, writer: Writer, order: Order, plan: Plan, pipe: Pipe, excluded: Excluded) -> None:
        self.writer = writer
        self.order = order
        self.plan = plan
        self.pipe = pipe
        self.excluded = excluded
        self.progress = order.progress or Watch()
        self.book = Book(writer, plan)
        self.pending: dict[Name, tuple[str, str | None]] = {}
        """Where the documents stand, and their titles, that are read and not yet written: a batch at most."""
        self.unreceived: Excluded = {}
        """Records that say a relation from the passive side which the other one cannot take."""
        self.headers: set[str] = set()

    def run(self) -> None:
        for outcome in bulk.load(self.writer, self._documents(), self._rejected):
            where, title = self.pending.pop((outcome.kind, outcome.id), (None, None))
            self.plan.note(outcome, title, where)
        self.book.mark()

    def _documents(self) -> Iterator[Record]:
        for path in self.order.paths:
            read = entries(path, self.order.wanted, self.pipe, self.progress.reading)
            # Closed here and now, so that no file stays open in the traceback of what ends the import.
            with closing(read), closing(self.progress.watch(read)) as watched:
                for entry in watched:
                    yield from self._taken(entry)
        for where, document in self.progress.watch(self.book.documents()):
            yield from self._passed(where, document)

    def _taken(self, entry: Entry) -> Iterator[Record]:
        """Yield the valid documents; rows of a sheet are written at once, for each may build on the one before."""
        try:
            if isinstance(entry, Document):
                yield from self._passed(entry.where, _valid(entry))
            elif isinstance(entry, Draft):
                for where, document in self.book.take(entry):
                    yield from self._passed(where, document)
            elif isinstance(entry, SheetRow):
                self._check_headers(entry)
                self._put_row(entry)
            elif isinstance(entry, Remark):
                self.plan.remark(f"{entry.where}: {entry.message}")
            else:
                self._refuse(entry)
        except UnreadableFile:
            raise
        except (Refused, UsageProblem) as error:
            self.plan.reject_error(entry.where, error)

    def _passed(self, where: str, document: Record) -> Iterator[Record]:
        kind = document["record"]
        name = kind, document[IDENTITY[kind]]
        if name in self.excluded:
            self.plan.reject(where, self.excluded[name])
            return
        self.pending[name] = where, document.get("title")
        yield document

    def _refuse(self, problem: Problem) -> None:
        if problem.fatal:
            raise UnreadableFile(f"{problem.where}: {problem.message}")
        self.plan.reject(problem.where, problem.message, problem.column, problem.value)

    def _rejected(self, document: Record, error: TrackerError) -> None:
        if "record" not in document:  # a relation said from the passive side; its target is who says it
            self.unreceived["agreement", document["target"]] = str(error)
            self.plan.reject_error(str(document["target"]), error)
            return
        kind = document["record"]
        name = kind, document[IDENTITY[kind]]
        self.plan.reject_error(self.pending.pop(name, (str(name[1]), None))[0], error)

    def _check_headers(self, row: SheetRow) -> None:
        unknown = sheet.unknown_headers([header for header in row.cells if header not in self.headers])
        if unknown:
            raise UnreadableFile(f"{row.where.rpartition(', row')[0]}: {'; '.join(unknown)}")
        self.headers.update(row.cells)

    def _put_row(self, row: SheetRow) -> None:
        record, remarks = sheet.agreement(self.writer.reader, row.cells, row.where, self.order.today)
        name = "agreement", record["ref"]
        if name in self.excluded:
            self.plan.reject(row.where, self.excluded[name])
            return
        self.plan.note(self.writer.put_agreement(validate(record, row.where)), record["title"], row.where)
        for remark in remarks:
            self.plan.remark(f"{row.where}: {remark}")


def _valid(entry: Document) -> Record:
    document = validate(entry.content, entry.where)
    key = IDENTITY[document["record"]]
    if not document[key]:
        raise InvalidRecord(entry.where, [(key, "is missing")])
    return document
