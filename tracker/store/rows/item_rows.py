"""The items of an agreement (parties, events, claims, ...) taken apart into rows, as the record declares; pure."""

from collections.abc import Iterator, Sequence

from tracker.record.shapes import AGREEMENT, RELATION, SOURCES
from tracker.record.types import Field, Shape
from tracker.store.rows.cells import Document, Form, Row, Rows, number

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


def items(document: Document, agreement_id: int, rows: Rows) -> None:
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
            yield {"agreement_id": agreement_id, "position": position, **form.cells(item)}
        return
    named = {tuple([item[key] for key in form.shape.identity]): item for item in some}
    for name in sorted(named):
        yield {"agreement_id": agreement_id, **form.cells(named[name])}


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
    for field in shape.fields:
        inner = field.type.shape
        if field.type.kind != "object" or field.printed or inner is None or not holder[field.key]:
            continue
        value, name = holder[field.key], f"{path}{field.key}"
        if not field.listed:
            if isinstance(value, dict):
                yield from _owners(inner, value, f"{name}.")
                yield from ((name, value),) if SOURCES in inner.fields and value["sources"] else ()
        elif SOURCES in inner.fields:
            for position, item in enumerate(value):
                if item["sources"]:
                    yield _owner(field, inner, item, f"{name}[{position}]"), item


def _owner(field: Field, shape: Shape, item: Document, placed: str) -> str:
    """Return the name of an item: its id, what it is sorted by, or its place."""
    if shape.numbered:
        return str(item["id"])
    return f"{field.key}[{item[shape.identity[0]]}]" if field.ordered else placed
