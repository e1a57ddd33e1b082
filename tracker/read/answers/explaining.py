"""How a list is found: the query as it was understood, the SQL over the published views, its values, SQLite's plan."""

from collections.abc import Mapping
from typing import Any

from tracker.read.file.connection import Reader
from tracker.read.query.selection import Selection
from tracker.table import Column, Page, Section, Table


def page(reader: Reader, selection: Selection) -> Page:
    """Return the statement that a list runs, one row a part of it; people also see the plan as a tree."""
    sql, binds = selection.statement(reader)
    used = {name: value for name, value in binds.items() if f":{name}" in sql}
    plan = [tuple(row) for row in reader.tuples(f"EXPLAIN QUERY PLAN {sql}", binds)]
    data = Table(
        report="explain",
        columns=[Column("part"), Column("name"), Column("text")],
        rows=[
            ("query", None, selection.filters.text() or None),
            ("sql", None, sql),
            *(("value", name, str(value)) for name, value in used.items()),
            *(("plan", str(node), "  " * depth + detail) for node, depth, detail in _tree(plan)),
        ],
        filters=selection.describe(),
        as_of=selection.filters.as_of,
    )
    sections = [
        Section("SQL over the published views", lines=[sql]),
        Section("Values", lines=_values(used)),
        Section("Plan", lines=["  " * depth + detail for _, depth, detail in _tree(plan)]),
    ]
    return Page("How the list is found", sections, data, [f"for {selection.filters.text() or 'all agreements'}"])


def _values(used: Mapping[str, Any]) -> list[str]:
    return [f":{name} = {value!r}" for name, value in used.items()] or ["none"]


def _tree(plan: list[tuple[Any, ...]]) -> list[tuple[int, int, str]]:
    """Return (node, depth, text) of SQLite's plan rows (id, parent, unused, text)."""
    depths: dict[int, int] = {0: -1}
    found = []
    for node, parent, _, detail in plan:
        depths[node] = depths.get(parent, -1) + 1
        found.append((node, depths[node], str(detail)))
    return found
