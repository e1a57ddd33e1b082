"""The orders in which steps may have happened, and what they leave certain: only what is so in every one of them.

Steps whose windows overlap have no known order. Those on one and the same day come in the order of a treaty's life, and
so does what happened on an unknown day. Where the orders are too many to look at, nothing is certain among them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from tracker.dates.day import OPEN
from tracker.law.life.spans import Span
from tracker.law.life.steps import (
    CONSENTED,
    ENDED,
    ENTERED,
    SIGNED,
    TERM_OVER,
    WITHDRAWN,
    Step,
    follow_each_other,
)

MOST, OF_MANY = 120, 8
"""Orders that are looked at, and those of more than a dozen steps."""
DOZEN = 12
FEW = 5
"""Steps of which every order is looked at; of more, those of one kind are taken in the order of their last days."""

Steps = list[Step]


class Orders(NamedTuple):
    """The orders, the likeliest first, and the days among which nothing is certain since some were not looked at."""

    found: list[Steps]
    unsettled: tuple[str, str] | None = None


def orders(steps: Steps) -> Orders:
    """Return the orders in which steps, given in the likeliest one, may have happened."""
    for step in steps:
        if step.earliest != step.latest and step.text is not None:
            break
    else:
        return Orders([steps])
    if len(steps) < 2:
        return Orders([steps])
    undated = [step for step in steps if step.text is None]
    if not undated and follow_each_other(steps):
        return Orders([steps])
    dated = sorted((step for step in steps if step.text is not None), key=lambda step: (step.earliest, step.latest))
    groups = list(_overlapping(dated))
    bounded = any(step.earliest for step in undated)
    if not bounded and all(len(group) == 1 or _is_one_day(group) for group in groups):
        return Orders([steps])
    found: list[Steps] = [[]]
    unsettled: list[Steps] = []
    for group in groups:
        most = max((MOST if len(group) <= DOZEN else OF_MANY) // len(found), 1)
        ways = list(_ways(group, most + 1))
        if len(ways) > most:
            unsettled.append(group)
        found = [[*before, *way] for before in found for way in ways[:most]]
    others = [placed for way in found for placed in _placed(way, undated)]
    return Orders([steps, *(way for way in others if way != steps)], _unsettled(unsettled))


def _overlapping(dated: Sequence[Step]) -> Iterator[Steps]:
    """Group steps, sorted by their first day, so that those of different groups certainly follow each other."""
    group: Steps = []
    final = ""
    for step in dated:
        if group and step.earliest > final:
            yield group
            group, final = [], ""
        group.append(step)
        final = max(final, step.latest)
    if group:
        yield group


def _is_one_day(group: Steps) -> bool:
    return group[0].earliest == max(step.latest for step in group)


def _effect(step: Step) -> tuple[int, str]:
    return step.rank, step.kind if step.rank in (SIGNED, ENTERED, ENDED) else ""


def _precedes(one: Step, other: Step, *, alike: bool) -> bool:
    """Tell whether a step comes first: certainly by its days, on one day by its rank; ``alike`` by its last day."""
    if one.latest < other.earliest:
        return True
    if other.latest < one.earliest:
        return False
    if alike and _effect(one) == _effect(other):
        return (one.latest, one.earliest) < (other.latest, other.earliest)
    return one.latest == other.earliest and one.rank < other.rank


def _ways(group: Steps, most: int) -> Iterator[Steps]:
    """Yield orders of a group, the first by rank, at most so many."""
    waiting = sorted(group, key=lambda step: (step.rank, step.latest, step.earliest))
    alike = len(group) > FEW
    count = 0
    stack: list[tuple[Steps, Steps]] = [([], waiting)]
    while stack and count < most:
        done, left = stack.pop()
        if not left:
            count += 1
            yield done
            continue
        ready = [at for at, step in enumerate(left) if not any(_precedes(other, step, alike=alike) for other in left)]
        stack += [([*done, left[at]], left[:at] + left[at + 1 :]) for at in reversed(_distinct(left, ready or [0]))]


def _distinct(left: Steps, ready: Sequence[int]) -> list[int]:
    """Take of the same steps, and of those alike on the same days, only the first."""
    kept: dict[tuple[object, ...], int] = {}
    for at in ready:
        step = left[at]
        kept.setdefault((_effect(step), step.earliest, step.latest), at)
    return list(kept.values())


def _unsettled(groups: Sequence[Steps]) -> tuple[str, str] | None:
    """Return the days among which steps leave the status open; after acts that undo nothing it is known again."""
    if not groups:
        return None
    steps = [step for group in groups for step in group]
    lasting = all(step.rank <= CONSENTED or step.rank == ENTERED for step in steps)
    return min(step.earliest for step in steps), max(step.latest for step in steps) if lasting else OPEN


def _placed(dated: Steps, undated: Sequence[Step]) -> list[Steps]:
    """Place what happened on an unknown day; an entry that only follows from consents may come last as well.

    That of the whole comes before its end: what ended without any entry on record enters into force no more.
    """
    if not undated:
        return [dated]
    by_rule = [step for step in undated if step.rank == ENTERED and step.earliest and not step.events]
    late = _with(dated, [step for step in undated if step not in by_rule])
    found = [_with(dated, undated), _with_last(late, by_rule)]
    found.append(_with(dated, undated, surely=True))
    return [order for at, order in enumerate(found) if order not in found[:at]]


def _with_last(steps: Steps, entries: Sequence[Step]) -> Steps:
    """Place entries at the end, those of the whole before its first end, unless they certainly come after it."""
    found = list(steps)
    for entry in entries:
        ends = (at for at, step in enumerate(found) if _ends_whole(step) and entry.earliest <= step.latest)
        found.insert(len(found) if entry.who else next(ends, len(found)), entry)
    return found


def _ends_whole(step: Step) -> bool:
    return step.rank >= TERM_OVER or (step.rank == WITHDRAWN and not step.who)


def _with(dated: Steps, undated: Sequence[Step], *, surely: bool = False) -> Steps:
    """Place what happened on an unknown day before what comes later in a treaty's life, where its bounds allow that.

    ``surely``: where they allow it on whichever day that came.
    """
    waiting = sorted(undated, key=lambda step: (step.rank, step.latest, step.earliest))
    placed: Steps = []
    for at, step in enumerate(dated):
        if waiting:
            bound = min([following.earliest if surely else following.latest for following in dated[at:]])
            now = [one for one in waiting if one.rank < step.rank and one.earliest <= bound]
            placed += now
            waiting = [one for one in waiting if one not in now]
        placed.append(step)
    return placed + waiting


def together(versions: Sequence[Sequence[Span]], unsettled: tuple[str, str] | None = None) -> list[Span]:
    """Return the spans of one track that hold in whichever order: certain what all say, possible what any says."""
    first, *more = versions
    if not more and unsettled is None:
        return list(first)
    others = [version for at, version in enumerate(more) if version != first and version not in more[:at]]
    if not others and unsettled is None:
        return list(first)
    rows = [part for row in first for part in _agreed(row, others)]
    if unsettled is not None:
        rows = [part for row in rows for part in _parts(row, _outside(row, *unsettled))]
    likeliest = {id(row) for row in rows}
    for version in others:
        for row in version:
            _admit(rows, row)
    rows.sort(key=lambda row: (row.from_earliest or "", id(row) in likeliest))
    for position, row in enumerate(rows):
        row.position = position
    return rows


Stretch = tuple[str, str]
"""The first day, and the first day no more."""


def _certain(row: Span) -> list[Stretch]:
    if row.uncertain or row.from_latest is None:
        return []
    end = row.until_earliest or OPEN
    return [(row.from_latest, end)] if row.from_latest < end else []


def _agreed(row: Span, others: Sequence[Sequence[Span]]) -> list[Span]:
    """Return a span as certain as all versions are, in parts where they agree on stretches of it alone."""
    held = _certain(row)
    for version in others:
        same = [stretch for other in version if other.status == row.status for stretch in _certain(other)]
        held = [
            (max(one[0], two[0]), min(one[1], two[1]))
            for one in held
            for two in same
            if max(one[0], two[0]) < min(one[1], two[1])
        ]
    return _parts(row, sorted(held))


def _outside(row: Span, begin: str, end: str) -> list[Stretch]:
    found = []
    for first, final in _certain(row):
        found += [(first, min(final, begin)), (max(first, end), final)]
    return [stretch for stretch in found if stretch[0] < stretch[1]]


def _parts(row: Span, held: Sequence[Stretch]) -> list[Span]:
    if held == _certain(row):
        return [row]
    if not held:
        return [replace(row, uncertain=True)]
    return [replace(row, from_latest=first, until_earliest=None if final == OPEN else final) for first, final in held]


def _admit(rows: list[Span], row: Span) -> None:
    """Add a span of another version where it is not among the possible ones yet."""
    begin, end = row.from_earliest or "", row.until_latest or OPEN
    covered = any(
        one.status == row.status and (one.from_earliest or "") <= begin and end <= (one.until_latest or OPEN)
        for one in rows
    )
    if not covered:
        rows.append(replace(row, uncertain=True))
