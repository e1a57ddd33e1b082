"""Two objects of the register made one: every reference moves, names stay findable, and what moved is told."""

from collections import Counter
from collections.abc import Iterator
from json import dumps
from typing import Any, NamedTuple

from tracker.errors import InvalidRecord, InvalidValue, NotFound, Refused
from tracker.record.merging.replace import Clash, Swap, replace, swapped
from tracker.record.subjects import FOCUS_AREAS
from tracker.store.merge.combining import Combined, combine
from tracker.store.rows import comparing as changes
from tracker.store.rows.object_rows import OWNED
from tracker.store.validation.models import validate
from tracker.store.write import agreements, objects, trees
from tracker.store.write.change import Change
from tracker.store.write.references import KEYS
from tracker.store.write.writer import Writer

Document = dict[str, Any]

PAGE_SIZE = 200
"""Agreements that are rewritten together."""


class Merged(NamedTuple):
    """What a merge did."""

    swap: Swap
    moved: Counter[str]
    """Number of references by the list of an agreement in which they stand."""
    refs: list[str]
    """Agreements that were changed."""
    others: list[str]
    """Other objects that were changed, such as ``family sosa``."""
    combined: Combined
    folded: list[str]
    """Entries that became one, with ref and path."""


_TERMS = "SELECT id FROM agreement WHERE instr(terms, :quoted)"
_USES = {
    kind: (
        *(
            f"SELECT agreement_id FROM {table} WHERE {column} = :gone"
            for table, column, named, _ in KEYS
            if named == kind
        ),
        *((_TERMS,) if kind == "party" else ()),
    )
    for kind in OWNED
}
"""Where agreements refer to an object of each kind."""

_CLAIMED = (
    "SELECT agreement_id FROM claim"
    " WHERE instr(value, :quoted) OR instr(field, '[' || :gone || ']') OR instr(field, '[' || :gone || ' ')"
)

_OTHERS = {
    "source": (
        ("family", "SELECT family_id FROM family_source WHERE source_id = :gone"),
        ("source", "SELECT id FROM source WHERE reprint_of = :gone"),
    ),
    "focus_area": (("focus_area", "SELECT code FROM focus_area WHERE parent = :gone"),),
    "party": (
        (
            "party",
            (
                "SELECT organisation FROM party_member WHERE code = :gone"
                " UNION SELECT code FROM party WHERE instr(successors, :quoted)"
            ),
        ),
    ),
}
"""Where other objects refer to one: their kind, and who they are."""


def merge(writer: Writer, kind: str, gone: str, kept: str) -> Merged:
    """Put ``kept`` in the place of ``gone`` everywhere, and take ``gone`` out; codes or ids, both exact.

    What ``kept`` lacks it takes over; the names of parties and people stay as aliases. Agreements with both get one
    entry where the two say the same. Raises Refused for built-in objects and where entries contradict each other.
    """
    swap = Swap(kind, gone, kept)
    if gone == kept:
        raise InvalidValue(f"{gone} and {kept} are one and the same; name two")
    change = writer.change
    leaving, staying = _stored(change, kind, gone), _stored(change, kind, kept)
    _refuse_builtin(change, swap)
    combined = combine(swap, leaving, staying)
    if kind == "focus_area" and gone in trees.above(change.reader, kept):
        combined.document["parent"] = leaving["parent"]  # what lay below takes the place
    writer.put_object(kind, validate(combined.document, kept, kind))
    moved, refs, folded = _move_in_agreements(writer, swap)
    others = list(_move_in_others(writer, swap))
    change.note_object(kind, gone)
    changes.compare(changes.load(change.connection, OWNED[kind], gone), {}).carry_out(change.connection, change.stamp())
    objects.retire(change, kind, gone, kept)
    return Merged(swap, moved, refs, others, combined, folded)


def _stored(change: Change, kind: str, name: str) -> Document:
    document = objects.stored(change, kind, name)
    if document is None:
        raise NotFound(f"no {kind.replace('_', ' ')} {name!r} in the store")
    return document


def _refuse_builtin(change: Change, swap: Swap) -> None:
    """Built-in parties and focus areas stay, also where somebody changed them: each new store begins with them."""
    if swap.kind == "focus_area":
        shipped = swap.gone in FOCUS_AREAS
    elif swap.kind == "party":
        held = change.connection.execute("SELECT builtin FROM party WHERE code = ?", (swap.gone,)).fetchone()
        shipped = bool(held[0]) or swap.gone in _shipped_parties()
    else:
        return
    if shipped:
        noun = swap.kind.replace("_", " ")
        raise Refused(
            f"{noun} {swap.gone} is built in and is never removed; merge the other way round, or leave both as they are"
        )


def _shipped_parties() -> set[str]:
    from tracker.store.schema import builtin

    return {party["code"] for party in builtin.parties()}


def _move_in_agreements(writer: Writer, swap: Swap) -> tuple[Counter[str], list[str], list[str]]:
    binds = {"gone": swap.gone, "quoted": dumps(swap.gone)}
    sql = " UNION ".join((*_USES[swap.kind], _CLAIMED))
    ids = sorted(row[0] for row in writer.change.connection.execute(sql, binds))
    moved: Counter[str] = Counter()
    refs: list[str] = []
    folded: list[str] = []
    for start in range(0, len(ids), PAGE_SIZE):
        for document in agreements.stored(writer.change, ids[start : start + PAGE_SIZE]).values():
            ref = document["ref"]
            try:
                done = replace(document, swap)
                changed = writer.put_agreement(validate(done.record, ref)).what == "changed"
            except (Clash, InvalidRecord) as error:
                where = "" if isinstance(error, InvalidRecord) else f"{ref} "
                raise Refused(f"cannot merge {swap.gone} into {swap.kept}: {where}{error}") from error
            if changed:
                refs.append(ref)
                moved += done.moved
                folded += [f"{ref} {text}" for text in done.folded]
    return moved, sorted(refs), folded


def _move_in_others(writer: Writer, swap: Swap) -> Iterator[str]:
    binds = {"gone": swap.gone, "quoted": dumps(swap.gone)}
    for kind, sql in _OTHERS.get(swap.kind, ()):
        for name in sorted({row[0] for row in writer.change.connection.execute(sql, binds)} - {swap.gone, swap.kept}):
            document = _moved(_stored(writer.change, kind, name), swap)
            if writer.put_object(kind, validate(document, name, kind)).what == "changed":
                yield f"{kind.replace('_', ' ')} {name}"


def _moved(document: Document, swap: Swap) -> Document:
    """Another object with the references in it moved."""
    moved = dict(document)
    for key in ("parent", "reprint_of"):
        if moved.get(key) == swap.gone:
            moved[key] = swap.kept
    for key in ("sources", "successors"):
        if key in moved:
            moved[key] = swapped(moved[key], swap)
    if "members" in moved:
        members = [{**item, "code": swap.kept} if item["code"] == swap.gone else item for item in moved["members"]]
        moved["members"] = [item for place, item in enumerate(members) if item not in members[:place]]
    return moved
