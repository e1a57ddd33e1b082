"""The whole register, or a part of it, as documents that an import takes back.

Read-only keys are absent. Built-in parties and focus areas travel only where they were changed. A part holds the
agreements that match and every other object they refer to, however indirectly, the agreements that their relations
lead to among them: so it can be imported where nothing else is.
"""

from collections.abc import Iterator, Mapping

from tracker.read.file.connection import Bindings, Reader
from tracker.read.query.filters import Filters
from tracker.read.query.selection import Selection
from tracker.read.records.agreements import PAGE_SIZE, paged
from tracker.read.records.documents import documents
from tracker.read.records.json_lines import lines
from tracker.record.document import COLLECTIONS, FORMAT, IDENTITY
from tracker.record.shapes import naming, stand_for
from tracker.record.types import Record
from tracker.text.jsons import dumps, loads

HEADER: Mapping[str, object] = {"record": "tracker", "format": FORMAT}
"""The first line of an export, and the first keys of one that is a single object."""


def _claimed(kind: str) -> str:
    """Return what selects the keys of the objects that claims on agreements are about.

    ``parties[JPN]`` is, and ``parties[JPN Ministry of Defense]``.
    """
    key = next(key for key, other in stand_for().items() if other == kind)
    first = len(key) + 2
    name = f"substr(field, {first}, min(instr(field, ']'), instr(field || ' ', ' ')) - {first})"
    return f"SELECT {name} FROM claims WHERE field GLOB '{key}[[]*' AND agreement_id IN"


FAMILIES = f"SELECT family_id FROM memberships WHERE agreement_id IN matched UNION {_claimed('family')} matched"

REFERRED = {
    "focus_area": (
        "WITH RECURSIVE matched(id) AS ({ids}), up(code) AS ("
        f"SELECT code FROM agreement_focus_areas WHERE agreement_id IN matched UNION {_claimed('focus_area')} matched"
        " UNION SELECT f.parent FROM focus_areas AS f JOIN up ON f.code = up.code WHERE f.parent IS NOT NULL)"
        " SELECT code FROM up"
    ),
    "party": (
        "WITH RECURSIVE matched(id) AS ({ids}), named(code) AS ("
        + " UNION ".join(
            f"SELECT {inner.stored_as} FROM {outer.type.shape.view} WHERE agreement_id IN matched"
            for outer, inner in naming("party")
            if outer.type.shape
        )
        + f" UNION {_claimed('party')} matched UNION SELECT code FROM event_parties WHERE agreement_id IN matched"
        " UNION SELECT e.value FROM agreements AS a JOIN json_each(a.terms, '$.entry_into_force.parties') AS e"
        " WHERE a.id IN matched AND a.terms <> '{{}}'), more(code) AS ("
        "SELECT code FROM named WHERE code IS NOT NULL"
        " UNION SELECT m.code FROM party_members AS m JOIN more ON m.organisation = more.code"
        " UNION SELECT s.value FROM parties AS p JOIN more ON p.code = more.code JOIN json_each(p.successors) AS s"
        ") SELECT code FROM more"
    ),
    "person": "SELECT person_id FROM signatories WHERE agreement_id IN ({ids})",
    "family": "WITH matched(id) AS ({ids}) " + FAMILIES,
    "source": (
        "WITH RECURSIVE matched(id) AS ({ids}), cited(id) AS ("
        f"SELECT source_id FROM citations WHERE agreement_id IN matched UNION {_claimed('source')} matched"
        f" UNION SELECT source_id FROM family_sources WHERE family_id IN ({FAMILIES})"
        " UNION SELECT s.reprint_of FROM sources AS s JOIN cited ON s.id = cited.id WHERE s.reprint_of IS NOT NULL)"
        " SELECT id FROM cited"
    ),
}
"""Keys of the objects that agreements refer to, by kind; {ids} selects the agreements."""

REACHED = (
    "WITH RECURSIVE reached(id) AS (SELECT a.id FROM agreements AS a WHERE {condition}"
    " UNION SELECT t.id FROM reached JOIN relations AS l ON l.agreement_id = reached.id"
    " JOIN agreements AS t ON t.ref = l.target) SELECT id FROM reached"
)
"""The agreements that match, and those that relations of theirs lead to."""


def export_lines(reader: Reader, filters: Filters) -> Iterator[str]:
    """Yield the header and every document as compact JSON, each kind sorted by its id: the lines of NDJSON."""
    yield dumps(HEADER)
    selection = Selection(filters)
    for kind in COLLECTIONS:
        if kind == "agreement":
            yield from _exported_agreements(reader, selection)
        else:
            yield from map(dumps, _others(reader, kind, selection))


def export_documents(reader: Reader, filters: Filters) -> Iterator[Record]:
    """Yield the same as documents."""
    return map(loads, export_lines(reader, filters))


def export_whole(reader: Reader, filters: Filters) -> Record:
    """Return the export as one object, whose lists are iterators: they are read as they are written."""
    selection = Selection(filters)
    return {**HEADER, **{name: _documents(reader, kind, selection) for kind, name in COLLECTIONS.items()}}


def alone(reader: Reader, selection: Selection) -> Iterator[Record]:
    """Yield the header, the agreements of a selection and the other objects that these refer to, no agreement more."""
    yield dict(HEADER)
    for kind in COLLECTIONS:
        yield from _alone(reader, kind, selection)


def _alone(reader: Reader, kind: str, selection: Selection) -> Iterator[Record]:
    if kind == "agreement":
        return map(loads, _agreements(reader, *selection.statement(reader)))
    return _referred(reader, kind, selection, f"SELECT a.id FROM agreements AS a WHERE {selection.condition}")


def _documents(reader: Reader, kind: str, selection: Selection) -> Iterator[Record]:
    if kind == "agreement":
        return map(loads, _exported_agreements(reader, selection))
    return _others(reader, kind, selection)


def _others(reader: Reader, kind: str, selection: Selection) -> Iterator[Record]:
    """Yield the objects of a kind that is no agreement."""
    reached = REACHED.format(condition=selection.condition) if selection.asked else None
    return _referred(reader, kind, selection, reached)


def _referred(reader: Reader, kind: str, selection: Selection, ids: str | None) -> Iterator[Record]:
    """Yield the objects of a kind that agreements refer to; without ids all of them."""
    conditions = ["o.builtin = 0"] if kind in ("party", "focus_area") else []
    if ids is not None:
        conditions.append(f"o.{IDENTITY[kind]} IN ({REFERRED[kind].format(ids=ids)})")
    return documents(reader, kind, " AND ".join(conditions) or "1", selection.binds)


def _exported_agreements(reader: Reader, selection: Selection) -> Iterator[str]:
    """Yield the agreements of a selection, and those that they refer to, without read-only keys."""
    sql, binds = selection.statement(reader)
    if selection.asked:
        reached = REACHED.format(condition=selection.condition)
        sql = f"SELECT a.id FROM agreements AS a WHERE a.id IN ({reached}) ORDER BY a.ref"
    return _agreements(reader, sql, binds)


def _agreements(reader: Reader, sql: str, binds: Bindings) -> Iterator[str]:
    for page in paged(pair for rows in reader.pages(sql, binds, PAGE_SIZE) for pair in rows):
        yield from lines(reader, [row[0] for row in page])
