"""The tables of a store, one class a table; what a row means stands in its docstring.

Names of tables are singular; the published views over them (``views.sql``) are plural and are what reads use.
Dates are EDTF text. Where the register asks by date, ``*_earliest`` and ``*_latest`` hold the first and last possible
day as ISO text (NULL = open) and ``*_uncertain`` is 1 for ``?`` and ``~``. JSON columns hold JSON text.
``since`` is the change that wrote a row as it is; old images stand in ``<table>_past`` (``store/schema/triggers.py``).
Children of an agreement are keyed by (agreement_id, ...), so that one page of records is one range of each table.

Here stand the log of changes, and what agreements refer to: parties, people, families, focus areas, sources.
"""

from typing import Any

from sqlalchemy import Column, Index, Integer, MetaData, Table
from sqlmodel import Field, SQLModel

from tracker.store.schema import triggers
from tracker.store.schema.agreement_tables import (
    CHILD,
    NEVER_REUSED,
    Agreement,
    AgreementFocus,
    BindingView,
    Citation,
    Claim,
    Depositary,
    Event,
    EventParty,
    Evidence,
    Identifier,
    Membership,
    OwnField,
    Participation,
    Relation,
    RetiredRef,
    Row,
    Signatory,
    Span,
    Versioned,
    fk,
    optional_fk,
)

UNTIL = "until"
"""Id of the change that ended what an image says."""

__all__ = [
    "Agreement",
    "AgreementFocus",
    "BindingView",
    "Change",
    "Citation",
    "Claim",
    "Depositary",
    "Event",
    "EventParty",
    "Evidence",
    "Family",
    "FamilySource",
    "FocusArea",
    "Identifier",
    "Membership",
    "OwnField",
    "Participation",
    "Party",
    "PartyKey",
    "PartyMember",
    "Person",
    "PersonKey",
    "Relation",
    "RetiredId",
    "RetiredRef",
    "SQLModel",
    "Signatory",
    "Source",
    "Span",
]


class Change(Row, table=True):
    """One row per command that changed the store."""

    __table_args__ = NEVER_REUSED
    id: int | None = Field(default=None, primary_key=True)
    at: str
    """UTC, ISO 8601 with microseconds and Z; strictly increasing."""
    actor: str
    command: str
    note: str | None = None
    underway: bool | None = None
    """1 while its transaction is open, which nobody else sees; NULL afterwards."""
    undoes: int | None = None
    """Id of the change that this one took back."""
    subjects: str | None = None
    """JSON list of [kind, key, name] of what was touched; NULL where that is too much, or where nobody kept count."""


class Party(Versioned, table=True):
    """One row per state, former state, territory, organisation or other actor."""

    code: str = Field(primary_key=True)
    kind: str
    name: str
    names: str = "{}"
    aliases: str = "[]"
    alpha_2: str | None = None
    numeric: str | None = None
    exists_from: str | None = None
    exists_until: str | None = None
    successors: str = "[]"
    note: str | None = None
    builtin: bool = False
    """1 = as shipped; an edit clears it, and from then on the party travels in exports."""


class PartyMember(Versioned, table=True):
    """One row per spell of membership of a party in an organisation."""

    __tablename__ = "party_member"
    __table_args__ = CHILD
    organisation: str = fk("party.code", primary_key=True)
    position: int = Field(primary_key=True)
    code: str = fk("party.code")
    from_date: str | None = None
    until_date: str | None = None


class PartyKey(Versioned, table=True):
    """One row per folded spelling (code, name, alias) under which a party is found; derived."""

    __tablename__ = "party_key"
    __table_args__ = CHILD
    folded: str = Field(primary_key=True)
    code: str = fk("party.code", primary_key=True)


class Person(Versioned, table=True):
    """One row per person who signed something."""

    id: str = Field(primary_key=True)
    name: str
    aliases: str = "[]"
    note: str | None = None


class PersonKey(Versioned, table=True):
    """One row per folded name under which a person is found; derived."""

    __tablename__ = "person_key"
    __table_args__ = CHILD
    folded: str = Field(primary_key=True)
    person_id: str = fk("person.id", primary_key=True)


class FocusArea(Versioned, table=True):
    """One row per node of the tree of subjects."""

    __tablename__ = "focus_area"
    code: str = Field(primary_key=True)
    label: str
    parent: str | None = optional_fk("focus_area.code")
    note: str | None = None
    builtin: bool = False


class Source(Versioned, table=True):
    """One row per text that statements rest on."""

    __table_args__ = (Index("ix_source_kind", "kind"),)
    id: str = Field(primary_key=True)
    title: str
    author: str | None = None
    publisher: str | None = None
    date: str | None = None
    url: str | None = None
    kind: str
    language: str | None = None
    accessed: str | None = None
    archive_url: str | None = None
    sha256: str | None = None
    reprint_of: str | None = None
    note: str | None = None


class Family(Versioned, table=True):
    """One row per family of like instruments, such as the Security of Supply Arrangements."""

    id: str = Field(primary_key=True)
    name: str
    instrument_type: str | None = None
    description: str | None = None
    notes: str = "[]"


class FamilySource(Versioned, table=True):
    """One row per source that a family rests on."""

    __tablename__ = "family_source"
    __table_args__ = CHILD
    family_id: str = fk("family.id", primary_key=True)
    position: int = Field(primary_key=True)
    source_id: str = fk("source.id")


class RetiredId(Versioned, table=True):
    """One row per code or id of an object that was merged into another: it is never given again."""

    __tablename__ = "retired_id"
    __table_args__ = CHILD
    kind: str = Field(primary_key=True)
    """As in ``record.document.KINDS``."""
    id: str = Field(primary_key=True)
    merged_into: str
    """The code or id that stands for it now."""


def _give_twins(metadata: MetaData) -> None:
    """Add the twin of each table that has a column ``since``: the same columns, keyed by its key and ``until``."""
    for table in list(metadata.tables.values()):
        if "since" in table.columns:
            columns = [
                Column(
                    column.name,
                    column.type,
                    primary_key=column.primary_key,
                    nullable=not column.primary_key,
                    server_default=_default(column),
                )
                for column in table.columns
            ]
            until = Column(UNTIL, Integer, primary_key=True, nullable=False)
            Table(table.name + triggers.SUFFIX, metadata, *columns, until, sqlite_with_rowid=False)


def _default(column: Column[Any]) -> Any:  # as SQLAlchemy types it
    """Return what a new column says of the rows of before: the same of old images."""
    return getattr(column.server_default, "arg", None)


_give_twins(SQLModel.metadata)
