"""The commands ``edit``, ``alias`` and ``merge`` of every kind of object, declared once; light, for reads import it."""

from collections.abc import Callable
from typing import Annotated

import typer

from tracker.commands.edit_options import EditOptions, merged_argument
from tracker.record.document import IDENTITY
from tracker.shell.context import AppContext
from tracker.shell.options import ChangeOptions, command, name_argument

Command = Callable[..., None]


def edit_command(kind: str, group: str) -> Command:
    """Return ``tracker GROUP edit``."""

    def edit(
        context: AppContext,
        name: Annotated[str, name_argument(group, _handle(kind))],
        options: EditOptions,
        change: ChangeOptions,
    ) -> None:
        from tracker.commands.objects import edit_one

        edit_one(context, change, kind, name, options)

    edit.__doc__ = (
        f"Change a {_noun(kind)}: by --set, --add and --remove, or as JSON in $EDITOR where none of them is given."
    )
    return command(edit)


def alias_command(kind: str, group: str) -> Command:
    """Return ``tracker GROUP alias``."""

    def alias(
        context: AppContext,
        name: Annotated[str, name_argument(group, _handle(kind))],
        aliases: Annotated[list[str], typer.Argument(metavar="ALIAS...", help="Other names.", show_default=False)],
        change: ChangeOptions,
    ) -> None:
        from tracker.commands.objects import alias_one

        alias_one(context, change, kind, name, aliases)

    alias.__doc__ = f"Add other names to a {_noun(kind)}; one that leads to another {_noun(kind)} already is refused."
    return command(alias)


def merge_command(kind: str, group: str, text: str) -> Command:
    """Return ``tracker GROUP merge``; ``text`` is its help."""

    def merge(
        context: AppContext,
        from_: Annotated[str, merged_argument(group, "FROM", "The one that goes.")],
        into: Annotated[str, merged_argument(group, "INTO", "The one that stays.")],
        change: ChangeOptions,
    ) -> None:
        from tracker.commands.objects import merge_one

        merge_one(context, change, kind, from_, into)

    merge.__doc__ = text
    return command(merge)


def _noun(kind: str) -> str:
    return kind.replace("_", " ")


def _handle(kind: str) -> str:
    return f"Its {IDENTITY[kind]} or name."
