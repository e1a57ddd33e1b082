"""Command lines of every command that there is, made from its own parameters; new commands are found by themselves."""

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

import typer
from hostile_texts import NAMES, dates, hostile, paths
from hypothesis import strategies as st

from tracker.shell.program import COMMANDS, Entry

WITHOUT = {("demo",)}
"""Commands that keep to a store of their own and take seconds."""

REFS = ("us-jp-sosa-2023", "us-jp-rdte-mou-2023")
PLAUSIBLE: dict[str, tuple[str, ...]] = {
    "kind": ("signed", "entered_into_force", "state", "unknown"),
    "date": ("2023-01-12", "2023~", "unknown", "today"),
    "as_of": ("2024-01-01",),
    "signed": ("2023-01-12", "2020..", "none"),
    "in_force": ("2023-02",),
    "effective": ("2023-02",),
    "within": ("180d", "P1Y"),
    "set_": ("title=Other", "events[e1].date=2022", "extra.owner=me", "binding=binding", "notes="),
    "add": ("notes=more", "parties=AUS: Army", "identifiers=TIAS 1", "events=ratified"),
    "remove": ("notes", "parties[JPN]", "e1"),
    "relation": ("amends", "updated_by", "signed_together_with"),
    "path": ("title_term", "signed", "binding_status", "topic:headquarters"),
    "field": ("title_term",),
    "value": ("Arrangement", "2023-01-12"),
    "party": ("JPN", "USA: Department of Defense", "Japan"),
    "any_party": ("JPN,USA",),
    "binding": ("binding", "non_binding,mixed"),
    "type": ("security_of_supply_arrangement", "treaty"),
    "focus": ("supply_chain",),
    "family": ("sosa",),
    "signatory": ("USA: Lloyd J. Austin III, Secretary of Defense", "lloyd-j-austin-iii"),
    "source": ("pacom-2023-01-18", "https://example.org/a?b=1"),
    "format": ("json", "csv", "table", "markdown", "ndjson", "tsv", "ics"),
    "columns": ("ref,title", "ref,signed,parties", "x.owner"),
    "sort": ("ref", "signed", "title"),
    "limit": ("0", "3"),
    "by": ("year", "party"),
    "query": ("party:JPN", "signed:2023", "not", "or", "(", ")", "-focus:trade", "x.owner:me"),
    "extra": ("owner=me",),
    "identifier": ("TIAS:1",),
    "because": ("party_statement: so they say", "so it reads"),
    "confidence": ("high",),
    "text_access": ("public",),
    "name": ("JPN", "sosa", "supply_chain", "New name"),
    "code": ("org-new", "new_area"),
    "id": ("new-id",),
}
"""Values that a parameter of that name takes; any other gets a ref. They let a hostile one come as far as it can."""

FILES = (*NAMES, "out.json", "out.csv", "out.md", "out.txt", "register.db", "register.db-wal", "nowhere/out.json")
ANY = st.one_of(hostile, dates, paths, st.sampled_from(["title=", "x.a=", "notes=", "JPN: ", "a:"]).flatmap(
    lambda start: hostile.map(start.__add__)))  # fmt: skip


class Command(NamedTuple):
    """A command as it is typed, and where it is found."""

    words: tuple[str, ...]
    target: str


def commands() -> list[Command]:
    """Return every command of the program, without importing any."""
    return [Command(words, entry.target) for words, entry in _leaves(COMMANDS)]


def _leaves(table: dict[str, Entry], before: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Entry]]:
    for name, entry in table.items():
        words = (*before, name)
        if entry.table:
            yield from _leaves(entry.table, words)
        elif words not in WITHOUT:
            yield words, entry


@cache
def parameters(command: Command) -> list[Any]:
    """Return the parameters of a command as Typer knows them."""
    module, _, function = command.target.partition(":")
    app = typer.Typer(add_completion=False)
    app.command(command.words[-1])(getattr(import_module(f"tracker.commands.{module}"), function).spread())
    return [item for item in typer.main.get_command(app).params if item.name != "help"]


@st.composite
def arguments(draw: Any, command: Command) -> list[str]:
    """Draw a plausible line for a command in which at most a few values are hostile."""
    line: list[str] = []
    known = parameters(command)
    spoiled = draw(st.integers(0, max(len(known) - 1, 0)))
    for place, parameter in enumerate(known):
        hit = place == spoiled
        value = _value(parameter, hit=hit)
        if parameter.param_type_name == "argument":
            count = draw(st.integers(1, 2)) if parameter.nargs == -1 else 1
            if parameter.required or hit or draw(st.booleans()):
                line += [draw(value) for _ in range(count)]
        elif hit or draw(st.integers(0, 9)) == 0:
            name = draw(st.sampled_from(parameter.opts))
            line += [name] if parameter.is_flag else _spelled(name, draw(value), joined=draw(st.booleans()))
    if draw(st.integers(0, 9)) == 0:
        line.insert(draw(st.integers(0, len(line))), draw(ANY))
    return line


def _value(parameter: Any, *, hit: bool) -> st.SearchStrategy[str]:
    if "Path" in type(parameter.type).__name__:
        return st.sampled_from(FILES)
    return ANY if hit else st.sampled_from(PLAUSIBLE.get(parameter.name, REFS))


def _spelled(name: str, value: str, *, joined: bool) -> list[str]:
    return [f"{name}={value}"] if joined and name.startswith("--") else [name, value]
