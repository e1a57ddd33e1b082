"""Parties, people, families, focus areas and sources as documents: the shape of the record, keys in order."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from json import dumps

from tracker.errors import NotFound
from tracker.read.file.connection import NO_BINDS, Bindings, Reader
from tracker.read.records.assembly import converters, expression
from tracker.record.document import COLLECTIONS, IDENTITY
from tracker.record.shapes import MEMBER, OBJECTS
from tracker.record.types import Json, Record

PAGE_SIZE = 500

KINDS = tuple(kind for kind in COLLECTIONS if kind != "agreement")
"""Kinds of documents besides the agreement, in the order of an export."""


def documents(reader: Reader, kind: str, where: str = "1", binds: Bindings = NO_BINDS) -> Iterator[Record]:
    """Yield the documents of a kind sorted by key; ``where`` is a condition on the view under the alias ``o``."""
    shape, key = OBJECTS[kind], IDENTITY[kind]
    columns = ", ".join(
        f"o.{field.stored_as}" if field.stored_as else f"'{kind}'" if field.key == "record" else "NULL"
        for field in shape.fields
    )
    sql = f"SELECT {columns} FROM {shape.view} AS o WHERE {where} ORDER BY o.{key}"
    children = [(field.key, CHILDREN[field.key]) for field in shape.fields if field.cell in CHILD_CELLS]
    made = converters(shape.fields)
    for page in reader.pages(sql, binds, PAGE_SIZE):
        shown = [dict(zip(shape.keys, row, strict=True)) for row in page]
        lists = [(name, load(reader, [item[key] for item in shown])) for name, load in children]
        for item in shown:
            for name, converter in made:
                if item[name] is not None:
                    item[name] = converter(item[name])
            for name, some in lists:
                item[name] = some.get(item[key]) or []
            yield item


def document(reader: Reader, kind: str, key: str) -> Record:
    """Return one document by its exact code or id; raises NotFound."""
    for record in documents(reader, kind, f"o.{IDENTITY[kind]} = :key", {"key": key}):
        return record
    raise NotFound(f"no {kind.replace('_', ' ')} {key!r} in the store")


def party(reader: Reader, code: str) -> Record:
    """Return a party."""
    return document(reader, "party", code)


def person(reader: Reader, key: str) -> Record:
    """Return a person."""
    return document(reader, "person", key)


def family(reader: Reader, key: str) -> Record:
    """Return a family."""
    return document(reader, "family", key)


def focus_area(reader: Reader, code: str) -> Record:
    """Return a focus area."""
    return document(reader, "focus_area", code)


def source(reader: Reader, key: str) -> Record:
    """Return a source."""
    return document(reader, "source", key)


def _members(reader: Reader, codes: list[str]) -> Mapping[str, list[Json]]:
    members: dict[str, list[Json]] = defaultdict(list)
    for organisation, *cells in reader.tuples(
        f"SELECT organisation, {', '.join(map(expression, MEMBER.fields))} FROM {MEMBER.view}"
        " WHERE organisation IN (SELECT value FROM json_each(:keys)) ORDER BY organisation, position",
        {"keys": dumps(codes)},
    ):
        members[organisation].append(dict(zip(MEMBER.keys, cells, strict=True)))
    return members


def _family_sources(reader: Reader, ids: list[str]) -> Mapping[str, list[Json]]:
    sources: dict[str, list[Json]] = defaultdict(list)
    for key, cited in reader.tuples(
        "SELECT family_id, source_id FROM family_sources"
        " WHERE family_id IN (SELECT value FROM json_each(:keys)) ORDER BY family_id, position",
        {"keys": dumps(ids)},
    ):
        sources[key].append(cited)
    return sources


CHILD_CELLS = ("children", "citations")
CHILDREN: Mapping[str, Callable[[Reader, list[str]], Mapping[str, list[Json]]]] = {
    "members": _members,
    "sources": _family_sources,
}
"""Lists of objects that have a table of their own."""
