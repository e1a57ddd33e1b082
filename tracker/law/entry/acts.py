"""The acts that bring an agreement into force: signatures, instruments, notes and notifications, from its events.

Consent to be bound is established by deposit, exchange or notification (VCLT 16): where a party's ratification and its
deposit are both recorded, the deposit counts. A definitive signature (VCLT 12) is consent as well. A party that
withdrew is counted until then.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from tracker.dates.day import OPEN, Stretch
from tracker.dates.edtf import bounds
from tracker.record import kinds

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

    @property
    def days(self) -> Stretch:
        """Its possible days."""
        return Stretch(self.earliest, self.latest, self.doubt)


class Consent(NamedTuple):
    """A party's consent to be bound, and the withdrawal that ended it."""

    party: str
    act: Act
    until: Act | None = None


def acts_of(events: Sequence[Mapping[str, Any]], names: Iterable[str], as_of: str) -> list[Act]:
    """Return the acts of these kinds that had happened by ``as_of``, in order of time, one for each party that acted.

    An act that may lie after ``as_of`` is in doubt. On an unknown day it lies after the text was fixed or signed.
    """
    wanted = frozenset(names)
    floor = ""
    found = []
    for event in events:
        if event["kind"] not in wanted:
            continue
        text = event.get("date")
        earliest, latest, doubt = bounds(text)
        if text is None:
            floor = floor or _floor(events)
            earliest, latest = floor or None, bounds(event.get("effective_date"))[1]
        if earliest is not None and earliest > as_of:
            continue
        doubt = doubt or (text is not None and (latest is None or latest > as_of))
        act = Act(
            event["kind"], "", earliest or "", latest or OPEN, text, doubt, event.get("id"), ordinal=_ordinal(event)
        )
        found += [act._replace(party=party) for party in event.get("parties") or ("",)]
    found.sort(key=_by_time)
    return found


def _floor(events: Sequence[Mapping[str, Any]]) -> str:
    days = [bounds(event.get("date"))[0] for event in events if event["kind"] in BEGINNINGS]
    return min((day for day in days if day), default="")


def _by_time(act: Act) -> tuple[str, str]:
    return act.earliest, act.latest


def _ordinal(event: Mapping[str, Any]) -> int:
    """Read the number that a note gives to an act, as in "50th instrument"."""
    words = f"{event.get('note') or ''} {event.get('raw') or ''}".lower().split()
    for word, following in pairwise(words):
        number = word.lstrip("(")[:-2]
        if word[-2:] in ("st", "nd", "rd", "th") and number.isdecimal() and following.startswith(ORDERED_NOUNS):
            return int(number)
    return 0


def consents(acts: Sequence[Act], leaving: Sequence[Act], parties: Sequence[str]) -> list[Consent]:
    """Return the consents that count, in order of time: one for each time that a party came in.

    An act that names nobody is that of every one of ``parties``; where none are listed, or the record gives the act a
    number, it is one instrument of a party that is not named.
    """
    own: dict[str, list[Act]] = {}
    found = []
    for act in acts:
        if act.party:
            own.setdefault(act.party, []).append(act)
        elif act.ordinal or not parties:
            found.append(Consent("", act))
        else:
            for code in parties:
                own.setdefault(code, []).append(act)
    for code, mine in own.items():
        found += _spells(code, mine, [act for act in leaving if act.party == code])
    found.sort(key=lambda consent: _by_time(consent.act))
    return found


def _spells(code: str, acts: Sequence[Act], leaving: Sequence[Act]) -> list[Consent]:
    spells = []
    rest = list(acts)
    for end in [*leaving, None]:
        mine = [act for act in rest if end is None or end.text is None or act.earliest <= end.earliest]
        rest = rest[len(mine) :]
        if mine:
            spells.append(Consent(code, counted(mine), end))
    return spells


def counted(acts: Sequence[Act]) -> Act:
    """Return the act that establishes the consent, of those of one party in one spell, in order of time, at least one.

    The deposit, where one is recorded (VCLT 16(b)); else the first. Who is bound already is not bound once more by a
    second expression of consent, so that does not move the day.
    """
    return next((act for act in acts if act.kind in kinds.DEPOSITS), acts[0])


def reached(number: int, given: Sequence[Consent]) -> Stretch | None:
    """Return when ``number`` parties were bound at once; None where, on what is recorded, they never were.

    The bounds are those of the ``number``-th act: it cannot come before the ``number``-th earliest first day, and has
    come by the ``number``-th earliest last day. Another instrument can only bring it forward.
    """
    given = [*given, *_unnamed(given)]
    earliest = _day(number, [(one.act.earliest, one.until.latest if one.until else OPEN) for one in given])
    if earliest is None:
        return None
    latest = _day(number, [(one.act.latest, one.until.earliest if one.until else OPEN) for one in given]) or OPEN
    doubt = any(one.act.doubt and one.act.earliest <= latest and one.act.latest >= earliest for one in given)
    return Stretch(earliest, latest, doubt)


def _day(number: int, stretches: Iterable[tuple[str, str]]) -> str | None:
    """Return the first day on which ``number`` of the stretches run."""
    turns = []
    for begin, end in stretches:
        if begin < end or end == OPEN:
            turns += [(begin, -1), (end, 1)]
    running = 0
    for day, leaves in sorted(turns):
        running -= leaves
        if running >= number:
            return day
    return None


def _unnamed(given: Sequence[Consent]) -> list[Consent]:
    """Return the instruments that a numbered act proves but nobody recorded: 49 lie before the 50th."""
    proved: list[Consent] = []
    since = ""
    for one in given:
        act = one.act
        if act.ordinal:
            known = sum(
                other is not one and not other.act.hypothetical and other.act.earliest <= act.latest
                for other in (*given, *proved)
            )
            gap = act._replace(earliest=since, ordinal=0, party="")
            proved += [Consent("", gap)] * (act.ordinal - 1 - known)
            since = act.earliest
    return proved


def number_given(given: Sequence[Consent]) -> int:
    """Return how many instruments the record shows or proves, those that were withdrawn left out."""
    return sum(one.until is None for one in given) + len(_unnamed(given))
