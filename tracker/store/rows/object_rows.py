"""Parties, people, families, focus areas and sources taken apart into rows; pure."""

from collections.abc import Callable, Iterable
from json import loads
from typing import Any

from tracker.store.rows.cells import Document, Row, Rows, list_text, map_text

OWNED = {
    "party": (("party", "code"), ("party_member", "organisation"), ("party_key", "code")),
    "person": (("person", "id"), ("person_key", "person_id")),
    "family": (("family", "id"), ("family_source", "family_id")),
    "focus_area": (("focus_area", "code"),),
    "source": (("source", "id"),),
}
"""Tables of each kind of object with the column that holds its code or id; the first is the object's own."""

_JSON = frozenset(("names", "aliases", "successors", "notes"))


def assemble(kind: str, rows: Rows) -> dict[str, Any]:
    """Return the document that was taken apart: the inverse of ``shred_object``."""
    own = rows[kind][0]
    held = {
        key: loads(value) if key in _JSON else value for key, value in own.items() if key not in ("builtin", "since")
    }
    document = {"record": kind, **held}
    if kind == "party":
        note = document.pop("note")
        members = sorted(rows["party_member"], key=_position)
        document["members"] = [
            {"code": row["code"], "from": row["from_date"], "until": row["until_date"]} for row in members
        ]
        document["note"] = note
    elif kind == "family":
        document["sources"] = [row["source_id"] for row in sorted(rows["family_source"], key=_position)]
    return document


def _position(row: Row) -> int:
    return int(row["position"])


def shred_object(kind: str, document: Document, keys: Iterable[str] = ()) -> Rows:
    """Return the rows of a party, person, family, focus area or source; ``keys`` are its folded spellings."""
    return _OBJECTS[kind](document, keys)


def _party(document: Document, keys: Iterable[str]) -> Rows:
    code = document["code"]
    return {
        "party": [
            {
                "code": code,
                "kind": document["kind"],
                "name": document["name"],
                "names": map_text(document["names"]),
                "aliases": list_text(document["aliases"]),
                "alpha_2": document["alpha_2"],
                "numeric": document["numeric"],
                "exists_from": document["exists_from"],
                "exists_until": document["exists_until"],
                "successors": list_text(document["successors"]),
                "note": document["note"],
                "builtin": False,
            }
        ],
        "party_member": [
            {
                "organisation": code,
                "position": position,
                "code": member["code"],
                "from_date": member["from"],
                "until_date": member["until"],
            }
            for position, member in enumerate(document["members"])
        ],
        "party_key": [{"folded": folded, "code": code} for folded in sorted(keys)],
    }


def _person(document: Document, keys: Iterable[str]) -> Rows:
    return {
        "person": [
            {
                "id": document["id"],
                "name": document["name"],
                "aliases": list_text(document["aliases"]),
                "note": document["note"],
            }
        ],
        "person_key": [{"folded": folded, "person_id": document["id"]} for folded in sorted(keys)],
    }


def _family(document: Document, _keys: Iterable[str]) -> Rows:
    return {
        "family": [
            {
                "id": document["id"],
                "name": document["name"],
                "instrument_type": document["instrument_type"],
                "description": document["description"],
                "notes": list_text(document["notes"]),
            }
        ],
        "family_source": [
            {"family_id": document["id"], "position": position, "source_id": source}
            for position, source in enumerate(document["sources"])
        ],
    }


def _focus_area(document: Document, _keys: Iterable[str]) -> Rows:
    row = {key: document[key] for key in ("code", "label", "parent", "note")}
    return {"focus_area": [{**row, "builtin": False}]}


_SOURCE_COLUMNS = (
    "id",
    "title",
    "author",
    "publisher",
    "date",
    "url",
    "kind",
    "language",
    "accessed",
    "archive_url",
    "sha256",
    "reprint_of",
    "note",
)


def _source(document: Document, _keys: Iterable[str]) -> Rows:
    return {"source": [{key: document[key] for key in _SOURCE_COLUMNS}]}


_OBJECTS: dict[str, Callable[[Document, Iterable[str]], Rows]] = {
    "party": _party,
    "person": _person,
    "family": _family,
    "focus_area": _focus_area,
    "source": _source,
}
