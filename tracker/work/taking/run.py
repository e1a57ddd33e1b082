"""An import from the first file to the last: what is read, validated, matched, and written in one transaction.

At its end stand the agreements of a set whose rows are gone from its files: listed, or removed where that is asked for.
"""

from collections.abc import Collection, Generator, Iterable, Iterator, Mapping
from contextlib import closing, nullcontext
from json import dumps
from pathlib import Path
from typing import IO, NamedTuple, TypeVar

from tracker.errors import InvalidRecord, Refused, TrackerError, UnreadableFile, UsageProblem
from tracker.importers import Document, Draft, Entry, Problem, Remark, SheetRow
from tracker.importers.mapping import Mapped
from tracker.record.document import IDENTITY
from tracker.record.types import Json, Record
from tracker.store.validation.models import validate
from tracker.store.write import bulk, references
from tracker.store.write.change import Change
from tracker.store.write.references import KEYS, OBJECT_KEYS, WORDS
from tracker.store.write.writer import Writer
from tracker.work import sheet
from tracker.work.taking.authors import Authors
from tracker.work.taking.book import Book
from tracker.work.taking.claimed import Claimed
from tracker.work.taking.editions import Missing
from tracker.work.taking.files import PIPE, Pipe, entries
from tracker.work.taking.plan import Line, Plan
from tracker.work.taking.refusing import Reference, Rounds, kept, taken, without_references

_Item = TypeVar("_Item")

Name = tuple[str, str]
"""Kind and ref, code or id of a record."""

_OWNERS = {"party_member": "party", "focus_area": "focus_area", "family_source": "family"}

Excluded = dict[Name, dict[Reference, tuple[str, str]]]
"""Records with what they must not refer to, each with the path where it stands and what there is to say of it."""

MOST_PASSES = 50
"""How often an import is begun anew without what leads to nothing or round in a circle: each may bring up others."""

NAMED = 3
"""Rows and refs that a message names."""


class Watch:
    """Sees what is being read, and each item as it passes; shows nothing."""

    def reading(self, stream: IO[bytes], size: int | None) -> None:
        """Note what is being read, and its size in bytes where that is known."""

    def watch(self, items: Iterable[_Item]) -> Generator[_Item, None, None]:
        """Pass items on."""
        yield from items


class Order(NamedTuple):
    """What is to be imported, and how."""

    paths: list[Path]
    today: str
    wanted: str | Mapped | None = None
    """The importer asked for, by name or by a map; None = by the content of each file."""
    skip_bad: bool = False
    maps: Mapping[Path, Mapped] = {}
    """Files that have a map of their own."""
    prune: bool = False
    """Whether agreements are removed whose rows are gone from the files of their set."""
    progress: Watch | None = None


class _Barred(NamedTuple):
    """What no way through the files may take, as those before it found."""

    excluded: Excluded
    claimed: Claimed


class _Pass:
    """One way through all files."""

    def __init__(self, writer: Writer, order: Order, plan: Plan, pipe: Pipe, barred: _Barred) -> None:
        self.writer = writer
        self.order = order
        self.plan = plan
        self.pipe = pipe
        self.excluded, self.claimed = barred
        self.progress = order.progress or Watch()
        self.book = Book(writer, plan, sparing=order.skip_bad)
        self.pending: dict[Name, tuple[str, str | None]] = {}
        """Where the documents stand, and their titles, that are read and not yet written: a batch at most."""
        self.unreceived: Excluded = {}
        """Records that say a relation from the passive side which the other one cannot take."""
        self.rounds = Rounds(self.book.scratch)
        self.headers: set[str] = set()
        self.rows = sheet.Rows(order.today)

    def run(self) -> None:
        for outcome in bulk.load(self.writer, self._documents(), self._rejected):
            name = outcome.kind, outcome.id
            where, title = self.pending.pop(name) if name in self.pending else self.book.place(outcome.id)
            self.plan.note(outcome, title, where)
        if self.order.skip_bad or not self.plan.bad:
            _settle_gone(self.writer, self.book, self.plan, prune=self.order.prune)
        self.book.mark()
        if not self.order.skip_bad:
            for where, problem in self.rounds.refuse(self.writer.change):
                self._tell(where, problem)
            for message, (where, path) in self.claimed.unborne(self.writer.reader):
                self._tell(where, (path, message))

    def _documents(self) -> Iterator[Record]:
        for path in self.order.paths:
            self.book.files.add(path.name)
            wanted = self.order.maps.get(path, self.order.wanted)
            read = entries(path, wanted, self.pipe, self.progress.reading)
            # Closed here and now, so that no file stays open in the traceback of what ends the import.
            with closing(read), closing(self.progress.watch(read)) as watched:
                for entry in watched:
                    yield from self._taken(entry)
        for row in self.rows.waiting:
            try:
                self._put(row.where, self.rows.settled(self.writer.reader, row))
            except (Refused, UsageProblem) as error:
                self.plan.reject_error(row.where, error)
        for where, document in self.progress.watch(self.book.documents()):
            yield from self._passed(where, document)

    def _taken(self, entry: Entry) -> Iterator[Record]:
        """Yield the valid documents; rows of a sheet are written at once, for each may build on the one before."""
        if not isinstance(entry, Remark):
            self.plan.see(entry.where)
        try:
            if isinstance(entry, Document):
                yield from self._of_our_own(entry)
            elif isinstance(entry, Draft):
                for where, document in self.book.take(entry):
                    yield from self._passed(where, document)
            elif isinstance(entry, SheetRow):
                self._check_headers(entry)
                self._put_row(entry)
            elif isinstance(entry, Remark):
                self.plan.remark(entry.message, entry.where, entry.column, entry.value)
                self.plan.pass_over(entry.where, entry.passed)
            else:
                self._refuse(entry)
        except UnreadableFile:
            raise
        except (Refused, UsageProblem) as error:
            self.plan.reject_error(entry.where, error)

    def _of_our_own(self, entry: Document) -> Iterator[Record]:
        document, refused = taken(entry.content, entry.where, self._valid, sparing=self.order.skip_bad)
        if refused:
            self.plan.reject_error(entry.where, InvalidRecord(entry.where, refused))
        if document is None:
            return
        if refused:
            document = self._kept(document, dict(entry.content), [path for path, _ in refused])
        yield from self._passed(entry.where, document)

    def _valid(self, content: Json, where: str) -> Record:
        document = validate(self.claimed.led(self.writer.reader, content), where)
        key = IDENTITY[document["record"]]
        if not document[key]:
            raise InvalidRecord(where, [(key, "is missing")])
        self.claimed.note(self.writer.reader, document, where)
        return document

    def _kept(self, document: Record, content: Record, refused: Collection[str]) -> Record:
        """Return a document with what the register holds in place of what was refused of it."""
        kind = document["record"]
        before = self.writer.stored(kind, document[IDENTITY[kind]])
        return kept(document, content, before, refused) if before else document

    def _passed(self, where: str, document: Record) -> Iterator[Record]:
        kind = document["record"]
        name = kind, document[IDENTITY[kind]]
        if kind == "agreement" and document["relations"]:
            document = {**document, "relations": self._possible(where, document)}
        if name in self.excluded:
            for problem in self.excluded[name].values():
                self._tell(where, problem)
            led = validate(without_references(document, self.excluded[name]), where)
            document = self._kept(led, document, [path for path, _ in self.excluded[name].values()])
        self.rounds.note(document, where)
        self.pending[name] = where, document.get("title")
        yield document

    def _possible(self, where: str, document: Record) -> list[Record]:
        """Return the relations that can be: to others, and from the active side where the other is not named."""
        kept = []
        for relation in document["relations"]:
            try:
                references.split(document["ref"], [relation])
            except InvalidRecord as error:
                self.plan.reject_error(where, error)
            else:
                kept.append(relation)
        return kept

    def _refuse(self, problem: Problem) -> None:
        if problem.fatal:
            raise UnreadableFile(f"{problem.where}: {problem.message}")
        if problem.lost:
            self.plan.lose(problem.where)
        self.plan.reject(problem.where, problem.message, problem.column, problem.value)

    def _rejected(self, document: Record, error: TrackerError) -> None:
        if "record" not in document:  # a relation said from the passive side; its target is who says it
            self._not_received(document, error)
            return
        kind = document["record"]
        name = kind, document[IDENTITY[kind]]
        self.plan.reject_error(self.pending.pop(name, (str(name[1]), None))[0], error)

    def _not_received(self, relation: Record, error: TrackerError) -> None:
        """Note a relation that the record which acts cannot take; the one that says it is read again without it."""
        if not self.order.skip_bad or not isinstance(error, InvalidRecord):
            self.plan.reject_error(str(relation["target"]), error)
            return
        reference = Reference("agreement", error.where, relation["type"], received=True)
        self.unreceived.setdefault(("agreement", relation["target"]), {})[reference] = error.problems[0]

    def _tell(self, where: str, problem: tuple[str, str]) -> None:
        path, message = problem
        self.plan.reject(where, message, path)

    def _check_headers(self, row: SheetRow) -> None:
        unknown = sheet.unknown_headers([header for header in row.cells if header not in self.headers])
        if unknown:
            raise UnreadableFile(f"{row.where.rpartition(', row')[0]}: {'; '.join(unknown)}")
        self.headers.update(row.cells)

    def _put_row(self, row: SheetRow) -> None:
        """Write a row of a sheet; the cells that cannot be taken are told, and with ``--skip-bad`` left out."""
        try:
            laid = self.rows.laid(self.writer.reader, row.cells, row.where, row.empty)
        except InvalidRecord as error:
            self.plan.reject_error(row.where, error)
            cells = sheet.spared(row.cells, error)
            if not self.order.skip_bad or cells == row.cells or any(path == "title" for path, _ in error.problems):
                return
            laid = self.rows.laid(self.writer.reader, cells, row.where, row.empty)
        self._put(row.where, laid)

    def _put(self, where: str, laid: sheet.Laid) -> None:
        self.plan.passed += laid.repeats
        if laid.record is not None:
            if (first := self.rows.place(laid.record["ref"])) not in (None, where):
                self.plan.join(laid.record["ref"], laid.record["title"], [first, where])
            for document in self._passed(where, laid.record):
                if document["ref"] in self.rows.new:
                    self.book.offer(document, where)
                self.plan.note(self.writer.put_agreement(document), document["title"], where)
        for remark in laid.remarks:
            self.plan.remark(remark, where)


def find(change: Change) -> Excluded:
    """Return the records with references to nothing, and these."""
    dangling: Excluded = {}
    for table, column, kind, locate in KEYS:
        target = IDENTITY[kind]
        cursor = change.connection.execute(
            f"SELECT a.ref AS record, t.* FROM {table} AS t JOIN agreement AS a ON a.id = t.agreement_id"  # noqa: S608  # names of the schema
            f" WHERE t.{column} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {kind} AS p WHERE p.{target} = t.{column})"
        )
        names = [description[0] for description in cursor.description]
        for values in cursor:
            row = dict(zip(names, values, strict=True))
            _note(dangling, ("agreement", row["record"]), (kind, row[column]), locate(row))
    for table, owner, column, kind, path in OBJECT_KEYS:
        target = IDENTITY[kind]
        rows = change.connection.execute(
            f"SELECT t.{owner}, t.{column} FROM {table} AS t WHERE t.{column} IS NOT NULL"  # noqa: S608  # names of the schema
            f" AND NOT EXISTS (SELECT 1 FROM {kind} AS p WHERE p.{target} = t.{column})"
        )
        for name, missing in rows:
            _note(dangling, (_OWNERS[table], name), (kind, missing), path.format(missing))
    for code, (name, path) in change.codes.items():
        if change.connection.execute("SELECT 1 FROM party WHERE code = ?", (code,)).fetchone() is None:
            kind = "agreement" if path.startswith(("terms", "events")) else "party"
            _note(dangling, (kind, name), ("party", code), path)
    return dangling


def _note(dangling: Excluded, record: Name, missing: Name, path: str) -> None:
    kind, name = missing
    message = f"there is no {WORDS.get(kind, kind)} {name!r} in the files or the store"
    dangling.setdefault(record, {}).setdefault(Reference(kind, name), (path, message))


def take(writer: Writer, order: Order, plan: Plan) -> None:
    """Write everything that can be taken; what cannot, and what became of the rest, is noted in the plan."""
    pipe = Pipe()
    if not order.skip_bad:
        _Pass(writer, order, plan, pipe, _Barred({}, Claimed())).run()
        return
    barred = _Barred({}, Claimed())
    connection = writer.change.connection
    with pipe.keeping() if PIPE in order.paths else nullcontext():
        for _ in range(MOST_PASSES):
            connection.execute("SAVEPOINT pass")
            plan.begin()
            barred.claimed.begin()
            attempt = _Pass(writer, order, plan, pipe, barred)
            attempt.run()
            found = [find(writer.change), attempt.unreceived, attempt.rounds.closing(writer.change)]
            about_nobody = [*barred.claimed.unborne(writer.reader)]
            if not _added(barred.excluded, found) and not about_nobody:
                return
            connection.execute("ROLLBACK TO pass")
            old = writer.change
            writer.change = Change(connection, old.path, actor=old.actor, command=old.command)


def _added(excluded: Excluded, found: list[Excluded]) -> bool:
    """Note what else must not be referred to; tells whether there was any."""
    before = sum(map(len, excluded.values()))
    for some in found:
        for name, wrong in some.items():
            excluded.setdefault(name, {}).update(wrong)
    return sum(map(len, excluded.values())) > before


def _settle_gone(writer: Writer, book: Book, plan: Plan, *, prune: bool) -> None:
    """List the agreements of which no row is left in what was read whole; with ``prune`` remove those of the set alone.

    What people worked on stays, and so does what others refer to, and what a row that cannot be read may be.
    """
    if book.editions is None:
        return
    missing = list(book.editions.missing())
    reasons = {one.ref: _reason(writer, plan, one) for one in missing} if prune else {}
    leaving = {ref for ref, reason in reasons.items() if reason is None}
    while used := _used(writer, leaving):
        reasons |= used
        leaving -= used.keys()
    titles = _titles(writer, missing)
    for one in missing:
        if one.ref in leaving:
            continue
        message = f"its row is gone from {one.edition}"
        message += f", and it stays: {reasons[one.ref]}" if prune else _step(plan, one)
        plan.miss(Line("gone", "agreement", one.ref, titles.get(one.ref), file=one.edition, message=message))
    if leaving:
        for outcome in writer.remove_agreement([one.ref for one in missing if one.ref in leaving]):
            plan.note(outcome, titles.get(outcome.id))


def _step(plan: Plan, one: Missing) -> str:
    unread = _unread(plan, one)
    return f"; {unread}, or remove it with --prune" if unread else "; remove it with --prune, or keep it"


def _unread(plan: Plan, one: Missing) -> str | None:
    rows = plan.lost.get(one.edition)
    if not rows:
        return None
    shown = ", ".join(map(str, rows[:NAMED])) + (f" and {len(rows) - NAMED} more" if len(rows) > NAMED else "")
    return f"it may be row {shown}, which cannot be read"


def _reason(writer: Writer, plan: Plan, one: Missing) -> str | None:
    """Why an agreement is not removed; None where nothing stands against it."""
    if unread := _unread(plan, one):
        return unread
    if Authors(writer.change.connection, one.id, one.name).someone_worked():
        return f"it was worked on here; remove it with: tracker remove {one.ref}"
    return None


def _used(writer: Writer, leaving: set[str]) -> dict[str, str]:
    """Return which of those that leave are named by relations of others that stay, and by whose."""
    rows = writer.change.connection.execute(
        "SELECT r.target, min(a.ref) FROM relation AS r JOIN agreement AS a ON a.id = r.agreement_id"
        " WHERE r.target IN (SELECT value FROM json_each(:refs))"
        " AND a.ref NOT IN (SELECT value FROM json_each(:refs)) GROUP BY r.target",
        {"refs": dumps(sorted(leaving))},
    ).fetchall()
    return {str(ref): f"a relation of {user} names it" for ref, user in rows}


def _titles(writer: Writer, missing: list[Missing]) -> dict[str, str]:
    sql = "SELECT ref, title FROM agreement WHERE id IN (SELECT value FROM json_each(?))"
    return dict(writer.change.connection.execute(sql, (dumps([one.id for one in missing]),)).fetchall())
