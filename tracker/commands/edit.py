"""``tracker edit``: change an agreement by the paths of its fields, or as a whole in the user's editor."""

from typing import Annotated

from tracker.errors import UsageProblem
from tracker.shell.context import AppContext
from tracker.shell.edit import editing
from tracker.shell.edit.options import EditOptions, QueryOptions
from tracker.shell.options import ChangeOptions, command, query_argument
from tracker.work.edit import agreement
from tracker.work.many import Asked, names_many


@command
def edit(
    context: AppContext,
    which: Annotated[list[str], query_argument("REF | QUERY...", refs=True)],
    options: EditOptions,
    query: QueryOptions,
    change: ChangeOptions,
) -> None:
    """Change fields of an agreement, or of all that a query finds: title, parties[JPN].entity, events[e1].date.

    What has a colon, a quote or a bracket, or is @NAME, is a query, such as party:JPN x.owner:none; it changes many in
    one change, shows how many first, and asks.

    Without --set, --add and --remove the record is opened in $VISUAL or $EDITOR as JSON, and taken when it is saved,
    unless something is wrong with it; a text that is not taken is kept and named.

    Examples:
        tracker edit us-jp-sosa-2023 --set confidence=medium
        tracker edit us-jp-rdte-mou-2023 --add 'notes=so the release says' --dry-run
        tracker edit party:JPN signed:2023 --set x.owner=me --yes

    Read on: tracker help undo; docs/record.md for the paths, docs/queries.md for queries
    """
    if names_many(which):
        asked = Asked(which, query.certain, query.as_of, context.today)
        editing.edit_many(context, asked, options, change)
        return
    if len(which) > 1:
        raise UsageProblem(f"{which[1]!r} is no term of a query; edit takes one ref, or terms such as party:JPN")
    editing.edit(context, agreement(context.today), which[0], options, change)
