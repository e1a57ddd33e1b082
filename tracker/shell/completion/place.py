"""Where on the line the cursor stands: in which command, and what stands there: an option, a value, an argument."""

from collections.abc import Sequence
from typing import NamedTuple

from tracker.shell.completion import table

COMMANDS, OPTIONS, FILES = "command names", "options", "file"
"""What is offered beside what the table names."""

QUERIES = ("query", "ref or query", "comparison", "report")
"""Arguments among which a term may begin with a hyphen."""


class Place(NamedTuple):
    """Where the cursor stands, and what was typed before it."""

    path: str
    """The command, such as ``party show``."""
    takes: str
    """What is offered: a word of the table, or one of those above; nothing where there is nothing to offer."""
    before: str
    """The beginning of the word at the cursor that stays: ``--party=``."""
    incomplete: str
    """What is to be completed."""
    arguments: tuple[str, ...]
    """The arguments of the command that are finished."""
    options: tuple[tuple[str, str], ...]
    """The options before, each by its first name with its value."""

    def value(self, name: str) -> str | None:
        """Return the last value of an option."""
        return next((value for option, value in reversed(self.options) if option == name), None)


class _Walk:
    """A walk over the finished words of a line."""

    def __init__(self) -> None:
        self.path = ""
        self.is_group = True
        self.arguments: list[str] = []
        self.options: list[tuple[str, str]] = []
        self.expecting: table.Row | None = None
        self.ended = False

    def take(self, word: str) -> None:
        """Take one word."""
        name, equals, value = word.partition("=")
        if self.expecting is not None:
            self.options.append((self.expecting.names[0], word))
            self.expecting = None
        elif self.ended or not word.startswith("-") or word == "-":
            self._take_name(word)
        elif word == "--":
            self.ended = True
        elif row := self.option(name):
            if row.takes_value and not equals:
                self.expecting = row
            else:
                self.options.append((row.names[0], value))
        elif self.takes_query():
            self.arguments.append(word)

    def _take_name(self, word: str) -> None:
        if not self.is_group:
            self.arguments.append(word)
            return
        row = next((row for row in table.commands(self.path) if word in row.names), None)
        self.path = f"{self.path} {word}".strip()
        self.is_group = row is not None and row.takes == table.GROUP

    def option(self, name: str) -> table.Row | None:
        """Return an option of the command, or of all."""
        return next((row for row in table.options(self.path) if name in row.names), None)

    def argument(self) -> table.Row | None:
        """Return the argument that comes next."""
        rows = table.arguments(self.path)
        at = len(self.arguments)
        return rows[at] if at < len(rows) else rows[-1] if rows and rows[-1].many else None

    def takes_query(self) -> bool:
        """Whether the terms of a query may stand here."""
        row = self.argument()
        return row is not None and row.takes in QUERIES

    def is_term(self, word: str) -> bool:
        """Whether a word with a hyphen is the beginning of a term, such as -party:JPN, for no option begins so."""
        return not any(name.startswith(word) for row in table.options(self.path) for name in row.names)

    def place(self, takes: str, incomplete: str, before: str = "") -> Place:
        """Return the place of the cursor."""
        return Place(self.path, takes, before, incomplete, tuple(self.arguments), tuple(self.options))


def find(before: Sequence[str], current: str) -> Place:
    """Return where a word stands behind the finished words of a line; the first of these is the program."""
    walk = _Walk()
    for word in before[1:]:
        walk.take(word)
    name, equals, value = current.partition("=")
    if walk.expecting is not None:
        return walk.place(walk.expecting.takes, current)
    if not walk.ended and current.startswith("--") and equals:
        row = walk.option(name)
        keys = "column," if name == "--json" else table.NOTHING
        return walk.place(row.takes if row and row.takes_value else keys, value, f"{name}=")
    if not walk.ended and current.startswith("-") and not (walk.takes_query() and walk.is_term(current)):
        return walk.place(OPTIONS, current)
    if walk.is_group:
        return walk.place(COMMANDS, current)
    argument = walk.argument()
    return walk.place(argument.takes if argument else table.NOTHING, current)
