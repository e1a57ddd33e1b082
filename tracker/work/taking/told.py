"""What an import did or would do, told: the lines of its plan as a table, bad rows, remarks and counts in sentences."""

import json
from collections.abc import Iterator
from itertools import islice

from tracker.record.types import Json
from tracker.table import Cell, Column, LeftOut, Table
from tracker.work.taking.plan import TOLD_JOINS, Line, Plan, _counted

COLUMNS = (
    *(Column("what", "code"), Column("kind", "code"), Column("id", "code"), Column("title"), Column("field", "code")),
    *(Column("old"), Column("new"), Column("file"), Column("row", "count"), Column("column"), Column("value")),
    Column("message"),
)

FOR_PEOPLE = (Column("what", "code"), Column("record", "code"), Column("change"), Column("where"))

UNITS = ({"line"}, {"item"})
"""What rows of a file are called that is no sheet."""

TOLD = 20
"""Bad rows and remarks that are told."""

TOLD_NAMES = 100
"""Unknown names that are told."""


def table(plan: Plan, title: str, *, for_people: bool) -> Table:
    """Return the lines of a plan: every part in a column of its own, or put together as people read them."""
    columns, told = (FOR_PEOPLE, _for_people) if for_people else (COLUMNS, _complete)
    left_out = [LeftOut("bad", plan.bad), LeftOut("passed over", plan.passed)]
    footer = [sentence] if plan.listing_remarks and (sentence := rows_read(plan)) else []
    rows: Iterator[tuple[Cell, ...]] = map(told, plan.lines())
    told_out = [one for one in left_out if one.number]
    return Table("import plan", columns, rows, title, left_out=told_out, footer=footer, folded=for_people)


def _complete(line: Line) -> tuple[Json, ...]:
    return line._replace(old=_text(line.old), new=_text(line.new))


def _for_people(line: Line) -> tuple[str, str, str, str]:
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


def _said(value: Json) -> str:
    return "nothing" if value in (None, "", [], {}) else _text(value) or ""


def _text(value: Json) -> str | None:
    return value if value is None or isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def bad(plan: Plan) -> Iterator[str]:
    """Yield what could not be taken: bad rows, and each name that no party bears once."""
    for where, message in plan.problems[:TOLD]:
        yield f"{where}: {message}"
    told = len(plan.problems[:TOLD])
    names = plan.unknown()
    for unknown in islice(names, TOLD_NAMES):
        rows = _counted(unknown.number, "row")
        yield f"{unknown.where}: {unknown.message} ({unknown.name!r}: {rows}; `tracker party alias` settles a name)"
    if more := sum(1 for _ in names):
        yield f"... and {_counted(more, 'more name')} that no party bears; --dry-run -f csv lists all of them"
    rest = plan.bad - plan.nameless - told
    if rest > 0:
        yield f"... and {rest} more bad {'row' if rest == 1 else 'rows'}"


def remarks(plan: Plan) -> Iterator[str]:
    """Yield the remarks made on the way, the first of them where not all are asked for."""
    names = plan.unknown(kept=True)
    for kept in islice(names, TOLD):
        rows = _counted(kept.number, "row")
        yield f"{kept.where}: {kept.message} (kept as an open question, {rows}: tracker party alias CODE {kept.name!r})"
    if more := sum(1 for _ in names):
        yield f"... and {more} more names kept as open questions: tracker check --rule open_question"
    told = plan.remarks if plan.listing_remarks else plan.remarks[:TOLD]
    yield from told
    if plan.remarked > len(told):
        yield f"... and {plan.remarked - len(told)} more; --remarks all shows all of them"


def rows_read(plan: Plan) -> str | None:
    """Say how many rows were read, which of them are one agreement, and how many were left out; None of no rows."""
    total = sum(plan.read.values())
    if not total:
        return None
    sentence = f"read {_counted(total, next(iter(plan.units)) if plan.units in UNITS else 'row')}"
    if len(plan.read) > 1:
        sentence += f" of {len(plan.read)} files"
    if plan.joined:
        all_told = sum(1 for _ in plan.joins) < TOLD_JOINS
        sentence += f"; {_counted(plan.joined, 'row')} joined with others: {'; '.join(plan.joins)}"
        sentence += "" if all_told else "; ... --remarks all lists them in the plan"
    if plan.passed:
        sentence += f"; {plan.passed} passed over, as the remarks say"
    if plan.bad:
        sentence += f"; {plan.bad} bad"
    return sentence


def summary(plan: Plan, *, dry_run: bool) -> str:
    """Say how many records are new, changed, doubtful and bad."""
    totals = {what: plan.total(what) for what in ("new", "changed", "unchanged")}
    agreements = sum(
        number for (kind, became), number in plan.counts.items() if kind == "agreement" and became in totals
    )
    did = "would import" if dry_run else "imported"
    sentence = f"{did} {_counted(sum(totals.values()), 'record')} ({_counted(agreements, 'agreement')}): "
    sentence += ", ".join(f"{count} {what}" for what, count in totals.items())
    if removed := plan.total("removed"):
        sentence += f", {removed} removed"
    if plan.gone:
        sentence += f", {plan.gone} gone from the files"
    if plan.doubtful:
        sentence += f", {plan.doubtful} doubtful"
    if kept := sum(1 for _ in plan.unknown(kept=True)):
        sentence += f", {_counted(kept, 'unknown name')} kept open"
    if plan.bad:
        sentence += f", {plan.bad} bad left out"
    if not plan.has_changes:
        sentence += "; nothing changed"
    elif dry_run:
        sentence += "; nothing was changed: import without --dry-run"
    return sentence


def next_step(plan: Plan, change_id: int | None) -> str:
    """Say how to look at what was taken in, and how to take it back."""
    ref = plan.only_agreement()
    look = f"show {ref}" if ref else f"diff --change {change_id}"
    return f"look at it: tracker {look}; take it back: tracker undo --change {change_id}"
