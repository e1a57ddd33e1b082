"""The list of consents to be bound: who, by what act, made and effective when, and until when. All else reads it.

Consent to be bound is established by deposit, exchange or notification (VCLT 16): where a party's ratification and its
deposit are both recorded, the deposit counts. A definitive signature (VCLT 12) is consent as well. A return after a
withdrawal is another consent. An act toward some other party alone, such as the acceptance of its accession, is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from tracker.dates.day import OPEN, Stretch
from tracker.dates.edtf import bounds
from tracker.record import kinds

if TYPE_CHECKING:  # making these classes costs a read two milliseconds
    from tracker.record.typed import Event


BEGINNINGS = (*kinds.CONCLUSIONS, *kinds.at(kinds.ADOPTED))
"""No party consents before the first of these: the bound of an act on an unknown day."""
ORDERED_NOUNS = ("instrument", "ratif", "accept", "approv", "access", "deposit", "notif", "signat", "consent")
"""What a note may count: "50th instrument"."""


class Act(NamedTuple):
    """One act of one party ('' = none is named) with its first and last possible day ('' and ``OPEN`` = open)."""

    kind: str
    party: str
    earliest: str
    latest: str
    text: str | None
    doubt: bool
    event: str | None = None
    """Id of the event; None for a hypothetical act."""
    hypothetical: bool = False
    ordinal: int = 0
    """The number that the record gives it ("50th instrument" in its note), 0 = none."""
    effective: str | None = None
    """EDTF date from which it works, where the record tells one: the treaty is in force for the party from then."""
    maybe: bool = False
    """It may not have happened at all."""

    @property
    def days(self) -> Stretch:
        """The days on which it was made."""
        return Stretch(self.earliest, self.latest, self.doubt)


class Consent(NamedTuple):
    """A party's consent to be bound, and the departure that ended it."""

    party: str
    act: Act
    until: Act | None = None
    effective: Stretch | None = None
    """The recorded day from which the treaty is in force for the party: final, no rule is added to it."""
    since: Act | None = None
    """The departure after which the party came back."""

    @property
    def is_succession(self) -> bool:
        """Whether a successor took over what bound its predecessor."""
        return kinds.row(self.act.kind).succeeds

    def brings(self, entry: Stretch) -> bool:
        """Tell whether a recorded entry into force for the party is that of this consent: it follows on it."""
        after = entry.latest >= self.act.earliest and (self.since is None or entry.latest >= self.since.earliest)
        return after and (self.until is None or entry.earliest <= self.until.earliest)


def acts_of(events: Sequence[Event], names: Iterable[str], as_of: str) -> list[Act]:
    """Return the acts of these kinds that had happened by ``as_of``, in order of time, one for each party that acted.

    An act that may lie after ``as_of`` is in doubt. On an unknown day it lies after the text was fixed or signed.
    """
    wanted = frozenset(names)
    floor = ""
    found = []
    for event in events:
        if event["kind"] not in wanted or event.get("provision") or event.get("toward"):
            continue
        text = event.get("date")
        earliest, latest, doubt = bounds(text)
        if text is None:
            floor = floor or first_day(events)
            latest = bounds(event.get("effective_date"))[1]
            earliest = floor if floor and floor <= (latest or OPEN) else None
        if earliest is not None and earliest > as_of:
            continue
        doubt = doubt or (text is not None and (latest is None or latest > as_of))
        act = Act(
            event["kind"], "", earliest or "", latest or OPEN, text, doubt, event.get("id"), ordinal=ordinal(event),
            effective=event.get("effective_date"),
        )  # fmt: skip
        found += [act._replace(party=party) for party in event.get("parties") or ("",)]
    found.sort(key=_by_time)
    return found


def first_day(events: Sequence[Event]) -> str:
    """Return the day on which the text was fixed or signed, '' for none: before it nobody consents."""
    days = [bounds(event.get("date"))[0] for event in events if event["kind"] in BEGINNINGS]
    return min((day for day in days if day), default="")


def _by_time(act: Act) -> tuple[str, str]:
    return act.earliest, act.latest


def ordinal(event: Event) -> int:
    """Read the number that a note gives to an act, as in "50th instrument"; 0 for none."""
    words = f"{event.get('note') or ''} {event.get('raw') or ''}".lower().split()
    for word, following in pairwise(words):
        number = word.lstrip("(")[:-2]
        if word[-2:] in ("st", "nd", "rd", "th") and number.isdecimal() and following.startswith(ORDERED_NOUNS):
            return int(number)
    return 0


def binding(acts: Sequence[Act], *, by_signature: bool) -> list[Act]:
    """Return the acts that bind: those of consent; where a signature binds (VCLT 12), signatures by name as well."""
    return [act for act in acts if kinds.consents(act.kind) or (by_signature and act.party and binds(act.kind))]


def binds(kind: str) -> bool:
    """Tell whether the text is signed, or issued, by an act of this kind without anything that has to follow."""
    return kind in kinds.CONCLUSIONS and kind not in kinds.SIMPLE_SIGNATURES


def consents(acts: Sequence[Act], departures: Sequence[Act], parties: Sequence[str]) -> list[Consent]:
    """Return the consents that count, in order of time: one for each time that a party came in.

    ``departures`` are withdrawals, and what was taken back; one of party '' is that of all. An act that names nobody
    is that of every one of ``parties``; where none are listed, or the record gives the act a number, it is one
    instrument of a party that is not named.
    """
    own: dict[str, list[Act]] = {}
    found = []
    for act in acts:
        if act.party:
            own.setdefault(act.party, []).append(act)
        elif act.ordinal or not parties:
            found.append(Consent("", act, effective=_effective([act])))
        else:
            for code in parties:
                own.setdefault(code, []).append(act)
    for code, mine in own.items():
        leaving = [act for act in departures if act.party in (code, "") and not kinds.suspends(act.kind)]
        found += _spells(code, mine, sorted(leaving, key=_by_time))
    found.sort(key=lambda consent: _by_time(consent.act))
    return found


def ends(end: Act, acts: Sequence[Act]) -> bool:
    """Tell whether an act ends a consent: a suspension does not, nor a signature taken back after an instrument."""
    kind = kinds.row(end.kind)
    if kinds.suspends(end.kind):
        return False
    if kind.undoes != "signature":
        return True
    before = [act for act in acts if act.earliest <= end.latest]
    return bool(before) and all(kinds.signs(act.kind) for act in before)


def left_first(given: Sequence[Consent], departures: Sequence[Act]) -> dict[str, Act]:
    """Return the act of each party that certainly left, or suspended, before any consent of it that is recorded.

    Whoever leaves or suspends was a party; of several acts the first departure.
    """
    first: dict[str, str] = {}
    for one in given:
        first[one.party] = min(first.get(one.party, OPEN), one.act.earliest)
    found: dict[str, Act] = {}
    shown = [act for act in departures if act.party and kinds.row(act.kind).undoes != "signature"]
    for act in sorted(shown, key=lambda act: (kinds.suspends(act.kind), *_by_time(act))):
        if act.party not in first or act.latest < first[act.party]:
            found.setdefault(act.party, act)
    return found


def _spells(code: str, acts: Sequence[Act], departures: Sequence[Act]) -> list[Consent]:
    """Divide the acts of a party at its departures; an act that works from the day of one is a return."""
    spells = []
    rest = list(acts)
    before: Act | None = None
    for end in [*departures, None]:
        mine: list[Act] = []
        for act in rest:
            if end is not None and end.text is not None:
                begins = (bounds(act.effective)[0] if act.effective else None) or act.earliest
                works_later = begins >= end.earliest and kinds.row(end.kind).undoes != "signature"
                if act.earliest > end.earliest or (mine and works_later):
                    break
            mine.append(act)
        if end is not None and not ends(end, mine):
            continue
        rest = rest[len(mine) :]
        if mine:
            spells.append(Consent(code, counted(mine), end, _effective(mine), before))
        if before is None or (end is not None and not end.maybe):
            before = end
    return spells


def _effective(acts: Sequence[Act]) -> Stretch | None:
    """Return the first day of force that the acts of a spell tell, those like the one that counts before others."""
    kind = counted(acts).kind
    dated = [act for act in acts if act.effective]
    told = [bounds(act.effective) for act in dated if act.kind == kind] or [bounds(act.effective) for act in dated]
    if not told:
        return None
    _, latest, doubt = min(told, key=lambda day: (day[1] or OPEN, day[0] or ""))
    return Stretch(min(day[0] or "" for day in told), latest or OPEN, doubt)


def counted(acts: Sequence[Act]) -> Act:
    """Return the act that establishes the consent, of those of one party in one spell, in order of time, at least one.

    The deposit, where one is recorded (VCLT 16(b)); else the first. Who is bound already is not bound once more by a
    second expression of consent, so that does not move the day.
    """
    return next((act for act in acts if act.kind in kinds.DEPOSITS), acts[0])
