"""What may be done to the register; each command's writes go through one ``Writer`` in one transaction."""

from collections.abc import Sequence

from tracker.errors import InUse, NotFound
from tracker.read.file.connection import Reader
from tracker.record.types import Record
from tracker.store.rows import record_rows as rows
from tracker.store.rows import table_rows as changes
from tracker.store.write import objects, references, search_index, surroundings
from tracker.store.write.change import Change, Outcome

__all__ = ["Outcome", "Writer"]


class Writer:
    """Puts validated documents into the store; codes and ids only, nothing is looked up by name."""

    def __init__(self, change: Change) -> None:
        """Write as part of this change."""
        self.change = change
        self.is_kept = False
        """Whether the change was committed: nothing takes it back any more but an undo."""

    @property
    def reader(self) -> Reader:
        """Reads inside the transaction: what was written is seen."""
        return self.change.reader

    @property
    def change_id(self) -> int | None:
        """The number of this change in the log; None as long as nothing was written."""
        return self.change.id

    def stored(self, kind: str, name: str) -> Record | None:
        """Return the document of a stored object, or None; ``name`` is its ref, code or id."""
        if kind != "agreement":
            return objects.stored(self.change, kind, name)
        rows = self.change.connection.execute("SELECT id FROM agreement WHERE ref = ?", (name,)).fetchall()
        return next(
            (objects.stored_agreements(self.change, [int(agreement)])[agreement] for (agreement,) in rows), None
        )

    def put_agreement(self, document: Record) -> Outcome:
        """Add the agreement, or change the one of that ref to be what the document says.

        ``document`` is complete, as ``store.validation.models.validate`` returns it. Objects written in place are
        stored, items get ids, passive relations go into the record that acts. References are checked when the
        transaction ends.
        """
        outcome = objects.put_agreement(self.change, document)
        self.change.given["agreement"][outcome.number] = 1
        return outcome

    def numbers_given(self, ref: str) -> dict[str, int]:
        """Return the highest number that each list of numbered items of a stored agreement ever gave."""
        row = self.change.connection.execute("SELECT id FROM agreement WHERE ref = ?", (ref,)).fetchone()
        return objects.numbers_given(self.change, int(row[0]))

    def put_object(self, kind: str, document: Record) -> Outcome:
        """Add or change a party, person, family, focus area or source.

        Raises Duplicate for the code or id of one that was merged into another.
        """
        return objects.put(self.change, kind, document)

    def remove_agreement(self, refs: Sequence[str]) -> list[Outcome]:
        """Take agreements out, all or none; their refs are not given again.

        Raises NotFound, or InUse where a relation of another agreement that stays leads to one of them.
        """
        connection = self.change.connection
        ids = {}
        for ref in refs:
            row = connection.execute("SELECT id FROM agreement WHERE ref = ?", (ref,)).fetchone()
            if row is None:
                raise NotFound(f"no agreement {ref!r}; `tracker list` shows the refs")
            ids[ref] = int(row[0])
        self._refuse_used(refs)
        since = self.change.stamp()
        for document in objects.stored_agreements(self.change, ids.values()).values():
            surroundings.note(self.change, document)
            surroundings.note_whole(self.change, document["ref"])
        for ref, agreement_id in ids.items():
            self.change.note_gone(agreement_id, ref)
            for table in rows.CHILDREN:
                sql = f"DELETE FROM {table} WHERE agreement_id = ?"
                connection.execute(sql, (agreement_id,))
            connection.execute("DELETE FROM agreement WHERE id = ?", (agreement_id,))
            changes.insert_row(connection, {"retired_ref": [{"ref": ref}]}, since)
            self.change.note_object("retired_ref", ref)
        return [Outcome("agreement", ref, "removed", number=number) for ref, number in ids.items()]

    def finish(self) -> None:
        """Check what only the whole change shows; the caller commits."""
        references.refuse_unknown_codes(self.change)
        references.refuse_cycles(self.change)
        for code in sorted(self.change.areas):
            references.refuse_circle(self.reader, code)
        surroundings.settle(self.change, objects.stored_agreements)
        search_index.settle(self.change)

    def refuse_dangling(self) -> None:
        """Raise InvalidRecord where something refers to nothing: by foreign keys, which the commit checks."""
        references.refuse_dangling(self.change)

    def _refuse_used(self, refs: Sequence[str]) -> None:
        leaving = set(refs)
        for ref in refs:
            users = self.change.connection.execute(
                "SELECT a.ref, r.type FROM relation AS r JOIN agreement AS a ON a.id = r.agreement_id"
                " WHERE r.target = ? ORDER BY a.ref",
                (ref,),
            ).fetchall()
            staying = [(user, kind) for user, kind in users if user not in leaving]
            if staying:
                shown = ", ".join(f"{user} ({kind})" for user, kind in staying[:3])
                more = f" and {len(staying) - 3} more" if len(staying) > 3 else ""
                raise InUse(f"{ref} is named by relations of {shown}{more}; remove these first, or all together")
