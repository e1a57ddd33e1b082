"""Apache Parquet with a type a column, for DuckDB, pandas and Spark; needs pyarrow (``treaty-tracker[parquet]``).

Lists are lists of texts, counts whole numbers, shares fractions, flags true or false. A date is the text that the
record holds (EDTF), and beside it stand its first and last possible day as days: ``signed``, ``signed_earliest``,
``signed_latest``. What is not known is null.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

from tracker.dates.edtf import bounds
from tracker.errors import Refused
from tracker.renderers import RenderOptions
from tracker.table import Answer, Cell, Column, Row, in_rows

if TYPE_CHECKING:  # an extra, loaded where it is used
    import pyarrow as pa

SUMMARY = "Parquet: typed columns for DuckDB, pandas, Spark (needs pyarrow)"
SUFFIXES = (".parquet",)
BINARY = True
WIDE = True

GROUP = 10_000
"""Rows that are held at once: a row group of the file."""


def render(answer: Answer, out: BinaryIO, options: RenderOptions) -> None:
    """Write the rows, a group at a time; raises Refused where pyarrow is not installed."""
    try:
        import pyarrow as pa
        from pyarrow.parquet import ParquetWriter
    except ImportError as error:
        message = "-f parquet needs the package pyarrow; install it with: pip install 'treaty-tracker[parquet]'"
        raise Refused(message) from error
    table = in_rows(answer)
    fields = [field for column in table.columns for field in _fields(column, pa)]
    schema = pa.schema(fields)
    rows = iter(table.machine_rows(totals=options.totals))
    with ParquetWriter(out, schema) as writer:
        while group := list(islice(rows, GROUP)):
            columns = zip(*(list(_cells(row, table.columns)) for row in group), strict=True)
            arrays = [pa.array(cells, field.type) for cells, field in zip(columns, fields, strict=True)]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))


def _fields(column: Column, pa: "pa") -> Iterator["pa.Field"]:
    types = {
        "count": pa.int64(), "share": pa.float64(), "flag": pa.bool_(),
        "list": pa.list_(pa.string()), "lines": pa.list_(pa.string()),
    }  # fmt: skip
    yield pa.field(column.name, types.get(column.kind, pa.string()))
    if column.kind == "date":
        yield pa.field(f"{column.name}_earliest", pa.date32())
        yield pa.field(f"{column.name}_latest", pa.date32())


def _cells(row: Row, columns: Iterable[Column]) -> Iterator[object]:
    for cell, column in zip(row, columns, strict=True):
        yield _cell(cell, column.kind)
        if column.kind == "date":
            yield from (day and date.fromisoformat(day) for day in bounds(str(cell) if cell else None)[:2])


def _cell(cell: Cell, kind: str) -> object:
    if cell is None or kind in ("count", "share", "flag"):
        return cell
    if kind in ("list", "lines"):
        return (
            [_text(item) for item in cell]
            if isinstance(cell, Iterable) and not isinstance(cell, str)
            else [_text(cell)]
        )
    return _text(cell)


def _text(value: object) -> str:
    return str(value).encode("utf-8", "backslashreplace").decode()  # half of a surrogate pair is no UTF-8
