"""Counting consents: when so many parties were bound at once, and which instruments a numbered one proves."""

from collections.abc import Iterable, Sequence

from tracker.dates.day import OPEN, Stretch
from tracker.law.consents import Consent


def reached(number: int, given: Sequence[Consent]) -> Stretch | None:
    """Return when ``number`` parties were bound at once; None where, on what is recorded, they never were.

    The bounds are those of the ``number``-th act: it cannot come before the ``number``-th earliest first day, and has
    come by the ``number``-th earliest last day. Another instrument can only bring it forward.
    """
    most = [*given, *_unnamed(given, surely=True)]
    given = [*given, *_unnamed(given)]
    earliest = _day(number, [(one.act.earliest, one.until.latest if one.until else OPEN) for one in most])
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


def _unnamed(given: Sequence[Consent], *, surely: bool = False) -> list[Consent]:
    """Return the instruments that a numbered act proves but nobody recorded: 49 lie before the 50th.

    Recorded ones that may have come before it are taken for some of these; ``surely``: only those that did.
    """
    proved: list[Consent] = []
    since = ""
    for one in given:
        act = one.act
        if act.ordinal:
            known = sum(
                other is not one
                and not other.act.hypothetical
                and (other.act.latest <= act.earliest if surely else other.act.earliest <= act.latest)
                for other in (*given, *proved)
            )
            gap = act._replace(earliest=since, ordinal=0, party="")
            proved += [Consent("", gap)] * (act.ordinal - 1 - known)
            since = act.earliest
    return proved


def number_given(given: Sequence[Consent]) -> int:
    """Return how many instruments the record shows or proves, those that were withdrawn left out."""
    return sum(one.until is None for one in given) + len(_unnamed(given))
