"""An answer with the columns that are asked for, in their order, whatever it is and whichever format it goes to.

Tables are cut to the columns named. Of records each path that their declaration has is a column too: formats of rows
get its cell, formats of objects its value as it stands in the record, under the name that was typed.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import cast

from tracker.errors import InvalidValue
from tracker.record import shapes
from tracker.record import values as paths
from tracker.record.types import Json, Record
from tracker.table import Answer, Column, Getter, Kind, Page, Records, Row, Table


def picked(answer: Answer, names: str) -> Table | Records:
    """Return an answer with these columns alone. Raises InvalidValue with the nearest names for one that is none."""
    wanted = split(names)
    if isinstance(answer, Page):
        found = picked(answer.data, names)
        return found.but(footer=answer.footer) if isinstance(found, Records) else _paged(found, answer)
    if isinstance(answer, Table):
        return _of_table(answer, wanted)
    if answer.keys or [column.name for column, _ in answer.columns] == wanted:
        return answer if answer.keys else answer.but(keys=keys(wanted, answer))
    return answer.but(columns=_columns(wanted, answer), keys=keys(wanted, answer), lean=None)


def _paged(table: Table, page: Page) -> Table:
    return table.but(title=table.title or page.title, footer=page.footer, proof=page.proof or table.proof)


def _of_table(table: Table, wanted: Sequence[str]) -> Table:
    places = {column.name: at for at, column in enumerate(table.columns)}
    for name in wanted:
        if name not in places:
            raise InvalidValue(unknown(name, list(places)))
    chosen = [places[name] for name in wanted]

    def cut(row: Row) -> Row:
        return tuple(row[at] for at in chosen)

    return table.but(
        columns=[table.columns[at] for at in chosen],
        rows=map(cut, table.rows),
        totals=None if table.totals is None else cut(table.totals),
    )


def unknown(name: str, names: Sequence[str]) -> str:
    """Say that a name is no column, with the nearest ones, or all of them."""
    from tracker.text.names import suggest

    if not names:
        return f"no column {name!r}; this answer has none to choose from, leave --columns out"
    near = suggest(name, names)
    hint = f"did you mean {' or '.join(near)}?" if near else f"the columns are {', '.join(names)}"
    return f"no column {name!r}; {hint}"


def _own(answer: Records) -> dict[str, tuple[Column, Getter]]:
    return {column.name: (column, getter) for column, getter in answer.columns}


def _columns(wanted: Sequence[str], answer: Records) -> list[tuple[Column, Getter]]:
    own = _own(answer)
    return [own[name] if name in own else _column(name, answer.kind, own) for name in wanted]


def _column(name: str, kind: str, own: Sequence[str] | dict[str, tuple[Column, Getter]]) -> tuple[Column, Getter]:
    try:
        title, cell, getter = paths.column(name, kind)
    except paths.PathError as error:
        if kind == "agreement":
            raise InvalidValue(f"columns: {error}") from None
        raise InvalidValue(unknown(name, list(dict.fromkeys([*own, *shapes.fields(kind)])))) from None
    return Column(title, cast("Kind", cell)), cast("Getter", getter)


def split(names: str) -> list[str]:
    """Return the names of columns that stand between commas."""
    return [name.strip() for name in names.split(",") if name.strip()]


def keys(wanted: Sequence[str], answer: Records) -> list[tuple[str, Callable[[Record], Json]]]:
    """Return what fills the keys that are asked for of each record: the value that stands at the path."""
    own, fields = _own(answer), shapes.fields(answer.kind)
    derived = {name: getter for name, (_, getter) in own.items() if name not in fields}
    return [(name, derived.get(name) or _value(name, answer, own)) for name in wanted]


def _value(name: str, answer: Records, own: dict[str, tuple[Column, Getter]]) -> Callable[[Record], Json]:
    _column(name, answer.kind, own)  # refuses what is no path
    path = paths.parse(name, answer.kind)
    is_several = any(step.listed and step.selector is None for step in path.steps[:-1])

    def value(record: Record) -> Json:
        found = list(paths.values(record, path))
        if is_several or len(found) > 1:
            return found
        return found[0] if found else None

    return value


def available(answer: Answer) -> Iterator[tuple[str, str]]:
    """Yield the columns that an answer can give, each with its kind."""
    if isinstance(answer, Page):
        yield from available(answer.data)
        return
    own = [column for column, _ in answer.columns] if isinstance(answer, Records) else answer.columns
    yield from ((column.name, column.kind) for column in own)
    if isinstance(answer, Records):
        named = {column.name for column in own}
        for name in shapes.fields(answer.kind):
            if name not in named:
                _, kind, _ = paths.column(name, answer.kind)
                yield name, kind
