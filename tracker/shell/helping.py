"""What the program says of itself: help that begins with examples, the first screen, words that people try.

What ``--help`` says stands with the command, in its docstring: what it does; ``Examples:`` with a command line each, of
which one may go on after a backslash; ``Values:`` with what takes a word of a list, and the name of that list in
``tracker.record``; ``Read on:``. The pages of the documentation are those that an installed program has:
``tracker help docs/queries.md``.
"""

import re
from collections.abc import Callable, Iterable
from inspect import cleandoc
from pathlib import Path
from textwrap import wrap
from typing import Any, NamedTuple

from tracker.errors import TrackerError
from tracker.read.file.location import StoreLocation

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

README = "README.md"

_PAGE = re.compile(r"(?<![\w/])(docs/\w+\.md|README\.md)")

WIDTH = 79

SCREEN = (
    ("tracker add", "record an agreement, asked step by step"),
    ("tracker edit REF", "change it, in your editor"),
    ("tracker list party:JPN signed:2015..", "those of a query, or all"),
    ("tracker search WORDS", "find agreements by words"),
    ("tracker show REF", "one agreement in full"),
    ("tracker status REF", "what holds on a day, and for whom"),
    ("tracker why REF", "what its binding status rests on"),
    ("tracker compare binding --by year", "what binds beside what does not"),
    ("tracker report overview", "the register in figures"),
    ("tracker due --within 2y", "what falls due"),
    ("tracker import FILE", "take in a sheet or a data set"),
    ("tracker undo", "take back the last change"),
)

TRIED: dict[str, str] = {
    **dict.fromkeys(("new", "create", "record", "insert"), "add"),
    **dict.fromkeys(("delete", "rm", "del", "drop", "erase"), "remove"),
    **dict.fromkeys(("ls", "all", "index"), "list"),
    **dict.fromkeys(("find", "grep", "lookup"), "search"),
    **dict.fromkeys(("view", "get", "cat", "info", "display", "print", "details"), "show"),
    **dict.fromkeys(("update", "change", "modify", "set", "rename"), "edit"),
    **dict.fromkeys(("copy", "cp", "clone", "template"), "add --like"),
    **dict.fromkeys(("count", "stats", "statistics", "summary", "overview", "total"), "report overview"),
    **dict.fromkeys(("history", "changes", "changelog", "blame"), "log"),
    **dict.fromkeys(("revert", "rollback"), "undo"),
    **dict.fromkeys(("load", "read"), "import"),
    **dict.fromkeys(("dump", "save", "download"), "export"),
    **dict.fromkeys(("validate", "verify", "lint"), "check"),
    **dict.fromkeys(("relate", "relation"), "link"),
    **dict.fromkeys(("tree", "graph", "ancestors"), "lineage"),
    **dict.fromkeys(("dedupe", "dedup"), "duplicates"),
    **dict.fromkeys(("deadlines", "calendar", "agenda"), "due"),
    **dict.fromkeys(("evidence", "reason", "explain"), "why"),
    **dict.fromkeys(("footnote", "citation"), "cite"),
    **dict.fromkeys(("init", "initialise", "initialize"), "store init"),
    **dict.fromkeys(("backup", "snapshot"), "store backup"),
    "restore": "store restore",
    **dict.fromkeys(("migrate", "upgrade"), "store migrate"),
    **dict.fromkeys(("comment", "remark"), "note"),
    **dict.fromkeys(("file", "pdf", "upload"), "attach"),
    **dict.fromkeys(("country", "countries", "state", "states"), "party list"),
    **dict.fromkeys(("person", "people", "signatories"), "signatory list"),
    "sources": "source list",
    "families": "family list",
    "subjects": "focus list",
    "signers": "report signatories",
    "overlap": "compare parties",
    **dict.fromkeys(("doubt", "doubts", "quality"), "check"),
    **{name: f"report {name}" for name in ("trend", "funnel", "transparency", "missing", "matrix")},
}
"""Word to the command that does what it says."""

WHAT: dict[str, str] = {
    "add": "use tracker add TITLE, or tracker add alone, which asks",
    "add --like": "tracker add TITLE --like REF copies what is alike",
    "report overview": "tracker report overview counts; the last line of tracker list QUERY tells how many there are",
    "log": "tracker log lists the changes, tracker timeline REF what happened to an agreement",
}
"""Commands that need more than their name."""

ARGUMENTS = {"list": " QUERY", "import": " FILE", "search": " WORDS", "note": " REF TEXT", "attach": " REF FILE"}
"""What is given to a command to begin with; mostly a REF."""

WITHOUT = ("log", "undo", "export", "check", "due", "duplicates")
"""Commands that need nothing."""


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
    with formatter.section("Values"):
        for name, listed in values.items():
            words = f"{name}: {', '.join(words_of(listed))}"
            for line in wrap(words, formatter.width - 2, subsequent_indent="    ", break_long_words=False):
                formatter.write(f"  {line}\n")


def folder() -> Path:
    """Where the pages lie: inside an installed package, else beside it in a checkout."""
    package = Path(__file__).parents[1]
    inside = package / "docs"
    return inside if inside.is_dir() else package.parent / "docs"


def manuals() -> list[str]:
    """Return the pages as they are asked for, the first page first."""
    return [README, *sorted(f"docs/{file.name}" for file in folder().glob("*.md") if file.name != README)]


def manual(word: str) -> str | None:
    """Return a page by its place, its file's name or that without an ending; None for what is no page."""
    name = word.removeprefix("docs/").removesuffix(".md")
    found = next((page for page in manuals() if Path(page).stem == name), None)
    if found is None:
        return None
    inside = folder() / Path(found).name
    return (inside if inside.is_file() else folder().parent / found).read_text(encoding="utf-8")


def leading(read_on: str) -> str:
    """Return where to read on with the command that prints each page that is named."""
    return _PAGE.sub(r"tracker help \1", read_on)


def first_screen(place: StoreLocation) -> str:
    """Return the screen for the store that is meant, whatever its state."""
    width = max(len(line) for line, _ in SCREEN)
    lines = [f"  {line:<{width}}  {what}" for line, what in SCREEN]
    head = "A register of international agreements: what binds and what does not."
    foot = "All commands: tracker --help. More of one: tracker help list"
    return "\n".join([head, "", *lines, "", *_next(place), foot, ""])


def _next(place: StoreLocation) -> list[str]:
    from tracker.read.file.connection import open_store

    try:
        with open_store(place) as reader:
            absent, count = reader.absent, reader.scalar("SELECT count(*) FROM agreements")
    except TrackerError as problem:
        return wrap(f"The store: {problem}", WIDTH)
    if absent:
        return [
            f"There is no register yet at {place.path}; the first write makes it.",
            "Next: tracker demo, or tracker add",
        ]
    holds = f"{place.path} holds {count} agreement{'s'[: count != 1]}."
    return [holds, "Next: tracker list" if count else "Next: tracker add, or tracker import FILE"]


def instead(word: str, names: list[str], path: str) -> str | None:
    """Return how to do what a word asks for, as half a sentence; None where that is not known.

    ``names`` are the commands where the word was tried, ``path`` is what leads there: ``tracker``, ``tracker party``.
    """
    meant = TRIED.get(word.lower())
    if meant is None or meant.partition(" ")[0] not in names:
        return None
    if path != "tracker":
        return None if " " in meant else f"use {path} {meant}"
    if meant in WHAT:
        return WHAT[meant]
    has_none = " " in meant or meant in WITHOUT
    return f"use tracker {meant}{'' if has_none else ARGUMENTS.get(meant, ' REF')}"
