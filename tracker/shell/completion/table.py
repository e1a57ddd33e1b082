"""The table of commands and options: a line each, made of the declarations by ``docs/make_completion.py``."""

import os
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

FILE = f"{__file__.rpartition(os.sep)[0]}/table.tsv"

COMMAND, GROUP, ARGUMENT, FLAG, NOTHING = "command", "group", "argument", "flag", "-"
"""What a row is, or takes; a value for which nothing is offered is ``-``."""


class Row(NamedTuple):
    """A command, an option, or an argument."""

    path: str
    """The command that it belongs to, such as ``party list``; nothing for the program itself."""
    names: tuple[str, ...]
    """The name of a command; the spellings of an option; of an argument only that it is one."""
    takes: str
    """``command``, ``group``, ``flag``, or what TAB offers for its value."""
    many: bool
    """It may be given several times."""
    help: str
    """A few words."""

    @property
    def line(self) -> str:
        """The row as it is written down."""
        return "\t".join((self.path, " ".join(self.names), self.takes, "many" if self.many else "", self.help))

    @property
    def takes_value(self) -> bool:
        """Whether a word follows an option."""
        return self.takes != FLAG


def options(path: str) -> Iterator[Row]:
    """Yield the options of a command, its own first, then those that may stand anywhere."""
    for place in dict.fromkeys((path, "")):
        yield from (row for row in _rows(place) if row.names[0].startswith("-"))


def commands(path: str) -> Iterator[Row]:
    """Yield the commands of a group."""
    return (row for row in _rows(path) if row.takes in (COMMAND, GROUP))


def arguments(path: str) -> list[Row]:
    """Return the arguments of a command, in order."""
    return [row for row in _rows(path) if row.names == (ARGUMENT,)]


@cache
def _lines() -> list[str]:
    with open(FILE, encoding="utf-8") as file:  # noqa: PTH123 - to import pathlib costs a TAB three milliseconds
        return file.read().splitlines()


@cache
def _rows(path: str) -> tuple[Row, ...]:
    begin = f"{path}\t"
    return tuple(_row(line) for line in _lines() if line.startswith(begin))


def _row(line: str) -> Row:
    path, names, takes, many, told = line.split("\t")
    return Row(path, tuple(names.split(" ")), takes, bool(many), told)
