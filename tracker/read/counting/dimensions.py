"""What agreements can be counted by: each dimension is a piece of SQL over ``agreements AS a``.

They are counted in one pass over the agreements for several counts, where one is enough.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import NamedTuple, TypeAlias

from tracker.errors import InvalidValue
from tracker.law.parties import PLURILATERAL_LIMIT
from tracker.read.file.connection import Reader, StoredRow
from tracker.read.query import standings
from tracker.read.query.column_conditions import SIDES
from tracker.read.query.filters import Filters
from tracker.read.query.selection import Selection
from tracker.table import Column

Value: TypeAlias = str | None
"""A value of a dimension; None where an agreement has none."""

Key: TypeAlias = tuple[Value, ...]
"""A value of each dimension that is counted by."""

CERTAINLY = standings.on(":day", standings.CERTAIN_STATUS)
STANDING = standings.on(":day", standings.STATUS)
"""The status on the day of the selection, for counting in SQL."""

DOUBTED_DATE = "a.concluded_uncertain"
DATE_IN_DOUBT = "a date in doubt (? or ~)"

SEVERAL = "an agreement counts under each of its {0}; the total counts it once"

PARTIES = "SELECT code, name FROM parties"
LATERALITY = (
    f"CASE {SIDES} WHEN 0 THEN 'unknown' WHEN 1 THEN 'unilateral' WHEN 2 THEN 'bilateral'"
    f" ELSE iif(a.party_count <= {PLURILATERAL_LIMIT}, 'plurilateral', 'multilateral') END"
)
"""``law.parties.laterality`` for counting in SQL."""

DEPOSITARY = "coalesce({x}.code, {x}.name)"

MOST = 2
"""Dimensions that can be crossed."""

By: TypeAlias = tuple[str, ...]
"""The names of the dimensions that are counted by."""

Tally: TypeAlias = Mapping[Key, Mapping[Value, "Number"]]
"""The numbers of each combination of values, by what is counted of it."""

EACH = "''"
"""What is counted where agreements are not told apart any further."""

ROWS = 1_000
"""Rows that are fetched together."""

IN_AN_INDEX = ("a.instrument_type", "a.binding_status", "1")
"""The one key, what is counted, and the condition, of all agreements in the order of an index that holds all of it."""


class Number(NamedTuple):
    """How many agreements, and how many of them on which views differ."""

    agreements: int
    differ: int


class _Counts:
    """Counts by some of the dimensions by which rows come."""

    def __init__(self, whole: By, by: By, without: frozenset[str]) -> None:
        self.whole, self.by, self.without = whole, by, without
        self.agreements: dict[Key, int] = defaultdict(int)
        """By the values of the dimensions and, last, what is counted."""
        self.differ: dict[Key, int] = defaultdict(int)

    def add(self, rows: Iterable[StoredRow]) -> None:
        """Count rows of keys, what is counted, agreements, and those on which views differ."""
        dimensions = [(self.whole.index(name), DIMENSIONS[name]) for name in self.by]
        agreements, differ = self.agreements, self.differ
        for row in rows:
            *_, value, number, differing = row
            for key in product(*(one.values(row[at], self.without) for at, one in dimensions), (value,)):
                agreements[key] += number
                if differing:
                    differ[key] += differing

    def tally(self) -> Tally:
        """Return what was counted."""
        found: dict[Key, dict[Value, Number]] = defaultdict(dict)
        for (*key, value), number in self.agreements.items():
            found[tuple(key)][value] = Number(number, self.differ.get((*key, value), 0))
        return found


def column(reader: Reader, name: str) -> Column:
    """Return the column of a dimension's values, with the names that people read in their place."""
    dimension = DIMENSIONS[name]
    return Column(name, blank=dimension.blank, labels=labels_of(reader, dimension))


class Dimension(NamedTuple):
    """The key of a row, the join that it needs (both with ``{x}`` for the join's name), and what people should know."""

    column: str
    table: str = ""
    note: str | None = None
    in_time: bool = False
    """Whether its values follow each other in time."""
    names: str | None = None
    """SQL for names of its values, where these do not speak for themselves."""
    speaks: bool = True
    """Whether people know its values by themselves; where they do not, they read the names alone."""
    blank: str = "(none)"
    """What people read where an agreement has no value."""
    listed: bool = False
    """Whether the values of an agreement stand together in its key, each once, with blanks between them."""
    of_others: bool = False
    """Whether those that all agreements asked for have do not count."""
    doubt: str = ""
    """SQL that an agreement has its value though the record leaves it open; empty where none does."""
    doubted: str = ""
    """What such a value rests on."""

    def values(self, cell: Value, common: Collection[str] = ()) -> Sequence[Value]:
        """Return the values that stand in a cell of the key; ``common`` are those that all have."""
        if not self.listed or not cell:
            return (cell or None,)
        every = cell.split(" ")
        return [value for value in every if value not in common] or (None,) if self.of_others else every

    def at(self, alias: str) -> tuple[str, str]:
        """Return key and join under a name of their own, for statements with several dimensions."""
        return self.column.replace("{x}", alias), self.table.replace("{x}", alias)

    @property
    def key(self) -> str:
        """The key where this is the only dimension."""
        return self.at("x")[0]

    @property
    def join(self) -> str:
        """The join where this is the only dimension."""
        return self.at("x")[1]


def _span(digits: int, tail: str) -> str:
    """The digits that the first and last possible day of conclusion share; else both ends, as an EDTF interval."""
    first = f"coalesce(substr(a.concluded_earliest, 1, {digits}) || '{tail}', '..')"
    last = f"coalesce(substr(a.concluded_latest, 1, {digits}) || '{tail}', '..')"
    inexact = f"CASE WHEN {first} = {last} THEN {first} ELSE {first} || '/' || {last} END"
    return f"CASE WHEN a.concluded IS NULL THEN NULL ELSE {inexact} END"


def _child(table: str, condition: str = "") -> str:
    """Return the join of a table of children: of the table itself, for SQLite copies a view that stands here whole."""
    return f"LEFT JOIN {table} AS {{x}} ON {{x}}.agreement_id = a.id{condition}"


def _each_once(table: str, place: str, value: str = "{x}.code", condition: str = "") -> str:
    """Return the join of children that may say the same twice: of these the one whose ``place`` comes first."""
    former = value.replace("{x}", "{x}_former")
    return _child(table, condition) + (
        f" AND NOT EXISTS (SELECT 1 FROM {table} AS {{x}}_former WHERE {{x}}_former.agreement_id = {{x}}.agreement_id"
        f" AND {{x}}_former.{place} < {{x}}.{place} AND +{former} = {value})"
    )


def labels_of(reader: Reader, dimension: Dimension) -> dict[str, str]:
    """Return what people read in place of the values of a dimension; empty where they read the values."""
    return {} if dimension.speaks or dimension.names is None else dict(reader.tuples(dimension.names))


DIMENSIONS = {
    "year": Dimension(_span(4, ""), in_time=True, blank="(no date)", doubt=DOUBTED_DATE, doubted=DATE_IN_DOUBT),
    "decade": Dimension(_span(3, "0s"), in_time=True, blank="(no date)", doubt=DOUBTED_DATE, doubted=DATE_IN_DOUBT),
    "party": Dimension("a.party_codes", note=SEVERAL.format("parties"), names=PARTIES, listed=True),
    "partner": Dimension("a.party_codes", note=SEVERAL.format("partners"), names=PARTIES, listed=True, of_others=True),
    "focus": Dimension(
        "{x}.code",
        _child("agreement_focus"),
        SEVERAL.format("focus areas"),
        names="SELECT code, label FROM focus_areas",
        speaks=False,
    ),
    "type": Dimension("a.instrument_type"),
    "family": Dimension(
        "{x}.family_id",
        _child("membership"),
        SEVERAL.format("families"),
        names="SELECT id, name FROM families",
    ),
    "depositary": Dimension(
        DEPOSITARY,
        _each_once("depositary", "position", DEPOSITARY),
        SEVERAL.format("depositaries"),
        names=PARTIES,
        blank="(not known)",
    ),
    "status": Dimension(
        STANDING,
        doubt=f"{CERTAINLY} IS NULL AND {STANDING} <> '{standings.UNKNOWN}'",
        doubted="a status that is not certain on the day",
    ),
    "level": Dimension(
        "{x}.level",
        _each_once("signatory", "number", "{x}.level", " AND {x}.level IS NOT NULL"),
        "an agreement counts under each level of office that signed it; the total counts it once",
        blank="(not known)",
    ),
    "text_access": Dimension("a.text_access"),
    "laterality": Dimension(LATERALITY),
}
"""What ``--by`` takes."""


def in_doubt(reader: Reader, selection: Selection, by: Iterable[str]) -> Iterator[str]:
    """Yield how many are counted by a value of a dimension that the record leaves open."""
    told: dict[str, str] = {DIMENSIONS[name].doubt: DIMENSIONS[name].doubted for name in by}
    binds = {**selection.binds, "day": selection.filters.as_of}
    for doubt, words in told.items():
        if doubt:
            sql = f"SELECT count(*) FROM {selection.source(reader)} WHERE ({selection.condition}) AND {doubt}"
            if number := reader.scalar(sql, binds):
                yield f"counted by {words}: {number}"


def chosen(option: str, texts: "list[str] | None", most: int = MOST) -> tuple[str, ...]:
    """Return the dimensions that an option names, repeated or with commas.

    Raises InvalidValue with the nearest right name, and for more of them than can be crossed.
    """
    names = tuple(part.strip().lower().replace("-", "_") for text in texts or () for part in text.split(","))
    for name in names:
        if name not in DIMENSIONS:
            from tracker.text.names import suggest

            near = suggest(name, list(DIMENSIONS))
            hint = f"did you mean {near[0]}?" if near else f"expected one of {', '.join(DIMENSIONS)}"
            raise InvalidValue(f"{option} {name!r}: no such dimension; {hint}")
    if len(set(names)) < len(names):
        raise InvalidValue(f"{option} {','.join(names)}: the same dimension twice")
    if len(names) > most:
        raise InvalidValue(f"{option} {','.join(names)}: {len(names)} dimensions; at most {most} can be crossed")
    return names


def _sides(filters: Filters) -> list[str]:
    """Return the parties that all agreements asked for have: those whose partners are meant.

    Raises InvalidValue where there is none, or where one of several is asked for: whose partners would it be?
    """
    codes = filters.codes("party")
    if not codes:
        raise InvalidValue("--by partner needs to know whose: give --party, such as --party USA")
    if any(len(predicate.operands) > 1 for predicate in filters.predicates("party")):
        raise InvalidValue(
            f"--by partner: whose partners, of {', '.join(codes)}? Ask for one party: --party {codes[0]}"
        )
    return list(dict.fromkeys(codes))


def names_of(reader: Reader, name: str) -> dict[Value, str]:
    """Return the names of a dimension's values for people; empty where they speak for themselves."""
    sql = DIMENSIONS[name].names
    return dict(reader.tuples(sql)) if sql else {}


def tallies(
    reader: Reader, selection: Selection, wanted: Sequence[By], counted: str = EACH, which: str = "1"
) -> list[Tally]:
    """Return what is counted by each of the combinations of dimensions; those with more of them come first.

    ``which`` is a further condition; its day is that of the selection.
    Raises InvalidValue where partners are asked for and nobody knows whose.
    """
    without = frozenset(_sides(selection.filters)) if any("partner" in by for by in wanted) else frozenset()
    passes: dict[By, list[_Counts]] = {}
    found = []
    for by in wanted:
        whole = next((whole for whole in passes if _holds(whole, by)), by)
        found.append(_Counts(whole, by, without))
        passes.setdefault(whole, []).append(found[-1])
    binds = {**selection.binds, "day": selection.filters.as_of}
    for whole, counts in passes.items():
        for rows in reader.pages(_statement(reader, selection, whole, (counted, which)), binds, ROWS):
            for one in counts:
                one.add(rows)
    return [one.tally() for one in found]


def _holds(whole: By, by: By) -> bool:
    """Tell whether counts by many dimensions tell those by some: of the others none ranges an agreement twice."""
    return set(by) <= set(whole) and not any(DIMENSIONS[name].table for name in set(whole) - set(by))


def _statement(reader: Reader, selection: Selection, by: By, what: tuple[str, str]) -> str:
    counted, which = what
    parts = [DIMENSIONS[name].at(alias) for name, alias in zip(by, "xyz", strict=False)]
    keys = [key for key, _ in parts]
    source = selection.own(reader) if (*keys, counted, which) == IN_AN_INDEX else selection.source(reader)
    numbers = ", ".join(str(at + 1) for at in range(len(keys) + 1))
    return (
        f"SELECT {''.join(f'{key}, ' for key in keys)}{counted}, count(*), sum(a.views_differ)"
        f" FROM {source} {' '.join(join for _, join in parts)}"
        f" WHERE ({selection.condition}) AND {which} GROUP BY {numbers}"
    )


def numbers(tally: Tally) -> Mapping[Key, int]:
    """Return how many agreements there are under each key."""
    return {key: sum(number.agreements for number in counted.values()) for key, counted in tally.items()}
