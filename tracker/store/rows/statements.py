"""SQL text of single-row writes, made once per process and table from the columns of the rows.

The tables are those of ``store/schema/tables.py``; a test holds ``KEYS`` and the rows against it. A write does not
import the schema itself, for SQLModel and SQLAlchemy cost more CPU time than all the rest of a command (measured: 370
of 530 ms).
"""

from functools import cache

_CHILD = "agreement_id"

KEYS: dict[str, tuple[str, ...]] = {
    "retired_ref": ("ref",),
    "retired_id": ("kind", "id"),
    "party": ("code",),
    "party_member": ("organisation", "position"),
    "party_key": ("folded", "code"),
    "person": ("id",),
    "person_key": ("folded", "person_id"),
    "focus_area": ("code",),
    "source": ("id",),
    "family": ("id",),
    "family_source": ("family_id", "position"),
    "agreement": ("id",),
    "participation": (_CHILD, "position"),
    "evidence": (_CHILD, "number"),
    "binding_view": (_CHILD, "position"),
    "signatory": (_CHILD, "number"),
    "agreement_focus": (_CHILD, "code"),
    "membership": (_CHILD, "family_id"),
    "event": (_CHILD, "number"),
    "event_party": (_CHILD, "number", "position"),
    "own_field": (_CHILD, "name"),
    "relation": (_CHILD, "position"),
    "identifier": (_CHILD, "scheme", "value"),
    "depositary": (_CHILD, "position"),
    "claim": (_CHILD, "number"),
    "citation": (_CHILD, "owner", "position"),
    "span": (_CHILD, "party", "position"),
}
"""The tables that documents are taken apart into, each with its primary key."""


@cache
def insert(table: str, columns: tuple[str, ...]) -> str:
    """Return the INSERT of rows with these columns."""
    places = ", ".join("?" * len(columns))
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"


def insert_since(table: str, columns: tuple[str, ...], since: int) -> str:
    """Return the INSERT of many rows that hold since one change: its number stands in the text, not in each row."""
    places = ", ".join("?" * len(columns))
    return f"INSERT INTO {table} ({', '.join(columns)}, since) VALUES ({places}, {since:d})"


@cache
def update(table: str, columns: tuple[str, ...]) -> str:
    """Return the UPDATE of these columns of one row; the values of the key follow theirs."""
    changed = ", ".join(f"{column} = ?" for column in columns)
    return f"UPDATE {table} SET {changed} WHERE {_where(table)}"


@cache
def delete(table: str) -> str:
    """Return the DELETE of one row by its key."""
    return f"DELETE FROM {table} WHERE {_where(table)}"


def _where(table: str) -> str:
    return " AND ".join(f"{column} = ?" for column in KEYS[table])
