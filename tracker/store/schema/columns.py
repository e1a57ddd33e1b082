"""What the tables of a store have in common: their base, their kinds of tables, their foreign keys."""

from typing import Any

from pydantic import ConfigDict
from sqlalchemy import Column, ForeignKey, Index, Integer, String, text
from sqlmodel import Field, SQLModel

CHILD = {"sqlite_with_rowid": False}
"""Children live in their primary key: one tree a table instead of two."""

NEVER_REUSED = {"sqlite_autoincrement": True}
"""The number of a removed row is not given again: old images and the log keep meaning the same thing."""


class Row(SQLModel):
    """What the tables have in common: their validators are built only if somebody makes an instance."""

    model_config = ConfigDict(defer_build=True)  # type: ignore[assignment]  # SQLModel's own dict type lacks the key


class Versioned(Row):
    """What the tables under history have in common: each has a twin ``<name>_past`` that holds its old images."""

    since: int | None = None
    """Id of the change that wrote the row as it is; 0 for what the program brings, NULL only until a trigger ran."""


def fk(target: str, *, primary_key: bool = False) -> Any:  # what Field itself returns: it stands for any type
    """Return a required foreign key that is checked at commit, so that an import may come in any order."""
    key = ForeignKey(target, deferrable=True, initially="DEFERRED")
    return Field(sa_column=Column(String, key, primary_key=primary_key, nullable=False))


def optional_fk(target: str) -> Any:  # what Field itself returns: it stands for any type
    """Return a foreign key that may be NULL, checked at commit."""
    key = ForeignKey(target, deferrable=True, initially="DEFERRED")
    return Field(default=None, sa_column=Column(String, key))


def agreement_fk() -> Any:  # what Field itself returns: it stands for any type
    """Return the key of the agreement that a child belongs to."""
    key = ForeignKey("agreement.id", deferrable=True, initially="DEFERRED")
    return Field(sa_column=Column(Integer, key, primary_key=True, autoincrement=False))


def indexes_of_date(table: str, name: str) -> tuple[Index, Index]:
    """Return the indexes of a date that may be vague: by its first possible day, and of all that are not one day."""
    days = (f"{name}_earliest", f"{name}_latest")
    return (
        Index(f"ix_{table}_{name}", *days, sqlite_where=text(f"{name}_earliest IS NOT NULL")),
        Index(f"ix_{table}_{name}_inexact", *days, sqlite_where=text(f"{name}_earliest IS NOT {name}_latest")),
    )
