"""Proposals shown: as a page for people, and as objects for machines.

On the page each stands with its values, and below them the words that they rest on, numbered. An object is the record
that each would be, and under ``proposal`` what it rests on.
"""

from collections.abc import Iterator

from tracker.proposing.basis.proposal import Passage, Value
from tracker.proposing.sheet import DIFFERS, FILLED
from tracker.record.document import blank
from tracker.record.types import Record
from tracker.record.values import spelled
from tracker.table import Column, Getter, Page, Records, Row, Section, Table
from tracker.work.proposals.offers import Known, Mentioned, Offer, Offered, unread
from tracker.work.proposals.texts import Text

COLUMNS: tuple[tuple[Column, Getter], ...] = (
    (Column("number", "count"), lambda one: one["proposal"]["number"]),
    (Column("proposal", "code"), lambda one: one["proposal"]["kind"]),
    (Column("title", weight=9), lambda one: one["title"]),
    (Column("instrument_type", "code"), lambda one: one["instrument_type"]),
    (Column("binding_status", "code"), lambda one: one["binding_status"]),
    (Column("signed", "list"), lambda one: [event["date"] for event in one["events"] if event["date"]]),
    (Column("parties", "list"), lambda one: [party["code"] for party in one["parties"]]),
    (Column("register", "list"), lambda one: [known["ref"] for known in one["proposal"]["register"]]),
    (Column("file"), lambda one: one["proposal"]["file"]),
)
"""Columns where proposals are rows."""

NAMES = {
    "title_term": "word in the title",
    "parties": "party",
    "signatories": "signatory",
    "events": "event",
    "focus_areas": "focus area",
    "relations": "relation",
    "languages": "language",
    "identifiers": "number",
    "terms.notices": "notice",
}
"""What the keys of values are called where one stands alone; any other is called by itself."""

MENTION, REFUSED = "mention", "refused"
"""Kinds of what is not proposed; of proposals they are ``instrument`` and ``event``."""

UNSURE: Record = {"confidence": None, "meets": None, "held": None}
"""What is said of a value that is not proposed."""


def page(offered: Offered, again: str, *, explain: bool) -> Page:
    """Return what texts propose, mention and, where it is to be explained, what was seen and refused in them.

    ``again``: the command line that reads them again.
    """
    objects: list[Record] = list(printed(offered, explain=explain))
    data = Records("proposal", objects, columns=COLUMNS)
    return Page(
        "Proposed to record", _sections(offered, explain=explain), data, list(_footer(offered, again)), whole=True
    )


def _sections(offered: Offered, *, explain: bool) -> Iterator[Section]:
    for text in offered.texts:
        yield Section(text.name if len(offered.texts) > 1 else None, facts=_facts(text), level=1)
        offers = [offer for offer in offered.offers if offer.text is text]
        for offer in offers:
            yield from _offer(offer, explain=explain)
        if not offers and not text.proposals.unread:
            yield Section(lines=["", "Nothing is reported as new here."])
        yield from _mentions([one for one in offered.mentioned if one.text is text])
        if explain:
            yield from _refusals(text)


def _facts(text: Text) -> list[tuple[str, str]]:
    return [
        ("text", text.title),
        ("published", _published(text)),
        ("language", text.language or "not told by its words"),
    ]


def _published(text: Text) -> str:
    """Return the day of publication, and where it was read in the text that this was so."""
    if text.published is None:
        return "not known; words such as 'on Thursday' tell no day"
    return text.published if text.document.published else f"{text.published}, as the text says itself"


def _offer(offer: Offer, *, explain: bool) -> Iterator[Section]:
    """Yield the values of a proposal, and the words that they rest on."""
    passages = list(dict.fromkeys(value.passage for value in offer.proposal.values))
    columns = [
        Column("field", weight=8), Column("value", weight=9), Column("sure", "code"), Column("words", "code"),
        Column("why", weight=2), *([Column("rule", "code")] if explain else []),
        *([Column("register", weight=7)] if offer.over else []),
    ]  # fmt: skip
    rows: list[Row] = [
        (
            NAMES.get(value.key, value.key.removeprefix("terms.").replace("_", " ")),
            shown(value),
            value.confidence,
            f"[{passages.index(value.passage) + 1}]",
            value.why,
            *([value.rule] if explain else []),
            *([_met(offer, value)] if offer.over else []),
        )
        for value in offer.proposal.values
    ]
    heading = f"{offer.number}  {offer.record['title']}"
    yield Section(heading, lines=[_what(offer)], table=Table("proposal", columns, rows, folded=True))
    lines = [
        f"[{number}] “{' '.join(passage.text.split())}” ({offer.text.place(passage)})"
        for number, passage in enumerate(passages, 1)
    ]
    yield Section("Words", lines=lines, level=3)


def _met(offer: Offer, value: Value) -> str:
    """Say what a value meets in the register."""
    met = offer.meets(value)
    if met is None:
        return "tells which one it is" if value not in offer.said else ""
    if met.outcome == DIFFERS:
        return f"otherwise: {spelled(met.held)}"
    return "new" if met.outcome == FILLED else "the same"


def shown(value: Value) -> str:
    """Return a value as people read it."""
    held = value.value
    if not isinstance(held, dict):
        return spelled(held)
    if value.key == "parties":
        return ": ".join(filter(None, (held["code"], held.get("entity")))) + (
            f" ({held['role']})" if held.get("role") else ""
        )
    if value.key == "signatories":
        told = ", ".join(filter(None, (held["name"], held.get("office"))))
        return f"{told} ({held['party']})" if held.get("party") else told
    if value.key == "events":
        told = " ".join(filter(None, (held["kind"], held.get("date"))))
        by = f" by {', '.join(held['parties'])}" if held.get("parties") else ""
        return f"{told}{by}" + (f", {' and '.join(held['places'])}" if held.get("places") else "")
    if value.key == "relations":
        return f"{held['type']} {held.get('target') or held.get('target_title')}"
    return "; ".join(f"{key} {spelled(one)}" for key, one in held.items() if one not in (None, [], {}))


def _what(offer: Offer) -> str:
    """Say what becomes of a proposal that is accepted."""
    number = offer.number
    if offer.onto:
        known = offer.known[0]
        return f"The register holds it: {known.ref} ({known.title}), by {known.why}. Accepted, it is laid over that."
    if offer.known:
        listed = "; ".join(f"{one.ref} ({one.title}), by {one.why}" for one in offer.known)
        return (
            f"Perhaps the register holds it: {listed}. Say which: --accept {number}={offer.known[0].ref}, "
            f"or --accept {number}=new."
        )
    if offer.is_new:
        return "The register does not hold it. Accepted, it is a new agreement."
    return f"News about an agreement that the register does not hold. Say which it is: --accept {number}=REF."


def _mentions(mentioned: list[Mentioned]) -> Iterator[Section]:
    if not mentioned:
        return
    columns = [
        Column("title", weight=9), Column("parties", "list"), Column("signed", "date"), Column("register"),
        Column("words", weight=2), Column("why", weight=2),
    ]  # fmt: skip
    rows = [
        (
            one.mention.title,
            list(one.mention.parties),
            one.mention.signed,
            _held(one.known),
            f"“{' '.join(one.mention.passage.text.split())}”",
            one.mention.why,
        )
        for one in mentioned
    ]
    yield Section("Only mentioned", table=Table("mentions", columns, rows, folded=True))


def _held(known: list[Known]) -> str:
    if not known:
        return "not in the register"
    refs = ", ".join(one.ref for one in known)
    return refs if known[0].sure else f"perhaps {refs}"


def _refusals(text: Text) -> Iterator[Section]:
    if not text.proposals.refusals:
        return
    columns = [Column("what", weight=9), Column("rule", "code"), Column("why"), Column("words", weight=2)]
    rows = [
        (one.what, one.rule, one.why, f"“{' '.join(one.passage.text.split())}” ({text.place(one.passage)})")
        for one in text.proposals.refusals
    ]
    yield Section("Seen and refused", table=Table("refusals", columns, rows, folded=True))


def _footer(offered: Offered, again: str) -> Iterator[str]:
    offers, mentions = len(offered.offers), len(offered.mentioned)
    counted = f"{offers} proposed, {mentions} only mentioned"
    if offers:
        counted += f"; accept with: {again} --accept all"
    yield counted
    yield from unread(offered.texts)


def printed(offered: Offered, *, explain: bool) -> Iterator[Record]:
    """Yield what is proposed; ``explain``: what is mentioned and what was refused too, without numbers."""
    yield from map(_offered, offered.offers)
    if explain:
        yield from map(_mentioned, offered.mentioned)
        yield from _refused(offered)


def _offered(offer: Offer) -> Record:
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
