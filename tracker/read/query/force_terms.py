"""Beginning and end of the time in force as terms, over the dates that are printed for the day."""

from tracker.read.query import standings
from tracker.read.query.asked import Days
from tracker.read.query.binds import Binds
from tracker.read.query.conditions import Answers, Condition, Driver, plain

NAMES = {"in_force_from": "spell_from", "in_force_until": "spell_until"}
MISSING = {"in_force_from": "no date", "in_force_until": "no end recorded"}

SPELLS = "SELECT s.agreement_id AS id FROM spans AS s WHERE s.party = '' AND s.spell IS NOT NULL AND "
"""Spells of force, those that are not shown on the day too: more than what matches, from their own index."""


def dated(field: str, wanted: Days, as_of: str, binds: Binds) -> Condition:
    """Return the term that the beginning, or the end, of the time in force lies in a range of days."""
    first, last = (binds.add(day) if day else None for day in wanted)
    name = f"s.{NAMES[field]}"
    inside, possible = [f"{name}_uncertain = 0"], [f"{name} IS NOT NULL"]
    if first:
        inside.append(f"{name}_earliest >= {first}")
        possible.append(f"({name}_latest >= {first} OR {name}_latest IS NULL)")
    if last:
        inside.append(f"{name}_latest <= {last}")
        possible.append(f"({name}_earliest <= {last} OR {name}_earliest IS NULL)")
    known = _shown(f"{name} IS NOT NULL", as_of, binds)
    holds = _shown(" AND ".join([f"{name} IS NOT NULL", *inside]), as_of, binds)
    may = _shown(" AND ".join(possible), as_of, binds)
    doubtless = _shown(f"{name} IS NOT NULL AND {name}_uncertain = 0", as_of, binds)
    way_in = SPELLS + " AND ".join([f"({name}_earliest IS NOT NULL OR {name}_latest IS NOT NULL)", *possible[1:]])
    return Condition(
        Answers(holds, may, f"({may}) OR NOT {known}"),
        Answers(f"NOT {may} AND {doubtless}", f"NOT {holds} AND {known}", f"NOT {holds}"),
        ((f"{field}: {MISSING[field]}", f"NOT {known}"),),
        drivers=(Driver(way_in, way_in),),
        single=False,
    )


def present(field: str, as_of: str, binds: Binds) -> Condition:
    """Return the term that the beginning, or an end, of the time in force is known."""
    return plain(_shown(f"s.{NAMES[field]} IS NOT NULL", as_of, binds))


def absent(field: str, as_of: str, binds: Binds) -> Condition:
    """Return the term that no beginning, or no end, of the time in force is known; an end only of what has begun."""
    known = _shown(f"s.{NAMES[field]} IS NOT NULL", as_of, binds)
    if field == "in_force_from":
        return plain(f"NOT {known}")
    return plain(f"{_shown('1', as_of, binds)} AND NOT {known}")


def _shown(which: str, as_of: str, binds: Binds) -> str:
    """Return the condition that the spell of force that is shown for the day is like this; false without a spell."""
    return f"ifnull({standings.on(binds.add(as_of), standings.of_shown_spell(which))}, 0)"
