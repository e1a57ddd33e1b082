"""``tracker merge``: two records of one agreement made one."""

from typing import Annotated

from tracker.read.lookup import refs
from tracker.shell import messages, output
from tracker.shell.context import AppContext
from tracker.shell.options import ChangeOptions, command, ref_argument
from tracker.shell.writing import writing
from tracker.store.file.backup import automatic
from tracker.store.merge import agreements as joining

SHOWN = 20
"""Paths and refs that a message lists."""


@command
def merge(
    context: AppContext,
    kept: Annotated[str, ref_argument("The record that stays.")],
    gone: Annotated[str, ref_argument("The one that is united into it; its ref is not given again.")],
    change: ChangeOptions,
) -> None:
    """Unite the second record into the first: what it says besides is taken over, what it says otherwise is a claim."""
    kept_before = None if change.dry_run else automatic(context.writable, "merge")
    with writing(context, change) as writer:
        names = refs.resolve(writer.reader, kept), refs.resolve(writer.reader, gone)
        merged = joining.merge(writer, *names)
    output.line(names[0])
    did = "would merge" if change.dry_run else "merged"
    messages.say(f"{did} {names[1]} into {names[0]}", quiet=context.quiet)
    for path, old, new in merged.outcome.changes[:SHOWN]:
        if old is None:
            messages.say(f"  {path}: {_short(new)}", quiet=context.quiet)
        else:
            messages.say(f"  {path}: {_short(old)} -> {_short(new)}", quiet=context.quiet)
    if len(merged.outcome.changes) > SHOWN:
        messages.say(f"  ... and {len(merged.outcome.changes) - SHOWN} more", quiet=context.quiet)
    if merged.lost:
        paths = ", ".join(dict.fromkeys(merged.lost))
        messages.say(f"said otherwise by {names[1]}, kept as claims: {paths}", quiet=context.quiet)
    if merged.moved:
        messages.say(f"relations moved in {', '.join(merged.moved[:SHOWN])}", quiet=context.quiet)
    if kept_before:
        messages.say(f"what was there before: {kept_before}", quiet=context.quiet)


def _short(value: object) -> str:
    import json

    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 120 else f"{text[:117]}..."
