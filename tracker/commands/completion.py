"""``tracker completion``: what lets TAB complete commands, options and values."""

from typing import Annotated

import typer

from tracker.shell import messages, output, streams
from tracker.shell.completion import installing
from tracker.shell.context import AppContext
from tracker.shell.options import argument, command, one_of


@command
def completion(
    context: AppContext,
    shell: Annotated[
        str | None,
        argument(
            f"One of: {', '.join(installing.SHELLS)} (default: that of $SHELL).",
            metavar="[SHELL]",
            offers=one_of(installing.SHELLS),
        ),
    ] = None,
    install: Annotated[bool, typer.Option("--install", help="Put it where the shell looks for it.")] = False,
) -> None:
    """Print the script that lets TAB complete commands, options and values of the store, or install it.

    TAB then offers refs with their titles, parties by code and name, every word of the vocabulary, columns, formats,
    paths of a record, saved queries; after a colon too.

    Examples:
        tracker completion bash --install
        tracker completion zsh

    Read on: docs/scripting.md
    """
    name = installing.shell(shell)
    if not install:
        output.write_text(installing.script(name))
        messages.say(
            f"to install it: tracker completion {name} --install", quiet=context.quiet or not streams.is_terminal()
        )
        return
    installed = installing.install(name)
    output.line(str(installed.file))
    messages.say(f"installed; {installed.following}", quiet=context.quiet)
