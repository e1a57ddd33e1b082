"""Cells as text: one reading for machines (``plain``), one for people (``spoken``)."""

from collections.abc import Callable, Mapping, Sequence
from math import isfinite
from typing import NamedTuple

from tracker.renderers._parts.words import all_in_words, in_words
from tracker.table import Cell, Column, Row, Table
from tracker.text.safety import visible


class Shown(NamedTuple):
    """A column as people see it."""

    heading: str
    kind: str
    text: Callable[[Row], str]
    at: int = 0
    """Where the cell stands in the row."""
    share_at: int | None = None
    """Where the share stands that is shown beside it."""
    name: str = ""
    weight: int = 5
    least: int | None = None
    labels: Mapping[str, str] = {}
    is_typed: bool = False

    @property
    def is_number(self) -> bool:
        """Numbers stand to the right."""
        return self.kind in ("count", "share")


def plain(value: object) -> str:
    """A cell for machines: decimals with at most six places, ``true``/``false``, lists joined by ``; ``."""
    kind = type(value)
    if kind is str or kind is int:
        return str(value)
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return _joined(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return _decimal(value)
    return _json(value) if isinstance(value, dict) else str(value)


def _joined(values: Sequence[object]) -> str:
    try:
        return "; ".join(values)  # type: ignore[arg-type] # most lists hold texts alone
    except TypeError:
        return "; ".join(map(plain, values))


def _json(value: object) -> str:
    from json import dumps

    return dumps(value, ensure_ascii=False)


def spoken(value: object, kind: str = "text") -> str:
    """A cell for people: a share as a percentage, a flag as yes or no, codes in words."""
    if kind == "share" and isinstance(value, int | float):
        return f"{value:.1%}" if isfinite(value) else ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        items = [all_in_words(plain(item)) for item in value]
        return "\n".join(item.replace("\n", " ") for item in items) if kind == "lines" else "; ".join(items)
    return in_words(plain(value))


def shown(table: Table) -> list[Shown]:
    """The columns for people: a share goes beside the count that it belongs to, as in ``12 (40.0%)``; none beside 0."""
    names = [column.name for column in table.columns]
    beside = {c.beside: at for at, c in enumerate(table.columns) if c.kind == "share" and c.beside in names}
    return [
        Shown(
            visible(column.title),
            column.kind,
            _reader(column, at, beside.get(column.name)),
            at,
            beside.get(column.name),
            column.name,
            column.weight,
            column.least,
            column.labels,
            column.is_typed,
        )
        for at, column in enumerate(table.columns)
        if at not in beside.values() and column.is_told
    ]


def labelled(value: Cell, labels: Mapping[str, str]) -> Cell:
    """Return a cell with labels in place of what it, or its items, hold."""
    if isinstance(value, str):
        return labels.get(value, value)
    return [labels.get(item, item) for item in value] if labels and isinstance(value, list | tuple) else value


def with_labels(table: Table) -> Table:
    """Return a table with the labels of its cells, and without the columns that people are not told of."""
    if all(column.is_told and not column.labels for column in table.columns):
        return table
    kept = [(at, column.labels) for at, column in enumerate(table.columns) if column.is_told]

    def told(row: Row) -> Row:
        return tuple(labelled(row[at], labels) for at, labels in kept)

    rows = map(told, table.rows)
    return table.but(
        columns=[column.but(labels={}) for column in table.columns if column.is_told],
        rows=list(rows) if isinstance(table.rows, list) else rows,
        totals=None if table.totals is None else told(table.totals),
    )


def _reader(column: Column, at: int, share_at: int | None) -> Callable[[Row], str]:
    kind = column.kind
    labels = column.labels
    if column.is_typed:
        return lambda row: plain(row[at])
    if share_at is None:
        return lambda row: column.blank if row[at] is None else spoken(labelled(row[at], labels), kind)

    def both(row: Row) -> str:
        count, share = spoken(row[at], kind), spoken(row[share_at], "share")
        return f"{count} ({share})".lstrip() if share and row[at] != 0 else count

    return both


def _decimal(value: float) -> str:
    if not isfinite(value):
        return ""
    # Adding zero turns -0.0 into 0.0.
    return f"{round(value, 6) + 0.0:.6f}".rstrip("0").rstrip(".")
