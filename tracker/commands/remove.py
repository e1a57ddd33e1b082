"""``tracker remove``: take agreements out of the register."""

from typing import Annotated

import typer

from tracker import messages, output
from tracker.context import AppContext
from tracker.errors import Declined
from tracker.options import ChangeOptions, command, ref_argument
from tracker.read import refs
from tracker.store.session import transaction


@command
def remove(
    context: AppContext,
    ref: Annotated[list[str], ref_argument("The agreements.")],
    change: ChangeOptions,
) -> None:
    """Take agreements out of the register; their refs are not given again. Several are asked about first."""
    with transaction(
        context.store.path, actor=context.who, command=context.command_line, dry_run=change.dry_run, create=False
    ) as writer:
        found = list(dict.fromkeys(refs.resolve(writer.reader, text) for text in ref))
        if len(found) > 1 and not (change.yes or change.dry_run):
            _ask(context, found)
        writer.remove_agreement(found)
    for name in found:
        output.line(name)
    did = "would be removed" if change.dry_run else "removed"
    messages.say(f"{did}: {len(found)} agreement{'s'[: len(found) != 1]}", quiet=context.quiet)


def _ask(context: AppContext, found: list[str]) -> None:
    what = f"{len(found)} agreements: {', '.join(found[:5])}{', ...' if len(found) > 5 else ''}"
    if not context.interactive:
        raise Declined(f"nothing was removed: this would remove {what}; add --yes")
    if not typer.confirm(f"Remove {what}?", err=True):
        raise Declined("nothing was removed")
