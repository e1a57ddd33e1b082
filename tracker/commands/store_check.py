"""``tracker store check``: whether the store is sound."""

from functools import partial
from typing import Annotated

import typer

from tracker.errors import Refused, StoreAbsent
from tracker.read.file.location import there
from tracker.shell import messages, output, protected
from tracker.shell.context import AppContext
from tracker.shell.options import OutputOptions, command
from tracker.shell.running.working import working
from tracker.shell.writing import writing
from tracker.store.file import soundness as checking
from tracker.table import Column, Table

COLUMNS = (Column("check", "code"), Column("found", "text"), Column("fixable", "flag"))


@command
def check(
    context: AppContext,
    out: OutputOptions,
    fix: Annotated[bool, typer.Option("--fix", help="Make again what can be made from the records.")] = False,
) -> None:
    """Look whether the store is sound: SQLite's own checks, references, history, derived rows, search index.

    Examples:
        tracker store check
        tracker store check --fix

    Read on: docs/store.md
    """
    store = context.writable
    if not there(store):
        raise StoreAbsent(f"there is no store at {store}; check the path, or make one with `tracker store init`")
    output.shown_as(out)  # a format that nobody knows is told before anything is mended
    protected.refuse(out.output, store)
    watched = partial(working, what="checking the store", quiet=context.quiet)
    findings = checking.check(store, watched)
    if fix and any(row.fixable for row in findings):
        with writing(context) as writer:
            checking.fix(writer.change, findings)
        mended = len(findings)
        findings = checking.check(store, watched)
        messages.say(f"made again what could be: {mended - len(findings)} of {mended} findings", quiet=context.quiet)
    footer = [f"looked at {', '.join(checking.CHECKS)}: {len(findings)} found"]
    output.answer(Table("store check", COLUMNS, findings, title=f"Check of {store}", footer=footer), context, out)
    if findings:
        advice = "tracker store check --fix" if any(row.fixable for row in findings) else "tracker store restore FILE"
        raise Refused(f"store {store}: {len(findings)} findings; mend with: {advice}")
