"""Rules of data quality: what is doubtful, odd or cannot be right in the record of an agreement.

Dates are compared by their bounds: what may be in order is in order. Odd is not wrong: real data hold entries into
force before the signature, so only what contradicts itself is an error.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from tracker.dates.edtf import bounds
from tracker.law.parties import contracting, has_two_sides
from tracker.law.successors import NO_LIVES, Existence, are_gone
from tracker.record import kinds

if TYPE_CHECKING:  # making these classes costs a read two milliseconds
    from tracker.record.typed import Agreement, Claim, Event


LEVELS = ("error", "warning", "note")
"""Error: contradicts itself. Warning: look at it. Note: good to know before trusting a figure."""

NEWS = ("news", "news_agency")
FOLLOWING = kinds.which(lambda kind: kind.follows_signature)
OF_MEMBERS = kinds.at(kinds.SUSPENDED, kinds.WITHDRAWN)
"""What only those do for whom an agreement is in force."""
CONCLUDING = (*kinds.CONCLUSIONS, *kinds.CONSENTS)
TAKING_BACK = [(kind.name, kind.takes_back) for kind in kinds.KINDS if kind.takes_back]
"""Kinds that take an act back, each with the kind of that."""


class Facts(NamedTuple):
    """What a rule knows beside the record."""

    day: str
    source_kinds: Mapping[str, str]
    existence: Existence
    """EDTF dates from and until which a party existed, where one is recorded."""
    conflicts: Mapping[str, Sequence[Claim]]
    """Claims of this record that differ, by the fact that they are about."""
    cited: Collection[str] = ()
    """The sources that this record names anywhere (``cited``)."""
    superseded: frozenset[str] = frozenset()
    """Refs that some agreement supersedes, and that are in force on the day all the same."""
    outsiders: Mapping[str, Sequence[tuple[str, str]]] = {}
    """By ref, the parties that are in none of what the agreement depends on on the day, each with the ref of that."""


def asks_what_is_derived(record: Agreement, existence: Existence) -> bool:
    """Tell whether a rule looks at what is derived of a record: where claims, later treaties or lost parties are."""
    return bool(
        record["claims"]
        or any(relation["type"] == "supersedes" for relation in record["relations"])
        or are_gone(contracting(record["parties"]), existence)
    )


class Found(NamedTuple):
    """One finding: where in the record, and a sentence."""

    path: str | None
    text: str


class Rule(NamedTuple):
    """One rule: its level, what it looks for, and how."""

    level: str
    tells: str
    look: Callable[[Agreement, Facts], Iterator[Found]]
    of: frozenset[str] = frozenset()
    """Kinds of events: a record without any of them is not looked at; none = every record is."""


def day_of(event: kinds.Event) -> tuple[str | None, str | None]:
    """Return the first and last possible day on which an event works."""
    return bounds(kinds.effective(event))[:2]


def _acts(record: Agreement, wanted: Sequence[str]) -> list[Event]:
    return [event for event in record["events"] if event["kind"] in wanted and not event["provision"]]


def _meet(one: Event, other: Event) -> bool:
    """Whether two events concern the same parties; none named = everyone."""
    return not one["parties"] or not other["parties"] or bool(set(one["parties"]) & set(other["parties"]))


def _before(event: kinds.Event, others: Sequence[Event], *, all_of: bool = True) -> Event | None:
    """Return the event that ``event`` certainly precedes: the first of all of them, or (not all_of) the last of any."""
    latest = day_of(event)[1]
    dated = [(day_of(other)[0], other) for other in others]
    if latest is None or not dated or (all_of and any(day is None for day, _ in dated)):
        return None
    chosen = (min if all_of else max)((pair for pair in dated if pair[0]), key=lambda pair: pair[0] or "", default=None)
    return chosen[1] if chosen and chosen[0] and latest < chosen[0] else None


def _said(event: kinds.Event) -> str:
    who = f" ({', '.join(event['parties'])})" if event["parties"] else ""
    return f"{kinds.said(event['kind'])} {kinds.effective(event)}{who}"


Early = tuple["Event", "Event"]
"""An event, and the one that it certainly precedes and should follow."""


def _reversed(
    record: Agreement, later: Sequence[str], earlier: Sequence[str], *, all_of: bool = True
) -> Iterator[Early]:
    """Yield events of kinds that come later and lie certainly before those that come earlier."""
    late = _acts(record, later)
    early = _acts(record, earlier) if late else []
    for event in late:
        others = [other for other in early if _meet(event, other)]
        first = _before(event, others, all_of=all_of)
        if first is not None:
            yield event, first


def _told(pairs: Iterator[Early]) -> Iterator[Found]:
    for event, first in pairs:
        yield Found(f"events[{event['id']}].date", f"{_said(event)} is before {_said(first)}")


def _pairs(record: Agreement, later: Sequence[str], earlier: Sequence[str]) -> Iterator[Found]:
    return _told(_reversed(record, later, earlier))


def entered_early(record: Agreement, existence: Existence = NO_LIVES) -> Iterator[Early]:
    """Yield entries into force before the last signature of two, before the first of several, who may sign late."""
    signings = _signings(record)
    early = list(_reversed(record, kinds.ENTRIES, signings, all_of=False))
    if early and not has_two_sides(record, existence):  # before the first of several is before the last, too
        return _reversed(record, kinds.ENTRIES, signings)
    return iter(early)


def consented_early(record: Agreement) -> Iterator[Early]:
    """Yield ratifications, acceptances and approvals before the signature that they confirm (VCLT 14)."""
    return _reversed(record, FOLLOWING, kinds.CONCLUSIONS)


def _retroactive(record: Agreement, facts: Facts) -> Iterator[Found]:
    return _told(entered_early(record, facts.existence))


def _signings(record: Agreement) -> tuple[str, ...]:
    return tuple({event["kind"] for event in kinds.of_signature(record["events"])})


def _ratified_early(record: Agreement, _: Facts) -> Iterator[Found]:
    return _told(consented_early(record))


def _ended_early(record: Agreement, _: Facts) -> Iterator[Found]:
    if any(event["kind"] in kinds.ENDS for event in record["events"]):
        yield from _pairs(record, kinds.ENDS, _signings(record))
        yield from _pairs(record, kinds.ENDS, kinds.ENTRIES)
    duration = record["terms"]["duration"]
    if duration and duration["until"]:
        end: kinds.Event = {"kind": "end of the term", "effective_date": None, "date": duration["until"], "parties": []}
        for begun in (_signings(record), kinds.ENTRIES):
            first = _before(end, _acts(record, begun))
            if first is not None:
                yield Found("terms.duration.until", f"{_said(end)} is before {_said(first)}")


def _out_of_order(record: Agreement, _: Facts) -> Iterator[Found]:
    yield from _pairs(record, OF_MEMBERS, kinds.ENTRIES)
    for kind, taken_back in TAKING_BACK:
        yield from _pairs(record, (kind,), (taken_back,))


def ahead(record: Agreement, day: str) -> Iterator[tuple[Event, str]]:
    """Yield each signature and consent that lies after a day for certain, and a sentence."""
    for event in _acts(record, (*kinds.SIGNATURES, *kinds.SUBSTITUTES, *kinds.CONSENTS)):
        earliest = bounds(event["date"])[0]
        if earliest and earliest > day:
            yield event, f"{_said(event)} lies after {day}"


def _in_the_future(record: Agreement, facts: Facts) -> Iterator[Found]:
    yield from (Found(f"events[{event['id']}].date", text) for event, text in ahead(record, facts.day))


def said_twice(record: Agreement) -> Iterator[tuple[Event, str]]:
    """Yield each event that is one act with an earlier one, and a sentence."""
    for first, event in kinds.repeated(record["events"]):
        ids = f": {first['id']} and {event['id']}" if first["id"] and event["id"] else ""
        yield event, f"{_said(event)} stands twice{ids}"


def _said_twice(record: Agreement, _: Facts) -> Iterator[Found]:
    yield from (Found(f"events[{event['id']}]", text) for event, text in said_twice(record))


def strangers(record: Agreement) -> Iterator[str]:
    """Yield the codes of those who act in an agreement without being listed, where anybody is."""
    known = {party["code"] for party in record["parties"]}
    named = [code for event in record["events"] for code in event["parties"]]
    named += [item["party"] for item in record["signatories"] if item["party"]]
    for code in dict.fromkeys(named) if known else ():
        if code not in known:
            yield code


def _strangers(record: Agreement, _: Facts) -> Iterator[Found]:
    for code in strangers(record):
        yield Found("parties", f"{code} acts in it and is not among its parties")


def _before_it_was(record: Agreement, facts: Facts) -> Iterator[Found]:
    """Yield parties that acted before they came to be or after they ceased to be."""
    all_parties = contracting(record["parties"])
    for event in _acts(record, CONCLUDING):
        earliest, latest = day_of(event)
        for code in dict.fromkeys(event["parties"] or all_parties):
            lived = facts.existence.get(code)
            if lived is None:
                continue
            start, end = bounds(lived.begun)[0], bounds(lived.over)[1]
            if (start and latest and latest < start) or (end and earliest and earliest > end):
                yield Found(f"events[{event['id']}].date", f"{_said(event)}: {code} did not exist then")


def _not_recorded(record: Agreement, facts: Facts) -> Iterator[Found]:
    from tracker.law.doubts import computed

    yield from (Found("events", text) for text in computed.passed(record, facts.day, facts.existence))


def _differs(record: Agreement, facts: Facts) -> Iterator[Found]:
    from tracker.law.doubts import computed

    yield from (Found("events", text) for text in computed.differing(record, facts.day, facts.existence))


def _ceased(record: Agreement, facts: Facts) -> Iterator[Found]:
    from tracker.law.doubts import computed

    yield from (Found("parties", text) for text in computed.ceased(record, facts.day, facts.existence))


def _superseding(record: Agreement, facts: Facts) -> Iterator[Found]:
    from tracker.law.doubts import computed

    yield from (Found("relations", text) for text in computed.superseding(record, facts.superseded))


def _untimely(record: Agreement, _: Facts) -> Iterator[Found]:
    from tracker.law.doubts import computed

    yield from (Found(f"events[{event['id']}].date", text) for event, text in computed.untimely(record))


def _outsiders(record: Agreement, facts: Facts) -> Iterator[Found]:
    for code, target in facts.outsiders.get(record["ref"], ()):
        yield Found(
            "relations",
            f"{code} is a party, and by what is recorded none to {target}, whose parties alone can be parties to it",
        )


def is_undisputed(record: Agreement) -> bool:
    """Tell whether a status counts as contested though no two pieces of evidence or views oppose each other."""
    held = {item["supports"] for item in record["evidence"]} | {view["value"] for view in record["binding_views"]}
    return bool(record["binding_status"] == "contested" and len(held) < 2)


def _undisputed(record: Agreement, _: Facts) -> Iterator[Found]:
    if is_undisputed(record):
        yield Found("binding_status", "contested, and no two pieces of evidence or views oppose each other")


def _views_differ(record: Agreement, _: Facts) -> Iterator[Found]:
    views = [(view["party"] or view["authority"], view["value"]) for view in record["binding_views"]]
    if len({value for _, value in views}) > 1:
        yield Found("binding_views", "; ".join(f"{who}: {value}" for who, value in views))


def _no_evidence(record: Agreement, _: Facts) -> Iterator[Found]:
    judged = record["binding_status"] not in ("contested", "undetermined", "not_assessed")
    if judged and not record["evidence"]:
        yield Found("binding_status", f"{record['binding_status']}, and no evidence says why")


def _unsourced(_: Agreement, facts: Facts) -> Iterator[Found]:
    if not facts.cited:
        yield Found("sources", "nothing in the record names a source")


def _one_news_source(_: Agreement, facts: Facts) -> Iterator[Found]:
    names = facts.cited
    if len(names) == 1 and facts.source_kinds.get(next(iter(names))) in NEWS:
        yield Found("sources", f"rests on {next(iter(names))} alone, a news source")


def _own_knowledge(_: Agreement, facts: Facts) -> Iterator[Found]:
    names = facts.cited
    if names and all(facts.source_kinds.get(name) == "own_knowledge" for name in names):
        yield Found("sources", "rests on own knowledge alone")


def _status_differs(record: Agreement, _: Facts) -> Iterator[Found]:
    for claim in record["claims"]:
        if claim["field"] not in ("status", "derived.status", "topic:status"):
            continue
        derived = record["derived"]
        word = str(claim["value"]).strip().lower().replace(" ", "_").replace("-", "_")
        if word not in (derived["status"], *derived["flags"]):
            who = ", ".join(claim["sources"]) or "a claim"
            yield Found(claim["field"], f"{who}: {claim['value']}; by the rules: {derived['status']}")


def _open_conflict(_: Agreement, facts: Facts) -> Iterator[Found]:
    for field, claims in facts.conflicts.items():
        if not any(claim["adopted"] for claim in claims):
            values = " or ".join(dict.fromkeys(str(claim["value"]) for claim in claims))
            yield Found(field, f"sources differ and none is followed: {values}")


def _doubtful_date(record: Agreement, _: Facts) -> Iterator[Found]:
    for event in record["events"]:
        if event["date"] and event["date"][-1] in "?~%":
            yield Found(f"events[{event['id']}].date", f"{_said(event)} is doubtful")


def _outside(record: Agreement, _: Facts) -> Iterator[Found]:
    for item in record["relations"]:
        if item["target"] is None:
            yield Found("relations", f"{item['type'].replace('_', ' ')} {item['target_title']}: not in the register")


def _incomplete(record: Agreement, _: Facts) -> Iterator[Found]:
    from tracker.law.life.lifecycle import signed

    if not record["parties"]:
        yield Found("parties", "no party is recorded")
    if signed(record["events"]) is None:
        yield Found("signed", "no date of signature is recorded")


def _open_question(record: Agreement, _: Facts) -> Iterator[Found]:
    yield from (Found("open_questions", text) for text in record["open_questions"])


_ENTRIES = frozenset(kinds.ENTRIES)
RULES: Mapping[str, Rule] = {
    "ended_early": Rule("error", "ended before it was signed or began", _ended_early),
    "retroactive_entry": Rule("warning", "entered into force before it was signed", _retroactive, _ENTRIES),
    "ratified_early": Rule("warning", "ratified before it was signed", _ratified_early, frozenset(FOLLOWING)),
    "out_of_order": Rule(
        "warning",
        "dates that cannot follow each other so",
        _out_of_order,
        frozenset((*OF_MEMBERS, *[kind for kind, _ in TAKING_BACK])),
    ),
    "in_the_future": Rule("warning", "signed or ratified after the day asked for", _in_the_future),
    "repeated_act": Rule("warning", "one act stands twice: of one kind, day and parties", _said_twice),
    "stranger": Rule("warning", "somebody acts who is no party", _strangers),
    "existence": Rule("warning", "a party acts when it did not exist", _before_it_was),
    "computed_passed": Rule("warning", "a computed entry into force has passed without a record", _not_recorded),
    "computed_differs": Rule(
        "warning", "an entry into force is recorded for another day than is computed", _differs, _ENTRIES
    ),
    "superseding": Rule("warning", "an agreement and what it supersedes are both in force", _superseding),
    "untimely_notice": Rule(
        "warning",
        "a notice of withdrawal outside the time that the text leaves for it",
        _untimely,
        frozenset(kinds.NOTICES),
    ),
    "outsider": Rule("warning", "a party is none to what the agreement depends on", _outsiders),
    "ceased": Rule("note", "a party ceased to exist", _ceased),
    "undisputed": Rule("warning", "contested, without views that oppose each other", _undisputed),
    "no_evidence": Rule("warning", "a binding status without evidence", _no_evidence),
    "unsourced": Rule("warning", "no source at all", _unsourced),
    "status_differs": Rule("warning", "a source claims another status than the rules derive", _status_differs),
    "open_conflict": Rule("warning", "sources differ and none is followed", _open_conflict),
    "views_differ": Rule("note", "parties or authorities hold different views of the binding status", _views_differ),
    "one_news_source": Rule("note", "one news source is all there is", _one_news_source),
    "own_knowledge": Rule("note", "nothing but own knowledge", _own_knowledge),
    "doubtful_date": Rule("note", "a date with a question mark or circa", _doubtful_date),
    "incomplete": Rule("note", "no party, or no date of signature", _incomplete),
    "outside": Rule("note", "a relation to what is not in the register", _outside),
    "open_question": Rule("note", "a question that somebody left open", _open_question),
}
"""The rules that look at one record; ``ordinal`` looks at a family (``ordinals``)."""
