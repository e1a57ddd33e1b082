"""``tracker remove``: take agreements out of the register."""

from collections.abc import Callable, Sequence
from typing import Annotated

from tracker.commands import bulk
from tracker.commands.bulk import QueryOptions
from tracker.errors import ChangedMeanwhile, Declined
from tracker.read.file.connection import Reader
from tracker.read.lookup import refs
from tracker.shell import messages, output
from tracker.shell.context import AppContext
from tracker.shell.options import ChangeOptions, command, query_argument
from tracker.shell.reading import opened
from tracker.shell.writing import writing


@command
def remove(
    context: AppContext,
    which: Annotated[list[str], query_argument("REF... | QUERY...", refs=True)],
    query: QueryOptions,
    change: ChangeOptions,
) -> None:
    """Take agreements out of the register; their refs are not given again. Several are asked about first.

    What has a colon, a quote or a bracket, or is @NAME, is a query: tracker remove family:sosa signed:..2010
    """
    find = bulk.names_many(which)

    def resolved(reader: Reader) -> list[str]:
        if find:
            return bulk.find(reader, which, query, context.today).refs
        return list(dict.fromkeys(refs.resolve(reader, text) for text in which))

    asks = (find or len(which) > 1) and not (change.yes or change.dry_run)
    agreed = _agreed(context, resolved, 1 if find else 2) if asks else None
    with writing(context, change) as writer:
        found = resolved(writer.reader)
        if agreed is not None and found != agreed:
            raise ChangedMeanwhile(
                f"the register was changed meanwhile: this would remove {_listed(found)}, not {_listed(agreed)}; "
                "nothing was removed"
            )
        if found:
            writer.remove_agreement(found)
    for name in found:
        output.line(name)
    did = "would be removed" if change.dry_run else "removed"
    messages.say(f"{did}: {len(found)} agreement{'s'[: len(found) != 1]}", quiet=context.quiet)


def _agreed(context: AppContext, resolved: Callable[[Reader], list[str]], many: int) -> list[str] | None:
    """The agreements that the person wants removed; None where there are fewer than ``many``, and nothing to ask.

    The store is only read here: nobody else has to wait for the answer. Raises Declined.
    """
    with opened(context) as reader:
        if reader.absent:
            return None
        found = resolved(reader)
    if len(found) < many:
        return None
    what = f"{len(found)} agreement{'s'[: len(found) != 1]}: {_listed(found)}"
    if not context.interactive:
        raise Declined(f"nothing was removed: this would remove {what}; add --yes")
    if not messages.ask(f"Remove {what}?"):
        raise Declined("nothing was removed")
    return found


def _listed(found: Sequence[str]) -> str:
    return ", ".join(found[:5]) + (", ..." if len(found) > 5 else "")
