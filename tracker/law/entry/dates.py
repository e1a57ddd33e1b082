"""One entry into force, of the instrument or for one party: computed, recorded, and how the two compare."""

from typing import NamedTuple

from tracker.dates.day import PartialDate, Stretch, days_in_month
from tracker.law.consents import Act
from tracker.law.force.conditions import Missing


class Entry(NamedTuple):
    """Entry into force of the instrument (party '') or for one party."""

    party: str
    acts: tuple[Act, ...] = ()
    """The acts that made the date, the deciding ones; of a party its own."""
    computed: PartialDate | None = None
    recorded: PartialDate | None = None
    comparison: str | None = None
    """``agrees``, ``compatible`` (the bounds meet), ``differs``, ``only_recorded``, ``only_computed``,
    ``recorded_later`` (the recorded date lies after the day asked for, nothing is computed yet), or None."""
    days: int | None = None
    """Recorded minus computed, in days; of partial dates the least difference."""
    missing: tuple[Missing, ...] = ()
    how: str = ""
    """The rule behind a party's date: ``with_all``, ``founder``, ``stated``, ``succession``, ``own_period``,
    ``own_consent``, ``withdrew``, ``extinct``."""
    hypothetical: bool = False


def dated(window: Stretch | None) -> PartialDate | None:
    """Return a window as a partial date, in the shortest form; None where nothing bounds it."""
    date = window.date if window else None
    if date is None or date.earliest is None or date.latest is None or date.earliest == date.latest:
        return date
    earliest, latest, doubt = date.earliest, date.latest, date.uncertain
    mark = "?" if doubt else ""
    year, month = earliest[:4], earliest[:7]
    if (earliest, latest) == (f"{year}-01-01", f"{year}-12-31"):
        return PartialDate(year + mark, earliest, latest, doubt)
    if (earliest, latest) == (f"{month}-01", f"{month}-{days_in_month(int(year), int(month[5:]))}"):
        return PartialDate(month + mark, earliest, latest, doubt)
    return date


def compared(entry: Entry, as_of: str) -> Entry:
    """Fill in how the computed date stands to the recorded one."""
    comparison, days = compare(entry.computed, entry.recorded, as_of)
    return entry._replace(comparison=comparison, days=days)


def compare(computed: PartialDate | None, recorded: PartialDate | None, as_of: str) -> tuple[str | None, int | None]:
    """Tell how a computed date stands to the recorded one, and by how many days they differ."""
    if computed is None or recorded is None:
        if recorded is None:
            return (None if computed is None else "only_computed"), None
        later = recorded.earliest is not None and recorded.earliest > as_of
        return ("recorded_later" if later else "only_recorded"), None
    after = _gap(computed.latest, recorded.earliest)
    before = _gap(recorded.latest, computed.earliest)
    if after > 0 or before > 0:
        return "differs", after if after > 0 else -before
    exact = computed.earliest == computed.latest == recorded.earliest == recorded.latest
    return "agrees" if exact or computed[1:3] == recorded[1:3] else "compatible", 0 if exact else None


def _gap(one: str | None, two: str | None) -> int:
    """Return the days from ``one`` to ``two``; 0 where an end is open."""
    from datetime import date

    return 0 if one is None or two is None else (date.fromisoformat(two) - date.fromisoformat(one)).days
