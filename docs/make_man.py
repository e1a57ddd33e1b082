"""Make docs/tracker.1, the manual page, from the commands, their headings, and the options of the program.

python docs/make_man.py
"""  # noqa: INP001 - a script, no package

import ast
import inspect
import sys
from collections.abc import Iterator
from pathlib import Path

import typer

TARGET = Path(__file__).parent / "tracker.1"
sys.path.insert(0, str(Path(__file__).parents[1]))

from tracker import errors  # noqa: E402 - the checkout goes before what is installed
from tracker.shell import helping  # noqa: E402
from tracker.shell.program import COMMANDS, whole  # noqa: E402

ENVIRONMENT = {
    "TRACKER_STORE": "The store, where --store names none.",
    "TRACKER_TODAY": "The day that is taken for today.",
    "TRACKER_ACTOR": "Who makes the change, for the log.",
    "TRACKER_PAGER": "The pager for long answers; before PAGER.",
    "EDITOR": "The editor that records are written in; VISUAL goes before it.",
    "NO_COLOR": "No colour, whatever it holds.",
    "XDG_DATA_HOME": "Folder of the register (tracker/register.db in it); ~/.local/share where it is not set.",
    "XDG_CONFIG_HOME": "Folder of the settings (tracker/config.toml in it); ~/.config where it is not set.",
}


def page() -> str:
    """Return the manual page, in the language of man(7)."""
    return "".join(f"{line}\n" for line in _lines())


def _lines() -> Iterator[str]:
    yield r".\" Made by docs/make_man.py."
    yield '.TH TRACKER 1 "" "tracker" "User Commands"'
    yield from (".SH NAME", rf"tracker \- {_text('a register of international agreements')}")
    yield from (".SH SYNOPSIS", ".B tracker", r"[\fIOPTION\fR ...] \fICOMMAND\fR [\fIARGUMENT\fR ...]")
    yield ".SH DESCRIPTION"
    yield _text(
        "Treaties that bind and arrangements that do not: recorded with their sources, dates as exact as they are"
    )
    yield _text("known, binding compared with non-binding. What a command takes and prints: tracker help COMMAND.")
    yield ".SH COMMANDS"
    listed = [(name, entry.help) for name, entry in COMMANDS.items()]
    for heading, commands in helping.sections(listed, grouped=True):
        yield f".SS {_text(heading)}"
        for name, what in commands:
            yield from (".TP", rf".B {_text(name)}", _text(what))
    yield from (".SH OPTIONS", *_options())
    yield ".SH EXIT STATUS"
    for code, meaning in _codes():
        yield from (".TP", f".B {code}", _text(meaning))
    yield ".SH ENVIRONMENT"
    for name, meaning in ENVIRONMENT.items():
        yield from (".TP", f".B {name}", _text(meaning))
    yield from (".SH EXAMPLES", ".nf", *(_text(line) for line in helping.EXAMPLES), ".fi")
    yield from (".SH SEE ALSO", _text("tracker help README.md prints the documentation that is installed with it."))


def _options() -> Iterator[str]:
    program = whole()
    context = typer.Context(program)
    for option in program.params:
        said = getattr(option, "help", None)
        if said and not getattr(option, "hidden", False):
            names = ", ".join([*option.opts, *option.secondary_opts])
            value = "" if getattr(option, "is_flag", False) else rf" \fI{_text(option.make_metavar(context))}\fR"
            yield from (".TP", rf"\fB{_text(names)}\fR{value}", _text(said))


def _codes() -> Iterator[tuple[int, str]]:
    """Yield the exit codes with what is written under each."""
    (body,) = ast.parse(inspect.getsource(errors.ExitCode)).body
    assert isinstance(body, ast.ClassDef)  # noqa: S101 - a class is a class
    for place, node in enumerate(body.body):
        if isinstance(node, ast.Assign):
            yield ast.literal_eval(node.value), inspect.cleandoc(ast.literal_eval(body.body[place + 1].value))


def _text(text: str) -> str:
    r"""Return text that roff prints as it is: no escape, no request, no hyphen that is no minus."""
    done = text.replace("\\", r"\e").replace("-", r"\-")
    return rf"\&{done}" if done.startswith((".", "'")) else done


if __name__ == "__main__":
    TARGET.write_text(page())
