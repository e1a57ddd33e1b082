"""``compare binding``: how many agreements bind and how many do not, by a dimension.

Every status of the vocabulary is a column of its own: nothing undetermined, contested or not assessed is ever counted
as non-binding. A dimension with several values per agreement (party, focus, family) counts it once under each, so that
its rows add up to more than the total, which counts each agreement once.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tracker.domain.vocabulary import BINDING_STATUSES
from tracker.errors import InvalidValue
from tracker.read.connection import Reader
from tracker.read.criteria import BEGUN, HOLDS
from tracker.read.listing import footer
from tracker.read.selection import Selection
from tracker.table import Column, Table


@dataclass(frozen=True, slots=True)
class Dimension:
    """SQL over ``agreements AS a``: the key of a row, the join that it needs, and what people should know."""

    key: str
    join: str = ""
    note: str | None = None


def _span(digits: int, tail: str) -> str:
    """The digits that the first and last possible day of signature share; else both ends, as an EDTF interval."""
    first = f"coalesce(substr(a.signed_earliest, 1, {digits}) || '{tail}', '..')"
    last = f"coalesce(substr(a.signed_latest, 1, {digits}) || '{tail}', '..')"
    return f"CASE WHEN a.signed IS NULL THEN NULL WHEN {first} = {last} THEN {first} ELSE {first} || '/' || {last} END"


STAGES = "s.agreement_id = a.id AND s.party = '' AND s.status NOT IN ('notice_given', 'partly_ratified')"
LAST = "(SELECT s.status FROM spans AS s WHERE {stages} AND {holds} ORDER BY s.position DESC LIMIT 1)"
STANDING = (
    "coalesce("
    + LAST.format(stages=STAGES, holds=HOLDS["certain"].format(day=":day"))
    + ", "
    + LAST.format(stages=STAGES, holds=f"{HOLDS['possible']} AND {BEGUN}".format(day=":day"))
    + ", 'unknown')"
)
"""The status on a day, as ``domain.standing`` tells it, for counting in SQL."""

SEVERAL = "an agreement counts under each of its {0}; the total counts it once"

DIMENSIONS = {
    "year": Dimension(_span(4, "")),
    "decade": Dimension(_span(3, "0s")),
    "party": Dimension(
        "x.code",
        "LEFT JOIN (SELECT DISTINCT agreement_id, code FROM participations) AS x ON x.agreement_id = a.id",
        SEVERAL.format("parties"),
    ),
    "partner": Dimension(
        "x.code",
        "LEFT JOIN (SELECT DISTINCT agreement_id, code FROM participations "
        "WHERE code NOT IN (SELECT value FROM json_each(:sides))) AS x ON x.agreement_id = a.id",
        SEVERAL.format("partners"),
    ),
    "focus": Dimension(
        "x.code",
        "LEFT JOIN agreement_focus_areas AS x ON x.agreement_id = a.id",
        SEVERAL.format("focus areas"),
    ),
    "type": Dimension("a.instrument_type"),
    "family": Dimension(
        "x.family_id",
        "LEFT JOIN memberships AS x ON x.agreement_id = a.id",
        SEVERAL.format("families"),
    ),
    "status": Dimension(STANDING),
}
"""What ``--by`` takes."""

Counts = dict[str, int]


def by(reader: Reader, selection: Selection, dimension: str | None, sides: list[str]) -> Table:
    """The comparison over a selection; ``sides`` are the parties whose partners are meant (--by partner)."""
    if dimension is not None and dimension not in DIMENSIONS:
        from tracker.domain.names import suggest

        near = suggest(dimension, list(DIMENSIONS))
        hint = f"did you mean {near[0]}?" if near else f"expected one of {', '.join(DIMENSIONS)}"
        raise InvalidValue(f"--by {dimension!r}: no such dimension; {hint}")
    if dimension == "partner" and not sides:
        raise InvalidValue("--by partner needs to know whose: give --party, such as --party USA")
    total = _counted(reader, selection, None, sides).get(None, {})
    groups = _counted(reader, selection, dimension, sides) if dimension else {}
    names = _names(reader, dimension, groups)
    rows = [_row(key, names, counts) for key, counts in _ordered(dimension, groups)]
    totals = _row("all", None if names is None else {}, total) if dimension else _cells(total)
    return Table(
        report="compare binding",
        title="Binding and non-binding" + (f" by {dimension}" if dimension else ""),
        filters=selection.describe(),
        as_of=selection.filters.as_of,
        columns=_columns(dimension, named=names is not None),
        rows=rows if dimension else [totals],
        totals=totals if dimension else None,
        left_out=selection.left_out(reader),
        footer=_footer(reader, selection, dimension),
    )


def _footer(reader: Reader, selection: Selection, dimension: str | None) -> Iterator[str]:
    yield from footer(reader, selection)
    note = DIMENSIONS[dimension].note if dimension else None
    if note:
        yield note


def _counted(reader: Reader, selection: Selection, dimension: str | None, sides: list[str]) -> dict[Any, Counts]:
    part = DIMENSIONS[dimension] if dimension else Dimension("NULL")
    sql = (
        f"SELECT {part.key}, a.binding_status, count(*), sum(a.views_differ) "
        f"FROM {selection.source(reader)} {part.join} WHERE {selection.condition} GROUP BY 1, 2"
    )
    binds = {**selection.binds, **_binds(dimension, selection, sides)}
    found: dict[Any, Counts] = defaultdict(lambda: defaultdict(int))
    for key, status, count, differ in reader.tuples(sql, binds):
        found[key][status] = count
        found[key]["total"] += count
        found[key]["views_differ"] += differ
    return found


def _binds(dimension: str | None, selection: Selection, sides: list[str]) -> dict[str, str]:
    if dimension == "partner":
        from json import dumps

        return {"sides": dumps(sides)}
    return {"day": selection.filters.as_of} if dimension == "status" else {}


def _names(reader: Reader, dimension: str | None, groups: Mapping[Any, Counts]) -> dict[Any, str | None] | None:
    """Names for people of the keys; None where the key speaks for itself."""
    sql = {
        "party": "SELECT code, name FROM parties",
        "partner": "SELECT code, name FROM parties",
        "focus": "SELECT code, label FROM focus_areas",
        "family": "SELECT id, name FROM families",
    }.get(dimension or "")
    if sql is None:
        return None
    return {key: name for key, name in reader.tuples(sql) if key in groups}


def _columns(dimension: str | None, *, named: bool) -> list[Column]:
    key = [Column(dimension, blank="(no date)" if dimension in ("year", "decade") else "(none)")] if dimension else []
    name = [Column("name", "text")] if named else []
    counts = [
        column
        for status in BINDING_STATUSES
        for column in (
            Column(status, "count", HEADINGS.get(status)),
            Column(f"{status}_share", "share", beside=status),
        )
    ]
    return [*key, *name, *counts, Column("total", "count"), Column("views_differ", "count", "views differ")]


HEADINGS = {"non_binding": "non-binding", "binding_domestic_law": "domestic law", "not_assessed": "not assessed"}


def _cells(counts: Counts) -> tuple[Any, ...]:
    total = counts.get("total", 0)
    shares = (
        cell
        for status in BINDING_STATUSES
        for cell in (counts.get(status, 0), round(counts.get(status, 0) / total, 6) if total else None)
    )
    return (*shares, total, counts.get("views_differ", 0))


def _row(key: Any, names: Mapping[Any, str | None] | None, counts: Counts) -> tuple[Any, ...]:
    return (key, *(() if names is None else (names.get(key),)), *_cells(counts))


def _ordered(dimension: str | None, groups: Mapping[Any, Counts]) -> Iterator[tuple[Any, Counts]]:
    """Years and decades in time, all else by number; what has no value comes last."""
    if dimension in ("year", "decade"):
        order = sorted(groups, key=lambda key: (key is None, str(key).removeprefix("../")))
    else:
        order = sorted(groups, key=lambda key: (key is None, -groups[key]["total"], str(key)))
    return ((key, groups[key]) for key in order)
