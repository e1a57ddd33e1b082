"""The page of ``--help``: what a command does, examples, options, and where to read on.

All of it stands with the command, in its docstring: what it does; ``Examples:`` with a command line each, of which one
may go on after a backslash; ``Values:`` with what takes a word of a list, and the name of that list in
``tracker.record``; ``Read on:``.
"""

from collections.abc import Callable, Iterable
from inspect import cleandoc
from typing import Any, NamedTuple

from tracker.shell.helping.manual import leading

GROUPS: dict[str, tuple[str, ...]] = {
    "Record": ("add", "edit", "event", "link", "note", "attach", "remove"),
    "Ask": ("list", "search", "show", "open", "status", "timeline", "parties", "eif", "lineage", "due"),
    "Compare and report": ("compare", "report", "gaps", "cite", "dossier"),
    "Sources and doubt": ("source", "claim", "claims", "why", "conflicts", "check"),
    "Parties, people and subjects": ("party", "signatory", "family", "focus"),
    "In and out": (
        *("propose", "import", "export", "publish", "duplicates", "merge", "formats", "columns", "words", "schema"),
    ),
    "History": ("log", "diff", "undo"),
}
"""Heading to commands; what stands under none comes last, under ``OTHERS``."""

OTHERS = "Store, settings and help"

EXAMPLES = (
    "tracker demo",
    'tracker add "Treaty on ropes" --party USA --party GBR --signed 2015-03-02',
    "tracker list party:JPN signed:2015..2020",
    "tracker compare binding --by year",
)
"""What the help of the whole program begins with."""

SHOWN = 4
"""Examples of a group: the first of each of its commands."""

Line = tuple[str, str]
"""A command's name and what it does."""


class Told(NamedTuple):
    """A docstring of a command, taken apart."""

    what: str
    """The first paragraph."""
    examples: list[str]
    """Command lines, each as it stands: of several lines where it goes on."""
    values: dict[str, str]
    """Option or argument to the name of the list that its words are from."""
    more: str
    read_on: str


def told(docstring: str) -> Told:
    """Take the docstring of a command apart."""
    what, *paragraphs = cleandoc(docstring).split("\n\n")
    examples: list[str] = []
    values: dict[str, str] = {}
    more: list[str] = []
    read_on = ""
    for paragraph in paragraphs:
        if paragraph.startswith("Examples:\n"):
            examples = _command_lines(paragraph.splitlines()[1:])
        elif paragraph.startswith("Values:\n"):
            values = dict(line.split() for line in paragraph.splitlines()[1:])
        elif paragraph.startswith("Read on: "):
            read_on = paragraph.removeprefix("Read on: ")
        else:
            more.append(paragraph)
    return Told(what, examples, values, "\n\n".join(more), read_on)


def _command_lines(lines: list[str]) -> list[str]:
    found: list[str] = []
    for line in cleandoc("\n".join(lines)).splitlines():
        if found and found[-1].endswith("\\"):
            found[-1] += f"\n{line}"
        else:
            found.append(line)
    return found


def command(docstring: str, ctx: Any, formatter: Any, write_options: Callable[[Any, Any], None]) -> None:
    """Write the help of a command below its line of usage."""
    text = told(docstring)
    _paragraph(formatter, text.what)
    _examples(formatter, text.examples)
    _values(formatter, text.values)
    if text.more:
        _paragraph(formatter, text.more)
    write_options(ctx, formatter)
    if text.read_on:
        formatter.write_paragraph()
        formatter.write_text(f"Read on: {leading(text.read_on)}")


def group(text: str, docstrings: Iterable[str], formatter: Any) -> None:
    """Write what a group is, with the first example of some of its commands."""
    _paragraph(formatter, text)
    firsts = [examples[0] for docstring in docstrings if (examples := told(docstring).examples)]
    _examples(formatter, firsts[:SHOWN])


def program(text: str, formatter: Any) -> None:
    """Write what the program is, with examples."""
    _paragraph(formatter, text)
    _examples(formatter, EXAMPLES)


def sections(lines: Iterable[Line], *, grouped: bool) -> list[tuple[str, list[Line]]]:
    """Return the commands under their headings; under one where they are few."""
    pending = dict(lines)
    if not grouped:
        return [("Commands", list(pending.items()))]
    found = [
        (heading, [(name, pending.pop(name)) for name in names if name in pending]) for heading, names in GROUPS.items()
    ]
    return [*found, (OTHERS, list(pending.items()))]


def _paragraph(formatter: Any, text: str) -> None:
    formatter.write_paragraph()
    with formatter.indentation():
        formatter.write_text(text)


def _examples(formatter: Any, lines: list[str] | tuple[str, ...]) -> None:
    if not lines:
        return
    with formatter.section("Examples"):
        for example in lines:
            for line in example.splitlines():
                formatter.write(f"  {line}\n")


def words_of(listed: str) -> Iterable[str]:
    """Return the words of a list, named as in ``vocabulary.INSTRUMENT_TYPES``."""
    from importlib import import_module

    module, _, name = listed.partition(".")
    words: Iterable[str] = getattr(import_module(f"tracker.record.{module}"), name)
    return words


def _values(formatter: Any, values: dict[str, str]) -> None:
    """Write the words that options take, over the whole width: some of the lists are long, and so are their words."""
    if not values:
        return
    from textwrap import wrap

    with formatter.section("Values"):
        for name, listed in values.items():
            words = f"{name}: {', '.join(words_of(listed))}"
            for line in wrap(words, formatter.width - 2, subsequent_indent="    ", break_long_words=False):
                formatter.write(f"  {line}\n")
