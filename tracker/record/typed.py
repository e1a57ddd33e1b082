"""The objects of the record as types: what a complete, validated document holds under each key.

Made by ``docs/make_record.py`` from ``shapes``; a test holds it current. Read-only keys need not be there: exports and
what is stored have none. On input the ids of people, families and sources may be objects.
"""

from typing import NotRequired, TypedDict

from tracker.record.types import Json


class BindingView(TypedDict):
    """A view that a party or authority takes; one of the two is set."""

    party: str | None
    authority: str | None
    value: str
    evidence: list[str]


class Evidence(TypedDict):
    """A reason for a binding status."""

    id: str
    kind: str
    supports: str
    party: str | None
    authority: str | None
    text: str | None
    date: str | None
    locator: str | None
    confidence: str | None
    sources: list[str]


class Participation(TypedDict):
    """A party with the entity that acts for it; unique by code and entity."""

    code: str
    name: NotRequired[str]
    entity: str | None
    role: str | None


class Signatory(TypedDict):
    """A signature; one of person, office and party is set."""

    id: str
    person: str | None
    name: NotRequired[str | None]
    office: str | None
    level: str | None
    party: str | None
    event: str | None
    verified: bool | None
    note: str | None
    sources: list[str]


class Membership(TypedDict):
    """A family that the agreement belongs to; membership is not a relation."""

    family: str
    note: str | None
    sources: list[str]


class Origin(TypedDict):
    """Where it was imported from."""

    set: str | None
    key: str | None
    file: str | None
    row: int | str | None


class Event(TypedDict):
    """An act or happening in the life of the agreement or of a party in it."""

    id: str
    kind: str
    kind_raw: str | None
    date: str | None
    effective_date: str | None
    parties: list[str]
    places: list[str]
    toward: list[str]
    provision: str | None
    verified: bool | None
    note: str | None
    raw: str | None
    origin: Origin | str | None
    sources: list[str]


class Met(TypedDict):
    """The day on which a condition was met."""

    date: str
    note: str | None
    sources: list[str]


class EntryIntoForce(TypedDict):
    """Entry into force."""

    condition: str
    number: int | None
    period: str | None
    starts: str | None
    parties: list[str]
    date: str | None
    date_rule: str | None
    met: Met | str | None
    late_joiners: str | None
    late_starts: str | None
    late_from: str | None
    late_rule: str | None
    note: str | None
    sources: list[str]


class Duration(TypedDict):
    """Duration."""

    kind: str
    period: str | None
    until: str | None
    renewal_period: str | None
    note: str | None
    sources: list[str]


class Notice(TypedDict):
    """Notice."""

    kind: str
    period: str | None
    starts: str | None
    counted_from: str | None
    earliest: str | None
    after_entry: str | None
    after_first_entry: str | None
    window: str | None
    repeats: str | None
    method: str | None
    provision: str | None
    note: str | None
    sources: list[str]


class Survival(TypedDict):
    """What outlives the instrument."""

    period: str | None
    scope: str | None
    note: str | None
    sources: list[str]


class Terms(TypedDict):
    """Terms of the instrument."""

    entry_into_force: EntryIntoForce | None
    duration: Duration | None
    notices: list[Notice]
    survival: Survival | None


class Relation(TypedDict):
    """A relation to another agreement, in its active direction; one of target and target_title is set."""

    type: str
    target: str | None
    target_title: str | None
    word: str | None
    dependent: bool | None
    confidence: str | None
    note: str | None
    sources: list[str]


class Identifier(TypedDict):
    """A number elsewhere."""

    scheme: str
    value: str


class Depositary(TypedDict):
    """The state or organisation that keeps the original; one of code and name is set."""

    code: str | None
    name: str | None


class Citation(TypedDict):
    """A source that the record rests on."""

    source: str
    locator: str | None
    title: NotRequired[str]
    url: NotRequired[str | None]


class Claim(TypedDict):
    """What a source says about a field, the losing values too."""

    id: str
    field: str
    value: Json
    sources: list[str]
    locator: str | None
    confidence: str | None
    adopted: bool
    reason: str | None
    note: str | None


class Date(TypedDict):
    """A date as exact as it is known."""

    edtf: str
    earliest: str | None
    latest: str | None


PartyStatus = TypedDict("PartyStatus", {"code": str, "status": str, "from": Date | None, "until": Date | None})
"""One party on that day."""


class InverseRelation(TypedDict):
    """A relation kept elsewhere."""

    type: str
    source_ref: str


class Derived(TypedDict):
    """What the rules derive."""

    as_of: str
    known_at: str | None
    revision: int
    status: str
    status_certain: bool
    flags: list[str]
    signed: Date | None
    concluded: Date | None
    in_force_from: Date | None
    in_force_until: Date | None
    laterality: str
    party_status: list[PartyStatus]
    inverse_relations: list[InverseRelation]
    match: str | None


class Agreement(TypedDict):
    """A treaty or an arrangement."""

    record: str
    ref: str
    title: str
    short_title: str | None
    title_term: str | None
    aliases: list[str]
    titles: dict[str, str]
    instrument_type: str
    binding_status: str
    binding_views: list[BindingView]
    evidence: list[Evidence]
    parties: list[Participation]
    signatories: list[Signatory]
    focus_areas: list[str]
    families: list[Membership]
    events: list[Event]
    terms: Terms
    relations: list[Relation]
    identifiers: list[Identifier]
    depositaries: list[Depositary]
    text_access: str
    languages: list[str]
    sources: list[Citation]
    claims: list[Claim]
    confidence: str | None
    open_questions: list[str]
    notes: list[str]
    extra: dict[str, str | int | bool]
    origin: Origin | None
    derived: NotRequired[Derived]


Member = TypedDict("Member", {"code": str, "from": str | None, "until": str | None})
"""A spell of membership."""


class Party(TypedDict):
    """A state, organisation or other actor."""

    record: str
    code: str
    kind: str
    name: str
    names: dict[str, str]
    aliases: list[str]
    alpha_2: str | None
    numeric: str | None
    exists_from: str | None
    exists_until: str | None
    successors: list[str]
    members: list[Member]
    note: str | None


class Person(TypedDict):
    """A person who signed."""

    record: str
    id: str
    name: str
    aliases: list[str]
    note: str | None


class Family(TypedDict):
    """A family of like instruments."""

    record: str
    id: str
    name: str
    instrument_type: str | None
    description: str | None
    notes: list[str]
    sources: list[str]


class FocusArea(TypedDict):
    """A subject."""

    record: str
    code: str
    label: str
    parent: str | None
    note: str | None


class Source(TypedDict):
    """A text that statements rest on."""

    record: str
    id: str
    title: str
    author: str | None
    publisher: str | None
    date: str | None
    url: str | None
    kind: str
    language: str | None
    accessed: str | None
    archive_url: str | None
    sha256: str | None
    reprint_of: str | None
    note: str | None


OBJECTS = {
    "binding_view": BindingView,
    "evidence": Evidence,
    "participation": Participation,
    "signatory": Signatory,
    "membership": Membership,
    "origin": Origin,
    "event": Event,
    "met": Met,
    "entry_into_force": EntryIntoForce,
    "duration": Duration,
    "notice": Notice,
    "survival": Survival,
    "terms": Terms,
    "relation": Relation,
    "identifier": Identifier,
    "depositary": Depositary,
    "citation": Citation,
    "claim": Claim,
    "date": Date,
    "party_status": PartyStatus,
    "inverse_relation": InverseRelation,
    "derived": Derived,
    "agreement": Agreement,
    "member": Member,
    "party": Party,
    "person": Person,
    "family": Family,
    "focus_area": FocusArea,
    "source": Source,
}
"""Name of a shape to its class."""
