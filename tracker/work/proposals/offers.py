"""Proposals as they are offered: numbered over all texts, each as a record, with the agreement it may be already."""

from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from typing import NamedTuple

from tracker.errors import UnknownName
from tracker.proposing.basis.proposal import HIGH, NEW, Mention, Proposal, Value
from tracker.proposing.laying.lay import lay
from tracker.proposing.laying.sheet import DIFFERS, Basis, Laid
from tracker.read.file.connection import Reader
from tracker.read.lookup import identity, names
from tracker.record.document import blank, complete
from tracker.record.types import Record
from tracker.text import refs
from tracker.work import edit
from tracker.work.proposals import known
from tracker.work.proposals.known import Known
from tracker.work.proposals.texts import Text

OF_ACT = ("kind", "date", "event_parties")
"""Keys of what is read of the one act that news tells of."""

CLAUSE, REPORTED = "text_clause", "press_report"
"""Kinds of evidence for a binding status: a formal clause of the agreement's own text, and what others say of it."""

NEWS = ("events", "text_access")
"""What news says of an agreement; its title and parties only tell which one it is."""

NAMELESS = "Agreement without a title"
"""Title of an agreement to which a text gives none."""


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


def offered(reader: Reader, texts: list[Text], today: str) -> Offered:
    """Return what texts propose, held against the register."""
    proposals = [(text, _with_act(proposal)) for text in texts for proposal in text.proposals.proposals]
    offers = [_offer(reader, number, text, proposal, today) for number, (text, proposal) in enumerate(proposals, 1)]
    mentioned = [
        Mentioned(text, mention, known.likely(reader, known.of_mention(mention)))
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
    sought = known.of_record(record)
    offer = Offer(number, text, proposal, complete(record), laid, known.likely(reader, sought))
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
