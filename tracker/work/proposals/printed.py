"""Proposals as objects for machines: the record that each would be, and under ``proposal`` what it rests on."""

from collections.abc import Iterator

from tracker.proposing.basis.proposal import Passage, Value
from tracker.proposing.laying.sheet import FILLED
from tracker.record.document import blank
from tracker.record.types import Record
from tracker.work.proposals.known import Known
from tracker.work.proposals.offers import Mentioned, Offer, Offered
from tracker.work.proposals.texts import Text

MENTION, REFUSED = "mention", "refused"
"""Kinds of what is not proposed; of proposals they are ``instrument`` and ``event``."""

UNSURE: Record = {"confidence": None, "meets": None, "held": None}
"""What is said of a value that is not proposed."""


def printed(offered: Offered, *, explain: bool) -> Iterator[Record]:
    """Yield what is proposed; ``explain``: what is mentioned and what was refused too, without numbers."""
    yield from map(_offer, offered.offers)
    if explain:
        yield from map(_mentioned, offered.mentioned)
        yield from _refused(offered)


def _offer(offer: Offer) -> Record:
    values = [
        {
            "path": one.path,
            "value": one.value,
            **_words(one.proposed.passage),
            "confidence": one.proposed.confidence,
            "rule": one.proposed.rule,
            "why": one.proposed.why,
            **_meets(offer, one.proposed),
        }
        for one in offer.laid
    ]
    return {**offer.record, "proposal": _told(offer.proposal.kind, offer.text, offer.number, offer.known, values)}


def _meets(offer: Offer, value: Value) -> Record:
    """Return what a value meets in the register: nothing where the agreement would be new."""
    met = offer.meets(value)
    return {"meets": met.outcome if met else FILLED, "held": met.held if met else None}


def _mentioned(mentioned: Mentioned) -> Record:
    mention = mentioned.mention
    record = blank("agreement") | {"ref": None, "title": mention.title, "instrument_type": mention.instrument_type}
    record["parties"] = [blank("agreement.parties") | {"code": code} for code in mention.parties]
    if mention.signed:
        record["events"] = [blank("agreement.events") | {"id": "e1", "kind": "signed", "date": mention.signed}]
    value = {"path": "title", "value": mention.title, **_words(mention.passage)}
    values = [value | {**UNSURE, "rule": MENTION, "why": mention.why}]
    return {**record, "proposal": _told(MENTION, mentioned.text, None, mentioned.known, values)}


def _refused(offered: Offered) -> Iterator[Record]:
    for text in offered.texts:
        for refusal in text.proposals.refusals:
            record = blank("agreement") | {"ref": None, "title": refusal.what}
            value = {"path": None, "value": refusal.what, **_words(refusal.passage)}
            values = [value | {**UNSURE, "rule": refusal.rule, "why": refusal.why}]
            yield {**record, "proposal": _told(REFUSED, text, None, [], values)}


def _words(passage: Passage) -> Record:
    return {"sentence": passage.text, "start": passage.start, "end": passage.end}


def _told(kind: str, text: Text, number: int | None, known: list[Known], values: list[Record]) -> Record:
    return {
        "number": number,
        "kind": kind,
        "file": text.name,
        "sha256": text.sha256,
        "title": text.title,
        "published": text.published,
        "language": text.language,
        "register": [{"ref": one.ref, "title": one.title, "certain": one.sure, "why": one.why} for one in known],
        "values": values,
    }
