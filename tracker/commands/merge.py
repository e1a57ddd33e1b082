"""``tracker merge``: two records of one agreement made one."""

from typing import Annotated

from tracker.shell import messages
from tracker.shell.context import AppContext
from tracker.shell.options import ChangeOptions, command, ref_argument
from tracker.shell.writing import name_written, writing
from tracker.store.file.backup import automatic
from tracker.work import merge as uniting

SHOWN = 20
"""Paths that a message lists."""


@command
def merge(
    context: AppContext,
    kept: Annotated[str, ref_argument("The record that stays.")],
    gone: Annotated[str, ref_argument("The one that is united into it; its ref is not given again.")],
    change: ChangeOptions,
) -> None:
    """Unite the second record into the first: what it says besides is taken over, what it says otherwise is a claim.

    Examples:
        tracker merge us-kr-sosa-2023 us-au-sosa-2011 --dry-run

    Read on: tracker help duplicates; tracker help undo
    """
    before = automatic(context.writable, "merge", dry_run=change.dry_run)
    with before as kept_before, writing(context, change) as writer:
        done = uniting.merge(writer, kept, gone)
    name_written(context, done.id)
    messages.say(f"{'would merge' if change.dry_run else 'merged'} {done.did}", quiet=context.quiet)
    for path, old, new in done.changes[:SHOWN]:
        was = "" if old is None else f"{_short(old)} -> "
        messages.say(f"  {path}: {was}{_short(new)}", quiet=context.quiet)
    if len(done.changes) > SHOWN:
        messages.say(f"  ... and {len(done.changes) - SHOWN} more", quiet=context.quiet)
    for remark in done.remarks:
        messages.say(remark, quiet=context.quiet)
    if kept_before:
        messages.say(f"what was there before: {kept_before}", quiet=context.quiet)


def _short(value: object) -> str:
    import json

    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 120 else f"{text[:117]}..."
