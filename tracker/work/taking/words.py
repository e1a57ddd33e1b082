"""What became of an import, in sentences."""

from collections.abc import Iterator

from tracker.work.taking.plan import Plan

SHOWN = 20
"""Bad rows, unknown names and remarks that are told."""


def bad(plan: Plan) -> Iterator[str]:
    """Yield what could not be taken: bad rows, and each name that no party bears once."""
    for where, message in plan.problems[:SHOWN]:
        yield f"{where}: {message}"
    said = len(plan.problems[:SHOWN])
    for name, unknown in sorted(plan.unknown.items(), key=lambda item: (-item[1].number, item[0])):
        rows = "1 row" if unknown.number == 1 else f"{unknown.number} rows"
        yield f"{unknown.where}: {unknown.message} ({name!r}: {rows}; `tracker party alias` settles a name)"
    rest = plan.bad - plan.nameless - said
    if rest > 0:
        yield f"... and {rest} more bad {'row' if rest == 1 else 'rows'}"


def remarks(plan: Plan) -> Iterator[str]:
    """Yield the first of the remarks made on the way."""
    yield from plan.remarks[:SHOWN]
    if plan.remarked > SHOWN:
        yield f"... and {plan.remarked - SHOWN} more; --dry-run shows all that is doubtful"


def summary(plan: Plan, *, dry_run: bool) -> str:
    """Say how many records are new, changed, doubtful and bad."""
    totals = {what: plan.total(what) for what in ("new", "changed", "unchanged")}
    agreements = sum(number for (kind, _), number in plan.counts.items() if kind == "agreement")
    did = "would import" if dry_run else "imported"
    said = f"{did} {_counted(sum(totals.values()), 'record')} ({_counted(agreements, 'agreement')}): "
    said += ", ".join(f"{count} {what}" for what, count in totals.items())
    if plan.doubtful:
        said += f", {plan.doubtful} doubtful"
    if plan.bad:
        said += f", {plan.bad} bad left out"
    if not plan.has_changes:
        said += "; nothing changed"
    elif dry_run:
        said += "; nothing was changed: import without --dry-run"
    return said


def next_step(plan: Plan, change_id: int | None) -> str:
    """Say how to look at what was taken in, and how to take it back."""
    ref = plan.only_agreement()
    look = f"show {ref}" if ref else f"diff --change {change_id}"
    return f"look at it: tracker {look}; take it back: tracker undo --change {change_id}"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun if number == 1 else noun + 's'}"
