"""The tables, written out, hold what the record declares: columns, their types, their past, their views."""

from collections.abc import Iterator

import pytest

from tracker.read.file import schema
from tracker.record import shapes
from tracker.record.types import Field, Shape
from tracker.store.schema.tables import SQLModel

TABLES = SQLModel.metadata.tables
STORED = {shape.name: shape for shape in shapes.at().values() if shape.table}
CELLS = [(shape, field) for shape in STORED.values() for field in shape.fields if field.stored_as]
KINDS = {"flag": "BOOLEAN", "count": "INTEGER", "item": "INTEGER"}


def named(value: object) -> str:
    return value.key if isinstance(value, Field) else value.name if isinstance(value, Shape) else str(value)


def columns_of_views() -> dict[str, set[str]]:
    return {name: set(columns) for name, columns in schema.columns().items()}


@pytest.mark.parametrize(("shape", "field"), CELLS, ids=named)
def test_a_field_has_its_column_with_its_type(shape: Shape, field: Field) -> None:
    column = TABLES[shape.table].columns[field.stored_as]
    kind = "VARCHAR" if field.type.many else KINDS.get(field.type.kind, "VARCHAR")
    assert str(column.type) == kind
    assert column.nullable == (field.nullable and field.type.kind != "any")


@pytest.mark.parametrize(("shape", "field"), CELLS, ids=named)
def test_a_field_has_its_column_in_the_past_and_in_the_view(shape: Shape, field: Field) -> None:
    assert field.stored_as in TABLES[f"{shape.table}_past"].columns
    assert field.stored_as in columns_of_views()[shape.view]


def bounded() -> Iterator[tuple[str, str]]:
    for shape in shapes.at().values():
        for field in shape.fields:
            if field.bounds:
                table = shape.table or "agreement"  # terms are one cell of the agreement
                yield from ((table, f"{field.bounds}_{end}") for end in ("earliest", "latest", "uncertain"))


@pytest.mark.parametrize(("table", "column"), sorted(set(bounded())))
def test_a_date_that_is_compared_has_columns_for_its_bounds(table: str, column: str) -> None:
    assert str(TABLES[table].columns[column].type) == ("BOOLEAN" if column.endswith("uncertain") else "VARCHAR")


@pytest.mark.parametrize(("shape", "field"), [pair for pair in CELLS if pair[1].type.names], ids=named)
def test_what_names_an_object_refers_to_its_table(shape: Shape, field: Field) -> None:
    column = TABLES[shape.table].columns[field.stored_as]
    if field.type.many or field.type.kind == "item" or field.key in ("id", "ref") or field == shape.fields[1]:
        return
    named_table = shapes.OBJECTS[field.type.names].table
    assert {key.column.table.name for key in column.foreign_keys} == {named_table}


def lists_in_rows() -> list[Field]:
    return [field for shape in shapes.at().values() for field in shape.fields if field.table]


@pytest.mark.parametrize("field", lists_in_rows(), ids=named)
def test_a_list_that_is_kept_in_rows_has_its_table(field: Field) -> None:
    column = "source_id" if field.cell == "citations" else "code"
    assert column in TABLES[field.table].columns
    assert column in columns_of_views()[field.view]
