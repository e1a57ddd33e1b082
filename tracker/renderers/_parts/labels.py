"""Tables of labels in place of codes that are data, without columns that only repeat them: for pictures and sheets."""

from tracker.renderers._parts.cells import labelled
from tracker.table import Row, Table


def with_labels(table: Table) -> Table:
    """Return a table with the labels of its cells, and without the columns that people are not told of."""
    if all(column.is_told and not column.labels for column in table.columns):
        return table
    kept = [(at, column.labels) for at, column in enumerate(table.columns) if column.is_told]

    def told(row: Row) -> Row:
        return tuple(labelled(row[at], labels) for at, labels in kept)

    rows = map(told, table.rows)
    return table._replace(
        columns=[column._replace(labels={}) for column in table.columns if column.is_told],
        rows=list(rows) if isinstance(table.rows, list) else rows,
        totals=None if table.totals is None else told(table.totals),
    )
