"""Which stored agreement a draft is: by set and key, else by ref, else the very same one; and refs for new ones.

New agreements that are likely the same as stored ones of other origin are offered, never joined without a word. What an
import has to remember lies in a database on disk, so that memory does not grow with the file.
"""

import sqlite3
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from itertools import count, islice
from json import dumps, loads
from typing import NamedTuple

from tracker.dates.edtf import bounds
from tracker.law.likeness import LIKELY, Traits, number, other_names, score, tokens
from tracker.read.file.connection import Reader
from tracker.read.lookup import identity
from tracker.read.lookup.identity import Index
from tracker.read.lookup.traits import BEGINNINGS, traits
from tracker.record.merging.overlay import MERGED
from tracker.record.types import Json, Record
from tracker.store.write import objects
from tracker.store.write.change import Change
from tracker.text import refs
from tracker.work.taking.uniting import agree, in_common

_TABLES = """
CREATE TABLE list (name TEXT, value TEXT);
CREATE TABLE unknown (
  kept INTEGER, name TEXT, number INTEGER, place TEXT, message TEXT, PRIMARY KEY (kept, name)
) WITHOUT ROWID;
CREATE TABLE draft (
  seq INTEGER PRIMARY KEY, owner TEXT, place TEXT, content TEXT, names_owner TEXT, reading TEXT, natural INTEGER
);
CREATE TABLE known (owner TEXT PRIMARY KEY, ref TEXT, id INTEGER) WITHOUT ROWID;
CREATE TABLE held (id INTEGER PRIMARY KEY, name TEXT, file TEXT, ref TEXT);
CREATE TABLE one (
  seq INTEGER PRIMARY KEY, owner TEXT UNIQUE, ref TEXT, id INTEGER, place TEXT, content TEXT, reading TEXT,
  name TEXT, file TEXT
);
CREATE INDEX one_id ON one (id);
CREATE INDEX one_ref ON one (ref);
CREATE TABLE given (ref TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE counter (base TEXT PRIMARY KEY, number INTEGER) WITHOUT ROWID;
"""


class Scratch:
    """A database of its own that is on disk where it is large, has no name, and is gone with this object."""

    def __init__(self) -> None:
        self._connection: sqlite3.Connection | None = None

    @property
    def connection(self) -> sqlite3.Connection:
        """The database, made when it is first needed."""
        if self._connection is None:
            self._connection = sqlite3.connect("", isolation_level=None)
            self._connection.execute("PRAGMA journal_mode = OFF")
            self._connection.execute("PRAGMA synchronous = OFF")
            self._connection.executescript(_TABLES)
            self._connection.execute("BEGIN")
        return self._connection

    def holds(self, table: str) -> bool:
        """Whether there is anything in a table."""
        if self._connection is None:
            return False
        return self._connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() is not None  # noqa: S608  # ours

    def append(self, name: str, value: Json) -> None:
        """Put a value behind the others of a list."""
        self.connection.execute("INSERT INTO list VALUES (?, ?)", (name, dumps(value, ensure_ascii=False)))

    def values(self, name: str) -> Iterator[Json]:
        """Yield the values of a list."""
        if self._connection is None:
            return
        for (value,) in self._connection.execute("SELECT value FROM list WHERE name = ? ORDER BY rowid", (name,)):
            yield loads(value)


Match = tuple[str, int | None]
"""A ref, and the id of the stored agreement where there is one."""


class Matching:
    """Finds the agreement of a draft in the store, and names those that are new."""

    def __init__(self, reader: Reader, scratch: Scratch) -> None:
        self.reader = reader
        self.scratch = scratch
        self._short: dict[str, str] = {}

    def owner_of(self, name: str | None, key: str) -> str:
        """Return the name under which the drafts of a set and key come together."""
        return dumps([name, key], ensure_ascii=False)

    def owner(self, content: Record) -> str:
        """Return the name under which drafts come together: set and key, else the ref, else all that tells it apart."""
        origin = content.get("origin") or {}
        if origin.get("key") is not None:
            return self.owner_of(origin.get("set"), str(origin["key"]))
        if content.get("ref"):
            return dumps({"ref": str(content["ref"]).lower()})
        days = sorted({f"{event['kind']} {event.get('date')}" for event in content.get("events", ())})
        codes = sorted({str(party.get("code")) for party in content.get("parties", ())})
        return dumps({"title": content.get("title"), "parties": codes, "days": days}, ensure_ascii=False)

    def learn(self, sets: set[str]) -> None:
        """Note which agreements of these sets are stored, and from which file each came."""
        if not sets:
            return
        marks = dumps(sorted(sets))
        theirs = self.reader.tuples(
            "SELECT id, json_extract(origin, '$.set'), json_extract(origin, '$.file'), ref FROM agreements"
            " WHERE json_extract(origin, '$.set') IN (SELECT value FROM json_each(:sets))",
            {"sets": marks},
        )
        self.scratch.connection.executemany("INSERT INTO held VALUES (?, ?, ?, ?)", theirs)
        rows = self.reader.tuples(
            "SELECT json_extract(origin, '$.set'), json_extract(origin, '$.key'), ref, id FROM agreements"
            " WHERE json_extract(origin, '$.set') IN (SELECT value FROM json_each(:sets))"
            " UNION ALL SELECT substr(i.scheme, :skipped), i.value, a.ref, a.id FROM identifiers AS i"
            " JOIN agreements AS a ON a.id = i.agreement_id"
            " WHERE substr(i.scheme, :skipped) IN (SELECT value FROM json_each(:sets)) AND i.scheme LIKE 'import:%'",
            {"sets": marks, "skipped": len(MERGED) + 1},
        )
        self.scratch.connection.executemany(
            "INSERT OR IGNORE INTO known VALUES (?, ?, ?)",
            ((self.owner_of(row[0], str(row[1])), row[2], row[3]) for row in rows),
        )

    def keys(self, contents: list[Record], change: Change) -> list[str]:
        """Return a key for each of the agreements that share a natural one: that of the stored one which it is."""
        origin = contents[0]["origin"]
        name, base = origin["set"], str(origin["key"])
        held = dict(self._numbered(name, base))
        if not held and len(contents) == 1:
            return [base]
        if len(held) == len(contents) == 1:
            return [*held]
        stored = objects.stored_agreements(change, held.values())
        free = {key: stored[agreement] for key, agreement in held.items()}
        given = _by_order(contents, free) if len(contents) * len(free) > MOST_COMPARED else _by_likeness(contents, free)
        new = (key for place in count(1) if (key := numbered(base, place)) not in held)
        return [given[place] if place in given else next(new) for place in range(len(contents))]

    def _numbered(self, name: str, base: str) -> Iterator[tuple[str, int]]:
        """Yield the stored agreements of a natural key: the keys that differ in a number alone, and their ids."""
        for place in count(1):
            key = numbered(base, place)
            sql = "SELECT id FROM known WHERE owner = ?"
            row = self.scratch.connection.execute(sql, (self.owner_of(name, key),)).fetchone()
            if row is None:
                return
            yield key, row[0]

    def has_more(self, owner: str) -> bool:
        """Whether several stored agreements share a natural key."""
        name, key = loads(owner)
        sql = "SELECT 1 FROM known WHERE owner = ?"
        return self.scratch.connection.execute(sql, (self.owner_of(name, numbered(key, 2)),)).fetchone() is not None

    def left(self) -> Iterator[str]:
        """Yield the refs of stored agreements that may be what a row without a key says now in other words."""
        if self.scratch.holds("draft"):
            sql = (
                "SELECT ref FROM held WHERE id NOT IN (SELECT id FROM one WHERE id IS NOT NULL)"
                " AND name IN (SELECT json_extract(content, '$.origin.set') FROM draft WHERE natural GROUP BY 1)"
            )
            yield from (str(ref) for (ref,) in self.scratch.connection.execute(sql))

    def ref_of(self, owner: str) -> str | None:
        """Return the ref of an agreement of this import or of the store, by set and key."""
        for table in ("one", "known"):
            sql = f"SELECT ref FROM {table} WHERE owner = ?"  # noqa: S608  # names of ours
            row = self.scratch.connection.execute(sql, (owner,)).fetchone()
            if row is not None:
                return str(row[0])
        return None

    def match(self, owner: str, content: Record) -> Match:
        """Return the stored agreement that a draft is, or a new ref that is kept for good."""
        known = self.scratch.connection.execute("SELECT ref, id FROM known WHERE owner = ?", (owner,)).fetchone()
        if known is not None:
            return str(known[0]), int(known[1])
        named_ref = str(content["ref"]).lower() if content.get("ref") else None
        if named_ref is not None:
            sql = "SELECT id, origin FROM agreements WHERE ref = :ref"
            row = self.reader.row(sql, {"ref": named_ref})
            if row is not None and (row["origin"] is None or not content.get("origin")):
                return named_ref, int(row["id"])
        elif (content.get("origin") or {}).get("key") is None:
            same = identity.same(self.reader, content)
            if same is not None:
                return same
        return self._free(named_ref or identity.proposed(content, self._short_code)), None

    def _short_code(self, code: str) -> str:
        if code not in self._short:
            self._short[code] = identity.short_code(self.reader, code)
        return self._short[code]

    def _free(self, base: str) -> str:
        """Return the ref, or with a number where it is, or was, given; looked for on from the last number."""
        connection = self.scratch.connection
        row = connection.execute("SELECT number FROM counter WHERE base = ?", (base,)).fetchone()
        number = row[0] if row else 1
        while True:
            ref = refs.numbered(base, number)
            number += 1
            if not self._is_taken(ref):
                break
        connection.execute("INSERT OR REPLACE INTO counter VALUES (?, ?)", (base, number))
        connection.execute("INSERT INTO given VALUES (?)", (ref,))
        return ref

    def _is_taken(self, ref: str) -> bool:
        stored = "SELECT 1 FROM agreements WHERE ref = :ref UNION ALL SELECT 1 FROM retired_refs WHERE ref = :ref"
        if self.reader.row(stored, {"ref": ref}) is not None:
            return True
        return self.scratch.connection.execute("SELECT 1 FROM given WHERE ref = ?", (ref,)).fetchone() is not None


def _by_likeness(contents: list[Record], stored: dict[str, Record]) -> dict[int, str]:
    """Pair agreements, by their places, with stored ones, by their keys: what agrees before what has most in common."""
    likeness = [
        (not agree(content, document), -in_common(content, document), place, key)
        for place, content in enumerate(contents)
        for key, document in stored.items()
    ]
    given: dict[int, str] = {}
    free = set(stored)
    for _, _, place, key in sorted(likeness):
        if place not in given and key in free:
            given[place] = key
            free.remove(key)
    return given


def _by_order(contents: list[Record], stored: dict[str, Record]) -> dict[int, str]:
    """Pair very many, each with the first stored one that agrees, as far as some are looked at; the rest in order."""
    free = dict(stored)
    given: dict[int, str] = {}
    for place, content in enumerate(contents):
        for key, document in islice(free.items(), MOST_LOOKED_AT):
            if agree(content, document):
                given[place] = key
                del free[key]
                break
    left = (place for place in range(len(contents)) if place not in given)
    return given | dict(zip(left, list(free), strict=False))


def numbered(key: str, place: int) -> str:
    """Return the natural key of the next agreement of the same title, parties and day."""
    return key if place == 1 else f"{key} #{place}"


MOST_COMPARED = 20_000
"""Pairs that are all compared to tell which of several agreements of one title, parties and day is which."""

MOST_LOOKED_AT = 1_000
"""Stored ones with which each of very many is compared."""

MOST = 3
"""How many are offered for one agreement."""


class Twin(NamedTuple):
    """A stored agreement, and how likely it is the same."""

    ref: str
    score: float


class Twins:
    """Looks for stored agreements that are likely the same; those of the same sets are other ones by their keys."""

    def __init__(self, reader: Reader, sets: AbstractSet[str], but: AbstractSet[str] = frozenset()) -> None:
        """``but``: those of the sets that may be the same all the same, for no row is them any more."""
        self._reader = reader
        self._sets = sets
        self._but = but
        self._index: Index | None = None

    def of(self, document: Record) -> list[Twin]:
        """Return the likeliest, best first."""
        if self._index is None:
            self._index = Index(traits(self._reader, self._sets, self._but))
        if not self._index.all:
            return []
        own = _traits(document)
        twins = [Twin(other.ref, likely) for other in self._index.near(own) if (likely := score(own, other)) >= LIKELY]
        return sorted(twins, key=lambda twin: (-twin.score, twin.ref))[:MOST]


def _traits(document: Record) -> Traits:
    days = [bounds(event["date"]) for event in document["events"] if event["kind"] in BEGINNINGS and event["date"]]
    earliest, latest, _ = min((day for day in days if day[0]), default=(None, None, False))
    kind = document["instrument_type"]
    names = (document["short_title"], *document["aliases"], *document["titles"].values())
    numbers = (number(item["scheme"], item["value"]) for item in document["identifiers"])
    return Traits(
        document["ref"],
        document["title"],
        tokens(document["title"]),
        frozenset(party["code"] for party in document["parties"]),
        earliest,
        latest,
        None if kind in ("unknown", "other") else kind,
        other_names(document["title"], names),
        frozenset(one for one in numbers if one),
    )
