"""Options of ``edit`` for every kind of object."""

from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from tracker.errors import InvalidValue
from tracker.query.arguments import Texts
from tracker.shell.options import as_of_option


class EditOptions(NamedTuple):
    """What to change; nothing = everything, in the editor."""

    set_: Annotated[
        Texts, typer.Option("--set", metavar="PATH=VALUE", help="Set a field; an empty value clears it.")
    ] = None
    add: Annotated[Texts, typer.Option("--add", metavar="PATH=VALUE", help="Add an item to a list.")] = None
    remove: Annotated[Texts, typer.Option("--remove", metavar="PATH", help="Remove an item or clear a field.")] = None
    resume: Annotated[
        Path | None, typer.Option("--resume", metavar="FILE", help="Go on in $EDITOR with a text that was kept.")
    ] = None

    @property
    def by_path(self) -> bool:
        """Whether single fields are named."""
        return bool(self.set_ or self.add or self.remove)

    def steps(self) -> list[tuple[str, str, str | None]]:
        """The changes in the order in which they are made: (remove, add or set; path; text)."""
        steps: list[tuple[str, str, str | None]] = []
        for text in self.remove or []:
            path, _, value = text.partition("=")
            steps.append(("remove", path.strip(), value.strip() or None))
        for name, texts in (("add", self.add), ("set", self.set_)):
            for text in texts or []:
                path, equals, value = text.partition("=")
                if not equals:
                    raise InvalidValue(f"--{name} {text!r}: expected PATH=VALUE, such as 'title=New title'")
                steps.append((name, path.strip(), value))
        return steps


class QueryOptions(NamedTuple):
    """How the query of a bulk change is asked; everything else is said in terms."""

    certain: Annotated[bool, typer.Option("--certain", help="With a query: only what matches for certain.")] = False
    as_of: Annotated[str | None, as_of_option()] = None
