"""Rows held against how their own records would be written, column by column, without a record.

Most columns hold what people typed. Of the others (JSON, dates with their bounds, flags, numbers of items) each
different cell is read and written again; places within lists have to follow each other. Told are the agreements where
anything is otherwise: what exactly has to change only the whole record tells (``derivation.plans``).
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from operator import itemgetter

from tracker.dates.day import DateError
from tracker.dates.edtf import bounds
from tracker.read.records.assembly import converters, terms
from tracker.record.shapes import SOURCES
from tracker.record.types import Field, Json
from tracker.store.rows.record_rows import COLUMNS, COUNTERS, LISTED, OWN_FORM
from tracker.store.rows.table_rows import Cells, Form, Tables

Test = Callable[[Json], bool]
Getter = Callable[[Cells], Json]

_NUMBERED = {key: (form.shape.table, form.shape.letter) for key, form, _ in LISTED if form.shape.numbered}
_SOURCED = [_NUMBERED[key] for key, form, _ in LISTED if form.shape.numbered and SOURCES in form.shape.fields]
"""Tables of items that rest on sources of their own, with the letter of their ids."""

_CODES = [(field.table, form.shape.table) for _, form, inner in LISTED for field in inner]
"""Tables of codes that items hold, with the table of these."""


def odd(page: Tables) -> set[int]:
    """Return the agreements of which some row is not, or may not be, what the record would be written to."""
    found: set[int] = set()
    for table, written in _WRITTEN.items():
        found.update(written.odd(page.get(table, ())))
    page = without(page, found)
    numbers = {table: _numbers(table, page.get(table, ())) for table, _ in _NUMBERED.values()}
    for table, owner in _CODES:
        rows = page.get(table, ())
        found.update(row[0] for row in rows if row[:2] not in numbers[owner])
        found.update(_misplaced(rows, itemgetter(0, 1), COLUMNS[table].index("position")))
    found.update(_badly_cited(page.get("citation", ()), numbers))
    found.update(_miscounted(page, numbers))
    return found


def without(page: Tables, owners: set[int]) -> Tables:
    """Return a page without the rows of some agreements."""
    return {table: [row for row in rows if row[0] not in owners] for table, rows in page.items()} if owners else page


class _Written:
    """The columns of a table in which what is written has a form, or follows from another one."""

    def __init__(self, table: str, form: Form) -> None:
        columns = COLUMNS[table]
        self._tests: list[tuple[Getter, Test]] = []
        for field in form.shape.own_fields:
            column = field.stored_as
            if column and (test := _test(form, field)) is not None:
                self._tests.append((itemgetter(columns.index(column)), test))
            if column and field.bounds:
                ends = (f"{field.bounds}_{end}" for end in ("earliest", "latest", "uncertain"))
                self._tests.append((itemgetter(*map(columns.index, (column, *ends))), _is_bounded))
        self._position = columns.index("position") if "position" in columns else None
        self._tests += [
            (itemgetter(columns.index(counter)), _is_counted) for counter in COUNTERS.values() if form is OWN_FORM
        ]

    def odd(self, rows: Sequence[Cells]) -> Iterator[int]:
        """Yield the agreements whose rows are not what they would be written to."""
        for cells, test in self._tests:
            bad = {cell for cell in set(map(cells, rows)) if not test(cell)}
            if bad:
                yield from (row[0] for row in rows if cells(row) in bad)
        if self._position is not None:
            yield from _misplaced(rows, itemgetter(0), self._position)


def _test(form: Form, field: Field) -> Test | None:
    """Return what tells whether a cell is written again as it stands; None where every cell is."""
    if field.type.kind == "item" and not field.type.many:
        return _is_number
    write = form.writes(field.stored_as)
    read = (lambda cell: terms(cell, 0, {})) if field.type.whole else dict(converters([field])).get(field.key)
    if read is None and write is None:
        return None
    kind = {"list": list, "mapping": dict}.get(field.type.many, object)
    return partial(_comes_again, read or _as_it_is, write or _as_it_is, kind)


def _comes_again(read: Callable[[Json], Json], write: Callable[[Json], Json], kind: type, cell: Json) -> bool:
    try:
        value = None if cell is None else read(cell)
        return isinstance(value, kind) and bool(write(value) == cell)
    except (ValueError, TypeError, LookupError, AttributeError):  # no JSON, or none of this shape: the record tells
        return False


def _as_it_is(cell: Json) -> Json:
    return cell


def _is_number(cell: Json) -> bool:
    return cell is None or isinstance(cell, int)


def _is_counted(cell: Json) -> bool:
    return isinstance(cell, int)


def _is_bounded(cells: Cells) -> bool:
    """Tell whether the bounds of a date are those of its text."""
    try:
        return bounds(cells[0]) == cells[1:]
    except (DateError, AttributeError, TypeError):
        return False


def _numbers(table: str, rows: Sequence[Cells]) -> set[Cells]:
    """Return the items of a table: their agreement and number."""
    return set(map(itemgetter(0, COLUMNS[table].index("number")), rows))


def _misplaced(rows: Sequence[Cells], holder: Getter, position: int) -> Iterator[int]:
    """Yield the agreements in which the places of items do not follow each other from 0."""
    counts = Counter(map(holder, rows))
    if list(map(itemgetter(position), rows)) == list(chain.from_iterable(map(range, counts.values()))):
        return
    places: dict[Json, list[Json]] = defaultdict(list)
    owners: dict[Json, int] = {}
    for row in rows:
        places[holder(row)].append(row[position])
        owners[holder(row)] = row[0]
    yield from (owners[held] for held, some in places.items() if set(some) != set(range(len(some))))


def _badly_cited(rows: Sequence[Cells], numbers: Mapping[str, set[Cells]]) -> Iterator[int]:
    """Yield the agreements in which sources belong to no item, or may do so to one without a number."""
    owner, position, locator = map(COLUMNS["citation"].index, ("owner", "position", "locator"))
    yield from _misplaced(rows, itemgetter(0, owner), position)
    known = {letter: numbers[table] for table, letter in _SOURCED}
    for row in rows:
        name = row[owner]
        if name and (row[locator] is not None or (row[0], _number(name)) not in known.get(name[0], ())):
            yield row[0]


def _number(name: str) -> int | None:
    """Return the number in the id of an item; None in any other name."""
    number = name[1:]
    return int(number) if number.isascii() and number.isdecimal() and number[0] != "0" else None


def _miscounted(page: Tables, numbers: Mapping[str, set[Cells]]) -> Iterator[int]:
    """Yield the agreements that do not know the highest number of some item."""
    for key, column in COUNTERS.items():
        highest: dict[Json, Json] = dict(sorted(numbers[_NUMBERED[key][0]]))
        counted = itemgetter(0, COLUMNS["agreement"].index(column))
        yield from (owner for owner, most in map(counted, page["agreement"]) if most < highest.get(owner, 0))


_WRITTEN = {
    "agreement": _Written("agreement", OWN_FORM),
    **{form.shape.table: _Written(form.shape.table, form) for _, form, _ in LISTED},
}
