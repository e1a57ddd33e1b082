"""The tables of a store, one class a table; what a row means stands in its docstring.

Names of tables are singular; the published views over them (``views.sql``) are plural and are what reads use.
Dates are EDTF text. Where the register asks by date, ``*_earliest`` and ``*_latest`` hold the first and last possible
day as ISO text (NULL = open) and ``*_uncertain`` is 1 for ``?`` and ``~``. JSON columns hold JSON text.
Children of an agreement are keyed by (agreement_id, ...), so that one page of records is one range of each table.
"""

from typing import Any

from pydantic import ConfigDict
from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, String
from sqlmodel import Field, SQLModel

CHILD = {"sqlite_with_rowid": False}
"""Children live in their primary key: one tree a table instead of two."""

NEVER_REUSED = {"sqlite_autoincrement": True}
"""The number of a removed row is not given again: old images and the log keep meaning the same thing."""


class Row(SQLModel):
    """What the tables have in common: their validators are built only if somebody makes an instance."""

    model_config = ConfigDict(defer_build=True)  # type: ignore[assignment]  # SQLModel's own dict type lacks the key


def fk(target: str, *, primary_key: bool = False) -> Any:  # noqa: ANN401  # what Field itself returns: it stands for any type
    """Return a required foreign key that is checked at commit, so that an import may come in any order."""
    key = ForeignKey(target, deferrable=True, initially="DEFERRED")
    return Field(sa_column=Column(String, key, primary_key=primary_key, nullable=False))


def optional_fk(target: str) -> Any:  # noqa: ANN401  # what Field itself returns: it stands for any type
    """Return a foreign key that may be NULL, checked at commit."""
    key = ForeignKey(target, deferrable=True, initially="DEFERRED")
    return Field(default=None, sa_column=Column(String, key))


def agreement_fk() -> Any:  # noqa: ANN401  # what Field itself returns: it stands for any type
    """Return the key of the agreement that a child belongs to."""
    key = ForeignKey("agreement.id", deferrable=True, initially="DEFERRED")
    return Field(sa_column=Column(Integer, key, primary_key=True, autoincrement=False))


class Change(Row, table=True):
    """One row per command that changed the store."""

    __table_args__ = NEVER_REUSED
    id: int | None = Field(default=None, primary_key=True)
    at: str
    """UTC, ISO 8601 with microseconds and Z; strictly increasing."""
    actor: str
    command: str
    note: str | None = None


class Party(Row, table=True):
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


class PartyMember(Row, table=True):
    """One row per spell of membership of a party in an organisation."""

    __tablename__ = "party_member"
    __table_args__ = CHILD
    organisation: str = fk("party.code", primary_key=True)
    position: int = Field(primary_key=True)
    code: str = fk("party.code")
    from_date: str | None = None
    until_date: str | None = None


class PartyKey(Row, table=True):
    """One row per folded spelling (code, name, alias) under which a party is found; derived."""

    __tablename__ = "party_key"
    __table_args__ = CHILD
    folded: str = Field(primary_key=True)
    code: str = fk("party.code", primary_key=True)


class Person(Row, table=True):
    """One row per person who signed something."""

    id: str = Field(primary_key=True)
    name: str
    aliases: str = "[]"
    note: str | None = None


class PersonKey(Row, table=True):
    """One row per folded name under which a person is found; derived."""

    __tablename__ = "person_key"
    __table_args__ = CHILD
    folded: str = Field(primary_key=True)
    person_id: str = fk("person.id", primary_key=True)


class FocusArea(Row, table=True):
    """One row per node of the tree of subjects."""

    __tablename__ = "focus_area"
    code: str = Field(primary_key=True)
    label: str
    parent: str | None = optional_fk("focus_area.code")
    note: str | None = None
    builtin: bool = False


class Source(Row, table=True):
    """One row per text that statements rest on."""

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


class Family(Row, table=True):
    """One row per family of like instruments, such as the Security of Supply Arrangements."""

    id: str = Field(primary_key=True)
    name: str
    instrument_type: str | None = None
    description: str | None = None
    notes: str = "[]"


class FamilySource(Row, table=True):
    """One row per source that a family rests on."""

    __tablename__ = "family_source"
    __table_args__ = CHILD
    family_id: str = fk("family.id", primary_key=True)
    position: int = Field(primary_key=True)
    source_id: str = fk("source.id")


class Agreement(Row, table=True):
    """One row per treaty or arrangement.

    ``last_*`` are the highest item numbers ever given (v, s, e, c), so that none is used again.
    ``signed*``, ``expires*``, ``party_*`` and ``views_differ`` are derived by the writer from children and terms.
    What lists ask for stands before the long texts, which may overflow onto pages of their own.
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
        Index("ix_agreement_signed", "signed_earliest", "ref"),
        Index("ix_agreement_binding", "binding_status", "ref"),
        Index("ix_agreement_type", "instrument_type", "ref"),
        Index("ix_agreement_parties", "party_codes"),
        NEVER_REUSED,
    )


class RetiredRef(Row, table=True):
    """One row per ref whose agreement was removed: a ref is never given twice."""

    __tablename__ = "retired_ref"
    ref: str = Field(primary_key=True)


class Participation(Row, table=True):
    """One row per party of an agreement with the entity that acts for it."""

    agreement_id: int = agreement_fk()
    position: int = Field(primary_key=True)
    code: str = fk("party.code")
    entity: str | None = None
    role: str | None = None
    __table_args__ = (Index("ix_participation_code", "code", "agreement_id"), CHILD)


class Evidence(Row, table=True):
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


class BindingView(Row, table=True):
    """One row per view of a party or authority on binding force; ``evidence`` is a JSON list of item ids."""

    __tablename__ = "binding_view"
    agreement_id: int = agreement_fk()
    position: int = Field(primary_key=True)
    party: str | None = optional_fk("party.code")
    authority: str | None = None
    value: str
    evidence: str = "[]"
    __table_args__ = (CheckConstraint("party IS NOT NULL OR authority IS NOT NULL", name="ck_binding_view_who"), CHILD)


class Signatory(Row, table=True):
    """One row per person's signature; ``event`` is the number of the signing act."""

    agreement_id: int = agreement_fk()
    number: int = Field(primary_key=True)
    position: int
    person_id: str = fk("person.id")
    office: str | None = None
    level: str | None = None
    party: str | None = optional_fk("party.code")
    event: int | None = None
    verified: bool | None = None
    note: str | None = None
    __table_args__ = (Index("ix_signatory_person", "person_id", "agreement_id"), CHILD)


class AgreementFocus(Row, table=True):
    """One row per focus area of an agreement."""

    __tablename__ = "agreement_focus"
    agreement_id: int = agreement_fk()
    code: str = fk("focus_area.code", primary_key=True)
    __table_args__ = (Index("ix_agreement_focus_code", "code", "agreement_id"), CHILD)


class Membership(Row, table=True):
    """One row per family that an agreement belongs to."""

    agreement_id: int = agreement_fk()
    family_id: str = fk("family.id", primary_key=True)
    note: str | None = None
    __table_args__ = (Index("ix_membership_family", "family_id", "agreement_id"), CHILD)


class Event(Row, table=True):
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
    provision: str | None = None
    verified: bool | None = None
    note: str | None = None
    raw: str | None = None
    origin: str | None = None
    __table_args__ = (Index("ix_event_kind", "kind", "date_earliest"), CHILD)


class EventParty(Row, table=True):
    """One row per party that an event concerns; none = the instrument as a whole."""

    __tablename__ = "event_party"
    agreement_id: int = agreement_fk()
    number: int = Field(primary_key=True)
    position: int = Field(primary_key=True)
    code: str = fk("party.code")
    __table_args__ = CHILD


class Relation(Row, table=True):
    """One row per relation in its active direction; the inverse is derived."""

    agreement_id: int = agreement_fk()
    position: int = Field(primary_key=True)
    type: str
    target: str | None = optional_fk("agreement.ref")
    target_title: str | None = None
    word: str | None = None
    confidence: str | None = None
    note: str | None = None
    __table_args__ = (Index("ix_relation_target", "target", "type"), CHILD)


class Identifier(Row, table=True):
    """One row per number under which others file the agreement."""

    agreement_id: int = agreement_fk()
    scheme: str = Field(primary_key=True)
    value: str = Field(primary_key=True)
    __table_args__ = (Index("ix_identifier_value", "value", "scheme"), CHILD)


class Claim(Row, table=True):
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


class Citation(Row, table=True):
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


class Span(Row, table=True):
    """One row per stretch of a status of an agreement (``party`` = '') or of one party in it; derived by the rules.

    On day D the status holds possibly if from_earliest <= D < until_latest, and certainly if from_latest <= D <
    until_earliest and ``uncertain`` is 0. NULL: from_* = never certain / possible from the beginning; until_* = no end.
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
    __table_args__ = (Index("ix_span_status", "party", "status", "from_earliest"), CHILD)
