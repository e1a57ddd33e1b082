"""Tables of agreements and what belongs to them; see ``store/schema/tables.py`` for what holds of all tables.

Here stands too what all tables have in common: their base, their kinds, their foreign keys.
"""

from typing import Any

from pydantic import ConfigDict
from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, String, text
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


class Agreement(Versioned, table=True):
    """One row per treaty or arrangement.

    ``last_*`` are the highest item numbers ever given (v, s, e, c), so that none is used again.
    ``signed*``, ``concluded*``, ``expires*``, ``party_*``, ``views_differ`` and ``told_from`` are derived by the
    writer. What lists ask for stands before the long texts, which may overflow onto pages of their own.
    """

    id: int | None = Field(default=None, primary_key=True)
    ref: str = Field(sa_column_kwargs={"unique": True})
    instrument_type: str = "unknown"
    binding_status: str = "not_assessed"
    signed: str | None = None
    """EDTF date of the last signing act."""
    signed_earliest: str | None = None
    signed_latest: str | None = None
    signed_uncertain: bool = False
    concluded: str | None = None
    """EDTF date of the adoption or the opening for signature, else of the last signing act."""
    concluded_earliest: str | None = None
    concluded_latest: str | None = None
    concluded_uncertain: bool | None = None
    expires: str | None = None
    """EDTF date of ``terms.duration.until``."""
    expires_earliest: str | None = None
    expires_latest: str | None = None
    expires_uncertain: bool = False
    party_codes: str = ""
    """Distinct codes of the parties, sorted, joined by a space: finds the same parties again."""
    party_count: int = 0
    views_differ: bool = False
    """1 where recorded views of parties or authorities differ from each other or from the verdict."""
    told_from: str | None = None
    """First day from which on its spans always tell a status: '' = on every day, NULL = never, or nobody looked."""
    revision: int = 0
    """Id of the change that last touched the agreement or a child of it."""
    text_access: str = "unknown"
    confidence: str | None = None
    last_evidence: int = 0
    last_signatory: int = 0
    last_event: int = 0
    last_claim: int = 0
    title: str
    short_title: str | None = None
    title_term: str | None = None
    aliases: str = "[]"
    titles: str = "{}"
    languages: str = "[]"
    terms: str = "{}"
    """The terms as JSON without their sources, which are citations; ``{}`` where nothing is recorded."""
    open_questions: str = "[]"
    notes: str = "[]"
    extra: str = "{}"
    origin: str | None = None
    """JSON, or NULL."""

    __table_args__ = (
        Index("ix_agreement_signed", "signed_earliest", "ref", "signed_latest", "signed_uncertain"),
        Index(
            "ix_agreement_signed_inexact",
            "signed_earliest",
            "signed_latest",
            sqlite_where=text("signed_earliest IS NOT signed_latest"),
        ),
        Index("ix_agreement_binding", "binding_status", "ref"),
        Index("ix_agreement_type", "instrument_type", "ref"),
        Index("ix_agreement_counted_by_type", "instrument_type", "binding_status", "views_differ"),
        Index("ix_agreement_confidence", "confidence", "ref", sqlite_where=text("confidence IS NOT NULL")),
        Index("ix_agreement_parties", "party_codes"),
        Index("ix_agreement_told_from", "told_from"),
        *indexes_of_date("agreement", "expires"),
        NEVER_REUSED,
    )


class RetiredRef(Versioned, table=True):
    """One row per ref whose agreement was removed: a ref is never given twice."""

    __tablename__ = "retired_ref"
    ref: str = Field(primary_key=True)


class Participation(Versioned, table=True):
    """One row per party of an agreement with the entity that acts for it."""

    agreement_id: int = agreement_fk()
    position: int = Field(primary_key=True)
    code: str = fk("party.code")
    entity: str | None = None
    role: str | None = None
    __table_args__ = (Index("ix_participation_code", "code", "agreement_id"), CHILD)


class Evidence(Versioned, table=True):
    """One row per piece of evidence for or against binding force; ``number`` 1 is item v1."""

    agreement_id: int = agreement_fk()
    number: int = Field(primary_key=True)
    position: int
    kind: str
    supports: str
    party: str | None = optional_fk("party.code")
    authority: str | None = None
    text: str | None = None
    date: str | None = None
    locator: str | None = None
    confidence: str | None = None
    __table_args__ = CHILD


class BindingView(Versioned, table=True):
    """One row per view of a party or authority on binding force; ``evidence`` is a JSON list of item ids."""

    __tablename__ = "binding_view"
    agreement_id: int = agreement_fk()
    position: int = Field(primary_key=True)
    party: str | None = optional_fk("party.code")
    authority: str | None = None
    value: str
    evidence: str = "[]"
    __table_args__ = (CheckConstraint("party IS NOT NULL OR authority IS NOT NULL", name="ck_binding_view_who"), CHILD)


class Signatory(Versioned, table=True):
    """One row per person's signature; ``event`` is the number of the signing act."""

    agreement_id: int = agreement_fk()
    number: int = Field(primary_key=True)
    position: int
    person_id: str | None = optional_fk("person.id")
    """NULL where the name is not known: office or party tell who signed."""
    office: str | None = None
    level: str | None = None
    party: str | None = optional_fk("party.code")
    event: int | None = None
    verified: bool | None = None
    note: str | None = None
    __table_args__ = (
        Index("ix_signatory_person", "person_id", "agreement_id"),
        Index("ix_signatory_level", "level", "agreement_id", sqlite_where=text("level IS NOT NULL")),
        CHILD,
    )


class AgreementFocus(Versioned, table=True):
    """One row per focus area of an agreement."""

    __tablename__ = "agreement_focus"
    agreement_id: int = agreement_fk()
    code: str = fk("focus_area.code", primary_key=True)
    __table_args__ = (Index("ix_agreement_focus_code", "code", "agreement_id"), CHILD)


class Membership(Versioned, table=True):
    """One row per family that an agreement belongs to."""

    agreement_id: int = agreement_fk()
    family_id: str = fk("family.id", primary_key=True)
    note: str | None = None
    __table_args__ = (Index("ix_membership_family", "family_id", "agreement_id"), CHILD)


class Event(Versioned, table=True):
    """One row per act or happening in the life of an agreement; ``number`` 1 is item e1."""

    agreement_id: int = agreement_fk()
    number: int = Field(primary_key=True)
    position: int
    kind: str
    kind_raw: str | None = None
    date: str | None = None
    date_earliest: str | None = None
    date_latest: str | None = None
    date_uncertain: bool = False
    effective_date: str | None = None
    effective_earliest: str | None = None
    effective_latest: str | None = None
    effective_uncertain: bool = False
    places: str = "[]"
    toward: str = Field(default="[]", sa_column_kwargs={"server_default": "[]"})
    """JSON list of the codes of the states or territories that it concerns."""
    provision: str | None = None
    verified: bool | None = None
    note: str | None = None
    raw: str | None = None
    origin: str | None = None
    __table_args__ = (Index("ix_event_kind", "kind", "date_earliest"), CHILD)


class EventParty(Versioned, table=True):
    """One row per party that an event concerns; none = the instrument as a whole."""

    __tablename__ = "event_party"
    agreement_id: int = agreement_fk()
    number: int = Field(primary_key=True)
    position: int = Field(primary_key=True)
    code: str = fk("party.code")
    __table_args__ = CHILD


class OwnField(Versioned, table=True):
    """One row per own field of an agreement, for queries; derived from ``extra``, which is what counts."""

    __tablename__ = "own_field"
    agreement_id: int = agreement_fk()
    name: str = Field(primary_key=True)
    folded: str
    number: int | None = None
    """Of whole numbers, also where they stand as text."""
    __table_args__ = (
        Index("ix_own_field_value", "name", "folded", "agreement_id"),
        Index("ix_own_field_number", "name", "number", "agreement_id", sqlite_where=text("number IS NOT NULL")),
        CHILD,
    )


class Relation(Versioned, table=True):
    """One row per relation in its active direction; the inverse is derived."""

    agreement_id: int = agreement_fk()
    position: int = Field(primary_key=True)
    type: str
    target: str | None = optional_fk("agreement.ref")
    target_title: str | None = None
    word: str | None = None
    dependent: bool | None = None
    confidence: str | None = None
    note: str | None = None
    __table_args__ = (Index("ix_relation_target", "target", "type"), Index("ix_relation_type", "type", "target"), CHILD)


class Identifier(Versioned, table=True):
    """One row per number under which others file the agreement."""

    agreement_id: int = agreement_fk()
    scheme: str = Field(primary_key=True)
    value: str = Field(primary_key=True)
    __table_args__ = (Index("ix_identifier_value", "value", "scheme"), CHILD)


class Depositary(Versioned, table=True):
    """One row per state or organisation that keeps the original: by its code, or by name where it is no party."""

    agreement_id: int = agreement_fk()
    position: int = Field(primary_key=True)
    code: str | None = optional_fk("party.code")
    name: str | None = None
    __table_args__ = (
        CheckConstraint("code IS NOT NULL OR name IS NOT NULL", name="ck_depositary_who"),
        Index("ix_depositary_code", "code", "agreement_id"),
        CHILD,
    )


class Claim(Versioned, table=True):
    """One row per statement of a source about a field, the losing ones too; ``value`` is JSON."""

    agreement_id: int = agreement_fk()
    number: int = Field(primary_key=True)
    position: int
    field: str
    value: str
    locator: str | None = None
    confidence: str | None = None
    adopted: bool = False
    reason: str | None = None
    note: str | None = None
    __table_args__ = CHILD


class Citation(Versioned, table=True):
    """One row per source that an agreement or an item of it rests on.

    ``owner`` is '' for the record as a whole, an item id (``v1``, ``s1``, ``e1``, ``c1``), or a path
    (``families[sosa]``, ``relations[0]``, ``terms.duration``, ``terms.notices[0]``); relations and notices by position.
    """

    agreement_id: int = agreement_fk()
    owner: str = Field(primary_key=True)
    position: int = Field(primary_key=True)
    source_id: str = fk("source.id")
    locator: str | None = None
    __table_args__ = (Index("ix_citation_source", "source_id", "agreement_id"), CHILD)


_HOLDS = ("from_earliest", "until_latest", "from_latest", "until_earliest", "uncertain")
"""Columns that tell whether a span holds on a day."""


class Span(Versioned, table=True):
    """One row per stretch of a status of an agreement (``party`` = '') or of one party in it; derived by the rules.

    On day D the status holds possibly if from_earliest <= D < until_latest, and certainly if from_latest <= D <
    until_earliest and ``uncertain`` is 0. NULL: from_* = never certain / possible from the beginning; until_* = no end.
    ``from_events`` and ``until_events``: ids of the events that made the ends, with spaces between; NULL = a rule did.
    ``spell``: number of the spell of force that the stretch belongs to, NULL for none. The spell may hold on day D if
    spell_begins <= D < spell_ends (NULL = open); ``spell_from`` and ``spell_until`` are its dates as recorded, with
    their days and doubt, of the instrument alone, which is asked by them; ``spell_ended`` = an end is recorded, if only
    on an unknown day.
    """

    agreement_id: int = agreement_fk()
    party: str = Field(primary_key=True)
    position: int = Field(primary_key=True)
    status: str
    from_date: str | None = None
    from_earliest: str | None = None
    from_latest: str | None = None
    until_date: str | None = None
    until_earliest: str | None = None
    until_latest: str | None = None
    uncertain: bool = False
    from_events: str | None = None
    until_events: str | None = None
    spell: int | None = None
    spell_begins: str | None = None
    spell_ends: str | None = None
    spell_ended: bool | None = None
    spell_from: str | None = None
    spell_from_earliest: str | None = None
    spell_from_latest: str | None = None
    spell_from_uncertain: bool | None = None
    spell_until: str | None = None
    spell_until_earliest: str | None = None
    spell_until_latest: str | None = None
    spell_until_uncertain: bool | None = None
    __table_args__ = (
        *indexes_of_date("span", "spell_from"),
        *indexes_of_date("span", "spell_until"),
        Index("ix_span_status", "status", *_HOLDS, sqlite_where=text("party = ''")),
        Index("ix_span_bound", "party", "status", *_HOLDS, sqlite_where=text("party <> '' AND status = 'in_force'")),
        Index(
            "ix_span_computed",
            "from_latest",
            sqlite_where=text("party = '' AND uncertain = 1 AND from_events IS NULL AND from_date IS NOT NULL"),
        ),
        CHILD,
    )
