"""What spans say about one day, as SQL over the view ``spans AS s``: the same rules as ``law.life.standing``.

A query, a sort and a report ask here what holds; ``{day}`` stands for the day, ``a`` for the agreement. Beginning and
end of the time in force are asked of the dates that are printed for the day.
"""

from collections.abc import Sequence

from tracker.dates.day import DayRange
from tracker.law.life.standing import BOUND, IN_FORCE, SPAN_FLAGS
from tracker.read.query.binds import Binds, is_one_of
from tracker.read.query.column_conditions import NUMBER_OPEN, reaching, within
from tracker.read.query.conditions import (
    AccessPath,
    Answers,
    Condition,
    Missing,
    any_of,
    three_valued,
    two_valued,
    unless,
)
from tracker.record.kinds import quoted

POSSIBLY = (
    "(s.from_earliest IS NULL OR s.from_earliest <= {day}) AND (s.until_latest IS NULL OR {day} < s.until_latest)"
)
CERTAINLY = "s.from_latest <= {day} AND (s.until_earliest IS NULL OR {day} < s.until_earliest) AND s.uncertain = 0"
"""When the status of a span holds on a day (the comment of table ``span``)."""

BEGUN = "(s.from_latest IS NULL OR s.from_latest <= {day})"
"""The whole window of the beginning lies behind; a beginning on an unknown day counts as begun."""

STAGE = f"s.agreement_id = a.id AND s.party = '' AND s.status NOT IN ({quoted(sorted(SPAN_FLAGS))})"
"""A span of the instrument's own status."""

FORCE = f"s.status IN ({quoted(IN_FORCE)})"
OF_PARTY, BINDS = "s.party <> ''", f"s.status = '{BOUND}'"
"""A span of a party, and the status of one for which the agreement is in force: as their index is made."""
UNENDED = f"{FORCE} AND s.spell_ended = 0"
"""In force, and no end of the spell of force is recorded; a suspension does not end it."""

COMPUTED = f"+{FORCE} AND s.uncertain = 1 AND s.from_events IS NULL AND s.from_date IS NOT NULL"
"""A force that only follows from the rules: no event began it. They have an index of their own, hence the plus."""

UNKNOWN = "unknown"
"""What is printed where nothing tells the status."""

_LAST = "(SELECT s.status FROM spans AS s WHERE {stage} AND {holds} ORDER BY s.position DESC LIMIT 1)"
CERTAIN_STATUS = _LAST.format(stage=STAGE, holds=CERTAINLY)
"""The status that certainly holds on a day, NULL for none."""

STATUS = f"coalesce({CERTAIN_STATUS}, {_LAST.format(stage=STAGE, holds=f'{POSSIBLY} AND {BEGUN}')}, '{UNKNOWN}')"
"""The status on a day: what certainly holds, else the furthest stage that has begun."""

STATUS_OF_PARTY = STATUS.replace("s.party = ''", "s.party = :party").replace(f"'{UNKNOWN}'", "'listed'")
"""The same of the party ``:party``."""

_OF_SPELL = "FROM spans AS s WHERE s.agreement_id = a.id AND s.party = '' AND s.spell IS NOT NULL"
_SHOWN_FIRST = (
    "ORDER BY (s.spell_begins IS NULL OR s.spell_begins <= {day}) AND (s.spell_ends IS NULL OR {day} < s.spell_ends)"
    " DESC, s.position DESC LIMIT 1"
)


def of_shown_spell(expression: str) -> str:
    """Return an expression over the spell of force that is shown for a day: the last that may hold, else the last."""
    return f"(SELECT {expression} {_OF_SPELL} {_SHOWN_FIRST})"


FLAGGED = {
    **{flag: f"s.status = '{flag}'" for flag in sorted(SPAN_FLAGS)},
    "no_end_recorded": UNENDED,
    "computed_entry": f"{COMPUTED} AND {BEGUN}",
}
"""Which spans that may hold on the day make a flag."""

_HOLDS = {"computed_entry": "1"}
"""When a flag holds for certain: as its span does, but where that it is computed is all that it says."""

MARKS = 3
"""A flag is marked 0, 1 where it may hold, and 2 where it does for certain."""

FLAGS_MARKED = (
    "ifnull((SELECT {marks} FROM spans AS s WHERE s.agreement_id = a.id AND s.party = '' AND {possibly}), 0)".format(
        possibly=POSSIBLY,
        marks=" + ".join(
            f"{MARKS**at} * max(iif({which}, 1 + ifnull({_HOLDS.get(flag, CERTAINLY)}, 0), 0))"
            for at, (flag, which) in enumerate(FLAGGED.items())
        ),
    )
)
"""The marks of all flags of an agreement on a day in one number, the first flag in its last digit."""


def on(day: str, sql: str) -> str:
    """Return a piece of SQL of this module for a day, given as an expression."""
    return sql.replace("{day}", day)


def status(words: Sequence[str], as_of: str, binds: Binds) -> Condition:
    """Return the condition that an agreement has one of these statuses, or flags, on a day."""
    day = binds.add(as_of)
    of_spans = [word for word in words if word not in _SPECIAL]
    conditions = [_span(f"s.status {is_one_of(of_spans, binds)}", day)] if of_spans else []
    if "no_end_recorded" in words:
        conditions.append(_span(FLAGGED["no_end_recorded"], day))
    if "computed_entry" in words:
        conditions.append(_computed(day))
    if UNKNOWN in words:
        conditions.append(_unknown(day))
    return any_of(conditions)


UNTOLD = "SELECT id FROM agreements WHERE told_from IS NULL UNION ALL SELECT id FROM agreements WHERE told_from > {day}"
"""Agreements of which something may fail to tell the status on a day: more than what matches."""

_SPECIAL = ("no_end_recorded", "computed_entry", UNKNOWN)


def bound(codes: Sequence[str], as_of: str, binds: Binds) -> Condition:
    """Return the condition that an agreement is in force for one of these parties on a day, without any for anybody.

    While it is in force, a party of whom nobody knows yet who it is may be one of these.
    """
    day = binds.add(as_of)
    if not codes:
        return _span(BINDS, day, OF_PARTY)
    bound_by_name = any_of([_span(BINDS, day, f"{OF_PARTY} AND s.party = {binds.add(code)}") for code in codes])
    return unless(bound_by_name, f"{NUMBER_OPEN} AND ({_span(BINDS, day).yes.possible})")


def _span(which: str, day: str, whose: str = "s.party = ''") -> Condition:
    """Return the condition that a span of the instrument, or of a party, holds on a day."""
    possible, certain = on(day, POSSIBLY), on(day, CERTAINLY)
    # The plus keeps SQLite from looking for one agreement in the index of statuses instead of in the primary key.
    exists = f"EXISTS (SELECT 1 FROM spans AS s WHERE s.agreement_id = a.id AND {whose} AND +{which} AND {{holds}})"
    yields = f"SELECT s.agreement_id AS id FROM spans AS s WHERE {whose} AND {which} AND {{holds}}"
    return three_valued(
        exists.format(holds=certain),
        exists.format(holds=possible),
        AccessPath(yields.format(holds=possible), yields.format(holds=certain)),
    )


def _computed(day: str) -> Condition:
    """Return the condition that an agreement is in force by its rules, of which no entry is recorded."""
    holds = on(day, f"{FLAGGED['computed_entry']} AND {POSSIBLY}")
    span = f"FROM spans AS s WHERE s.party = '' AND {holds}"
    # The plus before the id: to find each once SQLite would rather walk all spans in their order than their own index.
    return two_valued(f"EXISTS (SELECT 1 {span} AND s.agreement_id = a.id)", f"SELECT +s.agreement_id AS id {span}")


def _unknown(day: str) -> Condition:
    """Return the condition that nothing tells the status: no stage has begun for certain, nor on an unknown day."""
    stage = on(day, f"SELECT 1 FROM spans AS s WHERE {STAGE} AND {POSSIBLY}")
    begun = on(day, BEGUN)
    untold = three_valued(f"NOT EXISTS ({stage})", f"NOT EXISTS ({stage} AND {begun})")
    path = UNTOLD.format(day=day)
    return untold._replace(paths=(AccessPath(path, path),), single=False)


def printed(word: str, as_of: str, binds: Binds) -> Condition:
    """Return the condition that this is the one status that is printed for a day."""
    day, named = binds.add(as_of), binds.add(word)
    begun = f"SELECT s.agreement_id AS id FROM spans AS s WHERE s.party = '' AND s.status = {named}"
    path = UNTOLD.format(day=day) if word == UNKNOWN else on(day, f"{begun} AND {POSSIBLY} AND {BEGUN}")
    status = two_valued(f"{on(day, STATUS)} = {named}")
    return status._replace(paths=(AccessPath(path, path),), single=False)


NAMES = {"in_force_from": "spell_from", "in_force_until": "spell_until"}
MISSING = {"in_force_from": "no date", "in_force_until": "no end recorded"}

SPELLS = "SELECT s.agreement_id AS id FROM spans AS s WHERE "
"""Spells of force of instruments, those that are not shown on the day too: more than what matches, from the indexes of
their dates."""


def force_dated(field: str, days: DayRange, as_of: str, binds: Binds) -> Condition:
    """Return the condition that the beginning, or the end, of the time in force lies in a range of days."""
    first, last = (binds.add(day) if day else None for day in days)
    name = f"s.{NAMES[field]}"
    inside, possible = within(name, first, last)
    known = _shown(f"{name} IS NOT NULL", as_of, binds)
    holds = _shown(" AND ".join(inside), as_of, binds)
    may = _shown(" AND ".join(possible), as_of, binds)
    doubtless = _shown(f"{name} IS NOT NULL AND {name}_uncertain = 0", as_of, binds)
    path = reaching(SPELLS, name, first, last) if first or last else _dated_spells(name)
    return Condition(
        Answers(holds, may, f"({may}) OR NOT {known}"),
        Answers(f"NOT {may} AND {doubtless}", f"NOT {holds} AND {known}", f"NOT {holds}"),
        (Missing(f"{field}: {MISSING[field]}", f"NOT {known}"),),
        paths=(AccessPath(path, path),),
        single=False,
    )


def force_present(field: str, as_of: str, binds: Binds) -> Condition:
    """Return the condition that the beginning, or an end, of the time in force is known."""
    known = two_valued(_shown(f"s.{NAMES[field]} IS NOT NULL", as_of, binds))
    path = _dated_spells(f"s.{NAMES[field]}")
    return known._replace(paths=(AccessPath(path, path),), single=False)


def _dated_spells(name: str) -> str:
    """Return what yields all that have a spell whose date is known."""
    return f"{SPELLS}{name}_earliest IS NOT NULL UNION ALL {SPELLS}{name}_earliest IS NOT {name}_latest"


def force_absent(field: str, as_of: str, binds: Binds) -> Condition:
    """Return the condition that no beginning, or no end, of the time in force is known; no end only of what began."""
    known = _shown(f"s.{NAMES[field]} IS NOT NULL", as_of, binds)
    if field == "in_force_from":
        return two_valued(f"NOT {known}")
    return two_valued(f"{_shown('1', as_of, binds)} AND NOT {known}")


def _shown(which: str, as_of: str, binds: Binds) -> str:
    """Return the condition that the spell of force that is shown for the day is like this; false without a spell."""
    return f"ifnull({on(binds.add(as_of), of_shown_spell(which))}, 0)"
