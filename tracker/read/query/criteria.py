"""The fields that a query can ask for, each as a term over the published views."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tracker.read.lookup.refs import BEYOND
from tracker.read.query import standings
from tracker.read.query.conditions import Answers, Binds, Condition, Driver, Missing, Walk, plain, some, three_valued

if TYPE_CHECKING:
    from tracker.dates.day import DayRange
    from tracker.read.query.predicates import NumberRange, OwnRange


def column(name: str, values: Sequence[str], binds: Binds, *, indexed: bool = False) -> Condition:
    """Return the term that a column of the agreement holds one of these values."""
    wanted = f"= {binds.add(values[0])}" if len(values) == 1 else f"IN {binds.add_all(values)}"
    driver = f"SELECT id FROM agreements WHERE {name} {wanted}" if indexed else None
    # The plus keeps SQLite from gathering and sorting half the register by this index; the driver is for what is rare.
    return plain(f"+a.{name} {wanted}", driver)


def child(view: str, name: str, values: Sequence[str], binds: Binds) -> Condition:
    """Return the term that a child of the agreement holds one of these values."""
    wanted = f"= {binds.add(values[0])}" if len(values) == 1 else f"IN {binds.add_all(values)}"
    return _child(view, f"c.{name} {wanted}", f"+c.{name} {wanted}" if view in BY_AGREEMENT else None)


def beginning(name: str, prefix: str, binds: Binds) -> Condition:
    """Return the term that an indexed column of the agreement begins with a text."""
    first, last = binds.add(prefix), binds.add(prefix + BEYOND)
    driver = f"SELECT id FROM agreements WHERE {name} >= {first} AND {name} < {last}"
    return plain(f"+a.{name} >= {first} AND +a.{name} < {last}", driver)


def between(expression: str, wanted: "NumberRange", binds: Binds) -> str:
    """Return the condition that a number lies in a range."""
    if wanted.first == wanted.last:
        return f"{expression} = {binds.add(wanted.first)}"
    ends = [f"{expression} >= {binds.add(wanted.first)}"] if wanted.first is not None else []
    ends += [f"{expression} <= {binds.add(wanted.last)}"] if wanted.last is not None else []
    return " AND ".join(ends) or "1"


def identifier(text: str, binds: Binds) -> Condition:
    """Return the term that an agreement is filed under a number, a scheme, or both."""
    from tracker.record.vocabulary import IDENTIFIER_SCHEMES

    scheme, _, number = text.partition(" ")
    schemes = {known.lower(): known for known in IDENTIFIER_SCHEMES}
    if not number and scheme.lower() in schemes:
        return child("identifiers", "scheme", [schemes[scheme.lower()]], binds)
    values = binds.add_all(dict.fromkeys((text, text.upper())))
    which = f"c.value IN {values}"
    if number:
        numbers = binds.add_all(dict.fromkeys((number, number.upper())))
        which = f"({which} OR (c.value IN {numbers} AND lower(c.scheme) = {binds.add(scheme.lower())}))"
    return _child("identifiers", which)


def own_field(name: str, wanted: "str | OwnRange | None", binds: Binds) -> Condition:
    """Return the term that an own field holds a folded text, a value in a range, or anything (None)."""
    which = f"c.name = {binds.add(name)}"
    if isinstance(wanted, str):
        which += f" AND c.folded = {binds.add(wanted)}"
    elif wanted is not None and wanted.first == wanted.last and wanted.numbers is not None:
        # The folded text leads through the index, but has lost the sign: 5 is not -5.
        number = f"(c.number IS NULL OR {between('c.number', wanted.numbers, binds)})"
        which += f" AND c.folded = {binds.add(wanted.first)} AND {number}"
    elif wanted is not None:
        texts = [f"c.folded >= {binds.add(wanted.first)}"] if wanted.first else []
        texts += [f"c.folded < {binds.add(wanted.last + BEYOND)}"] if wanted.last else []
        inside = " AND ".join(texts) or "1"
        if wanted.numbers is not None:
            inside = f"({between('c.number', wanted.numbers, binds)} OR (c.number IS NULL AND {inside}))"
        which += f" AND {inside}"
    return _child("own_fields", which)


def focus(codes: Sequence[str], binds: Binds) -> Condition:
    """Return the term that an agreement is about one of these focus areas or what stands below them."""
    tree = (
        f"WITH RECURSIVE tree(code) AS (SELECT value FROM json_each({binds.add(_json(codes))})"
        " UNION SELECT f.code FROM focus_areas AS f JOIN tree ON f.parent = tree.code) SELECT code FROM tree"
    )
    return _child("agreement_focus_areas", f"c.code IN ({tree})")


BY_AGREEMENT = ("events", "claims")
"""Children whose index of the value does not hold the agreement: one agreement is looked at by its own key."""


def _child(view: str, condition: str, looked_at: str | None = None) -> Condition:
    return plain(
        f"EXISTS (SELECT 1 FROM {view} AS c WHERE c.agreement_id = a.id AND {looked_at or condition})",
        f"SELECT c.agreement_id AS id FROM {view} AS c WHERE {condition}",
    )


def _json(values: Sequence[str]) -> str:
    from json import dumps

    return dumps(list(values))


def dated(name: str, wanted: "DayRange", binds: Binds, *, indexed: bool = False) -> Condition:
    """Return the term that a date of the agreement lies in a range of days, bounds included."""
    first, last = (binds.add(day) if day else None for day in wanted)
    certain, possible = [f"a.{name} IS NOT NULL", f"a.{name}_uncertain = 0"], [f"a.{name} IS NOT NULL"]
    indexed = indexed and wanted != (None, None)
    if first:
        certain.append(f"a.{name}_earliest >= {first}")
        possible.append(f"(a.{name}_latest >= {first} OR a.{name}_latest IS NULL)")
    if last:
        certain.append(f"a.{name}_latest <= {last}")
        possible.append(f"(a.{name}_earliest <= {last} OR a.{name}_earliest IS NULL)")
    holds, may, none = " AND ".join(certain), " AND ".join(possible), f"a.{name}_earliest IS NULL AND a.{name} IS NULL"
    return Condition(
        Answers(holds, may, f"({may}) OR {none}"),
        Answers(
            f"NOT ifnull(({may}), 0) AND NOT ({none}) AND a.{name}_uncertain = 0",
            f"NOT ifnull(({holds}), 0) AND NOT ({none})",
            f"NOT ifnull(({holds}), 0)",
        ),
        (Missing(f"{name}: no date", none),),
        (_date_driver(name, first, last, f"{holds} AND {may}"),) if indexed else (),
        (_date_walk(name, first, last),) if indexed else (),
    )


def _date_driver(name: str, first: str | None, last: str | None, certain: str) -> Driver:
    """Return the ways in by the index of the first possible day, and by that of the dates that are not one day."""
    inside = [f"a.{name}_earliest >= {first}"] if first else []
    inside += [f"a.{name}_earliest <= {last}"] if last else []
    reaching = [f"a.{name}_earliest IS NOT a.{name}_latest"]
    if first:
        reaching.append(f"(a.{name}_earliest < {first} OR a.{name}_earliest IS NULL)")
        reaching.append(f"(a.{name}_latest >= {first} OR a.{name}_latest IS NULL)")
    else:
        reaching.append(f"a.{name}_earliest IS NULL")
    arms = (" AND ".join(inside), " AND ".join(reaching))
    return Driver(
        " UNION ALL ".join(f"SELECT a.id FROM agreements AS a WHERE {arm}" for arm in arms),
        f"SELECT a.id FROM agreements AS a WHERE {certain}",
    )


def _date_walk(name: str, first: str | None, last: str | None) -> Walk:
    """Return the stretch of the index of the first possible day: where a date that reaches the range can begin."""
    inexact = f"FROM agreements AS r WHERE r.{name}_earliest IS NOT r.{name}_latest"
    stretch = [f"a.{name}_earliest <= {last}"] if last else []
    if first:
        reaching = f"r.{name}_earliest < {first} AND (r.{name}_latest >= {first} OR r.{name}_latest IS NULL)"
        stretch.append(
            f"a.{name}_earliest >= ifnull((SELECT min(r.{name}_earliest) {inexact} AND {reaching}), {first})"
        )
    return Walk(
        f"a.{name}_earliest", " AND ".join(stretch), f"SELECT 1 {inexact} AND r.{name}_earliest IS NULL LIMIT 1"
    )


def status(wanted: Sequence[str], as_of: str, binds: Binds) -> Condition:
    """Return the term that an agreement has one of these statuses, or flags, on a day."""
    day = binds.add(as_of)
    statuses = [word for word in wanted if word not in _SPECIAL]
    terms = [_span(_plain_span(statuses, binds), day)] if statuses else []
    if "no_end_recorded" in wanted:
        terms.append(_span(standings.UNENDED, day))
    if "computed_entry" in wanted:
        terms.append(_computed(day))
    if "unknown" in wanted:
        terms.append(_unknown(day))
    return some(terms)


_SPECIAL = ("no_end_recorded", "computed_entry", "unknown")


def _plain_span(statuses: Sequence[str], binds: Binds) -> str:
    return f"s.status = {binds.add(statuses[0])}" if len(statuses) == 1 else f"s.status IN {binds.add_all(statuses)}"


def _span(which: str, day: str) -> Condition:
    possible, certain = standings.on(day, standings.POSSIBLY), standings.on(day, standings.CERTAINLY)
    # The plus keeps SQLite from looking for one agreement in the index of statuses instead of in the primary key.
    exists = "EXISTS (SELECT 1 FROM spans AS s WHERE s.agreement_id = a.id AND s.party = '' AND +{which} AND {holds})"
    yields = "SELECT s.agreement_id AS id FROM spans AS s WHERE s.party = '' AND {which} AND {holds}"
    return three_valued(
        exists.format(which=which, holds=certain),
        exists.format(which=which, holds=possible),
        Driver(yields.format(which=which, holds=possible), yields.format(which=which, holds=certain)),
    )


def _computed(day: str) -> Condition:
    """Return the term that an agreement is in force by its rules, of which no entry is recorded."""
    holds = standings.on(day, f"{standings.COMPUTED} AND {standings.POSSIBLY} AND {standings.BEGUN}")
    span = f"FROM spans AS s WHERE s.party = '' AND {holds}"
    return plain(f"EXISTS (SELECT 1 {span} AND s.agreement_id = a.id)", f"SELECT s.agreement_id AS id {span}")


def _unknown(day: str) -> Condition:
    """Return the term that nothing tells the status: no stage has begun for certain, not even on an unknown day."""
    stage = standings.on(day, f"SELECT 1 FROM spans AS s WHERE {standings.STAGE} AND {standings.POSSIBLY}")
    begun = standings.on(day, standings.BEGUN)
    return three_valued(f"NOT EXISTS ({stage})", f"NOT EXISTS ({stage} AND {begun})")
