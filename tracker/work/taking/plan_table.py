"""What an import does or would do, as a table: one for machines, and a narrower one for people."""

import json
from typing import Any

from tracker.table import Column, Table
from tracker.work.taking.plan import Line, Plan

COLUMNS = (
    *(Column("what", "code"), Column("kind", "code"), Column("id", "code"), Column("title"), Column("field", "code")),
    *(Column("old"), Column("new"), Column("file"), Column("row", "count"), Column("column"), Column("value")),
    Column("message"),
)

FOR_PEOPLE = (Column("what", "code"), Column("record", "code"), Column("change"), Column("where"))


def table(plan: Plan, title: str, *, for_people: bool) -> Table:
    """Return the lines of a plan: every part in a column of its own, or put together as people read them."""
    if for_people:
        return Table("import plan", FOR_PEOPLE, map(_told, plan.lines()), title=title)
    return Table("import plan", COLUMNS, map(_complete, plan.lines()), title=title)


def _complete(line: Line) -> tuple[Any, ...]:
    return line._replace(old=_text(line.old), new=_text(line.new))


def _told(line: Line) -> tuple[str, str, str, str]:
    named = line.id if line.kind in (None, "agreement") else f"{line.kind} {line.id}"
    return line.what, named or "", _change(line), _where(line)


def _change(line: Line) -> str:
    """What a line says: what went wrong, which value becomes which, or what is new."""
    if line.message is not None:
        shown = repr(line.value) if line.column and line.value is not None else None
        return ": ".join(filter(None, (line.column or line.field, shown, line.message)))
    if line.field is not None:
        return f"{line.field}: {_said(line.old)} -> {_said(line.new)}"
    return line.title or ""


def _where(line: Line) -> str:
    """The place as compilers write it."""
    return f"{line.file or ''}{'' if line.row is None else f':{line.row}'}"


def _said(value: Any) -> str:
    return "nothing" if value in (None, "", [], {}) else _text(value) or ""


def _text(value: Any) -> str | None:
    return value if value is None or isinstance(value, str) else json.dumps(value, ensure_ascii=False)
