"""``tracker help``: the help of a command."""

from typing import Annotated, Any

import typer


def _names(ctx: typer.Context, incomplete: str) -> list[str]:
    group: Any = ctx.find_root().command
    for name in ctx.params.get("words") or ():
        group = group.get_command(ctx, name)
    return [name for name in getattr(group, "table", ()) if name.startswith(incomplete)]


def help_(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[COMMAND]...", help="The command, such as list or party add.", autocompletion=_names),
    ] = None,
) -> None:
    """Say more of a command: what it does, examples, options, and where to read on; alone, of the whole program.

    Examples:
        tracker help
        tracker help list
        tracker help party add

    Read on: README.md
    """
    above = ctx.find_root()
    command: Any = above.command
    for word in words or ():
        if not hasattr(command, "resolve_command"):
            break  # the words of an example were typed behind the command
        name, command, _ = command.resolve_command(above, [word])
        above = typer.Context(command, info_name=name, parent=above)
    typer.echo(command.get_help(above))
