"""``tracker merge``: two records of one agreement made one."""

from typing import Annotated

from tracker.errors import Declined
from tracker.shell import messages
from tracker.shell.context import AppContext
from tracker.shell.options import ChangeOptions, command, ref_argument
from tracker.shell.reading import opened
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

    Two of different types, binding statuses or parties may be two agreements: these are asked about first.

    Examples:
        tracker merge us-kr-sosa-2023 us-au-sosa-2011 --dry-run

    Read on: tracker help duplicates; tracker help undo
    """
    settled = change.yes or change.dry_run
    agreed = not settled and _agreed(context, kept, gone)
    before = automatic(context.writable, "merge", dry_run=change.dry_run)
    with before as kept_before, writing(context, change) as writer:
        done = uniting.merge(writer, kept, gone, doubtful=settled or agreed)
    for warning in done.warnings if settled else ():
        messages.warn(warning)
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


def _agreed(context: AppContext, kept: str, gone: str) -> bool:
    """Whether the person wants two merged that may be two agreements; False where there is nothing to ask.

    The store is only read here: nobody else has to wait for the answer. Where nobody can be asked, the act says why it
    is not carried out. Raises Declined.
    """
    if not context.interactive:
        return False
    with opened(context) as reader:
        doubt = "" if reader.absent else uniting.unlike(reader, kept, gone)
    if not doubt:
        return False
    messages.warn(doubt)
    if not messages.ask("Merge them all the same?"):
        raise Declined("nothing was merged")
    return True


def _short(value: object) -> str:
    import json

    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 120 else f"{text[:117]}..."
