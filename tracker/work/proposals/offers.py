"""Proposals as they are offered: numbered over all texts, each as a record, with the agreement it may be already.

Which one that is tell its parties, its day, words of its title, its numbers. Texts call an agreement by part of its
title, so the words count by how many of them the title has, and not the other way round. Words that many titles have
(agreement, government, names of parties) say nothing.
"""

from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from copy import deepcopy
from typing import NamedTuple

from tracker.dates.edtf import bounds
from tracker.errors import UnknownName
from tracker.law.life import lifecycle
from tracker.law.likeness import LIKELY, Traits, number, other_names, score, tokens
from tracker.proposing.basis.proposal import HIGH, NEW, Mention, Proposal, Value
from tracker.proposing.laying import lay
from tracker.proposing.sheet import DIFFERS, Basis, Laid
from tracker.read.file.connection import Reader
from tracker.read.lookup import identity, names
from tracker.read.lookup.identity import among
from tracker.record.document import blank, complete
from tracker.record.types import Record
from tracker.text import refs
from tracker.work import edit
from tracker.work.proposals.texts import Text

ENOUGH = 0.6
"""Share of the telling words of a text that the title has to have."""

SOME = 0.34
"""Share from which an agreement may be meant."""

GENERAL = frozenset(
    (
        *("agreement", "agreements", "treaty", "treaties", "arrangement", "memorandum", "memoranda", "understanding"),
        *("mou", "moa", "convention", "protocol", "pact", "accord", "deal", "exchange", "notes", "note", "letter"),
        *("letters", "joint", "statement", "declaration", "framework", "bilateral", "government", "governments"),
        *("republic", "kingdom", "state", "states", "federal", "united", "ministry", "department", "minister"),
        *("cooperation", "co", "operation", "intent", "implementing", "implementation", "signed", "new", "its"),
        *("abkommen", "vertrag", "vereinbarung", "accord", "traite", "convention", "acuerdo", "tratado", "convenio"),
    )
)
"""Words that tell no agreement from another."""

OF_ACT = ("kind", "date", "event_parties")
"""Keys of what is read of the one act that news tells of."""

CLAUSE, REPORTED = "text_clause", "press_report"
"""Kinds of evidence for a binding status: a formal clause of the agreement's own text, and what others say of it."""

NEWS = ("events", "text_access")
"""What news says of an agreement; its title and parties only tell which one it is."""

NAMELESS = "Agreement without a title"
"""Title of an agreement to which a text gives none."""


class Known(NamedTuple):
    """An agreement of the register that may be the one in the text."""

    ref: str
    title: str
    why: str
    sure: bool
    """False: it may be, and a person decides."""


class Sought(NamedTuple):
    """What a text tells of an agreement."""

    traits: Traits
    day: str | None
    """Day of its signature (EDTF)."""


class Offer(NamedTuple):
    """A proposal that can be accepted by its number."""

    number: int
    text: Text
    proposal: Proposal
    record: Record
    """The agreement as it would be new, complete, without claims; people who are not known stand in place."""
    laid: list[Laid]
    """Where each value stands in it."""
    known: list[Known]
    """Agreements of the register that it may be, the likeliest first; where one is sure, that one alone."""
    over: list[Laid] = []  # noqa: RUF012  # never changed
    """Where it is one for sure: what each value would meet in that."""

    @property
    def said(self) -> list[Value]:
        """The values that are laid over an agreement of the register."""
        return [value for value in self.proposal.values if self.is_new or value.key in NEWS]

    def meets(self, value: Value) -> Laid | None:
        """Return where the register would meet a value otherwise, else where it would meet it at all."""
        met = [one for one in self.over if one.proposed is value]
        return next((one for one in met if one.outcome == DIFFERS), met[0] if met else None)

    @property
    def is_new(self) -> bool:
        """Whether it is a record of its own that is proposed, and not something that happened to one."""
        return self.proposal.kind == NEW

    @property
    def onto(self) -> str | None:
        """The ref of the agreement that it is for sure."""
        return self.known[0].ref if self.known and self.known[0].sure else None


class Mentioned(NamedTuple):
    """An agreement that a text speaks of, and those of the register that it may be."""

    text: Text
    mention: Mention
    known: list[Known]


class Offered(NamedTuple):
    """All that some texts propose and mention."""

    texts: list[Text]
    offers: list[Offer]
    mentioned: list[Mentioned]


def of_record(record: Record) -> Sought:
    """Return what is looked for of a record drafted from a text."""
    signed = lifecycle.signed([{"date": None, **event} for event in record["events"]])
    codes = frozenset(party["code"] for party in record["parties"])
    day = None if signed is None else signed.edtf
    numbers = frozenset(
        found for one in record["identifiers"] if (found := number(str(one["scheme"]), str(one["value"])))
    )
    names = other_names(record["title"], (record["short_title"], *record["aliases"]))
    return Sought(_traits(record["title"], codes, day, record["instrument_type"], names, numbers), day)


def _of_mention(mention: Mention) -> Sought:
    """Return what is looked for of an agreement that a text mentions."""
    return Sought(
        _traits(mention.title, frozenset(mention.parties), mention.signed, mention.instrument_type), mention.signed
    )


def _traits(
    title: str,
    codes: frozenset[str],
    day: str | None,
    kind: str,
    names: tuple[AbstractSet[str], ...] = (),
    numbers: frozenset[str] = frozenset(),
) -> Traits:
    first, last, _ = bounds(day)
    known = None if kind in ("unknown", "other") else kind
    return Traits("", title, tokens(title), codes, first, last, known, names, numbers)


def likely(reader: Reader, sought: Sought) -> list[Known]:
    """Return the agreements that may be meant, the likeliest first; where one is sure, that one alone."""
    if reader.absent:
        return []
    places = _names_of_parties(reader, sought.traits.codes)
    judged = sorted(_judged(sought.traits, among(reader, sought.traits), places), key=lambda one: (-one[0], one[1].ref))
    sure = [known for share, known in judged if known.sure and share >= judged[0][0]]
    if len(sure) == 1:
        return sure
    return [known._replace(sure=False) for _, known in judged[:3]]


def _judged(sought: Traits, stored: Iterable[Traits], places: frozenset[str]) -> Iterator[tuple[float, Known]]:
    for one in stored:
        share, why, sure = _told(sought, one, places)
        if share:
            yield share, Known(one.ref, one.title, why, sure)


def _told(sought: Traits, stored: Traits, places: frozenset[str]) -> tuple[float, str, bool]:
    """Return how likely one is meant, by what, and whether that is enough."""
    if sought.numbers & stored.numbers:
        return 2.0, f"the same number, {min(sought.numbers & stored.numbers)}", True
    if (whole := score(sought, stored)) >= LIKELY and sought.codes:
        return 1.0 + whole, "nearly the same title, parties and day", True
    common = sought.codes & stored.codes
    same_day = _same_day(sought, stored)
    if not common or same_day is False:
        return 0.0, "", False
    telling = sought.tokens - GENERAL - places
    own = frozenset().union(stored.tokens, *stored.names) - places
    words = len(telling & own) / len(telling) if telling else 0.0
    kinds = 0.5 if None in (sought.type, stored.type) else float(_like_kind(str(sought.type), str(stored.type)))
    all_parties = sought.codes == stored.codes
    if not kinds and words < ENOUGH:
        return 0.0, "", False
    told = [
        *(["parties"] if all_parties else ["a party"]),
        *(["day of signature"] if same_day else []),
        *(["words of the title"] if words >= SOME else []),
    ]
    by = f"the same {', '.join(told)}"
    like_words = words >= ENOUGH or (kinds == 1.0 and (words >= SOME or not telling))
    sure = all_parties and ((bool(same_day) and like_words) or (len(telling) > 1 and words > 0.8))
    possible = sure or (bool(same_day) and all_parties) or (words >= ENOUGH and bool(telling))
    share = 0.4 * words + 0.3 * kinds + 0.2 * bool(same_day) + 0.1 * all_parties
    return (share, by, sure) if possible else (0.0, "", False)


def _like_kind(one: str, other: str) -> bool:
    """Whether a kind is another one, or a kind of it: a security of supply arrangement is an arrangement."""
    return one == other or one.endswith(f"_{other}") or other.endswith(f"_{one}")


def _same_day(one: Traits, other: Traits) -> bool | None:
    """Tell whether two may have been signed on the same day; None where one is not known."""
    if one.earliest is None or other.earliest is None:
        return None
    return one.earliest <= (other.latest or "9999") and other.earliest <= (one.latest or "9999")


def _names_of_parties(reader: Reader, codes: Iterable[str]) -> frozenset[str]:
    """Return the words in the names of parties, folded."""
    from json import dumps

    sql = "SELECT folded FROM party_keys WHERE code IN (SELECT value FROM json_each(:codes))"
    return frozenset(
        word for (name,) in reader.tuples(sql, {"codes": dumps(sorted(codes))}) for word in str(name).split()
    )


def offered(reader: Reader, texts: list[Text], today: str) -> Offered:
    """Return what texts propose, held against the register."""
    proposals = [(text, _with_act(proposal)) for text in texts for proposal in text.proposals.proposals]
    offers = [_offer(reader, number, text, proposal, today) for number, (text, proposal) in enumerate(proposals, 1)]
    mentioned = [
        Mentioned(text, mention, likely(reader, _of_mention(mention)))
        for text in texts
        for mention in text.proposals.mentions
    ]
    return Offered(texts, _with_refs(reader, offers), mentioned)


def person(reader: Reader) -> Callable[[str], str | Record]:
    """Return what finds people: the id of the one of that name, else a new person in place.

    Where several are called so it is a new one too, whom the register then asks about.
    """

    def find(name: str) -> str | Record:
        try:
            known_id = names.known_person_id(reader, name)
        except UnknownName:
            known_id = None
        return known_id or {"id": refs.proposed_id(name) or _of_other_script(name), "name": name}

    return find


def evidence(value: Value) -> str:
    """Return which kind of evidence words are, as long as nobody says what the text is."""
    return CLAUSE if value.confidence == HIGH else REPORTED


def _of_other_script(name: str) -> str:
    """Return an id for a name without Latin letters, always the same."""
    from hashlib import sha256

    return f"person-{sha256(name.encode()).hexdigest()[:10]}"


def _with_act(proposal: Proposal) -> Proposal:
    """Return a proposal with what is read of one act, its kind, day and parties, as one event."""
    kind = next(iter(proposal.of("kind")), None)
    if kind is None:
        return proposal
    date = next(iter(proposal.of("date")), None)
    act = {
        "kind": kind.value,
        "date": None if date is None else date.value,
        "parties": [one.value for one in proposal.of("event_parties")],
    }
    event = kind._replace(key="events", value=act)
    if date is not None:
        event = event._replace(confidence=date.confidence, why=f"{kind.why}; {date.why}")
    return proposal._replace(values=(*(one for one in proposal.values if one.key not in OF_ACT), event))


def _offer(reader: Reader, number: int, text: Text, proposal: Proposal, today: str) -> Offer:
    record = blank("agreement") | {"title": ""}
    told = Basis(None, text.place, person(reader), evidence, said=text.published)
    laid = lay(record, proposal.values, told)
    record["title"] = record["title"] or record["title_term"] or NAMELESS
    sought = of_record(record)
    offer = Offer(number, text, proposal, complete(record), laid, likely(reader, sought))
    if offer.onto is None:
        return offer
    stored = deepcopy(edit.agreement(today).read(reader, offer.onto))
    return offer._replace(over=lay(stored, offer.said, told))


def _with_refs(reader: Reader, offers: Iterable[Offer]) -> list[Offer]:
    """Give each offer the ref that it has or would be given; two of one text do not get the same."""
    given: set[str] = set()

    def new(record: Record) -> str:
        base = identity.proposed(record, lambda code: identity.short_code(reader, code))
        ref = refs.next_free(base, identity.taken(reader, base) | given)
        given.add(ref)
        return ref

    return [offer._replace(record={**offer.record, "ref": offer.onto or new(offer.record)}) for offer in offers]


def unread(texts: Iterable[Text]) -> Iterator[str]:
    """Yield what is to be said of texts that were not read, or not quite as they are."""
    for text in texts:
        yield from text.article.remarks
        if text.proposals.unread:
            yield f"{text.name}: {text.proposals.unread}; nothing is proposed from it"
