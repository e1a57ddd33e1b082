"""A map laid over a sheet: its columns are bound to the header."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from tracker.importers.mapping.specs import Condition, Event, Map, Text
from tracker.importers.mapping.texts import expanded
from tracker.importers.mapping.toml_table import Toml
from tracker.importers.sheets.reading import folded
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
    events: Sequence[Event] = ()
    """The acts of a row, one for each column where a header says whose act it is."""
    ranges: dict[str, list[str]] = field(default_factory=dict)
    own: Mapping[str, str] = field(default_factory=dict)
    """Folded name of a column that nothing names to its own field."""
    taken: frozenset[str] = frozenset()
    """Columns of which the agreement itself takes what they hold."""
    kept: frozenset[str] = frozenset()
    """Columns of which something else than a relation takes what they hold."""
    asked: Mapping[str, Sequence[tuple[Condition, frozenset[str]]]] = field(default_factory=dict)
    """Columns that are only asked about, each with the conditions that ask for certain texts of it."""
    namibian: frozenset[str] = frozenset()
    """Columns of ISO 3166-1 alpha-2 codes in which ``NA`` is Namibia, whatever stands for nothing elsewhere."""


NAMIBIA = "NA"
"""The code of Namibia in ISO 3166-1 alpha-2, and what many sheets write for nothing."""


def bind(spec: Map, headers: Sequence[str], toml: Toml | None = None) -> Bound:
    """Lay a map over a header; raises Unfit with the key of the map, its line and the nearest column."""
    shown = {folded(header): header for header in headers}
    for column, key in spec.used.items():
        if column not in shown and column not in spec.optional:
            line = toml.line(key) if toml else None
            line_of_map = f"{spec.file}, line {line}" if line else spec.file
            near = expected(column, list(shown.values()))
            raise Unfit(f"the sheet has no column {column!r}, which {line_of_map} names ({key}); {near}")
    for heading in spec.headings:
        if folded(heading.name) in shown:
            raise Unfit(
                f"the sheet has a column {heading.name!r}, which {spec.file} gives to headings; name it otherwise"
            )
        shown[folded(heading.name)] = heading.name
    order = list(shown)
    party_columns = []
    for party in spec.parties:
        named, beside = expanded(party.columns, order), expanded(party.beside, order)
        if beside and len(beside) != len(named):
            raise Unfit(f"{spec.file}: {len(named)} party columns, but {len(beside)} beside them")
        party_columns.append([*named, *beside])
    coded = {
        column
        for party, columns in zip(spec.parties, party_columns, strict=True)
        if party.scheme == "iso2" and NAMIBIA in spec.empty - party.empty - party.values.keys()
        for column in columns
    }
    events = [act for event in spec.events for act in _of_headers(event, order, shown)]
    own = _own(spec, order, shown, [*party_columns, *(expanded(event.columns, order) for event in spec.events)])
    agreement = frozenset((*own, *_of_agreement(spec, party_columns)))
    return Bound(
        spec,
        shown,
        party_columns,
        events,
        own=own,
        taken=agreement | frozenset(_of_relations(spec)),
        kept=agreement | frozenset(_of_acts(events)),
        asked={column: _asking(spec, column) for column in order if column in spec.asked - set(_left_out(spec, order))},
        namibian=frozenset(coded),
    )


def _left_out(spec: Map, order: Sequence[str]) -> Iterator[str]:
    """Yield the columns of which ``[own]`` says what becomes of them."""
    yield from expanded(spec.own.ignored, list(order))
    yield from spec.own.names


def _asking(spec: Map, column: str) -> list[tuple[Condition, frozenset[str]]]:
    specs = (spec.parties, spec.events, spec.relations, spec.parts)
    asked = [table.when for tables in specs for table in tables]
    return [(when, test.values) for when in asked for test in when if test.column == column]


def _of_agreement(spec: Map, party_columns: Sequence[Sequence[str]]) -> Iterator[str]:
    for columns in party_columns:
        yield from columns
    texts = [spec.key, spec.row_key, *spec.scalars.values(), *(part.of for part in spec.parts)]
    texts += [text for several in spec.lists.values() for text in several]
    texts += [text for keyed in spec.mappings.values() for text in keyed.values()]
    texts += [day.text for day in spec.expires]
    texts += [text for party in spec.parties for text in party.texts.values()]
    yield from _columns(texts)


def _of_relations(spec: Map) -> Iterator[str]:
    for relation in spec.relations:
        texts = (relation.type, relation.key, relation.title, *relation.find.values(), *relation.texts.values())
        yield from _columns(texts)


def _of_headers(event: Event, order: Sequence[str], shown: Mapping[str, str]) -> Iterator[Event]:
    """Yield an act for each column whose header names the party, the act itself where it has none."""
    if not event.columns:
        yield event
    for column in expanded(event.columns, order):
        days = tuple(
            replace(day, text=replace(day.text, column=column, columns=(column,))) if day.text else day
            for day in event.dates["date"]
        )
        yield replace(event, dates={**event.dates, "date": days}, of=(shown[column],), columns=())


def _of_acts(events: Iterable[Event]) -> Iterator[str]:
    for event in events:
        days = (text for several in event.dates.values() for day in several for text in (day.text, *day.parts))
        yield from _columns((event.kind, *event.texts.values(), *chain.from_iterable(event.lists.values()), *days))


def _columns(texts: Iterable[Text | None]) -> Iterator[str]:
    return (column for text in texts if text is not None for column in text.columns)


def _own(spec: Map, order: list[str], shown: Mapping[str, str], of_parties: Sequence[Sequence[str]]) -> dict[str, str]:
    if not spec.own.kept:
        return {}
    used = [column for column, key in spec.used.items() if key != "sheet.fill_down"]
    taken = {*used, *expanded(spec.own.ignored, order), *(column for of in of_parties for column in of)}
    taken -= set(spec.own.names)
    given: dict[str, str] = {}
    used_names = set(spec.mappings.get("extra", ()))
    numbers: dict[str, int] = {}
    for column in order:
        if column in taken:
            continue
        base = name = spec.own.names.get(column) or own_name(shown[column])
        while name in used_names:
            numbers[base] = numbers.get(base, 1) + 1
            name = f"{base}_{numbers[base]}"
        used_names.add(name)
        given[column] = name
    return given


NO_LETTERS = "x"
"""The own field of a column whose name holds no Latin letter or digit."""


def own_name(header: str) -> str:
    """The name of an own field for a column: ``Lead unit`` gives ``lead_unit``."""
    return slug(header).replace("-", "_")
