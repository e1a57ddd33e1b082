"""Parties, focus areas, families, people and sources: their lists, and the page of one with its agreements."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter
from typing import Protocol

from tracker.read.file.connection import NO_BINDS, Bindings, Reader
from tracker.read.lookup import by_language, names
from tracker.read.records import documents
from tracker.record.document import IDENTITY
from tracker.record.types import Json, Record
from tracker.table import Cell, Column, Getter, Kind, Page, Records, Section, Table


@dataclass(frozen=True, slots=True)
class Shelf:
    """How one kind is listed and found: its columns, who looks a name up, and which agreements refer to it."""

    kind: str
    columns: tuple[str, ...]
    find: Callable[[Reader, str], str]
    uses: str
    """FROM clause whose rows are (key, agreement_id); of a table, for the join of a view costs more than counting."""

    @property
    def key(self) -> str:
        """The key that names an object of the kind."""
        return IDENTITY[self.kind]


SHELVES: Mapping[str, Shelf] = {
    "party": Shelf(
        "party",
        ("code", "name", "kind", "aliases", "exists_from", "exists_until"),
        names.party_code,
        "(SELECT code AS key, agreement_id FROM participation)",
    ),
    "focus_area": Shelf(
        "focus_area",
        ("code", "label", "parent", "note"),
        names.focus_code,
        "(SELECT code AS key, agreement_id FROM agreement_focus)",
    ),
    "family": Shelf(
        "family",
        ("id", "name", "instrument_type", "description"),
        names.family_id,
        "(SELECT family_id AS key, agreement_id FROM membership)",
    ),
    "person": Shelf(
        "person",
        ("id", "name", "aliases", "note"),
        names.person_asked_for,
        "(SELECT person_id AS key, agreement_id FROM signatory)",
    ),
    "source": Shelf(
        "source",
        ("id", "title", "publisher", "date", "kind", "url"),
        names.source_id,
        "(SELECT source_id AS key, agreement_id FROM citation)",
    ),
}


ROWS = 500
"""Agreements that are read together."""

WEIGHTS = {"code": 9, "id": 9, "name": 8, "label": 8, "title": 8, "kind": 6, "publisher": 4, "aliases": 3, "url": 2}
"""Which columns stay on a narrow terminal; the others weigh 5."""


class Within(Protocol):
    """Agreements among which those are told that refer to an object, as SQL over ``agreements AS a``."""

    @property
    def condition(self) -> str:
        """What they match."""

    @property
    def binds(self) -> Bindings:
        """The values of the condition."""


def everything(reader: Reader, kind: str) -> Records:
    """All objects of a kind, each with the number of agreements that refer to it."""
    uses: dict[str, int] = dict(
        reader.tuples(f"SELECT key, count(DISTINCT agreement_id) FROM {SHELVES[kind].uses} GROUP BY key")
    )
    return listed(kind, documents.documents(reader, kind), uses)


def listed(kind: str, objects: Iterable[Record], uses: Mapping[str, int]) -> Records:
    """Some objects of a kind, each with a number of agreements that refer to it."""
    shelf = SHELVES[kind]
    columns = _columns(shelf)
    columns.insert(2, (Column("agreements", "count", weight=7), lambda record: uses.get(record[shelf.key], 0)))
    return Records(kind, objects, columns=columns)


def uses(reader: Reader, kind: str, within: Within) -> dict[str, int]:
    """How many agreements of some refer to each object of a kind."""
    sql = (
        f"SELECT u.key, count(DISTINCT u.agreement_id) FROM {SHELVES[kind].uses} AS u"
        f" JOIN agreements AS a ON a.id = u.agreement_id WHERE u.key IS NOT NULL AND {within.condition} GROUP BY u.key"
    )
    return dict(reader.tuples(sql, within.binds))


def one(reader: Reader, kind: str, name: str) -> Page:
    """The page of one object, found by code, id, name or alias."""
    return page(reader, documents.document(reader, kind, SHELVES[kind].find(reader, name)))


def page(reader: Reader, record: Record, within: Within | None = None) -> Page:
    """The page of an object, with those agreements that refer to it, among all or among some."""
    kind = record["record"]
    shelf = SHELVES[kind]
    title = record.get("name") or record.get("label") or record.get("title")
    data = Records(kind, [record], single=True, columns=_columns(shelf))
    return Page(title, _sections(reader, shelf, record, within), data, whole=True)


def _sections(reader: Reader, shelf: Shelf, record: Record, within: Within | None) -> Iterator[Section]:
    """Yield what is known of an object and the agreements that refer to it, which formats for machines never ask."""
    found = [("also found as", by_language.of_party(record["code"]))] if shelf.kind == "party" else []
    yield Section(facts=[*_facts(record), *((name, spellings) for name, spellings in found if spellings)])
    if shelf.kind == "person":
        yield Section("Signatures", table=_signatures(reader, record["id"]))
    which = (
        f"FROM agreements AS a WHERE a.id IN (SELECT agreement_id FROM {shelf.uses} WHERE key = :of_object)"
        f" AND {'1' if within is None else within.condition}"
    )
    binds = {**(NO_BINDS if within is None else within.binds), "of_object": record[shelf.key]}
    number = reader.scalar(f"SELECT count(*) {which}", binds)
    sql = (
        "SELECT a.ref, coalesce(a.short_title, a.title), a.instrument_type, a.binding_status, a.signed"
        f" {which} ORDER BY a.signed_earliest, a.ref"
    )
    headings = [
        *(Column("ref", "code", weight=9), Column("title", weight=8), Column("type", weight=3)),
        *(Column("binding_status", weight=7), Column("signed", "date", weight=7)),
    ]
    rows = chain.from_iterable(reader.pages(sql, binds, ROWS))
    yield Section(f"Agreements ({number})", table=Table("agreements", headings, rows, folded=False))


def _columns(shelf: Shelf) -> list[tuple[Column, Getter]]:
    lists = ("aliases", "successors", "notes")
    return [(_column(name, shelf.key, lists), itemgetter(name)) for name in shelf.columns]


def _column(name: str, key: str, lists: Sequence[str]) -> Column:
    kind: Kind = "code" if name in (key, "date") or name.startswith("exists_") else "list" if name in lists else "text"
    return Column(name, kind, weight=WEIGHTS.get(name, 5))


def _facts(record: Record) -> list[tuple[str, Cell]]:
    facts = []
    for key, value in record.items():
        if key == "record" or value in (None, [], {}):
            continue
        facts.append((key.replace("_", " "), _fact(key, value)))
    return facts


def _fact(key: str, value: Json) -> Cell:
    shown: Cell = value
    if key == "members":
        return [f"{item['code']} ({item['from'] or '?'}..{item['until'] or ''})" for item in value]
    if key == "notes":
        return "\n".join(value)
    if isinstance(value, dict):
        return [f"{text} ({language})" for language, text in value.items()]
    return shown


def _signatures(reader: Reader, person: str) -> Table:
    rows = reader.tuples(
        "SELECT s.agreement_ref, s.office, s.party, e.date FROM signatories AS s"
        " LEFT JOIN event AS e ON e.agreement_id = s.agreement_id AND e.number = s.event"
        " WHERE s.person_id = :person ORDER BY e.date_earliest, s.agreement_ref",
        {"person": person},
    )
    return Table("signatures", [Column("agreement"), Column("office"), Column("for"), Column("date")], rows)
