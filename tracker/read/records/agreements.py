"""Agreements as records: the exact shape, keys in order, read page by page with one SELECT a child table.

What the rules say about an agreement on a day is the ``derived`` part of its record.
"""

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import Protocol

from tracker.dates.day import PartialDate
from tracker.errors import NotFound, StoreDamaged
from tracker.law.life import standing
from tracker.law.parties import contracting, laterality, unnamed
from tracker.read.file.connection import Bindings, Reader, StoredRow
from tracker.read.records.assembly import (
    LISTS,
    ON_PAGE,
    Batch,
    Children,
    converters,
    expression,
    loader,
    of_page,
    terms,
)
from tracker.record.shapes import AGREEMENT
from tracker.record.types import Json, Record
from tracker.text.jsons import array

PAGE_SIZE = 500
"""Agreements whose children are read together."""

FIRST_PAGE = 50
"""The first page is short, so that the first line comes soon."""

FACTS = (
    "revision", "signed", "signed_earliest", "signed_latest", "concluded", "concluded_earliest", "concluded_latest",
)  # fmt: skip
"""What ``derived`` takes from the row of an agreement, and no other key of the record holds."""

ALWAYS = ("record", "ref")
"""Keys that stand in every record, however little of it is wanted."""

DERIVED_OF = ("parties", "open_questions")
"""Keys of the record from which, beside the spans, ``derived`` follows."""

Matches = Sequence[tuple[int, str | None]]
"""Ids of agreements in the order of the answer, with how they match."""

OF_WHOLE = "derived of the whole"
"""A part of a record: what is derived of it but for ``APART``, which most lists do not show."""

APART = ("party_status", "inverse_relations")
"""Keys of ``derived`` that follow from more than the spans of the instrument."""

Asked = Callable[[Record], bool]
"""Tells of a record whether what is derived of it is asked for."""

SPANS = (
    f"SELECT {', '.join(standing.COLUMNS)}, agreement_id FROM spans WHERE {ON_PAGE}{{which}}"
    " ORDER BY agreement_id, party, position"
)


class Chosen(Protocol):
    """Agreements in an order, as SQL."""

    @property
    def filters(self) -> object:
        """What they match."""

    @property
    def is_cut_to_nothing(self) -> bool:
        """Whether none of them is wanted, however many match."""

    def statement(self, reader: Reader) -> tuple[str, Bindings]:
        """Return SQL that yields (id, match), and its binds."""


class _Keys:
    """How keys of agreements are read: the statement, and what makes their values of its cells."""

    def __init__(self, keys: frozenset[str]) -> None:
        fields = [field for field in AGREEMENT.own_fields if field.key in keys]
        self.names = tuple([field.key for field in fields])
        self.lists = [name for name in self.names if name in LISTS]
        self.has_terms = "terms" in keys
        self.converters = [pair for pair in converters(fields) if pair[0] != "terms"]
        columns = ", ".join([*map(expression, fields), *FACTS, "id"])
        self.select = f"SELECT {columns} FROM agreements WHERE {of_page('id')}"
        """The keys in the order of the record (null where one has no column), ``FACTS``, and the id."""


_keys = cache(_Keys)

_ALL = frozenset(field.key for field in AGREEMENT.own_fields)


class Loaded:
    """A page of agreements with their children at hand."""

    def __init__(self, page: Batch, children: dict[str, Children], wanted: frozenset[str] = _ALL) -> None:
        """Read the rows of a page; ``wanted``: the keys that its documents are to have, in the order of the record."""
        self.page = page
        self.children = children
        self._keys = _keys(wanted)
        self.rows = {row[-1]: row for row in page.rows(self._keys.select)}
        self._getters = {name: children[name].get if name in children else _none for name in self._keys.lists}
        self._cited = page.cited() if self._keys.has_terms else {}

    def document(self, agreement: int) -> Record:
        """Return the record of an agreement by its number in the store, without what is derived."""
        keys = self._keys
        document = dict(zip(keys.names, row_of(self.rows, agreement), strict=False))
        for key, converter in keys.converters:
            cell = document[key]
            if cell == "[]":  # most lists are empty
                document[key] = []
            elif cell is not None:
                document[key] = converter(cell)
        for key, getter in self._getters.items():
            document[key] = getter(agreement) or []
        if keys.has_terms:
            document["terms"] = terms(document["terms"], agreement, self._cited)
        return document

    def facts(self, agreement: int) -> Record:
        """Return the cells of ``FACTS``."""
        return dict(zip(FACTS, row_of(self.rows, agreement)[len(self._keys.names) : -1], strict=True))


def row_of(rows: Mapping[int, StoredRow], agreement: int) -> StoredRow:
    """Return a row; raises StoreDamaged where an index led to one that the table does not hold."""
    row = rows.get(agreement)
    if row is None:
        cause = f"the store is damaged: an index leads to the agreement of number {agreement}, which is not there"
        raise StoreDamaged(f"{cause}; look at it with `tracker store check`, or restore a backup")
    return row


def records(
    reader: Reader,
    selection: Chosen,
    as_of: str,
    parts: Container[str] | None = None,
    *,
    is_derived: Asked | None = None,
) -> Iterator[Record]:
    """Yield the records that a selection holds, in its order; memory does not grow with their number.

    ``parts``: the top-level keys that are wanted (``record`` and ``ref`` always come), ``OF_WHOLE`` for the key
    ``derived`` without ``APART``; None = the whole record.
    ``is_derived``: whether a record is to have its key ``derived``, asked of what else it has; without it all have.
    """
    sql, binds = selection.statement(reader)
    found = (pair for page in reader.pages(sql, binds, PAGE_SIZE) for pair in page)
    is_asked = selection.filters is reader.asked
    if is_asked and not selection.is_cut_to_nothing:
        reader.is_empty = True
    for page in paged(found):
        reader.is_empty = False if is_asked else reader.is_empty
        yield from assemble(reader, page, as_of=as_of, parts=parts, is_derived=is_derived)


def record(reader: Reader, ref: str, as_of: str) -> Record:
    """Return the record of an exact ref; raises NotFound."""
    agreement = reader.scalar("SELECT id FROM agreements WHERE ref = :ref", {"ref": ref})
    if agreement is None:
        raise NotFound(f"no agreement {ref!r}; `tracker list` shows the refs")
    return assemble(reader, [(agreement, None)], as_of=as_of)[0]


def paged(found: Iterable[StoredRow]) -> Iterator[list[StoredRow]]:
    """Cut a stream into pages, the first one short."""
    stream = iter(found)
    size = FIRST_PAGE
    while page := list(islice(stream, size)):
        yield page
        size = PAGE_SIZE


def assemble(
    reader: Reader,
    page: Sequence[StoredRow],
    *,
    as_of: str,
    parts: Container[str] | None = None,
    is_derived: Asked | None = None,
) -> list[Record]:
    """Return the records of a page of (id, match), in that order."""
    ids = [pair[0] for pair in page]
    children = load(Batch(reader, ids), parts)
    whole = [children.document(agreement) for agreement in ids]
    in_full = parts is None or "derived" in parts
    if in_full or (parts is not None and OF_WHOLE in parts):
        asked = list(zip(page, whole, strict=True))
        asked = asked if is_derived is None else [pair for pair in asked if is_derived(pair[1])]
        _derive(children, asked, as_of, in_full=in_full)
    if parts is None:
        return whole
    shown = [key for key in whole[0] if key in ALWAYS or key == "derived" or key in parts] if whole else []
    return [{key: document[key] for key in shown} for document in whole]


def load(page: Batch, parts: Container[str] | None = None) -> "Loaded":
    """Read what ``parts`` ask for."""
    if parts is None:
        return Loaded(page, {name: loader(name)(page) for name in LISTS})
    wanted = {key for key in _ALL if key in parts or key in ALWAYS}
    if "derived" in parts or OF_WHOLE in parts:
        wanted.update(DERIVED_OF)
    needed = wanted | {"relations"} if "derived" in parts else wanted
    return Loaded(page, {name: loader(name)(page) for name in LISTS if name in needed}, frozenset(wanted))


def _none(_: int) -> list[Json]:
    return []


def _derive(loaded: Loaded, asked: Sequence[tuple[StoredRow, Record]], as_of: str, *, in_full: bool) -> None:
    """Add to each record what is derived of it, or that but for ``APART``; ``asked``: id and match, and the record."""
    if not asked:
        return
    refs = {agreement: document["ref"] for (agreement, _), document in asked}
    page = Batch(loaded.page.reader, refs)
    spans = _spans_held(page, of_parties=in_full)
    inverse = _inverse_relations(page, refs, loaded.children["relations"]) if in_full else {}
    for (agreement, match), document in asked:
        codes = list(dict.fromkeys([party["code"] for party in document["parties"]])) if in_full else []
        held = _standings(spans.get(agreement, []), codes, as_of)
        document["derived"] = _derived_part(
            {
                **loaded.facts(agreement),
                "laterality": laterality(contracting(document["parties"]), unnamed(document["open_questions"])),
            },
            held,
            inverse.get(agreement) or [],
            as_of=as_of,
            match=match,
            known_at=loaded.page.reader.known_at,
        )
        for key in () if in_full else APART:
            del document["derived"][key]


def _spans_held(page: Batch, *, of_parties: bool) -> Mapping[int, list[Record]]:
    """Return the spans of each agreement, in order of party and position; or those of the instruments alone."""
    found: dict[int, list[Record]] = defaultdict(list)
    for row in page.rows(SPANS.format(which="" if of_parties else " AND party = ''")):
        found[row[-1]].append(dict(zip(standing.COLUMNS, row, strict=False)))
    return found


def _inverse_relations(page: Batch, refs: Mapping[int, str], own: Children) -> Children:
    """Return how other agreements relate to those of the page, in the words of the other end, sorted.

    A symmetric relation that both records hold is left out: it stands under ``relations`` already.
    """
    ids = {ref: agreement for agreement, ref in refs.items()}
    found: dict[int, list[Record]] = defaultdict(list)
    held = page.reader.tuples(
        "SELECT type, target, agreement_ref FROM relations WHERE target IN (SELECT value FROM json_each(:refs))"
        " ORDER BY type, agreement_ref",
        {"refs": array(ids)},
    )
    if not held:
        return found
    from tracker.record.relations import INVERSES, SYMMETRIC

    for kind, target, source in held:
        agreement = ids[target]
        if kind in SYMMETRIC and any(
            relation["type"] == kind and relation["target"] == source for relation in own.get(agreement, ())
        ):
            continue
        found[agreement].append({"type": INVERSES.get(kind, kind), "source_ref": source})
    for relations in found.values():
        relations.sort(key=lambda relation: (relation["type"], relation["source_ref"]))
    return found


def _day(date: PartialDate | None) -> Record | None:
    """Return a partial date as the record prints it."""
    return None if date is None else {"edtf": date.edtf, "earliest": date.earliest, "latest": date.latest}


def _standings(rows: Sequence[Record], codes: Sequence[str], as_of: str) -> Record:
    """Return status, flags, spell of force and the standing of each party on the day."""
    held = standing.standings(rows, as_of)
    now = held[""]
    return {
        "status": now.status,
        "status_certain": now.certain,
        "flags": standing.flags(rows, as_of, now) if rows else [],
        "in_force_from": _day(now.from_),
        "in_force_until": _day(now.until),
        "party_status": [_party(code, held.get(code)) for code in codes],
    }


def _party(code: str, held: standing.Standing | None) -> Record:
    if held is None:
        return {"code": code, "status": "listed", "from": None, "until": None}
    return {"code": code, "status": held.status, "from": _day(held.from_), "until": _day(held.until)}


def _date(agreement: Record, name: str) -> Record | None:
    if not agreement[name]:
        return None
    return {"edtf": agreement[name], "earliest": agreement[f"{name}_earliest"], "latest": agreement[f"{name}_latest"]}


def _derived_part(
    agreement: Record,
    held: Record,
    inverse: list[Record],
    *,
    as_of: str,
    match: str | None,
    known_at: str | None,
) -> Record:
    """Return the derived part of a record; ``agreement`` holds revision, dates of conclusion and laterality."""
    return {
        "as_of": as_of,
        "known_at": known_at,
        "revision": agreement["revision"],
        "status": held["status"],
        "status_certain": held["status_certain"],
        "flags": held["flags"],
        "signed": _date(agreement, "signed"),
        "concluded": _date(agreement, "concluded"),
        "in_force_from": held["in_force_from"],
        "in_force_until": held["in_force_until"],
        "laterality": agreement["laterality"],
        "party_status": held["party_status"],
        "inverse_relations": inverse,
        "match": match,
    }
