"""``tracker help``: the help of a command."""

from collections.abc import Container
from typing import Annotated, Any

import typer

from tracker.errors import NotFound
from tracker.shell import helping, output
from tracker.shell.options import argument, command


def _page(words: list[str], commands: Container[str]) -> str | None:
    """Return the page that is asked for; a command goes before a page of the same name."""
    if len(words) > 1 or words[0] in commands:
        return None
    page = helping.manual(words[0])
    if page is None and words[0].endswith(".md"):
        raise NotFound(f"no such page: {words[0]!r}; the pages are {', '.join(helping.manuals())}")
    return page


@command
def help_(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        argument(
            "The command, such as list or party add; or a page of the documentation.",
            metavar="[COMMAND|PAGE]...",
            offers="command or page",
        ),
    ] = None,
) -> None:
    """Say more of a command: what it does, examples, options, and where to read on; alone, of the whole program.

    Pages of the documentation are printed by their names, through the pager on a terminal.

    Examples:
        tracker help
        tracker help list
        tracker help party add
        tracker help docs/queries.md

    Read on: README.md
    """
    above = ctx.find_root()
    if words and (page := _page(words, getattr(above.command, "table", ()))):
        output.write_page(page, ctx.obj)
        return
    helped: Any = above.command
    for word in words or ():
        if not hasattr(helped, "find"):
            break  # the words of an example were typed behind the command
        helped = helped.find(above, word)
        above = typer.Context(helped, info_name=word, parent=above)
    typer.echo(helped.get_help(above))
