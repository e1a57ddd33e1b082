"""One command's change of the store: its row in the log, and what has to be checked before it is kept."""

import sqlite3
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tracker.read.connection import Reader

INSTANT = "%Y-%m-%dT%H:%M:%S.%fZ"
"""How the log writes instants: UTC with microseconds, so that text sorts as time does."""

FEW = 500
"""Up to so many agreements are checked one by one at the end; beyond, their tables as a whole."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one object: ``changes`` holds (path, old value, new value) where it was there before."""

    kind: str
    id: str
    what: str
    """``new``, ``changed``, ``unchanged`` or ``removed``."""
    changes: list[tuple[str, Any, Any]] = field(default_factory=list)


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
        self.edges: dict[str, set[str]] = {}
        """Refs from which relations of a type were added, by type: where a cycle may have been closed."""
        self.superseded: set[str] = set()
        """Refs whose spans may follow from the entry into force of another agreement."""
        self.codes: dict[str, tuple[str, str]] = {}
        """Codes of parties that stand inside JSON, where no foreign key sees them: (record, path) by code."""
        self.areas: set[str] = set()
        """Focus areas written by this change: where a circle may have been closed."""
        self.given: dict[str, set[str]] = {}
        """Refs, codes and ids of the documents that this change was given, by kind."""

    def stamp(self) -> int:
        """Return the id of this change, entering it in the log at the first call."""
        if self.id is None:
            row = (_after(self._last_instant()), self.actor, self.command)
            cursor = self.connection.execute("INSERT INTO change (at, actor, command) VALUES (?, ?, ?)", row)
            self.id = cursor.lastrowid
            assert self.id is not None  # noqa: S101  # an INSERT into a table with a rowid always has one
        return self.id

    def note(self, agreement_id: int) -> None:
        """Keep an agreement in mind whose references are to be checked."""
        if len(self.touched) <= FEW:
            self.touched.add(agreement_id)

    @property
    def is_large(self) -> bool:
        """Whether more agreements were written than are kept in mind."""
        return len(self.touched) > FEW

    def touch(self, agreement_id: int) -> None:
        """Mark an agreement of which a child was written."""
        if agreement_id not in self.touched:
            self.note(agreement_id)
            self.connection.execute("UPDATE agreement SET revision = ? WHERE id = ?", (self.stamp(), agreement_id))

    def _last_instant(self) -> str | None:
        row = self.connection.execute("SELECT at FROM change ORDER BY id DESC LIMIT 1").fetchone()
        return None if row is None else str(row[0])


def _after(last: str | None) -> str:
    """Return the present instant, or the next one after ``last`` where the clock was set back."""
    now = datetime.now(UTC)
    text = now.strftime(INSTANT)
    if last is None or text > last:
        return text
    next_instant = datetime.strptime(last, INSTANT).replace(tzinfo=UTC) + timedelta(microseconds=1)
    return next_instant.strftime(INSTANT)
