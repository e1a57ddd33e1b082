"""What the events of an agreement make of it: its status, each party's, and when; the rules of a treaty's life.

The newest of termination, expiry, supersession or discontinuance decides; else a suspension that was not lifted; else
entry into force (arrangements become operative); else provisional application; else the furthest of signature,
adoption, initialling, negotiation and announcement. Spans hold the answer for every day at once; ``standing`` reads one
day off.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from tracker.dates.day import OPEN, DateError, PartialDate, Stretch, between, last
from tracker.dates.edtf import parse
from tracker.dates.periods import PeriodError
from tracker.law import parties as law_of_parties
from tracker.law.consents import acts_of
from tracker.law.force.conditions import NO_ROLES, Facts, Other, Roles
from tracker.law.force.facts import KINDS, facts_of, known, recorded
from tracker.law.force.joining import Joining
from tracker.law.force.rule import rule_of
from tracker.law.life import steps as life
from tracker.law.life.instrument import Sides, whole_spans
from tracker.law.life.membership import Membership, Place, Rules
from tracker.law.life.party_spans import either, party_spans
from tracker.law.life.sequence import Setting, departures, enters, steps_of
from tracker.law.life.spans import SPAN_COLUMNS, Span, tell_spells
from tracker.law.life.standing import SPAN_FLAGS, Standing, flags, possible, possible_flags, standing, standings
from tracker.law.life.steps import ANY_DAY, Step
from tracker.law.successors import NO_LIVES, Existence, Vacancy, are_gone, as_sides, heirs, since, vacant, without
from tracker.record import kinds
from tracker.record.kinds import of_signature
from tracker.record.types import Json

if TYPE_CHECKING:  # making these classes costs a read two milliseconds
    from tracker.record.typed import Agreement, EntryIntoForce, Event, Terms


__all__ = [
    "SPAN_COLUMNS",
    "SPAN_FLAGS",
    "Span",
    "Standing",
    "flags",
    "of_provision",
    "of_record",
    "possible",
    "possible_flags",
    "signed",
    "spans",
    "standing",
    "standings",
]


class Around(NamedTuple):
    """What the spans of a record follow from beside the record: other agreements and its parties."""

    successors: Sequence[PartialDate] = ()
    """Entries into force of instruments that supersede it: they date a ``superseded`` without a day (VCLT 59)."""
    wholes: Sequence[PartialDate] = ()
    """Ends of instruments that it amends or extends, or on which it depends: it ended with them."""
    left: Sequence[tuple[str, PartialDate]] = ()
    """Codes of those who left the instrument on which it depends, with the day: they left both."""
    joined: Mapping[str, str] | None = None
    """From which day each is for certain a party to the instrument on which it depends; None = it depends on none."""
    awaited: PartialDate | None = None
    """Entry into force of the instrument that its own one waits for; None = it waits for none, or that has none yet."""
    existence: Existence = NO_LIVES
    """How long its parties existed, of those of whom it is recorded."""
    roles: Roles = NO_ROLES
    """Roles of its parties as sources state them."""
    more: int = 0
    """Parties of whom nobody knows yet who they are."""


NOTHING = Around()


class Derivation(NamedTuple):
    """What follows from a record before its life is followed: the courses of its steps, and what decides about them."""

    worlds: list[list[Step]]
    """The steps in order: with the entry into force that only follows from the rules, if any; then without it."""
    codes: tuple[str, ...]
    sides: tuple[str, ...]
    """The codes without successors that stand in the place of another one."""
    places: Mapping[str, Place]
    after: Mapping[str, Place]
    """Successors without any act of their own, who may stand in the place of one of many."""
    bilateral: bool | None
    rules: Rules


def derive(
    events: Sequence[Event],
    *,
    binding_status: str,
    parties: Sequence[str],
    terms: Terms | None = None,
    around: Around = NOTHING,
) -> Derivation:
    """Return what ``spans``, and whatever else asks for the steps of a record, follow from."""
    codes = tuple(dict.fromkeys(parties))
    clause = terms.get("entry_into_force") if terms else None
    bilateral = law_of_parties.is_bilateral(codes, clause, events, around.existence, around.more)
    later = _places(events, codes, around.existence) if around.existence and len(codes) > 2 else {}
    places = later if bilateral else {}
    acting = {code for event in events for code in event["parties"]} if later else set()
    after = {code: place for code, place in later.items() if code not in places and code not in acting}
    events = as_sides(events, {code: place.of for code, place in places.items()})
    sides = tuple(code for code in codes if code not in places)
    open_side = _vacancy(codes, events, clause, bilateral, around.existence)
    begun = open_side.since if open_side else None
    setting = Setting(binding_status != "non_binding", bilateral, around.successors, around.wholes, around.left, begun)
    steps = steps_of(events, sides, terms, setting)
    lives = without(around.existence, [place.of for place in places.values()])
    other = Other("", around.awaited) if around.awaited is not None else None
    outside = known(bilateral=bool(bilateral), other=other, existence=lives, roles=around.roles)
    rules = Rules(partial(joining_of, steps, events, sides, clause, setting, outside))
    undated = _undated_entries(steps) if clause else []
    if undated and (joining := rules()) is not None and joining.computed is not None:
        steps = _dated(steps, undated, joining.computed)
    worlds = [steps]
    if (steps or clause) and not enters(steps) and (joining := rules()) is not None and joining.computed is not None:
        worlds.insert(0, steps_of(events, sides, terms, setting, _supposed(joining, joining.computed)))
    return Derivation(worlds, codes, sides, places, after, bilateral, rules)


def spans(
    events: Sequence[Event],
    *,
    binding_status: str,
    parties: Sequence[str],
    terms: Terms | None = None,
    around: Around = NOTHING,
) -> list[Span]:
    """Return the spans of the instrument (party '') and of each party, each numbered from 0 in order of time.

    Besides statuses the instrument has spans of the flags ``notice_given`` and ``partly_ratified`` (``SPAN_FLAGS``).
    ``parties`` are the codes of the record's parties; a code may come twice, with two entities. An entry into force
    that only follows from the rules is possible, not certain: the spans hold what is so with it and without it.
    """
    held = derive(events, binding_status=binding_status, parties=parties, terms=terms, around=around)
    clause = terms.get("entry_into_force") if terms else None
    if not held.worlds[-1] and not clause:
        return []
    asked = Sides(held.sides, binding_status, held.bilateral, may_be_empty=_may_be_empty(held.sides, clause))
    whole = whole_spans(held.worlds, asked)
    flat = [span for spans in whole for span in spans]
    for position, span in enumerate(flat):
        span.position = position
    members = [
        party_spans(
            world,
            held.codes,
            whole[0],
            Membership(
                held.rules,
                held.bilateral,
                around.roles,
                around.existence,
                enters(world),
                around.joined,
                held.places,
                held.after,
            ),
        )
        for world in reversed(held.worlds)
    ]
    joined = members[0] if len(members) == 1 else either(members[1], members[0])
    tell_spells(whole[0])
    return flat + joined


def steps_of_record(record: Agreement, around: Around = NOTHING) -> list[Step]:
    """Return the steps that the status of a record follows from, in order, with the entry that its rules compute."""
    events = law_of_parties.acts(record["events"], record["parties"])
    codes = law_of_parties.contracting(record["parties"])
    status, terms = record["binding_status"], record["terms"]
    around = around._replace(more=law_of_parties.unnamed(record.get("open_questions")))
    return derive(events, binding_status=status, parties=codes, terms=terms, around=around).worlds[0]


def _vacancy(
    codes: tuple[str, ...],
    events: Sequence[Event],
    clause: EntryIntoForce | None,
    bilateral: bool | None,
    existence: Existence,
) -> Vacancy | None:
    """Return which sides exist no more, so that no two are known to be left; None where others are left."""
    if not are_gone(codes, existence):
        return None
    if bilateral is False and not _may_be_empty(codes, clause):
        return None
    return vacant(codes, events, existence, few=bilateral is not False)


def vacancy(record: Agreement, existence: Existence) -> Vacancy | None:
    """Return the sides of a record that exist no more, and in whose place nobody is known to stand."""
    codes = law_of_parties.contracting(record["parties"])
    events = law_of_parties.acts(record["events"], record["parties"])
    clause = record["terms"]["entry_into_force"]
    bilateral = law_of_parties.is_bilateral(codes, clause, events, existence)
    return _vacancy(codes, events, clause, bilateral, existence)


def _places(events: Sequence[Event], codes: Sequence[str], existence: Existence) -> dict[str, Place]:
    """Return in whose place, and from which day, successors stand among the parties."""
    later = heirs(codes, events, existence)
    return {code: Place(before, since(code, before, events, existence)) for code, before in later.items()}


def joining_of(
    steps: Sequence[Step],
    events: Sequence[Event],
    codes: tuple[str, ...],
    clause: EntryIntoForce | None,
    setting: Setting,
    outside: Facts,
) -> Joining | None:
    """Return what the rules make of the consents; None where no consent and no condition is recorded."""
    if not clause and not any(kinds.consents(step.kind) for step in steps):
        return None
    whole = [event for event in events if not event.get("provision")]
    try:
        rule = rule_of(clause)
        facts = facts_of(acts_of(whole, KINDS, OPEN), departures(steps), codes, rule, outside)
        return Joining(rule, facts, recorded(whole, codes), treaty=setting.treaty)
    except (DateError, PeriodError):
        return None


def _undated_entries(steps: Sequence[Step]) -> list[Step]:
    """Return the entries of the whole, recorded or implied, where none of them tells its day."""
    entries = [step for step in steps if step.rank == life.ENTERED and not step.who]
    return [] if any(step.text is not None for step in entries) else entries


def _dated(steps: Sequence[Step], entries: Sequence[Step], computed: Stretch) -> list[Step]:
    """Return the steps with the entries of the whole, recorded for an unknown day, on the computed one.

    In doubt where only an end or a suspension shows that there was one.
    """
    date = computed.date
    text = date.edtf if date is not None else None
    days = (*computed[:2], text, computed.uncertain or not any(step.events for step in entries))
    found = [step._replace(earliest=days[0], latest=days[1], text=text, doubt=days[3]) if step in entries else step
             for step in steps]  # fmt: skip
    life.put_in_order(found)
    return found


def _supposed(joining: Joining, computed: Stretch) -> Stretch:
    """Return the day of an entry that is not recorded: as computed, on it or later where no condition is recorded."""
    told = joining.rule.condition not in ("", "unknown") or joining.rule.met is not None
    return computed if told else Stretch(computed.earliest, ANY_DAY, uncertain=True)


def _may_be_empty(codes: tuple[str, ...], clause: EntryIntoForce | None) -> bool:
    """Tell whether those who left may have been all: unless the record lists fewer than the treaty has for certain."""
    number = (clause.get("number") if clause else None) or 2
    return len(codes) >= max(number, 2)


def of_record(
    record: Agreement,
    *,
    provision: str = "",
    others: Sequence[str] = (),
    around: Around = NOTHING,
) -> list[Span]:
    """Return the spans of a record, or of one provision of it; observers and others outside it are left out.

    ``others`` are codes that act in it without being listed, to be followed as well.
    """
    events = law_of_parties.acts(record["events"], record["parties"])
    roles, more = law_of_parties.roles(record["parties"]), law_of_parties.unnamed(record.get("open_questions"))
    return spans(
        of_provision(events, provision) if provision else events,
        binding_status=record["binding_status"],
        parties=(*law_of_parties.contracting(record["parties"]), *others),
        terms=record["terms"],
        around=around._replace(roles=roles, more=more) if roles or more else around,
    )


def of_provision(events: Sequence[Event], provision: str) -> list[Event]:
    """Return the events that make the life of one provision, as if it were an instrument of its own.

    What happens to the whole happens to its parts (VCLT 44); a part that has an entry into force of its own does not
    share that of the whole.
    """
    own = [event for event in events if event.get("provision") == provision]
    enters = any(kinds.stage(event["kind"]) == life.ENTERED for event in own)
    return [
        {**event, "provision": None}
        for event in events
        if event.get("provision") == provision
        or (not event.get("provision") and not (enters and kinds.stage(event["kind"]) == life.ENTERED))
    ]


def signed(events: Sequence[Mapping[str, Json]]) -> PartialDate | None:
    """Return the date of the last act of signature (``acts.of_signature``).

    None where there is none or no day of any is known; with an act on an unknown day beside dated ones, "on or after".
    """
    acts = [event["date"] for event in of_signature(events)]
    if len(acts) == 1:
        return None if acts[0] is None else parse(acts[0])
    dated = last([parse(text) for text in acts if text is not None])
    if dated is None or None not in acts:
        return dated
    return None if dated.earliest is None else between(dated.earliest, None, uncertain=dated.uncertain)


def concluded(events: Sequence[Event], last_signed: PartialDate | None) -> PartialDate | None:
    """Return the date by which an agreement is cited: adoption, else opening for signature, else the last signature."""
    for kind in ("text_adopted", "opened_for_signature"):
        days = [event["date"] for event in events if event["kind"] == kind and not event["provision"] and event["date"]]
        if days:
            return parse(min(days))
    return last_signed
