"""Lists of agreements: the columns asked for, and only the parts of the record that they need."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, cast

from tracker.errors import InvalidValue
from tracker.query.arguments import FilterArguments, PageArguments
from tracker.read.file.connection import Reader
from tracker.read.query.filters import filters
from tracker.read.query.selection import Ordering, Selection
from tracker.read.records import agreements as records
from tracker.record.types import Record
from tracker.table import Cell, Column, Getter, Kind, LeftOut, Records, Shown

if TYPE_CHECKING:
    from tracker.record.paths import Path


def selected(
    reader: Reader, options: FilterArguments, page: PageArguments, today: str, words: Sequence[str] | None
) -> Selection:
    """Return the agreements that options and the words of a query describe, in the order asked for."""
    wanted = filters(reader, options, today, words)
    return Selection(wanted, Ordering(page.sort or "ref", page.reverse, page.limit))


def agreements(
    reader: Reader,
    options: FilterArguments,
    page: PageArguments,
    today: str,
    *,
    shown: Shown = "rows",
    words: Sequence[str] | None = None,
) -> Records:
    """Return the agreements that the query describes; with columns unless they go to a format without any."""
    selection = selected(reader, options, page, today, words)
    wanted = selection.filters
    whole = records.records(reader, selection, wanted.as_of)
    if shown == "objects" and page.columns is None:
        return Records("agreement", whole)
    chosen = columns(page.columns, reader)
    if shown == "objects":
        parts = {part for _, _, part in chosen}
        lean = records.records(reader, selection, wanted.as_of, parts)
        return keyed(Records("agreement", lean, footer=footer(reader, selection)), page.columns, reader)
    if shown == "terminal" and page.columns is None:
        chosen = [_short(*column) if column[0].name == "title" else column for column in chosen]
    if shown in PEOPLE and selection.certain != selection.condition and page.columns is None:
        chosen += columns("match")
    parts = {part for _, _, part in chosen} | {"short_title"}
    if shown in PEOPLE and "parties" in parts:
        parts.add("open_questions")
        chosen = [_with_unsettled(column) if column[0].name == "parties" else column for column in chosen]
    if any(column.name == FOCUS for column, _, _ in chosen):
        labels = of_focus_areas(reader)
        chosen = [_labelled(*each, labels) if each[0].name == FOCUS else each for each in chosen]
    return Records(
        "agreement",
        whole,
        lean=records.records(reader, selection, wanted.as_of, parts),
        columns=[(column, getter) for column, getter, _ in chosen],
        footer=footer(reader, selection),
        left_out=unplaced(reader, selection),
    )


def keyed(answer: Records, names: str | None, reader: Reader) -> Records:
    """Return agreements of which formats of objects print these keys alone."""
    from tracker.read.lists import picked

    wanted = picked.split(names or "")
    found = picked.keys([_led(reader, name) for name in wanted], answer)
    return answer.but(keys=[(name, getter) for name, (_, getter) in zip(wanted, found, strict=True)])


def told(reader: Reader, found: Sequence[Record], names: str | None, shown: Shown) -> Records:
    """Return agreements that were read whole, one as such, with the columns named, or the usual ones."""
    data = Records("agreement", found, single=len(found) == 1)
    if shown == "objects" and names is None:
        return data
    columned = [(column, getter) for column, getter, _ in columns(names, reader)]
    return (data if names is None else keyed(data, names, reader)).but(columns=columned)


def _with_unsettled(column: tuple[Column, Getter, str]) -> tuple[Column, Getter, str]:
    """Show people, behind the parties, the names that nobody bears yet: ``USA; Ruritania?``."""
    shape, getter, part = column

    def shown(record: Record) -> Cell:
        parties = getter(record)
        if not record["open_questions"]:
            return parties
        from tracker.record import unsettled

        return [*(cast("list[str]", parties) or ()), *(f"{name}?" for name in unsettled.names(record))]

    return shape, shown, part


def _short(column: Column, getter: Getter, part: str) -> tuple[Column, Getter, str]:
    """The title for people: the short one where there is one."""
    return column, lambda record: record["short_title"] or getter(record), part


def columns(names: str | None, reader: Reader | None = None) -> list[tuple[Column, Getter, str]]:
    """Return the columns named, what fills each from a record, and the part of the record that it reads.

    Names in brackets are looked up where there is a store: ``parties[Japan].entity``. Raises InvalidValue for a name
    that is no column, UnknownName and NotFound for one in brackets that nobody bears.
    """
    from tracker.record import values as paths

    try:
        wanted = paths.column_names(names)
        paths_of = wanted if reader is None else [_led(reader, name) for name in wanted]
        found = [(name, path, *paths.column(path)[1:]) for name, path in zip(wanted, paths_of, strict=True)]
        return [(_column(name, kind), getter, _part(paths.parse(path))) for name, path, kind, getter in found]
    except paths.PathError as error:
        raise InvalidValue(f"columns: {error}") from error


def _led(reader: Reader, name: str) -> str:
    """Return the path of a column with what is kept in place of the names in its brackets."""
    if "[" not in name:
        return name
    from tracker.read.lookup import brackets
    from tracker.record.paths import PathError

    try:
        return brackets.looked_up(reader, None, name)
    except PathError as error:
        raise InvalidValue(f"columns: {error}") from error


def _part(path: "Path") -> str:
    """Return the part of a record that a path reads."""
    first, *inner = path.steps
    of_whole = first.key == "derived" and inner and inner[0].key not in records.APART
    return records.OF_WHOLE if of_whole else first.key


FOCUS = "focus_areas"


def _labelled(column: Column, getter: Getter, part: str, labels: Mapping[str, str]) -> tuple[Column, Getter, str]:
    """The same column with what people read in place of its codes."""
    return column.but(labels=labels), getter, part


PEOPLE: tuple[Shown, ...] = ("people", "terminal")

WEIGHTS = {"ref": 9, "title": 8, "signed": 7, "binding_status": 7, "status": 6, "instrument_type": 3}
"""Which columns stay on a narrow terminal; the others weigh 5."""


def _column(name: str, kind: str) -> Column:
    kind = "code" if name in ("ref", "status") else kind
    return Column(name, cast("Kind", kind), weight=WEIGHTS.get(name, 5))


def footer(reader: Reader, selection: Selection) -> Iterator[str]:
    """Yield what people read under a list: how many, asked how, on which day, and what could not be placed."""
    counts = selection.counts(reader)
    total = counts["certain"] + counts["possible"]
    limit = selection.ordering.limit
    said = f"the first {limit} of " if limit and limit < total else ""
    said += f"{total} agreement{'' if total == 1 else 's'}"
    if counts["possible"]:
        said += f", {counts['possible']} of them only possibly"
    asked = selection.filters.text()
    more = "; see more with --limit" if limit and limit < total else ""
    yield f"{said}{f' for {asked}' if asked else ''}; as of {selection.filters.as_of}{more}"
    for item in selection.left_out(reader):
        yield f"left out: {item.number} ({item.reason})"


def unplaced(reader: Reader, selection: Selection) -> Iterator[LeftOut]:
    """Yield what the query could not place, counted when it is asked for."""
    yield from selection.left_out(reader)


def of_focus_areas(reader: Reader) -> dict[str, str]:
    """Return the label of each focus area by its code."""
    return dict(reader.tuples("SELECT code, label FROM focus_areas"))
