"""Tables of the log of changes, and of what agreements refer to: parties, people, families, focus areas, sources.

See ``store/schema/tables.py`` for what holds of all tables.
"""

from sqlalchemy import Index
from sqlmodel import Field

from tracker.store.schema.columns import CHILD, NEVER_REUSED, Row, Versioned, fk, optional_fk


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
