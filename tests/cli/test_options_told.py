"""Typer is told of the options that stand on the line alone: what a command is handed is the same."""

from collections.abc import Sequence
from functools import wraps
from importlib import import_module
from inspect import signature
from typing import Any

import pytest
import typer
from hostile.command_lines import Command as Typed
from hostile.command_lines import commands, parameters
from running import Run

from tracker.shell.options import Command


def handed(typed: Typed, line: Sequence[str], told: Sequence[str] | None) -> dict[str, Any]:
    """Return what the function of a command is handed for a line, where Typer is told of what stands in ``told``."""
    module, _, name = typed.target.partition(":")
    function = getattr(import_module(f"tracker.commands.{module}"), name).function
    seen: dict[str, Any] = {}

    @wraps(function)
    def look(**values: Any) -> None:
        bound = signature(function).bind(**values)
        bound.apply_defaults()
        seen.update({key: value for key, value in bound.arguments.items() if key != "ctx"})

    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command()(Command(look).spread(told))
    typer.main.get_command(app).main(list(line), standalone_mode=False, obj="the context")
    return seen


def needed(typed: Typed) -> list[str]:
    """Return the shortest line that a command takes."""
    line: list[str] = []
    for parameter in parameters(typed):
        if parameter.required:
            line += ["x"] if parameter.param_type_name == "argument" else [parameter.opts[0], "x"]
    return line


@pytest.mark.sampled(3)
@pytest.mark.parametrize("typed", commands(), ids=lambda typed: " ".join(typed.words))
def test_a_command_is_handed_the_same(typed: Typed) -> None:
    line = needed(typed)
    assert handed(typed, line, line) == handed(typed, line, None)


LIST = next(typed for typed in commands() if typed.words == ("list",))


@pytest.mark.parametrize(
    "line",
    [
        ["--party", "JPN", "--party=USA", "--json", "--limit=3"],
        ["party:JPN", "--certain", "-f", "csv"],
        ["-fcsv", "--signed", "2020"],
        ["--as-of", "-2y", "--reverse"],
        ["--", "--party", "JPN"],
        ["--party", "--json"],
    ],
    ids=" ".join,
)
def test_options_say_the_same(line: list[str]) -> None:
    assert handed(LIST, line, line) == handed(LIST, line, None)


def test_an_option_that_is_not_known_is_told_with_the_nearest(run: Run) -> None:
    code, _, err = run("list", "--json", "--parti", "JPN")
    assert code == 2
    assert "--party" in err
