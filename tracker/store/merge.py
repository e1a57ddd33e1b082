"""Two objects of the register made one in the store, and a party put where its name stood as an open question.

Of agreements the data is united, relations move and a ref is retired. Of parties, people, families, focus areas and
sources every reference moves, names stay findable, and what moved is told.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from json import dumps
from typing import NamedTuple

from tracker.errors import InvalidRecord, InvalidValue, NotFound, Refused
from tracker.record import unsettled
from tracker.record.merging.overlay import Overlay, join, union
from tracker.record.merging.replace import Clash, Swap, replace, swapped
from tracker.record.shapes import OBJECTS
from tracker.record.types import Field, Json, Record
from tracker.record.vocabulary import FOCUS_AREAS
from tracker.store.rows import table_rows as changes
from tracker.store.rows.record_rows import COUNTERS, OWNED
from tracker.store.schema import builtin
from tracker.store.validation.models import validate
from tracker.store.write import objects, references
from tracker.store.write.change import Change
from tracker.store.write.references import KEYS
from tracker.store.write.writer import Outcome, Writer
from tracker.text.names import fold


class MergedAgreements(NamedTuple):
    """What a merge of two agreements did."""

    outcome: Outcome
    lost: list[str]
    """Paths of which the one that went said otherwise: claims now."""
    moved: list[str]
    """Refs of agreements whose relations were led to the one that stays."""


def merge_agreements(writer: Writer, kept: str, gone: str) -> MergedAgreements:
    """Unite ``gone`` into ``kept``, both exact refs. Raises InvalidRecord where the two do not fit into one record."""
    if kept == gone:
        raise InvalidValue(f"{kept} and {gone} are one and the same; name two")
    change = writer.change
    staying, number = _stored_agreement(change, kept)
    leaving, _ = _stored_agreement(change, gone)
    joined = join(_without(staying, gone), _without(leaving, kept), _counters(change, number))
    moved = []
    for row in change.connection.execute(
        "SELECT DISTINCT a.id FROM relation AS r JOIN agreement AS a ON a.id = r.agreement_id"
        " WHERE r.target = ? AND a.ref NOT IN (?, ?) ORDER BY a.ref",
        (gone, kept, gone),
    ).fetchall():
        document = objects.stored_agreements(change, [row[0]])[row[0]]
        writer.put_agreement(validate(_led(document, gone, kept), document["ref"]))
        moved.append(document["ref"])
    writer.put_agreement(validate(_without(leaving, kept) | {"relations": []}, gone))
    outcome = writer.put_agreement(validate(joined.record, kept))
    writer.remove_agreement([gone])
    objects.retire(change, "agreement", gone, kept)
    return MergedAgreements(outcome, joined.lost, moved)


def _stored_agreement(change: Change, ref: str) -> tuple[Record, int]:
    row = change.connection.execute("SELECT id FROM agreement WHERE ref = ?", (ref,)).fetchone()
    if row is None:
        raise NotFound(f"no agreement {ref!r}; `tracker list` shows the refs")
    return objects.stored_agreements(change, [row[0]])[row[0]], int(row[0])


def _counters(change: Change, number: int) -> dict[str, int]:
    columns = ", ".join(COUNTERS.values())
    sql = f"SELECT {columns} FROM agreement WHERE id = ?"
    row = change.connection.execute(sql, (number,)).fetchone()
    return dict(zip(COUNTERS, row, strict=True))


def _without(document: Record, ref: str) -> Record:
    """Return a record without relations to one: nothing has a relation to itself."""
    return {**document, "relations": [item for item in document["relations"] if item["target"] != ref]}


def _led(document: Record, gone: str, kept: str) -> Record:
    """Return a record with its relations to one led to the other, none of them twice."""
    targets = {(item["type"], item["target"]) for item in document["relations"]}
    relations = []
    for item in document["relations"]:
        if item["target"] != gone:
            relations.append(item)
        elif (item["type"], kept) not in targets:
            relations.append({**item, "target": kept})
    return {**document, "relations": relations}


class Combined(NamedTuple):
    """The document that stays; spellings and fields that it took over; what it has otherwise and was not taken."""

    document: Record
    aliases: list[str]
    filled: list[str]
    left: list[tuple[str, Json]]


_KEYS: dict[str, Callable[[Record], set[str]]] = {"party": builtin.party_keys, "person": builtin.person_keys}
"""Kinds whose names are all kept as aliases, and what makes two names of each the same."""


def combine(swap: Swap, gone: Record, kept: Record) -> Combined:
    """Return ``kept`` with the names of ``gone`` as aliases, what it lacked, and both notes; ``kept`` goes before."""
    combining = _Combining(swap)
    document = combining.object(OBJECTS[swap.kind], kept, gone)
    done = Combined(document, [], combining.filled, combining.left)
    _without_itself(done.document, swap)
    if swap.kind in _KEYS:
        done.document["aliases"] = kept["aliases"]
        _take_names(done, swap, gone)
    return done


class _Combining(Overlay):
    def __init__(self, swap: Swap) -> None:
        self.swap = swap
        self.filled: list[str] = []
        self.left: list[tuple[str, Json]] = []

    def value(self, field: Field, held: Json, said: Json, path: str) -> Json:
        if field.key == "parent" and said not in (None, held, self.swap.kept):
            self.left.append((path, said))
        return held if said == self.swap.kept else super().value(field, held, said, path)

    def taken(self, path: str, said: Json) -> Json:
        self.filled.append(path)
        return said

    def differing(self, field: Field, path: str, held: Json, said: Json) -> Json:
        if self.swap.kind not in _KEYS or field.key not in ("name", "names"):  # these become aliases
            self.left.append((path, said))
        return held

    def items(self, field: Field, held: Json, said: list[Json], path: str) -> list[Json]:  # noqa: ARG002 - see Overlay
        return union(held, swapped(said, self.swap))


def _without_itself(document: Record, swap: Swap) -> None:
    """Nothing refers to itself: what led from one of the two to the other is no more."""
    if swap.kind == "party":
        pair = (swap.gone, swap.kept)
        document["successors"] = [code for code in document["successors"] if code not in pair]
        document["members"] = [item for item in document["members"] if item["code"] not in pair]
    elif swap.kind == "source" and document["reprint_of"] in (swap.gone, swap.kept):
        document["reprint_of"] = None


def _take_names(done: Combined, swap: Swap, gone: Record) -> None:
    """Keep every spelling under which the one that goes was found; of parties also the code."""
    spellings = [gone["name"], *gone.get("names", {}).values(), *gone["aliases"]]
    if swap.kind == "party":
        spellings.append(gone["code"])
    known = _KEYS[swap.kind](done.document)
    for spelling in spellings:
        if fold(spelling) not in known:
            done.aliases.append(spelling)
            known |= _KEYS[swap.kind]({"code": "", "id": "", "name": spelling})
    done.document["aliases"] = [*done.document["aliases"], *done.aliases]


PAGE_SIZE = 200
"""Agreements that are rewritten together."""


class MergedObjects(NamedTuple):
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


def merge_objects(writer: Writer, kind: str, gone: str, kept: str) -> MergedObjects:
    """Put ``kept`` in the place of ``gone`` everywhere, and take ``gone`` out; codes or ids, both exact.

    What ``kept`` lacks it takes over; the names of parties and people stay as aliases. Agreements with both get one
    entry where the two say the same. Raises Refused for built-in objects and where entries contradict each other.
    """
    swap = Swap(kind, gone, kept)
    if gone == kept:
        raise InvalidValue(f"{gone} and {kept} are one and the same; name two")
    change = writer.change
    leaving, staying = _stored_object(change, kind, gone), _stored_object(change, kind, kept)
    _refuse_builtin(change, swap)
    combined = combine(swap, leaving, staying)
    if kind == "focus_area" and gone in references.areas_above(change.reader, kept):
        combined.document["parent"] = leaving["parent"]  # what lay below takes the place
    writer.put_object(kind, validate(combined.document, kept, kind))
    moved, refs, folded = _move_in_agreements(writer, swap)
    others = list(_move_in_others(writer, swap))
    change.note_object(kind, gone)
    changes.compare(changes.load(change.connection, OWNED[kind], gone), {}).carry_out(change.connection, change.stamp())
    objects.retire(change, kind, gone, kept)
    return MergedObjects(swap, moved, refs, others, combined, folded)


def _stored_object(change: Change, kind: str, name: str) -> Record:
    document = objects.stored(change, kind, name)
    if document is None:
        raise NotFound(f"no {kind.replace('_', ' ')} {name!r} in the store")
    return document


def _refuse_builtin(change: Change, swap: Swap) -> None:
    """Built-in parties and focus areas stay, also where somebody changed them: each new store begins with them."""
    if swap.kind == "focus_area":
        shipped = swap.gone in FOCUS_AREAS
    elif swap.kind == "party":
        row = change.connection.execute("SELECT builtin FROM party WHERE code = ?", (swap.gone,)).fetchone()
        shipped = bool(row[0]) or swap.gone in _shipped_parties()
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
        for document in objects.stored_agreements(writer.change, ids[start : start + PAGE_SIZE]).values():
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
            document = _moved(_stored_object(writer.change, kind, name), swap)
            if writer.put_object(kind, validate(document, name, kind)).what == "changed":
                yield f"{kind.replace('_', ' ')} {name}"


def _moved(document: Record, swap: Swap) -> Record:
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
        moved["members"] = [item for position, item in enumerate(members) if item not in members[:position]]
    return moved


_ASKING = "SELECT id FROM agreement WHERE instr(open_questions, :mark) ORDER BY id"
_BEARERS = "SELECT DISTINCT code FROM party_keys WHERE folded = :folded"


def settle(writer: Writer, party: Record) -> tuple[list[str], list[str]]:
    """Put a party in the place of the questions that ask for one of its names.

    Return the refs of the agreements that changed, and the sets from which these came. A name that others bear too
    stays a question.
    """
    spellings = {fold(name) for name in (party["name"], *party["names"].values(), *party["aliases"])}
    answers: dict[str, str | None] = {}

    def code(name: str) -> str | None:
        folded = fold(name)
        if folded not in spellings:
            return None
        if folded not in answers:
            bearers = writer.reader.tuples(_BEARERS, {"folded": folded})
            answers[folded] = str(party["code"]) if len(bearers) == 1 else None
        return answers[folded]

    refs: list[str] = []
    sets: set[str] = set()
    ids = [row[0] for row in writer.change.connection.execute(_ASKING, {"mark": unsettled.MARK})]
    for start in range(0, len(ids), PAGE_SIZE):
        for document in objects.stored_agreements(writer.change, ids[start : start + PAGE_SIZE]).values():
            done = unsettled.settled(document, code)
            if done is not document:
                writer.put_agreement(validate(done, document["ref"]))
                refs.append(document["ref"])
                sets.update(_sets(document))
    return sorted(refs), sorted(sets)


def _sets(document: Record) -> list[str]:
    origins: list[Json] = [document["origin"], *(event["origin"] for event in document["events"])]
    return [str(origin["set"]) for origin in origins if isinstance(origin, dict) and origin.get("set")]
