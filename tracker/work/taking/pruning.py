"""Agreements of a set whose rows are gone from its files: listed, or removed where that is asked for."""

from json import dumps

from tracker.store.write.writer import Writer
from tracker.work.taking.authors import Authors
from tracker.work.taking.book import Book
from tracker.work.taking.editions import Missing
from tracker.work.taking.plan import Line, Plan

NAMED = 3
"""Rows and refs that a message names."""


def settle(writer: Writer, book: Book, plan: Plan, *, prune: bool) -> None:
    """List the agreements of which no row is left in what was read whole; with ``prune`` remove those of the set alone.

    What people worked on stays, and so does what others refer to, and what a row that cannot be read may be.
    """
    if book.editions is None:
        return
    missing = list(book.editions.missing())
    reasons = {one.ref: _reason(writer, plan, one) for one in missing} if prune else {}
    leaving = {ref for ref, reason in reasons.items() if reason is None}
    while used := _used(writer, leaving):
        reasons |= used
        leaving -= used.keys()
    titles = _titles(writer, missing)
    for one in missing:
        if one.ref in leaving:
            continue
        message = f"its row is gone from {one.edition}"
        message += f", and it stays: {reasons[one.ref]}" if prune else _step(plan, one)
        plan.miss(Line("gone", "agreement", one.ref, titles.get(one.ref), file=one.edition, message=message))
    if leaving:
        for outcome in writer.remove_agreement([one.ref for one in missing if one.ref in leaving]):
            plan.note(outcome, titles.get(outcome.id))


def _step(plan: Plan, one: Missing) -> str:
    unread = _unread(plan, one)
    return f"; {unread}, or remove it with --prune" if unread else "; remove it with --prune, or keep it"


def _unread(plan: Plan, one: Missing) -> str | None:
    rows = plan.lost.get(one.edition)
    if not rows:
        return None
    shown = ", ".join(map(str, rows[:NAMED])) + (f" and {len(rows) - NAMED} more" if len(rows) > NAMED else "")
    return f"it may be row {shown}, which cannot be read"


def _reason(writer: Writer, plan: Plan, one: Missing) -> str | None:
    """Why an agreement is not removed; None where nothing stands against it."""
    if unread := _unread(plan, one):
        return unread
    if Authors(writer.change.connection, one.id, one.name).someone_worked():
        return f"it was worked on here; remove it with: tracker remove {one.ref}"
    return None


def _used(writer: Writer, leaving: set[str]) -> dict[str, str]:
    """Return which of those that leave are named by relations of others that stay, and by whose."""
    rows = writer.change.connection.execute(
        "SELECT r.target, min(a.ref) FROM relation AS r JOIN agreement AS a ON a.id = r.agreement_id"
        " WHERE r.target IN (SELECT value FROM json_each(:refs))"
        " AND a.ref NOT IN (SELECT value FROM json_each(:refs)) GROUP BY r.target",
        {"refs": dumps(sorted(leaving))},
    ).fetchall()
    return {str(ref): f"a relation of {user} names it" for ref, user in rows}


def _titles(writer: Writer, missing: list[Missing]) -> dict[str, str]:
    sql = "SELECT ref, title FROM agreement WHERE id IN (SELECT value FROM json_each(?))"
    return dict(writer.change.connection.execute(sql, (dumps([one.id for one in missing]),)).fetchall())
