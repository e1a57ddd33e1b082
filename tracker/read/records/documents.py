"""Parties, people, families, focus areas and sources as documents: the shape of the record, keys in order."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from json import dumps
from typing import Any, NamedTuple

from tracker.errors import NotFound
from tracker.read.file.connection import NO_BINDS, Binds, Reader
from tracker.read.records.page import texts
from tracker.table import Record

PAGE_SIZE = 500


class Kind(NamedTuple):
    """Where the documents of a kind are read from: view, key, the columns of the view that they show, children."""

    view: str
    key: str
    columns: tuple[str, ...]
    json: tuple[str, ...] = ()
    """Columns that hold JSON."""
    child: str | None = None
    """The list that has a table of its own; it stands before ``note`` or last."""


KINDS: Mapping[str, Kind] = {
    "focus_area": Kind("focus_areas", "code", ("code", "label", "parent", "note")),
    "party": Kind(
        "parties",
        "code",
        (
            *("code", "kind", "name", "names", "aliases", "alpha_2", "numeric", "exists_from", "exists_until"),
            *("successors", "note"),
        ),
        json=("names", "aliases", "successors"),
        child="members",
    ),
    "person": Kind("people", "id", ("id", "name", "aliases", "note"), json=("aliases",)),
    "family": Kind(
        "families", "id", ("id", "name", "instrument_type", "description", "notes"), json=("notes",), child="sources"
    ),
    "source": Kind(
        "sources",
        "id",
        (
            *("id", "title", "author", "publisher", "date", "url", "kind", "language", "accessed", "archive_url"),
            *("sha256", "reprint_of", "note"),
        ),
    ),
}
"""Kinds of documents besides the agreement, in the order of an export."""


def documents(reader: Reader, kind: str, where: str = "1", binds: Binds = NO_BINDS) -> Iterator[Record]:
    """Yield the documents of a kind sorted by key; ``where`` is a condition on the view under the alias ``o``."""
    shape = KINDS[kind]
    columns = ", ".join(f"o.{column}" for column in shape.columns)
    sql = f"SELECT {columns} FROM {shape.view} AS o WHERE {where} ORDER BY o.{shape.key}"
    for page in reader.pages(sql, binds, PAGE_SIZE):
        children = CHILDREN[kind](reader, [row[0] for row in page]) if shape.child else {}
        for row in page:
            yield _document(kind, shape, row, children)


def document(reader: Reader, kind: str, key: str) -> Record:
    """Return one document by its exact code or id; raises NotFound."""
    shape = KINDS[kind]
    for found in documents(reader, kind, f"o.{shape.key} = :key", {"key": key}):
        return found
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


def _document(kind: str, shape: Kind, row: tuple[Any, ...], children: Mapping[str, list[Any]]) -> Record:
    shown: Record = {"record": kind}
    for column, value in zip(shape.columns, row, strict=True):
        if column == "note" and shape.child:
            shown[shape.child] = children.get(row[0]) or []
        shown[column] = texts(value) if column in shape.json else value
    if shape.child and shape.child not in shown:
        shown[shape.child] = children.get(row[0]) or []
    return shown


def _members(reader: Reader, codes: list[str]) -> Mapping[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for organisation, code, from_date, until in reader.tuples(
        "SELECT organisation, code, from_date, until_date FROM party_members"
        " WHERE organisation IN (SELECT value FROM json_each(:keys)) ORDER BY organisation, position",
        {"keys": dumps(codes)},
    ):
        found[organisation].append({"code": code, "from": from_date, "until": until})
    return found


def _family_sources(reader: Reader, ids: list[str]) -> Mapping[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for key, cited in reader.tuples(
        "SELECT family_id, source_id FROM family_sources"
        " WHERE family_id IN (SELECT value FROM json_each(:keys)) ORDER BY family_id, position",
        {"keys": dumps(ids)},
    ):
        found[key].append(cited)
    return found


CHILDREN: Mapping[str, Callable[[Reader, list[str]], Mapping[str, list[Any]]]] = {
    "party": _members,
    "family": _family_sources,
}
