"""Many documents at once: batches of rows, relations settled at the end; of each record a byte stays in memory.

The order of the documents does not matter. A relation that one record says from the passive side is stored in the
other, which may come later, or be there already and come in this import without it.
"""

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from json import dumps

from tracker.errors import Duplicate, TrackerError
from tracker.record.document import IDENTITY
from tracker.record.relations import INVERSES
from tracker.record.types import Record
from tracker.store.rows.table_rows import Tables
from tracker.store.schema import indexes, triggers
from tracker.store.write import objects, references, search_index
from tracker.store.write.change import Change, Outcome
from tracker.store.write.writer import Writer

BATCH = 500
"""Agreements whose rows are collected before they are written; of so many documents an import is a large one."""

Rejection = Callable[[Record, TrackerError], None]


def load(writer: Writer, documents: Iterable[Record], rejected: Rejection | None = None) -> Iterator[Outcome]:
    """Put validated documents of all kinds into the store; yield what became of each as it is written.

    ``rejected`` is called with a document that cannot be taken and the reason, and the import goes on; without it the
    reason is raised. References to nothing are told at the end of the transaction, when all documents are there.
    """
    connection = writer.change.connection
    with _rare_collections(), triggers.set_aside(connection) as unwatched, indexes.set_aside(connection) as bared:
        yield from _Import(writer.change, rejected, (unwatched, bared)).run(documents)


@contextmanager
def _rare_collections() -> Iterator[None]:
    """Look for garbage cycles seldom: rows by the million hold none, and looking costs a tenth of an import."""
    thresholds = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(200_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)
        gc.unfreeze()


class _Import:
    """What an import has to remember from one batch to the next."""

    def __init__(self, change: Change, rejected: Rejection | None, lightened: Sequence[Callable[[], None]]) -> None:
        self.change = change
        self.lightened = lightened
        """Called once the import proves to be a large one."""
        self.rejected = rejected
        self.said: list[tuple[str, Record]] = []
        """Relations said from the passive side: the ref in whose record they belong, and the active relation."""
        self.in_batch: set[str] = set()
        """Refs of the agreements that are being written together."""
        self.doubtful: set[tuple[str, str, str]] = set()
        """Stored relations (ref, type, target) that the record no longer says; another record may say them still."""

    def run(self, documents: Iterable[Record]) -> Iterator[Outcome]:
        batch: list[Record] = []
        for number, document in enumerate(documents, 1):
            if number == BATCH:
                for lighten in self.lightened:
                    lighten()
            if document["record"] != "agreement":
                yield from self._put_object(document)
                continue
            batch.append(document)
            if len(batch) == BATCH:
                yield from self._write(batch)
                batch = []
        yield from self._write(batch)
        yield from self._settle_relations()

    def _put_object(self, document: Record) -> Iterator[Outcome]:
        """Put another object; the same one twice does no harm, two different ones of one code or id do."""
        kind = document["record"]
        name = document[IDENTITY[kind]]
        given, number = self.change.given[kind], objects.number(self.change, kind, name)
        try:
            if given[number] and not objects.is_as_given(self.change, kind, document):
                raise _twice(kind, name)
            outcome = objects.put(self.change, kind, document)
        except TrackerError as error:
            if self.rejected is None:
                raise
            self.rejected(document, error)
            return
        number = number or objects.number(self.change, kind, name)
        given[number] = 1
        yield outcome._replace(number=number)

    def _write(self, batch: list[Record]) -> list[Outcome]:
        """Write a batch of agreements: new ones table by table, others row by row."""
        known, retired = self._known([document["ref"] for document in batch])
        self.in_batch.clear()
        stored = objects.stored_agreements(self.change, known.values()) if known else {}
        next_id = objects.next_id(self.change)
        collected: Tables = {}
        outcomes = []
        for document in batch:
            try:
                outcome, fresh = self._put(document, known, stored, retired, next_id)
            except TrackerError as error:
                if self.rejected is None:
                    raise
                self.rejected(document, error)
                continue
            outcomes.append(outcome)
            self.change.given["agreement"][outcome.number] = 1
            if fresh is not None:
                next_id += 1
                for table, some in fresh.items():
                    collected.setdefault(table, []).extend(some)
        if collected:
            objects.insert(self.change, collected)
            search_index.add(self.change, collected)
        return outcomes

    def _put(
        self,
        document: Record,
        known: dict[str, int],
        stored: dict[int, Record],
        retired: set[str],
        next_id: int,
    ) -> tuple[Outcome, Tables | None]:
        """Put one agreement; return the rows of a new one, which are written with those of its batch."""
        ref = document["ref"]
        if ref in retired:
            objects.refuse_retired(self.change, [ref])
        agreement_id = known.get(ref)
        if ref in self.in_batch or (agreement_id is not None and self.change.given["agreement"][agreement_id]):
            raise _twice("agreement", ref)
        own, others = references.split(ref, document["relations"])
        if len(own) != len(document["relations"]):
            document = {**document, "relations": own}
        document = objects.settle(self.change, document)
        self.said += others
        self.in_batch.add(ref)
        if agreement_id is None:
            fresh = objects.new_rows(self.change, next_id, document, known)
            return Outcome("agreement", ref, "new", number=next_id), fresh
        old = stored[agreement_id]
        document = self._doubting(document, old)
        return objects.revise(self.change, agreement_id, document, old), None

    def _known(self, refs: list[str]) -> tuple[dict[str, int], set[str]]:
        """Return the ids of the refs that are stored, and which refs are retired."""
        binds = (dumps(refs),)
        connection = self.change.connection
        rows = connection.execute(
            "SELECT ref, id FROM agreement WHERE ref IN (SELECT value FROM json_each(?))", binds
        ).fetchall()
        retired = connection.execute(
            "SELECT ref FROM retired_ref WHERE ref IN (SELECT value FROM json_each(?))", binds
        ).fetchall()
        return dict(rows), {row[0] for row in retired}

    def _doubting(self, document: Record, old: Record) -> Record:
        """Keep for now the stored relations that the document does not say: the other record may say them."""
        stated = {(relation["type"], relation["target"]) for relation in document["relations"]}
        kept = [
            relation
            for relation in old["relations"]
            if relation["type"] in INVERSES
            and relation["target"]
            and (relation["type"], relation["target"]) not in stated
        ]
        if not kept:
            return document
        self.doubtful |= {(document["ref"], relation["type"], relation["target"]) for relation in kept}
        return {**document, "relations": [*document["relations"], *kept]}

    def _settle_relations(self) -> Iterator[Outcome]:
        """Store what was said from the passive side, and take out what nobody said any more."""
        for owner, relation in self.said:
            self.doubtful.discard((owner, relation["type"], relation["target"]))
            try:
                received = references.receive(self.change, owner, relation)
            except TrackerError as error:
                if self.rejected is None:
                    raise
                self.rejected(relation, error)
                continue
            if received:
                changes = [(references.name(relation), None, relation)]
                yield Outcome("agreement", owner, "changed", changes, received)
        for ref in sorted({ref for ref, _, _ in self.doubtful}):
            row = self.change.connection.execute("SELECT id FROM agreement WHERE ref = ?", (ref,)).fetchone()
            agreement_id = int(row[0])
            old = objects.stored_agreements(self.change, [agreement_id])[agreement_id]
            left = [
                relation
                for relation in old["relations"]
                if (ref, relation["type"], relation["target"]) not in self.doubtful
            ]
            yield objects.revise(self.change, agreement_id, {**old, "relations": left}, old)


def _twice(kind: str, name: str) -> Duplicate:
    """The error for two documents of one name: the later would overwrite the earlier."""
    key = IDENTITY[kind]
    of = "" if kind == "agreement" else f" of a {kind.replace('_', ' ')}"
    return Duplicate(f"the {key} {name}{of} stands twice in this import; give one of the two another {key}")
