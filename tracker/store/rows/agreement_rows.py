"""A record taken apart into the rows of the tables; the assembly in ``read/records/agreements.py`` is the inverse.

Pure: the same document and key give the same rows. Every row of a table has the same keys in the same order, the
columns of ``store/schema/tables.py``. Tables without a row are left out. Items get their ids here, and own fields
(``extra``) become rows that queries find.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, cast

from tracker.dates import edtf
from tracker.law.life import lifecycle
from tracker.law.life.alike import span_rows
from tracker.law.life.lifecycle import NOTHING, Around
from tracker.law.life.spans import SPAN_COLUMNS
from tracker.law.parties import contracting
from tracker.record.differences import same
from tracker.record.shapes import AGREEMENT, RELATION, SOURCES, child_tables
from tracker.record.types import Field, Record, Shape
from tracker.store.rows.cells import Cells, Document, Form, Row, Rows, number
from tracker.text.names import fold

if TYPE_CHECKING:  # making these classes costs a read two milliseconds
    from tracker.record.typed import Agreement


_FORMS = {
    field.key: Form(field.type.shape)
    for field in AGREEMENT.fields
    if field.cell == "children" and field.type.shape is not None
}
"""Lists of objects that have tables of their own."""

_CODES = tuple(field for field in AGREEMENT.fields if field.cell == "children" and field.type.shape is None)
"""Lists of codes that have tables of their own."""

LISTS = {key: form.shape.letter for key, form in _FORMS.items() if form.shape.numbered}
"""Lists whose items are numbered within the agreement, with the letter of their ids."""

LETTERS = {letter: name for name, letter in LISTS.items()}
"""The list that an item id belongs to, by its letter."""

COUNTERS = {key: f"last_{_FORMS[key].shape.name}" for key in LISTS}
"""Columns of ``agreement`` with the highest number ever given, by list."""

_RELATION = Form(RELATION)


def highest(items: Sequence[Document]) -> int:
    """Return the highest number among the items, 0 where there is none."""
    return max((number(item["id"]) for item in items), default=0)


def item_rows(document: Document, agreement_id: int, rows: Rows) -> None:
    """Add the rows of every list of the record that has a table; a table without a row is left out."""
    for key, form in _FORMS.items():
        if document[key]:
            rows[form.shape.table] = [*_rows(form, document[key], agreement_id)]
            for field in form.shape.fields:
                if field.table and (codes := [*_codes(field, document[key], agreement_id)]):
                    rows[field.table] = codes
    for field in _CODES:
        if document[field.key]:
            codes = sorted(set(document[field.key]))
            rows[field.table] = [{"agreement_id": agreement_id, "code": code} for code in codes]
    if citations := [*_citations(document, agreement_id)]:
        rows["citation"] = citations


def _rows(form: Form, some: Sequence[Document], agreement_id: int) -> Iterator[Row]:
    if form.shape.ordered_by == "position":
        for position, item in enumerate(some):
            yield form.cells(item, {"agreement_id": agreement_id, "position": position})
        return
    named = {tuple([item[key] for key in form.shape.identity]): item for item in some}
    for name in sorted(named):
        yield form.cells(named[name], {"agreement_id": agreement_id})


def _codes(field: Field, some: Sequence[Document], agreement_id: int) -> Iterator[Row]:
    """Yield the codes that numbered items hold in a list of their own."""
    for item in some:
        for position, code in enumerate(item[field.key]):
            yield {"agreement_id": agreement_id, "number": number(item["id"]), "position": position, "code": code}


def relation_row(relation: Document, agreement_id: int, position: int) -> Row:
    """Return the row of one relation in its active direction."""
    return {"agreement_id": agreement_id, "position": position, **_RELATION.cells(relation)}


def _citations(document: Document, agreement_id: int) -> Iterator[Row]:
    """Yield every list of sources; the owners are those of ``schema.Citation``."""
    for position, source in enumerate(document["sources"]):
        yield citation_row(agreement_id, "", position, source["source"], source["locator"])
    for owner, item in _owners(AGREEMENT, document):
        for position, source in enumerate(item["sources"]):
            yield citation_row(agreement_id, owner, position, source)


def citation_row(agreement_id: int, owner: str, position: int, source: str, locator: str | None = None) -> Row:
    """Return the row of one source of one item."""
    return {
        "agreement_id": agreement_id,
        "owner": owner,
        "position": position,
        "source_id": source,
        "locator": locator,
    }


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


LARGEST = 2**63
"""SQLite's integers are smaller; a larger number is only found as text."""


def own_fields(document: Document, agreement_id: int, rows: Rows) -> None:
    """Shred the own fields: folded as text, and as a number where they are one."""
    if document["extra"]:
        rows["own_field"] = [
            {"agreement_id": agreement_id, "name": name, **own_cells(value)}
            for name, value in sorted(document["extra"].items())
        ]


def own_cells(value: str | int | bool) -> Row:
    """Return what queries compare with: ``true`` and ``false`` for truth, whole numbers also as such."""
    if isinstance(value, bool):
        return {"folded": "true" if value else "false", "number": None}
    return {"folded": fold(str(value)), "number": _number(value)}


def _number(value: str | int) -> int | None:
    if isinstance(value, str):
        digits = value.removeprefix("-")
        if not (digits.isascii() and digits.isdigit() and len(digits) <= 19):
            return None
    number = int(value)
    return number if -LARGEST <= number < LARGEST else None


NONE_GIVEN: Mapping[str, int] = dict.fromkeys(LISTS, 0)
"""The counters of an agreement that is not there yet."""


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


CHILDREN = (*child_tables(), "own_field", "span")
"""The tables keyed by ``agreement_id``."""

_FORM = Form(AGREEMENT)


def shred(document: Document, agreement_id: int, revision: int = 0, around: Around = NOTHING) -> Rows:
    """Return the rows of a complete agreement whose items have ids, the derived ones included, by table.

    ``around``: what its spans follow from beside the document.
    """
    rows = without_spans(document, agreement_id, revision)
    if stretches := spans(document, agreement_id, around):
        rows["span"] = stretches
    return rows


def without_spans(document: Document, agreement_id: int, revision: int) -> Rows:
    """Return the same rows but for the spans."""
    rows: Rows = {"agreement": [_agreement_row(document, agreement_id, revision)]}
    item_rows(document, agreement_id, rows)
    own_fields(document, agreement_id, rows)
    return rows


def _agreement_row(document: Document, agreement_id: int, revision: int) -> Row:
    """Return the row of the agreement itself."""
    until = (document["terms"]["duration"] or _NOTHING).get("until")
    expires_earliest, expires_latest, expires_uncertain = edtf.bounds(until)
    signed = lifecycle.signed(document["events"])
    concluded = lifecycle.concluded(document["events"], signed)
    codes = sorted({party["code"] for party in document["parties"]})
    return {
        "id": agreement_id,
        "signed": signed.edtf if signed else None,
        "signed_earliest": signed.earliest if signed else None,
        "signed_latest": signed.latest if signed else None,
        "signed_uncertain": bool(signed and signed.uncertain),
        "concluded": concluded.edtf if concluded else None,
        "concluded_earliest": concluded.earliest if concluded else None,
        "concluded_latest": concluded.latest if concluded else None,
        "concluded_uncertain": concluded.uncertain if concluded else None,
        "expires": until,
        "expires_earliest": expires_earliest,
        "expires_latest": expires_latest,
        "expires_uncertain": expires_uncertain,
        "party_codes": " ".join(codes),
        "party_count": len(contracting(document["parties"])),
        "views_differ": _views_differ(document),
        "revision": revision,
        **{column: highest(document[key]) for key, column in COUNTERS.items()},
        **_FORM.cells(document),
    }


_NOTHING: Document = {}


def _views_differ(document: Document) -> bool:
    """Tell whether recorded views differ from each other or from the verdict, where somebody gave one."""
    views = {view["value"] for view in document["binding_views"]}
    if views and document["binding_status"] != "not_assessed":
        views.add(document["binding_status"])
    return len(views) > 1


def spans(document: Document, agreement_id: int, around: Around = NOTHING) -> list[Row]:
    """Derive the stretches of status by the rules of the domain."""
    return [dict(zip(SPAN, cells, strict=True)) for cells in span_cells(document, agreement_id, around)]


def span_cells(document: Document, agreement_id: int, around: Around = NOTHING) -> list[Cells]:
    """Return the same as cells in the order of ``SPAN``: there are more of them than of all other rows together."""
    return [(agreement_id, *cells) for cells in span_rows(cast("Agreement", document), around)]


SPAN = ("agreement_id", *SPAN_COLUMNS)
"""The columns of a span."""
