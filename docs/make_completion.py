"""Write ``tracker/shell/completion/table.tsv``: every command, its options and arguments, and what TAB offers for each.

    python docs/make_completion.py [--check]

The declarations of the commands say it; TAB has no time to import them. ``--check`` writes nothing and fails where the
table is not of today.
"""  # noqa: INP001 - a script, no package

import sys
from collections.abc import Iterator
from enum import Enum
from importlib import import_module
from pathlib import Path
from typing import Any, get_args, get_type_hints

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tracker.shell import program  # noqa: E402 - the program of this checkout
from tracker.shell.completion import table  # noqa: E402 - the program of this checkout
from tracker.shell.options import Command, one_of  # noqa: E402 - the program of this checkout

LONGEST = 70
"""Characters of a help."""

HELP = table.Row("", ("--help", "-h"), table.FLAG, many=False, help="Show the help of the command")


def rows() -> Iterator[table.Row]:
    """Yield the global options, and every command with its own."""
    app: Any = program.whole()
    yield HELP
    yield from _options("", app, _hints(program.root))
    yield from _commands("", app)


def text() -> str:
    """Return the text of the table."""
    return "".join(f"{row.line}\n" for row in rows())


def _commands(above: str, group: Any) -> Iterator[table.Row]:
    for name, entry in group.table.items():
        path = f"{above} {name}".strip()
        yield table.Row(
            above, (name,), table.GROUP if entry.table else table.COMMAND, many=False, help=entry.help.removesuffix(".")
        )
        command = group.get_command(None, name)
        if entry.table:
            yield from _commands(path, command)
            continue
        module, _, function = entry.target.partition(":")
        called = getattr(import_module(f"tracker.commands.{module}"), function)
        yield from _options(path, command, _hints(called))


def _hints(command: Command) -> dict[str, Any]:
    """Return the annotations that Typer sees, with their markers."""
    return get_type_hints(command.spread(), include_extras=True)


def _options(path: str, command: Any, hints: dict[str, Any]) -> Iterator[table.Row]:
    for parameter in command.params:
        is_option = parameter.param_type_name == "option"
        names = tuple(sorted(parameter.opts, key=len, reverse=True)) if is_option else (table.ARGUMENT,)
        many = bool(getattr(parameter, "multiple", False)) or parameter.nargs == -1
        flag = is_option and parameter.is_flag
        offers = table.FLAG if flag else _offers(hints[parameter.name])
        yield table.Row(path, names, offers, many=many, help=_short(parameter.help or "") if is_option else "")


def _offers(hint: Any) -> str:
    said = [vars(marker).get("offers", "") for marker in getattr(hint, "__metadata__", ())]
    if any(said):
        return "".join(said)
    types = set(_types(hint))
    words = [kind for kind in types if isinstance(kind, type) and issubclass(kind, Enum)]
    return one_of(word.value for word in words[0]) if words else "file" if Path in types else table.NOTHING


def _types(hint: Any) -> Iterator[Any]:
    yield hint
    for inner in get_args(hint):
        yield from _types(inner)


def _short(text: str) -> str:
    """Return the first sentence of a help, or as much of it as stands beside an option."""
    line = " ".join(text.split())
    ends = [place for mark in (". ", "; ") if (place := line.find(mark)) > 0]
    line = line[: min(ends)] if ends else line.removesuffix(".")
    return line if len(line) <= LONGEST else line[:LONGEST].rpartition(" ")[0] + " ..."


def main() -> None:
    """Write the table, or look whether it is of today."""
    made = text()
    if "--check" in sys.argv[1:]:
        sys.exit(
            0 if Path(table.FILE).read_text(encoding="utf-8") == made else f"{table.FILE} is old: run {sys.argv[0]}"
        )
    Path(table.FILE).write_text(made, encoding="utf-8")


if __name__ == "__main__":
    main()
