"""Conditions on the columns of agreements and of their children, over the published views."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tracker.law.parties import OUTSIDE, PLURILATERAL_LIMIT, UNNAMED
from tracker.read.lookup.refs import BEYOND
from tracker.read.query.binds import Binds, is_one_of
from tracker.read.query.conditions import AccessPath, Answers, Condition, IndexRange, Missing, three_valued, two_valued

if TYPE_CHECKING:
    from tracker.dates.day import DayRange
    from tracker.read.query.predicates import NumberRange, OwnRange


_ASKS_WHO = f"FROM json_each(a.open_questions) AS q WHERE q.value GLOB '{UNNAMED}*\"'"
_OUTSIDE = "".join(f" AND q.value NOT GLOB '*, role \"{role}\"'" for role in OUTSIDE)
_UNNAMED = f"(SELECT count(*) {_ASKS_WHO}{_OUTSIDE})"
"""``law.parties.unnamed`` in SQL."""
SIDES = (
    "CASE WHEN a.open_questions = '[]'"
    f" OR a.party_count > {PLURILATERAL_LIMIT} OR {_UNNAMED} = 0 THEN a.party_count"
    f" WHEN a.party_count > 2 AND a.party_count + {_UNNAMED} <= {PLURILATERAL_LIMIT} THEN a.party_count ELSE 0 END"
)
"""How many sides count for ``law.parties.laterality``, in SQL; 0 = not known."""
NUMBER_OPEN = f"a.open_questions <> '[]' AND {_UNNAMED} > 0"
"""Whether there are parties of whom nobody knows yet who they are: each may be one of those that are listed."""
NAMELESS = {
    "party": f"a.open_questions <> '[]' AND EXISTS (SELECT 1 {_ASKS_WHO})",
    "signatory": "EXISTS (SELECT 1 FROM signatories AS c WHERE c.agreement_id = a.id AND c.person_id IS NULL)",
}
"""Whether there is one, in whatever role, of whom nobody knows yet who it is: it may be any that is not named."""
LEAST, MOST = "max(a.party_count, 1)", f"a.party_count + {_UNNAMED}"
"""How many parties there are at least, and at most, where their number is open."""


def column(name: str, values: Sequence[str], binds: Binds, *, indexed: bool = False) -> Condition:
    """Return the condition that a column of the agreement holds one of these values."""
    test = is_one_of(values, binds)
    path = f"SELECT id FROM agreements WHERE {name} {test}" if indexed else None
    # The plus keeps SQLite from gathering and sorting half the register by this index; the path is for what is rare.
    return two_valued(f"+a.{name} {test}", path)


def child(view: str, name: str, values: Sequence[str], binds: Binds) -> Condition:
    """Return the condition that a child of the agreement holds one of these values."""
    test = is_one_of(values, binds)
    found = _child(view, f"c.{name} {test}", f"+c.{name} {test}" if view in BY_AGREEMENT else None)
    return found._replace(paths=tuple(path._replace(in_order=len(values) == 1) for path in found.paths))


def beginning(name: str, prefix: str, binds: Binds) -> Condition:
    """Return the condition that an indexed column of the agreement begins with a text."""
    first, last = binds.add(prefix), binds.add(prefix + BEYOND)
    path = f"SELECT id FROM agreements WHERE {name} >= {first} AND {name} < {last}"
    return two_valued(f"+a.{name} >= {first} AND +a.{name} < {last}", path)


def between(expression: str, numbers: "NumberRange", binds: Binds) -> str:
    """Return the condition that a number lies in a range."""
    if numbers.first == numbers.last:
        return f"{expression} = {binds.add(numbers.first)}"
    return _bounded(expression, expression, numbers, binds)


def _bounded(from_first: str, to_last: str, numbers: "NumberRange", binds: Binds) -> str:
    ends = [f"{from_first} >= {binds.add(numbers.first)}"] if numbers.first is not None else []
    ends += [f"{to_last} <= {binds.add(numbers.last)}"] if numbers.last is not None else []
    return " AND ".join(ends) or "1"


def parties(numbers: "NumberRange", binds: Binds) -> Condition:
    """Return the condition that the number of parties lies in a range, possibly where it may lie there or outside."""
    listed = between("a.party_count", numbers, binds)
    surely, perhaps = _bounded(LEAST, MOST, numbers, binds), _bounded(MOST, LEAST, numbers, binds)
    return three_valued(f"iif({NUMBER_OPEN}, {surely}, {listed})", f"iif({NUMBER_OPEN}, {perhaps}, {listed})")


def sides(numbers: "NumberRange", binds: Binds) -> Condition:
    """Return the condition that so many sides count, possibly where their number is not known and may be such."""
    told, perhaps = between(SIDES, numbers, binds), _bounded(MOST, LEAST, numbers, binds)
    return three_valued(told, f"({told}) OR ({NUMBER_OPEN} AND {perhaps})")


def identifier(text: str, binds: Binds) -> Condition:
    """Return the condition that an agreement is filed under a number, a scheme, or both."""
    from tracker.record.vocabulary import IDENTIFIER_SCHEMES

    scheme, _, number = text.partition(" ")
    schemes = {known.lower(): known for known in IDENTIFIER_SCHEMES}
    if not number and scheme.lower() in schemes:
        return child("identifiers", "scheme", [schemes[scheme.lower()]], binds)
    values = binds.add_all(dict.fromkeys((text, text.upper())))
    which = f"{{}}c.value IN {values}"
    if number:
        numbers = binds.add_all(dict.fromkeys((number, number.upper())))
        which = f"({which} OR ({{}}c.value IN {numbers} AND lower(c.scheme) = {binds.add(scheme.lower())}))"
    return _child("identifiers", which.replace("{}", ""), which.replace("{}", "+"))


def own_field(name: str, value: "str | OwnRange | None", binds: Binds) -> Condition:
    """Return the condition that an own field holds a folded text, a value in a range, or anything (None)."""
    which = f"c.name = {binds.add(name)}"
    if isinstance(value, str):
        which += f" AND c.folded = {binds.add(value)}"
    elif value is not None and value.first == value.last and value.numbers is not None:
        # The folded text leads through the index, but has lost the sign: 5 is not -5.
        number = f"(c.number IS NULL OR {between('c.number', value.numbers, binds)})"
        which += f" AND c.folded = {binds.add(value.first)} AND {number}"
    elif value is not None:
        texts = [f"c.folded >= {binds.add(value.first)}"] if value.first else []
        texts += [f"c.folded < {binds.add(value.last + BEYOND)}"] if value.last else []
        inside = " AND ".join(texts) or "1"
        if value.numbers is not None:
            inside = f"({between('c.number', value.numbers, binds)} OR (c.number IS NULL AND {inside}))"
        which += f" AND {inside}"
    return _child("own_fields", which)


def focus(codes: Sequence[str], binds: Binds) -> Condition:
    """Return the condition that an agreement is about one of these focus areas or what stands below them."""
    tree = (
        f"WITH RECURSIVE tree(code) AS (SELECT value FROM json_each({binds.add(_json(codes))})"
        " UNION SELECT f.code FROM focus_areas AS f JOIN tree ON f.parent = tree.code) SELECT code FROM tree"
    )
    return _child("agreement_focus_areas", f"c.code IN ({tree})")


BY_AGREEMENT = ("events", "claims", "identifiers")
"""Children whose index of the value does not hold the agreement: one agreement is looked at by its own key."""


def _child(view: str, condition: str, looked_at: str | None = None) -> Condition:
    return two_valued(
        f"EXISTS (SELECT 1 FROM {view} AS c WHERE c.agreement_id = a.id AND {looked_at or condition})",
        f"SELECT c.agreement_id AS id FROM {view} AS c WHERE {condition}",
    )


def _json(values: Sequence[str]) -> str:
    from json import dumps

    return dumps(list(values))


def within(date: str, first: str | None, last: str | None, *, began: str = "") -> tuple[list[str], list[str]]:
    """Return what holds of a date in a range for certain, and of one that may lie in it: bounds included, None = open.

    ``date`` names the columns, ``began`` the first possible day where an index must not be asked for it.
    """
    certain, possible = [f"{date} IS NOT NULL", f"{date}_uncertain = 0"], [f"{date} IS NOT NULL"]
    if first:
        certain.append(f"{date}_earliest >= {first}")
        possible.append(f"({date}_latest >= {first} OR {date}_latest IS NULL)")
    if last:
        certain.append(f"{date}_latest <= {last}")
        possible.append(f"({began or f'{date}_earliest'} <= {last} OR {date}_earliest IS NULL)")
    return certain, possible


def dated(name: str, days: "DayRange", binds: Binds, *, indexed: bool = False) -> Condition:
    """Return the condition that a date of the agreement lies in a range of days, bounds included."""
    first, last = (binds.add(day) if day else None for day in days)
    # The plus keeps SQLite from gathering all that began before by the index; the path is for what is rare.
    certain, possible = within(f"a.{name}", first, last, began=f"+a.{name}_earliest")
    indexed = indexed and days != (None, None)
    holds, may, none = " AND ".join(certain), " AND ".join(possible), f"a.{name}_earliest IS NULL AND a.{name} IS NULL"
    agreements = "SELECT a.id FROM agreements AS a WHERE "
    return Condition(
        Answers(holds, may, f"({may}) OR {none}"),
        Answers(
            f"NOT ifnull(({may}), 0) AND NOT ({none}) AND a.{name}_uncertain = 0",
            f"NOT ifnull(({holds}), 0) AND NOT ({none})",
            f"NOT ifnull(({holds}), 0)",
        ),
        (Missing(f"{name}: no date", none),),
        (AccessPath(reaching(agreements, f"a.{name}", first, last), f"{agreements}{holds} AND {may}"),)
        if indexed
        else (),
        (_date_range(name, first, last),) if indexed and name == "signed" else (),
    )


def reaching(select: str, date: str, first: str | None, last: str | None) -> str:
    """Return what yields all whose date may lie in a range of days, by two indexes of the date; ``select`` ends in AND.

    One is that of the first possible day, the other that of the dates that are not one day.
    """
    inside = [f"{date}_earliest >= {first}"] if first else []
    inside += [f"{date}_earliest <= {last}"] if last else []
    vague = f"{date}_earliest IS NOT {date}_latest"
    arms = [" AND ".join(inside), f"{vague} AND {date}_earliest IS NULL"]
    if first:
        # Two arms instead of one with OR, for which SQLite would go through all that began before.
        reaches = f"({date}_latest >= {first} OR {date}_latest IS NULL)"
        arms[1] += f" AND {reaches}"
        arms.append(f"{vague} AND {date}_earliest < {first} AND {reaches}")
    return " UNION ALL ".join(f"{select}{arm}" for arm in arms)


def _date_range(name: str, first: str | None, last: str | None) -> IndexRange:
    """Return the stretch of the index of the first possible day: where a date that reaches the range can begin."""
    inexact = f"FROM agreements AS r WHERE r.{name}_earliest IS NOT r.{name}_latest"
    stretch = [f"a.{name}_earliest <= {last}"] if last else []
    if first:
        reaching = f"r.{name}_earliest < {first} AND (r.{name}_latest >= {first} OR r.{name}_latest IS NULL)"
        stretch.append(
            f"a.{name}_earliest >= ifnull((SELECT min(r.{name}_earliest) {inexact} AND {reaching}), {first})"
        )
    return IndexRange(
        f"a.{name}_earliest", " AND ".join(stretch), f"SELECT 1 {inexact} AND r.{name}_earliest IS NULL LIMIT 1"
    )
