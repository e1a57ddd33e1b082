"""Parties, people, families, focus areas and sources taken apart into rows; pure."""

from collections.abc import Iterable
from json import loads

from tracker.record.shapes import MEMBER, OBJECTS
from tracker.record.types import Record
from tracker.store.rows.cells import Document, Form, Row, Rows

OWNED = {
    "party": (("party", "code"), ("party_member", "organisation"), ("party_key", "code")),
    "person": (("person", "id"), ("person_key", "person_id")),
    "family": (("family", "id"), ("family_source", "family_id")),
    "focus_area": (("focus_area", "code"),),
    "source": (("source", "id"),),
}
"""Tables of each kind of object with the column that holds its code or id; the first is the object's own."""

_FORMS = {kind: Form(OBJECTS[kind]) for kind in OWNED}
_MEMBER = Form(MEMBER)
_BUILT_IN = ("party", "focus_area")
"""Kinds of which the program brings some; what is written by anybody else is not built in."""


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
    row = _FORMS[kind].row(document)
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
