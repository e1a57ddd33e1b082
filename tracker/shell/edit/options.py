"""Options of ``edit`` for every kind of object."""

from pathlib import Path
from typing import Annotated

import typer

from tracker.errors import InvalidValue
from tracker.plain import Value
from tracker.query.arguments import Texts
from tracker.shell.options import as_of_option, option


class EditOptions(Value):
    """What to change; nothing = everything, in the editor."""

    set_: Annotated[
        Texts, option("--set", "Set a field; an empty value clears it.", metavar="PATH=VALUE", offers="path with value")
    ] = None
    add: Annotated[Texts, option("--add", "Add an item to a list.", metavar="PATH=VALUE", offers="list with value")] = (
        None
    )
    remove: Annotated[
        Texts, option("--remove", "Remove an item or clear a field.", metavar="PATH", offers="own path")
    ] = None
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


class QueryOptions(Value):
    """How the query of a bulk change is asked; everything else is said in terms."""

    certain: Annotated[bool, typer.Option("--certain", help="With a query: only what matches for certain.")] = False
    as_of: Annotated[str | None, as_of_option()] = None
