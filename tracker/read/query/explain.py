"""How a list is found: its query as it was understood, its SQL, and SQLite's plan."""

from collections.abc import Iterator
from typing import NamedTuple

from tracker.read.file.connection import Bindings, Reader
from tracker.read.query.selection import Selection
from tracker.table import Column, Page, Section, Table


def explained(reader: Reader, selection: Selection) -> Page:
    """Return how a list is found: the query as it was understood, the SQL, its values, and SQLite's plan as a tree."""
    sql, binds = selection.statement(reader)
    used = {name: value for name, value in binds.items() if f":{name}" in sql}
    plan = list(_plan(reader, sql, binds))
    asked = selection.filters.text()
    data = Table(
        report="explain",
        columns=[Column("part"), Column("name"), Column("text")],
        rows=[
            ("query", None, asked or None),
            ("sql", None, sql),
            *(("value", name, str(value)) for name, value in used.items()),
            *(("plan", str(step.id), step.text) for step in plan),
        ],
        filters=selection.describe(),
        as_of=selection.filters.as_of,
    )
    sections = [
        Section("SQL over the published views", lines=[sql]),
        Section("Values", lines=[f":{name} = {value!r}" for name, value in used.items()] or ["none"]),
        Section("Plan", lines=[step.text for step in plan]),
    ]
    return Page("How the list is found", sections, data, [f"for {asked or 'all agreements'}"])


class PlanStep(NamedTuple):
    """One step of SQLite's plan, indented by its depth."""

    id: int
    text: str


def _plan(reader: Reader, sql: str, binds: Bindings) -> Iterator[PlanStep]:
    depths: dict[int, int] = {0: -1}
    for step, parent, _, detail in reader.tuples(f"EXPLAIN QUERY PLAN {sql}", binds):
        depths[step] = depths.get(parent, -1) + 1
        yield PlanStep(step, "  " * depths[step] + str(detail))
