"""``tracker remove``: take agreements out of the register."""

from collections.abc import Sequence
from typing import Annotated

from tracker import messages, output
from tracker.context import AppContext
from tracker.errors import ChangedMeanwhile, Declined
from tracker.options import ChangeOptions, command, ref_argument
from tracker.read import refs
from tracker.read.connection import Reader, open_store
from tracker.store.session import transaction


@command
def remove(
    context: AppContext,
    ref: Annotated[list[str], ref_argument("The agreements.")],
    change: ChangeOptions,
) -> None:
    """Take agreements out of the register; their refs are not given again. Several are asked about first."""
    agreed = None if change.yes or change.dry_run else _agreed(context, ref)
    with transaction(
        context.writable, actor=context.who, command=context.command_line, dry_run=change.dry_run, create=False
    ) as writer:
        found = _resolved(writer.reader, ref)
        if agreed is not None and found != agreed:
            raise ChangedMeanwhile(
                f"the register was changed meanwhile: this would remove {_listed(found)}, not {_listed(agreed)}; "
                "nothing was removed"
            )
        writer.remove_agreement(found)
    for name in found:
        output.line(name)
    did = "would be removed" if change.dry_run else "removed"
    messages.say(f"{did}: {len(found)} agreement{'s'[: len(found) != 1]}", quiet=context.quiet)


def _agreed(context: AppContext, texts: Sequence[str]) -> list[str] | None:
    """The several agreements that the person wants removed; None where there is nothing to ask about.

    The store is only read here: nobody else has to wait for the answer. Raises Declined.
    """
    if len(texts) < 2:
        return None
    with open_store(context.store) as reader:
        if reader.absent:
            return None
        found = _resolved(reader, texts)
    if len(found) < 2:
        return None
    what = f"{len(found)} agreements: {_listed(found)}"
    if not context.interactive:
        raise Declined(f"nothing was removed: this would remove {what}; add --yes")
    if not messages.ask(f"Remove {what}?"):
        raise Declined("nothing was removed")
    return found


def _resolved(reader: Reader, texts: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(refs.resolve(reader, text) for text in texts))


def _listed(found: Sequence[str]) -> str:
    return ", ".join(found[:5]) + (", ..." if len(found) > 5 else "")
