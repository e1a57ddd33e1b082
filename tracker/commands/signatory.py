"""``tracker signatory``: people who signed."""

from typing import Annotated

import typer

from tracker.query.arguments import Texts
from tracker.shell.context import AppContext
from tracker.shell.edit.objects import (
    add_object,
    alias_command,
    edit_command,
    list_command,
    merge_command,
    show_command,
)
from tracker.shell.options import ChangeOptions, command
from tracker.work import new_objects

KIND = "person"

list_ = list_command(KIND, "signatory", "List people who signed, with the number of agreements of each.")
show = show_command(KIND, "signatory", "Show one of the people who signed, and the agreements that refer to it.")


@command
def add(
    context: AppContext,
    name: Annotated[str, typer.Argument(help="The name as the person writes it.", show_default=False)],
    change: ChangeOptions,
    identifier: Annotated[str | None, typer.Option("--id", help="Permanent id (default: from the name).")] = None,
    alias: Annotated[Texts, typer.Option("--alias", help="Another spelling; repeat for several.")] = None,
    note: Annotated[str | None, typer.Option(help="A note.")] = None,
) -> None:
    """Record a person who signs; the office belongs to each signature.

    Examples:
        tracker signatory add "Kono Taro"

    Read on: tracker help signatory alias; tracker help edit
    """
    add_object(context, change, lambda _: new_objects.person(name, identifier, alias, note))


edit = edit_command(KIND, "signatory")
alias = alias_command(KIND, "signatory")
merge = merge_command(KIND, "signatory", "Make two entries of one person one: signatures move, names stay as aliases.")
