"""Fields of a record changed: by their paths, or by a whole record that somebody edited."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from typing import TYPE_CHECKING, NamedTuple, cast

from tracker.errors import ChangedMeanwhile, InvalidRecord, NotFound, TrackerError
from tracker.law.doubts.oddities import new_oddities
from tracker.read.file.connection import Reader
from tracker.read.lookup import refs
from tracker.read.records import agreements
from tracker.record import claims
from tracker.record.differences import differences
from tracker.record.document import IDENTITY, complete, strip_read_only
from tracker.record.types import Json, Record
from tracker.record.values import spelled
from tracker.store.validation.models import validate
from tracker.store.write.writer import Writer
from tracker.work import typed
from tracker.work.outcome import NOTHING, Done

if TYPE_CHECKING:  # making these classes costs a read two milliseconds
    from tracker.record.typed import Agreement


Step = tuple[str, str, str | None]
"""One change: ``set``, ``add`` or ``remove``; the path; the value as it is typed."""


class Editable(NamedTuple):
    """How the objects of one kind are found, read, judged and written."""

    kind: str
    command: str
    """``tracker edit``, ``tracker party edit``: what is typed before the name."""
    find: Callable[[Reader, str], str]
    read: Callable[[Reader, str], Record]
    """The object as export writes it; raises NotFound."""
    version: Callable[[Reader, str], Json]
    """What differs after every change of the object."""
    settle: Callable[[Record, Record, str], tuple[Record, list[str]]]
    """(before, edited, name) to the validated object and what has to be said of it; raises InvalidRecord."""
    put: Callable[[Writer, Record], Done]
    codes: Callable[[Reader], Mapping[str, Sequence[str]]]
    """Codes of the store that an editor may show."""


class Original(NamedTuple):
    """An object as it was when somebody began to edit it."""

    name: str
    record: Record
    version: Json


def agreement(today: str) -> Editable:
    """Return how agreements are edited."""
    return Editable(
        kind="agreement",
        command="tracker edit",
        find=refs.resolve,
        read=lambda reader, ref: strip_read_only(agreements.record(reader, ref, today)),
        version=_revision,
        settle=lambda before, edited, ref: settle(before, edited, ref, today),
        put=_put,
        codes=lambda reader: {
            "focus_areas": [row[0] for row in reader.tuples("SELECT code FROM focus_areas ORDER BY code")]
        },
    )


def edit(
    writer: Writer, editable: Editable, name: str, steps: Sequence[Step], today: str, *, people: bool = False
) -> Done:
    """Change fields of one object by their paths, in order; ``people``: new signatories are new people for certain.

    Raises NotFound, Ambiguous, InvalidValue with the nearest path, LikelyKnown and InvalidRecord.
    """
    key = editable.find(writer.reader, name)
    document, before, remarks = _edited(writer.reader, editable, key, steps, today)
    if not people:
        _refuse_near_people(writer.reader, before, document)
    return _written(writer, editable, document, remarks)


def _refuse_near_people(reader: Reader, before: Record, document: Record) -> None:
    """Raise LikelyKnown where a signatory was added who may be somebody that is known."""
    if document.get("record") == "agreement":
        added = [item for item in document["signatories"] if item not in before["signatories"]]
        typed.refuse_near_people(reader, {"signatories": added})


def note(writer: Writer, name: str, text: str, today: str) -> Done:
    """Add a note to an agreement. Raises NotFound, Ambiguous and InvalidRecord."""
    done = append(writer, name, "notes", text, today)
    return done if done.unchanged else done._replace(did=f"noted in {done.id}")


def append(writer: Writer, name: str, key: str, item: Json, today: str) -> Done:
    """Add an item to a list of an agreement, just as it is, unless it is there. Raises NotFound, InvalidRecord."""
    editable = agreement(today)
    before = editable.read(writer.reader, editable.find(writer.reader, name))
    edited = {**before, key: before[key] if item in before[key] else [*before[key], item]}
    return _written(writer, editable, *editable.settle(before, edited, before["ref"]))


def original(reader: Reader, editable: Editable, name: str) -> Original:
    """Return an object to be edited as a whole, with what tells whether it changes meanwhile."""
    key = editable.find(reader, name)
    return Original(key, editable.read(reader, key), editable.version(reader, key))


def judged(editable: Editable, before: Original, edited: Json) -> tuple[Record, list[str]]:
    """Return an edited object validated, and what has to be said of it; raises InvalidRecord."""
    _refuse_other(editable.kind, before.name, edited)
    return editable.settle(before.record, edited, before.name)


def replace(writer: Writer, editable: Editable, before: Original, edited: Json) -> Done:
    """Put an edited object in the place of the one that was read; raises ChangedMeanwhile and InvalidRecord."""
    document, remarks = judged(editable, before, edited)
    refuse_changed(writer.reader, editable, before)
    return _written(writer, editable, document, remarks)


def edit_many(
    writer: Writer, names: Sequence[str], steps: Sequence[Step], today: str, *, people: bool = False
) -> list[Done]:
    """Change the same fields of several agreements, given by their exact refs; an error names the ref."""
    editable = agreement(today)
    for name in names[:1] if not people else ():  # the same signatory is added to all
        document, before, _ = tried(writer.reader, editable, name, steps, today)
        _refuse_near_people(writer.reader, before, document)
    return [_written(writer, editable, *tried(writer.reader, editable, name, steps, today)[::2]) for name in names]


def tried(
    reader: Reader, editable: Editable, name: str, steps: Sequence[Step], today: str
) -> tuple[Record, Record, list[str]]:
    """Return a record with the changes made and judged, as it was, and what has to be said; an error names it."""
    try:
        return _edited(reader, editable, name, steps, today)
    except InvalidRecord:
        raise
    except TrackerError as error:
        raise type(error)(f"{name}: {error}") from error


def _edited(
    reader: Reader, editable: Editable, name: str, steps: Sequence[Step], today: str
) -> tuple[Record, Record, list[str]]:
    before = editable.read(reader, name)
    edited = deepcopy(before)
    for what, path, text in steps:
        typed.apply(reader, edited, what, path, text, today)
    document, remarks = editable.settle(before, edited, name)
    return document, before, remarks


def _written(writer: Writer, editable: Editable, document: Record, remarks: Sequence[str]) -> Done:
    done = editable.put(writer, document)
    if done.unchanged:
        return done._replace(did=f"{done.id}: {NOTHING}")
    see = f"see it with: {editable.command.removesuffix('edit')}show {done.id}"
    return done._replace(remarks=[f"{done.id}: {remark}" for remark in remarks], next=see)


def _put(writer: Writer, document: Record) -> Done:
    outcome = writer.put_agreement(document)
    return Done(outcome.id, outcome.what, changes=outcome.changes)


def _revision(reader: Reader, ref: str) -> int:
    row = reader.row("SELECT revision FROM agreements WHERE ref = :ref", {"ref": ref})
    if row is None:
        raise NotFound(f"no agreement {ref!r}; `tracker list` shows the refs")
    return int(row["revision"])


def _refuse_other(kind: str, name: str, edited: Json) -> None:
    """A text may not turn one object into another: its ref, code or id is permanent."""
    key = IDENTITY[kind]
    given = edited.get(key) if isinstance(edited, dict) else name
    if given != name:
        raise InvalidRecord(name, [(key, f"is permanent: expected {name!r}, found {given!r}; write it as it was")])


def refuse_changed(reader: Reader, editable: Editable, before: Original) -> None:
    """Raise ChangedMeanwhile where somebody else wrote since the object was read."""
    name = before.name
    try:
        if editable.version(reader, name) == before.version:
            return
        now = editable.read(reader, name)
    except NotFound:
        raise ChangedMeanwhile(f"{name} was removed meanwhile{_last_change(reader)}; nothing was changed") from None
    changes = differences(before.record, now)[:3]
    what = "; ".join(f"{path}: {spelled(old)} -> {spelled(new)}" for path, old, new in changes)
    told = f" ({what})" if what else ""
    raise ChangedMeanwhile(f"{name} was changed meanwhile{_last_change(reader)}{told}; nothing of yours was written")


def _last_change(reader: Reader) -> str:
    row = reader.row("SELECT actor, at FROM changes ORDER BY id DESC LIMIT 1")
    return f" (last change by {row['actor']}, {row['at'][:19]}Z)" if row else ""


def settle(before: Record, edited: Record, ref: str, today: str) -> tuple[Record, list[str]]:
    """Return the edited record validated, claims whose field was changed no longer adopted, and a sentence on each.

    Everything but the claims is judged first, so that values are compared with those of claims in canonical form.
    """
    items = edited.get("claims") if isinstance(edited, dict) else None
    if not items or not isinstance(items, list) or not all(_is_claim(item) for item in items):
        plain = validate(edited, ref, "agreement")
        return plain, _odd(before, plain, today)
    document = validate({**edited, "claims": []}, ref, "agreement")
    document["claims"] = [complete(dict(item), "agreement.claims") for item in items]
    try:
        released = claims.reconcile(before, document)
    except claims.ClaimError as error:
        raise InvalidRecord(ref, [("claims", str(error))]) from error
    settled = validate(document, ref, "agreement")
    return settled, [*(claims.sentence(claim) for claim in released), *_odd(before, settled, today)]


def _odd(before: Record, after: Record, today: str) -> list[str]:
    odd = new_oddities(cast("Agreement", before), cast("Agreement", after), today)
    return [f"odd: {oddity}" for oddity in odd]


def _is_claim(item: Json) -> bool:
    return isinstance(item, dict) and isinstance(item.get("field"), str) and isinstance(item.get("id", ""), str | None)
