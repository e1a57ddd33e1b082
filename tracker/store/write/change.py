"""One command's change of the store: its row in the log, and what has to be checked before it is kept."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from json import dumps
from pathlib import Path
from typing import NamedTuple

from tracker import clock
from tracker.law.successors import Lifetime
from tracker.read.file.connection import Reader
from tracker.record.types import Json

INSTANT = "%Y-%m-%dT%H:%M:%S.%fZ"
"""How the log writes instants: UTC with microseconds, so that text sorts as time does."""

FROM_SETS = "from "
"""How the log notes the sets from which a change took something, or whose words it put right."""

FEW = 500
"""Up to so many agreements are checked one by one at the end; beyond, their tables as a whole."""


class Outcome(NamedTuple):
    """What became of one object: ``changes`` holds (path, old value, new value) where it was there before."""

    kind: str
    id: str
    what: str
    """``new``, ``changed``, ``unchanged`` or ``removed``."""
    changes: Sequence[tuple[str, Json, Json]] = ()
    number: int = 0
    """The number of its row, which of an agreement is its id; 0 where nobody asked."""


class Marks:
    """A small number of each row of a table, 0 where none was set: a byte each, so that many take no room.

    Room is made where marks are set. Rows that another program numbered may lie anywhere, also below 0.
    """

    def __init__(self) -> None:
        self._pages: dict[int, bytearray] = {}

    def __getitem__(self, number: int) -> int:
        """Return the mark of the row of this number."""
        page = self._pages.get(number // MARKED)
        return page[number % MARKED] if page else 0

    def __setitem__(self, number: int, mark: int) -> None:
        """Set it, from 0 to 255."""
        page = self._pages.get(number // MARKED)
        if page is None:
            page = self._pages[number // MARKED] = bytearray(MARKED)
        page[number % MARKED] = mark

    def update(self, numbers: Iterable[int]) -> None:
        """Mark these rows with 1, as a set takes them in."""
        for number in numbers:
            self[number] = 1

    def __bool__(self) -> bool:
        """Whether any row was given a mark."""
        return bool(self._pages)

    def __iter__(self) -> Iterator[int]:
        """Yield the numbers of the rows that have a mark, in their order."""
        for at in sorted(self._pages):
            yield from (at * MARKED + place for place, mark in enumerate(self._pages[at]) if mark)


MARKED = 4096
"""Rows for which room is made at once."""


class Change:
    """A change under way; its row in the log is made with the first thing that is really written."""

    def __init__(self, connection: sqlite3.Connection, path: Path, *, actor: str, command: str) -> None:
        """Begin on a connection whose transaction is open."""
        self.connection = connection
        self.path = path
        self.reader = Reader.over(connection, path)
        self.actor = actor
        self.command = command
        self.id: int | None = None
        self.touched: set[int] = set()
        """Agreements written by this change; beyond ``FEW`` they are not kept in mind."""
        self.indexed: list[range] = []
        """New agreements that stand in the full-text index already."""
        self.stale = Marks()
        """1 for each of them whose words changed since."""
        self.objects: dict[tuple[str, str], None] = {}
        """Other objects written by this change, and refs that it retired, by kind and name; so many as well."""
        self.gone: dict[int, str] = {}
        """Refs of the agreements that this change took out."""
        self.undoes: int | None = None
        """The change that this one takes back."""
        self.edges: defaultdict[str, Marks] = defaultdict(Marks)
        """1 for each agreement that got a relation of a type, by type: where a cycle may have been closed."""
        self.superseded: set[str] = set()
        """Refs whose spans may follow from another agreement."""
        self.parts = Marks()
        """1 for each new agreement that is part of another, and may have ended with it."""
        self.reborn: set[str] = set()
        """Codes of parties whose existence was recorded otherwise by this change."""
        self.lives: dict[str, Lifetime] | None = None
        """Dates from and until which parties existed; None = not read yet."""
        self.codes: dict[str, tuple[str, str]] = {}
        """Codes of parties that stand inside JSON, where no foreign key sees them: (record, path) by code."""
        self.areas: set[str] = set()
        """Focus areas written by this change: where a circle may have been closed."""
        self.given: defaultdict[str, Marks] = defaultdict(Marks)
        """1 for each object whose document this change was given, by kind."""

    def stamp(self) -> int:
        """Return the id of this change, entering it in the log at the first call."""
        if self.id is None:
            row = (_after(self._last_instant()), self.actor, self.command)
            sql = "INSERT INTO change (at, actor, command, underway) VALUES (?, ?, ?, 1)"
            cursor = self.connection.execute(sql, row)
            self.id = cursor.lastrowid
            assert self.id is not None  # noqa: S101  # an INSERT into a table with a rowid always has one
        return self.id

    def note(self, agreement_id: int) -> None:
        """Keep an agreement in mind whose references are to be checked."""
        self._outdate(agreement_id)
        if len(self.touched) <= FEW:
            self.touched.add(agreement_id)

    def note_indexed(self, ids: Sequence[int]) -> None:
        """Keep in mind that new agreements, whose ids follow each other, stand in the full-text index."""
        first, stop = ids[0], ids[-1] + 1
        if self.indexed and self.indexed[-1].stop == first:
            first = self.indexed.pop().start
        self.indexed.append(range(first, stop))

    def is_indexed(self, agreement_id: int) -> bool:
        """Whether the full-text index holds the words of an agreement as they are now."""
        return not self.stale[agreement_id] and any(agreement_id in some for some in self.indexed)

    def _outdate(self, agreement_id: int) -> None:
        if self.is_indexed(agreement_id):
            self.stale[agreement_id] = 1

    def note_object(self, kind: str, name: str) -> None:
        """Keep in mind that another object is written."""
        if len(self.objects) <= FEW:
            self.objects[kind, name] = None

    def note_gone(self, agreement_id: int, ref: str) -> None:
        """Keep in mind that an agreement is taken out."""
        self.gone[agreement_id] = ref

    def note_sets(self, sets: Sequence[str], more: str = "") -> None:
        """Write into the log from which sets this change took something, so that a later import knows its own."""
        if sets and self.id is not None:
            note = f"{FROM_SETS}{', '.join(sets)}{more}"
            self.connection.execute("UPDATE change SET note = ? WHERE id = ?", (note, self.id))

    def close(self) -> None:
        """Complete the row of this change in the log: what it touched, and that it is over."""
        sql = "UPDATE change SET underway = NULL, undoes = ?, subjects = ? WHERE id = ?"
        self.connection.execute(sql, (self.undoes, self._subjects(), self.id))

    def _subjects(self) -> str | None:
        """Return what was touched as JSON, or None where that is more than a log should hold."""
        if self.is_large or len(self.objects) > FEW or len(self.gone) > FEW:
            return None
        ids = dumps(sorted(self.touched - self.gone.keys()))
        sql = "SELECT id, ref FROM agreement WHERE id IN (SELECT value FROM json_each(?)) ORDER BY ref"
        there = self.connection.execute(sql, (ids,)).fetchall()
        agreements = sorted([*there, *self.gone.items()], key=lambda item: str(item[1]))
        listed = [("agreement", key, ref) for key, ref in agreements]
        return dumps([*listed, *((kind, name, name) for kind, name in self.objects)], ensure_ascii=False)

    @property
    def is_large(self) -> bool:
        """Whether more agreements were written than are kept in mind."""
        return len(self.touched) > FEW

    def touch(self, agreement_id: int) -> None:
        """Mark an agreement of which a child was written."""
        self._outdate(agreement_id)
        if agreement_id not in self.touched:
            self.note(agreement_id)
            stamp = self.stamp()
            sql = "UPDATE agreement SET revision = ?, since = ? WHERE id = ?"
            self.connection.execute(sql, (stamp, stamp, agreement_id))

    def _last_instant(self) -> str | None:
        row = self.connection.execute("SELECT at FROM change ORDER BY id DESC LIMIT 1").fetchone()
        return None if row is None else str(row[0])


def _after(last: str | None) -> str:
    """Return the present instant, or the next one after ``last`` where the clock was set back."""
    text = clock.now().strftime(INSTANT)
    if last is None or text > last:
        return text
    next_instant = datetime.strptime(last, INSTANT).replace(tzinfo=UTC) + timedelta(microseconds=1)
    return next_instant.strftime(INSTANT)
