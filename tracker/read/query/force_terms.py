"""Beginning and end of the time in force as terms: those of the spell that holds on the day, else of the last one.

The rule is that of ``law.life.standing``: a spell runs from a span in force, or operative, through all that follow it
without another status between, suspensions included.
"""

from tracker.read.query.asked import Days
from tracker.read.query.binds import Binds
from tracker.read.query.conditions import Answers, Condition, Driver, plain

FORCE = "('in_force', 'operative')"
GOING_ON = "('in_force', 'operative', 'suspended')"

OPENING = (
    "{s}.party = '' AND {s}.status IN " + FORCE + " AND NOT EXISTS (SELECT 1 FROM spans AS p"
    " WHERE p.agreement_id = {s}.agreement_id AND p.party = '' AND p.position = {s}.position - 1"
    " AND p.status IN " + GOING_ON + ")"
)
"""A span opens a spell."""

CLOSING = (
    "(CASE WHEN NOT EXISTS (SELECT 1 FROM spans AS g WHERE g.agreement_id = {s}.agreement_id AND g.party = ''"
    " AND g.position = {s}.position + 1 AND g.status IN " + GOING_ON + ") THEN {s}.position ELSE"
    " (SELECT min(l.position) FROM spans AS l WHERE l.agreement_id = {s}.agreement_id AND l.party = ''"
    " AND l.position >= {s}.position AND NOT EXISTS (SELECT 1 FROM spans AS n WHERE n.agreement_id = l.agreement_id"
    " AND n.party = '' AND n.position = l.position + 1 AND n.status IN " + GOING_ON + ")) END)"
)
"""Position of the span that closes the spell that a span opens."""

HOLDS = (
    "({s}.from_earliest IS NULL OR {s}.from_earliest <= {day}) AND EXISTS (SELECT 1 FROM spans AS e"
    " WHERE e.agreement_id = {s}.agreement_id AND e.party = '' AND e.position = {closing}"
    " AND (e.until_latest IS NULL OR {day} < e.until_latest))"
)

SPANS = (
    "SELECT t.agreement_id AS id FROM spans AS t WHERE t.party = '' AND t.status IN " + GOING_ON + ""
    " AND (t.{name}_earliest IS NOT NULL OR t.{name}_latest IS NOT NULL)"
)
"""More than what matches, from the index of statuses alone."""

COLUMN = {"in_force_from": "from", "in_force_until": "until"}
MISSING = {"in_force_from": "no date", "in_force_until": "no end recorded"}


def dated(field: str, wanted: Days, as_of: str, binds: Binds) -> Condition:
    """Return the term that the beginning, or the end, of the time in force lies in a range of days."""
    first, last = (binds.add(day) if day else None for day in wanted)
    name = COLUMN[field]
    certain, possible = ["t.uncertain = 0"], []
    if first:
        certain.append(f"t.{name}_earliest >= {first}")
        possible.append(f"(t.{name}_latest >= {first} OR t.{name}_latest IS NULL)")
    if last:
        certain.append(f"t.{name}_latest <= {last}")
        possible.append(f"(t.{name}_earliest <= {last} OR t.{name}_earliest IS NULL)")
    known = _exists(field, f"t.{name}_date IS NOT NULL", as_of, binds)
    holds = _exists(field, " AND ".join([f"t.{name}_date IS NOT NULL", *certain]), as_of, binds)
    may = _exists(field, " AND ".join([f"t.{name}_date IS NOT NULL", *possible]), as_of, binds)
    doubtless = _exists(field, f"t.{name}_date IS NOT NULL AND t.uncertain = 0", as_of, binds)
    return Condition(
        Answers(holds, may, f"({may}) OR NOT {known}"),
        Answers(f"NOT {may} AND {doubtless}", f"NOT {holds} AND {known}", f"NOT {holds}"),
        ((f"{field}: {MISSING[field]}", f"NOT {known}"),),
        drivers=(Driver(*[f"{SPANS.format(name=name)} AND {' AND '.join(possible)}"] * 2),),
        single=False,
    )


def present(field: str, as_of: str, binds: Binds) -> Condition:
    """Return the term that the beginning, or an end, of the time in force is known."""
    return plain(_exists(field, f"t.{COLUMN[field]}_date IS NOT NULL", as_of, binds))


def absent(field: str, as_of: str, binds: Binds) -> Condition:
    """Return the term that no day is known; for an end: in force, and no end recorded."""
    known = present(field, as_of, binds).yes.certain
    if field == "in_force_from":
        return plain(f"NOT {known}")
    begun = f"EXISTS (SELECT 1 FROM spans AS s WHERE s.agreement_id = a.id AND s.party = '' AND s.status IN {FORCE})"
    return plain(f"{begun} AND NOT {known}")


def _exists(field: str, which: str, as_of: str, binds: Binds) -> str:
    """The condition that the span with the wanted end of the chosen spell is like this."""
    day = binds.add(as_of)

    def openings(alias: str, more: str = "") -> str:
        opening = OPENING.format(s=alias)
        spans = f"spans AS {alias} WHERE {alias}.agreement_id = a.id AND {opening}"
        return f"(SELECT max({alias}.position) FROM {spans}{more})"

    holding = " AND " + HOLDS.format(s="h", day=day, closing=CLOSING.format(s="h"))
    opening = "t" if field == "in_force_from" else "s"
    only = (
        f"NOT EXISTS (SELECT 1 FROM spans AS x WHERE x.agreement_id = a.id AND x.party = '' AND +x.status IN {FORCE}"
        f" AND x.position <> {opening}.position)"
    )
    chosen = f"({only} OR {opening}.position = coalesce({openings('h', holding)}, {openings('o')}))"
    if field == "in_force_from":
        return (
            f"EXISTS (SELECT 1 FROM spans AS t WHERE t.agreement_id = a.id AND t.party = ''"
            f" AND +t.status IN {FORCE} AND {which} AND {chosen})"
        )
    return (
        "EXISTS (SELECT 1 FROM spans AS s JOIN spans AS t ON t.agreement_id = s.agreement_id AND t.party = ''"
        f" AND t.position = {CLOSING.format(s='s')} WHERE s.agreement_id = a.id AND s.party = ''"
        f" AND +s.status IN {FORCE} AND {which} AND {chosen})"
    )
