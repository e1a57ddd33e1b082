"""A record or an object of the register taken apart into the rows of the tables.

Pure: the same document and key give the same rows; the assembly in ``read/records/assembly.py`` is the inverse. Every
row of a table has the same keys in the same order, the columns of ``store/schema/tables.py``. Tables without a row are
left out. Items get their ids here, and own fields (``extra``) become rows that queries find.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from json import loads
from operator import itemgetter
from typing import TYPE_CHECKING, cast

from tracker.dates import edtf
from tracker.law.life import lifecycle
from tracker.law.life.alike import span_rows
from tracker.law.life.lifecycle import NOTHING, Around
from tracker.law.life.spans import SPAN_COLUMNS
from tracker.law.life.standing import SPAN_FLAGS, told_from
from tracker.law.parties import contracting
from tracker.record.differences import same
from tracker.record.shapes import AGREEMENT, MEMBER, OBJECTS, RELATION, SOURCES, child_tables
from tracker.record.types import Field, Record, Shape
from tracker.store.rows.table_rows import Cells, Document, Form, Row, Rows, Tables, number
from tracker.text.names import fold

if TYPE_CHECKING:  # making these classes costs a read two milliseconds
    from tracker.record.typed import Agreement

_CODES = tuple(field for field in AGREEMENT.fields if field.cell == "children" and field.type.shape is None)
"""Lists of codes that have tables of their own."""

_FORMS = {
    field.key: Form(field.type.shape)
    for field in AGREEMENT.fields
    if field.cell == "children" and field.type.shape is not None
}
"""Lists of objects that have tables of their own."""

LISTS = {key: form.shape.letter for key, form in _FORMS.items() if form.shape.numbered}
"""Lists whose items are numbered within the agreement, with the letter of their ids."""

COUNTERS = {key: f"last_{_FORMS[key].shape.name}" for key in LISTS}
"""Columns of ``agreement`` with the highest number ever given, by list."""

LISTED = [(key, form, [field for field in form.shape.fields if field.table]) for key, form in _FORMS.items()]
"""Lists of objects with their forms, and with the lists of codes in these that have tables of their own."""

OWN_FORM = Form(AGREEMENT)
DERIVED = (
    *("signed", "signed_earliest", "signed_latest", "signed_uncertain"),
    *("concluded", "concluded_earliest", "concluded_latest", "concluded_uncertain"),
    *("expires", "expires_earliest", "expires_latest", "expires_uncertain"),
    *("party_codes", "party_count", "views_differ"),
)
"""Columns of an agreement that follow from its own record."""

LETTERS = {letter: name for name, letter in LISTS.items()}
"""The list that an item id belongs to, by its letter."""

_RELATION = Form(RELATION)

LARGEST = 2**63
"""SQLite's integers are smaller; a larger number is only found as text."""

NONE_GIVEN: Mapping[str, int] = dict.fromkeys(LISTS, 0)
"""The counters of an agreement that is not there yet."""

CHILDREN = (*child_tables(), "own_field", "span")
"""The tables keyed by ``agreement_id``."""

_NOTHING: Document = {}

OWNED = {
    "party": (("party", "code"), ("party_member", "organisation"), ("party_key", "code")),
    "person": (("person", "id"), ("person_key", "person_id")),
    "family": (("family", "id"), ("family_source", "family_id")),
    "focus_area": (("focus_area", "code"),),
    "source": (("source", "id"),),
}
"""Tables of each kind of object with the column that holds its code or id; the first is the object's own."""

_OBJECT_FORMS = {kind: Form(OBJECTS[kind]) for kind in OWNED}
_MEMBER = Form(MEMBER)
_BUILT_IN = ("party", "focus_area")
"""Kinds of which the program brings some; what is written by anybody else is not built in."""


def _columns() -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "agreement", ("id", *DERIVED, "told_from", "revision", *COUNTERS.values(), *OWN_FORM.columns)
    for _, form, inner in LISTED:
        place = ("position",) if form.shape.ordered_by == "position" else ()
        yield form.shape.table, ("agreement_id", *place, *form.columns)
        for field in inner:
            yield field.table, ("agreement_id", "number", "position", "code")
    for field in _CODES:
        yield field.table, ("agreement_id", "code")
    yield "citation", ("agreement_id", "owner", "position", "source_id", "locator")
    yield "own_field", ("agreement_id", "name", "folded", "number")
    yield "span", ("agreement_id", *SPAN_COLUMNS)


COLUMNS = dict(_columns())
"""The columns of each table, in the order in which cells stand here."""

_window = itemgetter(*[COLUMNS["span"].index(name) for name in ("from_earliest", "from_latest", "until_latest")])


def highest(items: Sequence[Document]) -> int:
    """Return the highest number among the items, 0 where there is none."""
    return max([number(item["id"]) for item in items]) if items else 0


def _item_cells(document: Document, agreement_id: int, tables: Tables) -> None:
    """Add the rows of every list of the record that has a table; a table without a row is left out."""
    for key, form, inner in LISTED:
        if some := document[key]:
            tables[form.shape.table] = _of_items(form, some, agreement_id)
            for field in inner:
                if codes := _of_codes(field, some, agreement_id):
                    tables[field.table] = codes
    for field in _CODES:
        if document[field.key]:
            tables[field.table] = [(agreement_id, code) for code in sorted(set(document[field.key]))]
    if citations := _citations(document, agreement_id):
        tables["citation"] = citations


def _of_items(form: Form, some: Sequence[Document], agreement_id: int) -> list[Cells]:
    if form.shape.ordered_by == "position":
        return [(agreement_id, position, *form.cells(item)) for position, item in enumerate(some)]
    named = {tuple([item[key] for key in form.shape.identity]): item for item in some}
    return [(agreement_id, *form.cells(named[name])) for name in sorted(named)]


def _of_codes(field: Field, some: Sequence[Document], agreement_id: int) -> list[Cells]:
    """Return the codes that numbered items hold in a list of their own."""
    return [
        (agreement_id, number(item["id"]), position, code)
        for item in some
        for position, code in enumerate(item[field.key])
    ]


def relation_row(relation: Document, agreement_id: int, position: int) -> Row:
    """Return the row of one relation in its active direction."""
    return {"agreement_id": agreement_id, "position": position, **_RELATION.row(relation)}


def _citations(document: Document, agreement_id: int) -> list[Cells]:
    """Return every list of sources; the owners are those of ``schema.Citation``."""
    found = [
        (agreement_id, "", position, source["source"], source["locator"])
        for position, source in enumerate(document["sources"])
    ]
    for owner, item in _owners(AGREEMENT, document):
        found += [(agreement_id, owner, position, source, None) for position, source in enumerate(item["sources"])]
    return found


def citation_row(agreement_id: int, owner: str, position: int, source: str) -> Row:
    """Return the row of one source of one item."""
    return dict(zip(COLUMNS["citation"], (agreement_id, owner, position, source, None), strict=True))


def _owners(shape: Shape, holder: Document, path: str = "") -> Iterator[tuple[str, Document]]:
    """Yield the items that rest on sources of their own, each with the name under which its citations stand."""
    for field, inner, is_sourced in _holding(shape):
        value = holder[field.key]
        if not value:
            continue
        name = f"{path}{field.key}"
        if not field.listed:
            if isinstance(value, dict):
                yield from _owners(inner, value, f"{name}.")
                yield from ((name, value),) if is_sourced and value["sources"] else ()
            continue
        for position, item in enumerate(value):
            if item["sources"]:
                yield _owner(field, inner, item, f"{name}[{position}]"), item


@cache
def _holding(shape: Shape) -> tuple[tuple[Field, Shape, bool], ...]:
    """Return the fields of objects that may rest on sources, or hold such, with their shape and whether they do."""
    return tuple(
        (field, inner, SOURCES in inner.fields)
        for field in shape.own_fields
        if field.type.kind == "object"
        and (inner := field.type.shape) is not None
        and (not field.listed or SOURCES in inner.fields)
    )


def _owner(field: Field, shape: Shape, item: Document, placed: str) -> str:
    """Return the name of an item: its id, what it is sorted by, or its place."""
    if shape.numbered:
        return str(item["id"])
    return f"{field.key}[{item[shape.identity[0]]}]" if field.ordered else placed


def _own_cells(value: str | int | bool) -> tuple[str, int | None]:
    """Return what queries compare own fields with: ``true`` and ``false`` for truth, whole numbers also as such."""
    if isinstance(value, bool):
        return "true" if value else "false", None
    return fold(str(value)), _number(value)


def _number(value: str | int) -> int | None:
    if isinstance(value, str):
        digits = value.removeprefix("-")
        if not (digits.isascii() and digits.isdigit() and len(digits) <= 19):
            return None
    number = int(value)
    return number if -LARGEST <= number < LARGEST else None


def numbered(document: Record, stored: Document | None, counters: Mapping[str, int]) -> Record:
    """Return the document with an id on every item.

    An item without one that equals a stored item keeps that item's id, so that importing the same file again changes
    nothing; any other gets the number after the highest that the agreement ever gave.
    """
    given = {}
    for name, letter in LISTS.items():
        items = document[name]
        if None in [item["id"] for item in items]:
            former = stored[name] if stored else []
            given[name] = _with_ids(items, former, letter, counters[name])
    return {**document, **given} if given else document


def _with_ids(items: list[Document], former: list[Document], letter: str, counter: int) -> list[Document]:
    """Return the items, each with an id."""
    named = [item for item in items if item["id"] is not None]
    taken = {item["id"] for item in named}
    free = [item for item in former if item["id"] not in taken]
    counter = max(counter, highest(named), highest(former))
    done: list[Document] = []
    for item in items:
        if item["id"] is not None:
            done.append(item)
            continue
        equal = next((position for position, old in enumerate(free) if same({**item, "id": old["id"]}, old)), None)
        if equal is not None:
            done.append(free.pop(equal))
        else:
            counter += 1
            done.append({**item, "id": f"{letter}{counter}"})
    return done


def shred(document: Document, agreement_id: int, revision: int = 0, around: Around = NOTHING) -> Rows:
    """Return the rows of a complete agreement whose items have ids, the derived ones included, by table.

    ``around``: what its spans follow from beside the document.
    """
    return as_rows(cells(document, agreement_id, revision, around))


def as_rows(taken: Tables) -> Rows:
    """Return cells in the order of ``COLUMNS`` by column."""
    return {table: [dict(zip(COLUMNS[table], row, strict=True)) for row in some] for table, some in taken.items()}


def cells(document: Document, agreement_id: int, revision: int = 0, around: Around = NOTHING) -> Tables:
    """Return the same as cells in the order of ``COLUMNS``."""
    stretches = span_cells(document, agreement_id, around)
    tables: Tables = {"agreement": [_agreement_cells(document, agreement_id, revision, status_told_from(stretches))]}
    _item_cells(document, agreement_id, tables)
    if document["extra"]:
        tables["own_field"] = own_field_cells(document["extra"], agreement_id)
    if stretches:
        tables["span"] = stretches
    return tables


def own_field_cells(extra: Document, agreement_id: int) -> list[Cells]:
    """Return the fields of a user's own as rows that queries find."""
    return [(agreement_id, name, *_own_cells(value)) for name, value in sorted(extra.items())]


def _agreement_cells(document: Document, agreement_id: int, revision: int, told: str | None) -> Cells:
    """Return the row of the agreement itself."""
    return (
        agreement_id,
        *derived_cells(document),
        told,
        revision,
        *[highest(document[key]) for key in COUNTERS],
        *OWN_FORM.cells(document),
    )


def derived_cells(document: Document) -> Cells:
    """Return what follows of an agreement from its events, parties, terms and views of its binding, as ``DERIVED``."""
    until = (document["terms"]["duration"] or _NOTHING).get("until")
    signed = lifecycle.signed(document["events"])
    concluded = lifecycle.concluded(document["events"], signed)
    codes = sorted({party["code"] for party in document["parties"]})
    return (
        *((signed.edtf, signed.earliest, signed.latest, signed.uncertain) if signed else (None, None, None, False)),
        *((concluded.edtf, concluded.earliest, concluded.latest, concluded.uncertain) if concluded else (None,) * 4),
        until,
        *edtf.bounds(until),
        " ".join(codes),
        len(contracting(document["parties"])),
        _views_differ(document),
    )


def _views_differ(document: Document) -> bool:
    """Tell whether recorded views differ from each other or from the verdict, where somebody gave one."""
    views = {view["value"] for view in document["binding_views"]}
    if views and document["binding_status"] != "not_assessed":
        views.add(document["binding_status"])
    return len(views) > 1


def status_told_from(stretches: Iterable[Cells]) -> str | None:
    """Return from which day on the spans of an agreement, as cells, always tell its status."""
    return told_from([_window(row) for row in stretches if row[_PARTY] == "" and row[_STATUS] not in SPAN_FLAGS])


_PARTY, _STATUS = COLUMNS["span"].index("party"), COLUMNS["span"].index("status")


def span_cells(document: Document, agreement_id: int, around: Around = NOTHING) -> list[Cells]:
    """Derive the stretches of status by the rules of the domain."""
    return [(agreement_id, *row) for row in span_rows(cast("Agreement", document), around)]


def assemble(kind: str, rows: Rows) -> Record:
    """Return the document that was taken apart: the inverse of ``shred_object``."""
    own = rows[kind][0]
    document: Record = {}
    for field in OBJECTS[kind].fields:
        if field.key == "record":
            document["record"] = kind
        elif field.stored_as:
            value = own[field.stored_as]
            document[field.key] = loads(value) if field.type.many else value
        elif field.cell == "citations":
            document[field.key] = [row["source_id"] for row in sorted(rows[field.table], key=_position)]
        else:
            columns = [(inner.key, inner.stored_as) for inner in MEMBER.fields]
            some = sorted(rows[MEMBER.table], key=_position)
            document[field.key] = [{key: row[column] for key, column in columns} for row in some]
    return document


def _position(row: Row) -> int:
    return int(row["position"])


def shred_object(kind: str, document: Document, keys: Iterable[str] = ()) -> Rows:
    """Return the rows of a party, person, family, focus area or source; ``keys`` are its folded spellings."""
    row = _OBJECT_FORMS[kind].row(document)
    rows: Rows = {kind: [{**row, "builtin": False} if kind in _BUILT_IN else row]}
    if kind == "party":
        owner = {"organisation": document["code"]}
        rows["party_member"] = [
            {**owner, "position": position, **_MEMBER.row(member)}
            for position, member in enumerate(document["members"])
        ]
        rows["party_key"] = [{"folded": folded, "code": document["code"]} for folded in sorted(keys)]
    elif kind == "person":
        rows["person_key"] = [{"folded": folded, "person_id": document["id"]} for folded in sorted(keys)]
    elif kind == "family":
        rows["family_source"] = [
            {"family_id": document["id"], "position": position, "source_id": source}
            for position, source in enumerate(document["sources"])
        ]
    return rows
