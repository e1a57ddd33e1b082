"""``tracker remove``: take agreements out of the register."""

from collections.abc import Callable
from typing import Annotated

from tracker.errors import Declined
from tracker.read.file.connection import Reader
from tracker.read.lookup import refs
from tracker.shell import messages
from tracker.shell.context import AppContext
from tracker.shell.edit.options import QueryOptions
from tracker.shell.options import ChangeOptions, command, query_argument
from tracker.shell.reading import opened, tell_what_is_near
from tracker.shell.writing import name_written, writing
from tracker.work.many import Asked, Found, find, listed, names_many
from tracker.work.many import remove as take_out


@command
def remove(
    context: AppContext,
    which: Annotated[list[str], query_argument("REF... | QUERY...", refs=True)],
    query: QueryOptions,
    change: ChangeOptions,
) -> None:
    """Take agreements out of the register; their refs are not given again. Several are asked about first.

    What has a colon, a quote or a bracket, or is @NAME, is a query: tracker remove family:sosa signed:..2010

    Examples:
        tracker remove us-jp-gpi-pa-2024 --dry-run
        tracker remove family:sosa signed:..2010 --dry-run

    Read on: tracker help undo; docs/queries.md for queries
    """
    many = names_many(which)

    def resolved(reader: Reader) -> Found:
        if many:
            return find(reader, Asked(which, query.certain, query.as_of, context.today))
        return Found(list(dict.fromkeys(refs.resolve(reader, text) for text in which)), 0)

    asks = (many or len(which) > 1) and not (change.yes or change.dry_run)
    agreed = _agreed(context, resolved, 1 if many else 2) if asks else None
    with writing(context, change) as writer:
        found = resolved(writer.reader)
        tell_what_is_near(writer.reader, context)
        gone = take_out(writer, found.refs, agreed)
    for done in gone:
        name_written(context, done.id)
    did = "would be removed" if change.dry_run else "removed"
    following = f"; {back}" if (back := context.kept.way_back) else ""
    messages.say(f"{did}: {found.counted()}{following}", quiet=context.quiet)


def _agreed(context: AppContext, resolved: Callable[[Reader], Found], least: int) -> list[str] | None:
    """The agreements that the person wants removed; None where there are fewer than ``least``, and nothing to ask.

    The store is only read here: nobody else has to wait for the answer. Raises Declined.
    """
    with opened(context) as reader:
        if reader.absent:
            return None
        found = resolved(reader)
    if len(found.refs) < least:
        return None
    what = f"{found.counted()}: {listed(found.refs)}"
    if not context.interactive:
        raise Declined(f"nothing was removed: this would remove {what}; add --yes")
    if not messages.ask(f"Remove {what}?"):
        raise Declined("nothing was removed")
    return found.refs
