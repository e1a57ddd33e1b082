"""A map laid over the header of a sheet: columns that are missing, ranges written out, own fields."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tracker.importers.mapping.specs import Map
from tracker.importers.mapping.texts import expanded
from tracker.importers.mapping.toml_table import Toml
from tracker.importers.sheets.header import folded
from tracker.record.vocabulary import expected
from tracker.text.names import slug


class Unfit(ValueError):
    """A sheet that lacks columns which the map names; the message is one line."""


@dataclass(frozen=True, slots=True)
class Bound:
    """What holds for all rows of a sheet."""

    map: Map
    shown: Mapping[str, str]
    """Folded name of each column, in order, to its name in the sheet."""
    party_columns: Sequence[Sequence[str]] = ()
    """For each party spec its columns, and behind them those beside."""
    ranges: dict[str, list[str]] = field(default_factory=dict)
    own: Mapping[str, str] = field(default_factory=dict)
    """Folded name of a column that nothing names to its own field."""


def bind(spec: Map, headers: Sequence[str], toml: Toml | None = None) -> Bound:
    """Lay a map over a header; raises Unfit with the key of the map, its line and the nearest column."""
    shown = {folded(header): header for header in headers}
    for column, key in spec.used.items():
        if column not in shown and column not in spec.optional:
            line = toml.line(key) if toml else None
            place = f"{spec.file}, line {line}" if line else spec.file
            near = expected(column, list(shown.values()))
            raise Unfit(f"the sheet has no column {column!r}, which {place} names ({key}); {near}")
    order = list(shown)
    party_columns = []
    for party in spec.parties:
        named, beside = expanded(party.columns, order), expanded(party.beside, order)
        if beside and len(beside) != len(named):
            raise Unfit(f"{spec.file}: {len(named)} party columns, but {len(beside)} beside them")
        party_columns.append([*named, *beside])
    return Bound(spec, shown, party_columns, own=_own(spec, order, shown, party_columns))


def _own(
    spec: Map, order: list[str], shown: Mapping[str, str], party_columns: Sequence[Sequence[str]]
) -> dict[str, str]:
    if not spec.own.kept:
        return {}
    taken = {*spec.used, *expanded(spec.own.ignored, order), *(column for of in party_columns for column in of)}
    taken -= set(spec.own.names)
    given: dict[str, str] = {}
    for column in order:
        if column in taken:
            continue
        name = spec.own.names.get(column) or own_name(shown[column])
        while name in given.values() or name in spec.mappings.get("extra", {}):
            name += "_2"
        given[column] = name
    return given


def own_name(header: str) -> str:
    """The name of an own field for a column: ``Lead unit`` gives ``lead_unit``."""
    return slug(header).replace("-", "_")
