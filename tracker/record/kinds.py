"""Kinds of events, one row a kind: where it stands in the life of an agreement, what it does, and its words.

A kind is added by adding its row; nothing else names it. Rules ask by what a kind does, never by its name: ``signs``,
``ends``, ``consents``. VCLT = Vienna Convention on the Law of Treaties 1969.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import TypeVar

from tracker.plain import Declared
from tracker.record.types import Json

ANNOUNCED, NEGOTIATING, INITIALLED, ADOPTED, SIGNED, CONSENTED = 10, 20, 30, 40, 50, 55
TAKEN_BACK, PROVISIONAL, PROVISIONAL_ENDED, ENTERED, SUSPENDED, RESUMED = 56, 60, 61, 70, 80, 81
NOTICE, NOTICE_LIFTED, WITHDRAWN, ENDED = 85, 86, 90, 96
"""Stages in the life of an agreement (VCLT parts II to V), in its order; 0 = a kind that moves no status."""


class Kind(Declared):
    """What is known of one kind of event."""

    name: str
    stage: int = 0
    law: str = ""
    """The article that governs it."""
    noun: str = ""
    """The act as tables of depositaries head their columns: "ratification"; '' = they have none."""
    letter: str = ""
    """The letter behind the day of such a consent, as the UN Treaty Collection prints it."""
    coming: str = ""
    """Words for one that lies ahead: "expires"; '' = the name."""
    coming_of_arrangement: str = ""
    """The same of a text that does not bind; '' = as of a treaty."""
    of_arrangement: bool = False
    """Only texts that do not bind have it."""
    signs: bool = False
    """An act of signature: the last one dates the agreement."""
    stands_for_signature: bool = False
    """It dates an agreement that nobody signed."""
    consents: bool = False
    """A party consents to be bound by it (VCLT 11 to 16)."""
    establishes: str = ""
    """How it makes consent work between the parties (VCLT 16): "exchange", "deposit" or "notification"."""
    follows_signature: bool = False
    """It confirms a signature, so it cannot come before one."""
    shows_consent_is_due: bool = False
    """It shows that a signature alone did not bind."""
    national: bool = False
    """A step of national procedure, no international act."""
    succeeds: bool = False
    """A successor state takes over the consent of its predecessor."""
    joins: bool = False
    """Only texts that are open to others than those who negotiated them have it (VCLT 15)."""
    undoes: str = ""
    """What of a party it takes back before the entry into force: its "signature" or its "consent"."""
    takes_back: str = ""
    """The kind whose effect it ends, and which has to come before."""
    prolongs: bool = False
    """It makes a term longer."""
    ends_as: str = ""
    """The status of an agreement that it ended."""
    ends_with_term: bool = False
    """It comes by itself, and its day is the last day of the term."""
    presupposes_force: bool = False
    """Only what was in force can be ended or interrupted like that (VCLT 54, 57 to 62)."""
    afterlife: bool = False
    """It proves nothing about an agreement being alive on its day."""
    toward: str = ""
    """What it does to its party's relation with those that it is toward: "bars" it, "may_bar" or "suspends" it; or to a
    territory of its party: "reaches" it, or "leaves" it out."""
    statement: bool = False
    """A party states something about its own participation: reservations, declarations, territories."""


KINDS = (
    Kind("announced", ANNOUNCED),
    Kind("negotiation_opened", NEGOTIATING),
    Kind("negotiation_concluded", NEGOTIATING),
    Kind("text_adopted", ADOPTED, "VCLT 9"),
    Kind("authenticated", INITIALLED, "VCLT 10"),
    Kind("initialled", INITIALLED, "VCLT 10, 12(2)(a)"),
    Kind("opened_for_signature", ADOPTED, joins=True),
    Kind("signed", SIGNED, "VCLT 11", "signature", signs=True),  # the manner is not known
    Kind("signed_definitively", SIGNED, "VCLT 12", "definitive signature", "s", signs=True, consents=True),
    Kind("signed_subject_to_ratification", SIGNED, "VCLT 14, 18", signs=True, shows_consent_is_due=True),
    Kind(
        "signed_ad_referendum", SIGNED, "VCLT 12(2)(b)", "signature ad referendum", signs=True,
        shows_consent_is_due=True,
    ),
    Kind(
        "signature_confirmed", CONSENTED, "VCLT 12(2)(b)", "confirmation of signature", consents=True,
        follows_signature=True, shows_consent_is_due=True,
    ),
    Kind("notes_exchanged", SIGNED, "VCLT 13, 16", stands_for_signature=True, establishes="exchange"),
    Kind("domestic_step", national=True, shows_consent_is_due=True),  # tabled, approved, promulgated
    Kind(
        "ratified", CONSENTED, "VCLT 14", "ratification", consents=True, follows_signature=True,
        shows_consent_is_due=True,
    ),
    Kind(
        "accepted", CONSENTED, "VCLT 14", "acceptance", "A", consents=True, follows_signature=True,
        shows_consent_is_due=True,
    ),
    Kind(
        "approved", CONSENTED, "VCLT 14", "approval", "AA", consents=True, follows_signature=True,
        shows_consent_is_due=True,
    ),
    Kind("acceded", CONSENTED, "VCLT 15", "accession", "a", consents=True, shows_consent_is_due=True, joins=True),
    Kind(
        "formally_confirmed", CONSENTED, "Vienna Convention 1986, Art. 14", "formal confirmation", "c",
        consents=True, shows_consent_is_due=True, joins=True,
    ),
    Kind(
        "succeeded", CONSENTED, "Vienna Convention on Succession 1978", "succession", "d", consents=True,
        shows_consent_is_due=True, succeeds=True,
    ),
    Kind("succeeded_to_signature", SIGNED, "Vienna Convention on Succession 1978", "succession to signature"),
    Kind(
        "application_notified", CONSENTED, "VCLT 11", "application", consents=True, shows_consent_is_due=True,
        joins=True,
    ),  # a word of the tables of the United Nations, as the next one
    Kind(
        "participation_notified", CONSENTED, "VCLT 11", "participation", "P", consents=True,
        shows_consent_is_due=True, joins=True,
    ),
    Kind(
        "instrument_deposited", CONSENTED, "VCLT 16(b), 78", consents=True, establishes="deposit",
        shows_consent_is_due=True,
    ),
    Kind(
        "notified_completion", CONSENTED, "VCLT 16(c), 78", "notification of completion", "n", consents=True,
        establishes="notification", shows_consent_is_due=True,
    ),
    Kind("signature_withdrawn", TAKEN_BACK, "VCLT 18", "withdrawal of signature", undoes="signature"),
    Kind("consent_withdrawn", TAKEN_BACK, "VCLT 18", "withdrawal of consent", undoes="consent"),
    Kind(
        "provisional_application_started", PROVISIONAL, "VCLT 25", "provisional application",
        shows_consent_is_due=True,
    ),
    Kind(
        "provisional_application_ended", PROVISIONAL_ENDED, "VCLT 25(2)",
        takes_back="provisional_application_started",
    ),
    Kind("entered_into_force", ENTERED, "VCLT 24", "entry into force"),
    Kind("became_operative", ENTERED, "22 CFR 181.7", of_arrangement=True),
    Kind("reservation_made", law="VCLT 19-23", statement=True),
    Kind("reservation_withdrawn", law="VCLT 22", takes_back="reservation_made", statement=True),
    Kind("reservation_modified", law="VCLT 19-23", statement=True),
    Kind("declaration_made", toward="may_bar", statement=True),
    Kind("declaration_withdrawn", takes_back="declaration_made", statement=True),
    Kind("objection_made", law="VCLT 20-22", toward="bars", statement=True),
    Kind("objection_withdrawn", law="VCLT 22", takes_back="objection_made", statement=True),
    Kind("territorial_application", law="VCLT 29", toward="reaches", statement=True),
    Kind("territorial_application_excluded", law="VCLT 29", toward="leaves", statement=True),
    Kind("amended", law="VCLT 39-41"),
    Kind("modified", law="VCLT 41"),
    Kind("corrected", law="VCLT 79"),
    Kind("extended", prolongs=True),
    Kind("renewed", prolongs=True),
    Kind("tacitly_renewed", prolongs=True),
    Kind("suspended", SUSPENDED, "VCLT 57, 58, 60, 72", presupposes_force=True, toward="suspends"),
    Kind("resumed", RESUMED, "VCLT 72", takes_back="suspended", presupposes_force=True),
    Kind("notice_of_withdrawal_given", NOTICE, "VCLT 54, 56, 65"),
    Kind("notice_of_withdrawal_suspended", NOTICE_LIFTED, "VCLT 68", takes_back="notice_of_withdrawal_given"),
    Kind("notice_of_withdrawal_revoked", NOTICE_LIFTED, "VCLT 68", takes_back="notice_of_withdrawal_given"),
    Kind(
        "withdrawn", WITHDRAWN, "VCLT 54, 56", "withdrawal", coming="withdrawal takes effect", ends_as="terminated",
        toward="bars",
    ),
    Kind(
        "denounced", WITHDRAWN, "VCLT 54, 56", "denunciation", coming="denunciation takes effect",
        ends_as="terminated", toward="bars",
    ),
    Kind(
        "terminated", ENDED, "VCLT 54, 59-64", coming="is terminated", coming_of_arrangement="is discontinued",
        ends_as="terminated", presupposes_force=True, toward="bars",
    ),
    Kind(
        "expired", ENDED, "VCLT 54(a)", coming="expires", ends_as="expired", ends_with_term=True,
        presupposes_force=True,
    ),
    Kind("superseded", ENDED, "VCLT 59", coming="is superseded", ends_as="superseded", presupposes_force=True),
    Kind("lapsed", ENDED, coming="lapses", ends_as="expired"),
    Kind(
        "discontinued", ENDED, coming="is discontinued", of_arrangement=True, ends_as="discontinued",
        presupposes_force=True,
    ),
    Kind("registered", law="UN Charter 102", noun="registration date", afterlife=True),
    Kind("filed_and_recorded", law="UN Charter 102", afterlife=True),
    Kind("published", afterlife=True),
    Kind("released", afterlife=True),
    Kind("leaked", afterlife=True),
    Kind("reported_to_parliament", law="1 U.S.C. 112b", afterlife=True),
    Kind("ruled_on", afterlife=True),
    Kind("issued", SIGNED, stands_for_signature=True),  # political texts
    Kind("other"),  # a word outside this list: kind_raw keeps it
)  # fmt: skip
"""Every kind of event of the record, in the order in which lists of them are printed."""

ROWS = {kind.name: kind for kind in KINDS}


def row(name: str) -> Kind:
    """Return the row of a kind; of a name outside the table one that does nothing."""
    return ROWS.get(name) or Kind(name)


def which(does: Callable[[Kind], object]) -> tuple[str, ...]:
    """Return the names of the kinds for which a question has the answer yes, in the order of the table."""
    return tuple(kind.name for kind in KINDS if does(kind))


def at(*stages: int) -> tuple[str, ...]:
    """Return the names of the kinds of these stages."""
    return which(lambda kind: kind.stage in stages)


EVENT_KINDS = tuple(ROWS)
SIGNATURES = which(lambda kind: kind.signs)
"""Acts of signature (VCLT 11, 12)."""
SUBSTITUTES = which(lambda kind: kind.stands_for_signature)
"""Acts that date an agreement that nobody signed."""
CONCLUSIONS = which(lambda kind: kind.signs or (kind.stands_for_signature and not kind.establishes))
"""Signature, or the issue of a text that nobody signs."""
SIMPLE_SIGNATURES = which(lambda kind: kind.signs and kind.shows_consent_is_due)
"""Signatures that bind nobody before an act that follows them (VCLT 12(2)(b), 14, 18)."""
CONSENTS = which(lambda kind: kind.consents)
"""Acts by which a party consents to be bound (VCLT 11 to 16), a definitive signature among them."""
EXCHANGES = which(lambda kind: kind.establishes == "exchange")
DEPOSITS = which(lambda kind: kind.establishes == "deposit")
NOTIFICATIONS = which(lambda kind: kind.establishes == "notification")
JOININGS = which(lambda kind: kind.joins)
"""What shows that a text is open to others than the parties that the record lists."""
ENTRIES = at(ENTERED)
NOTICES = at(NOTICE)
LEAVING = at(WITHDRAWN)
"""Acts by which one party leaves (VCLT 54, 56)."""
ENDS = at(ENDED)
"""Acts that end the agreement for everyone."""
SUPERSESSIONS = which(lambda kind: kind.ends_as == "superseded")
"""Ends that a later agreement brings about by its own entry into force (VCLT 59)."""
TERM_ENDS = which(lambda kind: kind.ends_with_term)
PROLONGATIONS = which(lambda kind: kind.prolongs)
ANNOUNCEMENTS = at(ANNOUNCED)
ENDED_AS = tuple(dict.fromkeys(kind.ends_as for kind in KINDS if kind.ends_as))
"""Statuses of an agreement that was in force and ended."""
OVER = (*ENDED_AS, "never_entered")
"""Statuses after which nothing follows by itself."""
STATEMENTS = which(lambda kind: kind.statement)

_STAGES = {kind.name: kind.stage for kind in KINDS}
_SIGNATURES, _CONSENTS = frozenset(SIGNATURES), frozenset(CONSENTS)


def stage(name: str) -> int:
    """Return the stage of a kind in the life of an agreement, 0 for one that moves no status."""
    return _STAGES.get(name, 0)


def signs(name: str) -> bool:
    """Tell whether a kind is an act of signature."""
    return name in _SIGNATURES


def consents(name: str) -> bool:
    """Tell whether a party consents to be bound by an act of this kind."""
    return name in _CONSENTS


def suspends(name: str) -> bool:
    """Tell whether a kind interrupts the force of an agreement, or ends an interruption."""
    return stage(name) in (SUSPENDED, RESUMED)


def said(name: str) -> str:
    """Return a kind in words: "entered into force"."""
    return name.replace("_", " ")


def coming(name: str, *, arrangement: bool) -> str:
    """Return the words for one that lies ahead, of a treaty or of a text that does not bind."""
    kind = row(name)
    return (arrangement and kind.coming_of_arrangement) or kind.coming or said(name)


@cache
def usual(stage_: int, *, arrangement: bool = False) -> str:
    """Return the kind by which an agreement usually reaches a stage: the first of the table that fits its binding."""
    names = which(lambda kind: kind.stage == stage_ and kind.of_arrangement == arrangement)
    return names[0] if names else usual(stage_)


def quoted(names: Iterable[str]) -> str:
    """Return kinds as SQL writes a list of texts, without its brackets."""
    return ", ".join(f"'{name}'" for name in names)


Event = Mapping[str, Json]
Some = TypeVar("Some", bound=Event)


def effective(event: Event) -> str | None:
    """Return the EDTF date from which an event works: its effective date, without one its own; None = unknown.

    A notice of withdrawal without an effective date has no known effect yet (VCLT 65): ask for that by itself.
    """
    return event.get("effective_date") or event.get("date")


def of_signature(events: Iterable[Some]) -> list[Some]:
    """Return the acts that date the signature of an agreement: signatures, without any what stands for them.

    A signature of one provision alone does not sign the agreement (VCLT 44).
    """
    whole = [event for event in events if not event.get("provision")]
    signed = [event for event in whole if signs(event["kind"])]
    return signed or [event for event in whole if event["kind"] in SUBSTITUTES]


def equal(one: Event, other: Event) -> bool:
    """Tell whether two events of one agreement are one act said twice: of one kind, day, and parties.

    One day alone says little: an act may have been done in several places, on several provisions, by several parties.
    """
    if not one.get("date") or any(one.get(key) != other.get(key) for key in ("kind", "kind_raw", "date", "provision")):
        return False
    if any(set(one.get(key) or ()) != set(other.get(key) or ()) for key in ("parties", "toward")):
        return False
    works = {event["effective_date"] for event in (one, other) if event.get("effective_date")}
    places = [set(event["places"]) for event in (one, other) if event.get("places")]
    return len(works) < 2 and (len(places) < 2 or bool(places[0] & places[1]))


def repeated(events: Iterable[Some]) -> Iterator[tuple[Some, Some]]:
    """Yield each event that is one act with an earlier one, behind that."""
    seen: dict[tuple[Json, ...], list[Some]] = {}
    for event in events:
        alike = seen.setdefault((event.get("kind"), event.get("date")), [])
        first = next((other for other in alike if equal(other, event)), None)
        if first is not None:
            yield first, event
        alike.append(event)


def first_year(events: Iterable[Event]) -> str | None:
    """Return the year of the first act of signature, where no day of one is known of whatever is dated first."""
    held = list(events)
    for acts in (of_signature(held), held):
        days = (event.get("date") or event.get("effective_date") or "" for event in acts)
        years = [day[:4] for day in days if day[:4].isdecimal()]
        if years:
            return min(years)
    return None
