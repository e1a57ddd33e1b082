"""``tracker config``: the settings, and where each comes from."""

import os
from pathlib import Path
from typing import Annotated

from tracker.errors import NotFound, UsageProblem
from tracker.shell import messages, output, settings, streams
from tracker.shell.context import AppContext
from tracker.shell.options import OutputOptions, argument, command
from tracker.table import Column, Row, Table

VARIABLES = {"store": "TRACKER_STORE", "actor": "TRACKER_ACTOR", "pager": "TRACKER_PAGER"}


Name = Annotated[str, argument("The setting.", metavar="NAME", offers="setting")]


@command
def list_(context: AppContext, out: OutputOptions) -> None:
    """List the settings: the value of each, and where it comes from.

    Examples:
        tracker config list
        tracker config list --json

    An option comes before the environment, that before the project file .tracker.toml, that before the user's file.

    Read on: docs/store.md
    """
    rows: list[Row] = [(name, *_settled(context, name)) for name in settings.settable()]
    columns = [Column("setting", "code", weight=9), Column("value", weight=8), Column("from", weight=7)]
    output.answer(Table("settings", columns, rows), context, out)


@command
def get(context: AppContext, name: Name) -> None:
    """Print the value of a setting.

    Examples:
        tracker config get store

    Read on: tracker help config list
    """
    settings.check(name)
    value, _ = _settled(context, name)
    if value is None:
        raise NotFound(f"{name} is not set; set it with: tracker config set {name} VALUE")
    output.line(value)


@command
def set_(
    context: AppContext,
    name: Name,
    value: Annotated[str, argument("The value; '' takes it out.", metavar="VALUE", offers="value of the setting")],
) -> None:
    """Write a setting into the user's file.

    Examples:
        tracker config set home JPN
        tracker config set columns.list ref,title,signed
        tracker config set home ''

    Read on: tracker help config list
    """
    file = settings.put(name, value)
    done = f"{name} = {value}" if value.strip() else f"{name} is taken out"
    messages.say(f"{done}, in {file}", quiet=context.quiet)
    _, origin = _settled(context, name)
    if origin not in ("default", str(file)):
        messages.say(f"here it is still overruled by {origin}", quiet=context.quiet)


@command
def edit(context: AppContext) -> None:
    """Open the user's file in $EDITOR.

    Examples:
        tracker config edit

    Read on: tracker help config list
    """
    import subprocess

    from tracker.shell.edit.editor import editor_command

    file = settings.config_file()
    words = editor_command(context, lacking="no editor to open", instead="tracker config set NAME VALUE needs none")
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        subprocess.run([*words, str(file)], check=False)  # noqa: S603 - the user's own choice
    except OSError as error:
        raise UsageProblem(f"cannot start the editor {words[0]!r}: {error.strerror}; set $EDITOR to another") from error
    settings.load(None)


@command
def path(context: AppContext, out: OutputOptions) -> None:
    """Say which files the settings stand in, and whether they are there.

    Examples:
        tracker config path

    Read on: tracker help config list
    """
    user, project = settings.config_file(), settings.project_file()
    rows: list[Row] = [(str(project), "project", True)] if project else []
    rows.append((str(user), "user", user.is_file()))
    columns = [Column("file", weight=9), Column("whose", "code"), Column("there", "flag")]
    output.answer(Table("settings files", columns, rows), context, out)


def _settled(context: AppContext, name: str) -> tuple[str | None, str]:
    """Return the value of a setting that holds here, and where it comes from."""
    said = context.settings
    key, _, command_name = name.partition(".")
    kept = getattr(said, key)
    value = kept.get(command_name) if command_name else kept
    if _is_typed(context, key):
        return _typed(context, key), "option"
    if surrounding := _of_environment(key, configured=value is not None):
        return surrounding
    if value is None:
        return (str(Path(context.store.path)), "default") if key == "store" else (None, "default")
    return str(value).lower() if isinstance(value, bool) else str(value), said.origins.get(name, "default")


def _of_environment(key: str, *, configured: bool) -> tuple[str, str] | None:
    """Return the value that a variable gives a setting, and which: of the pager one that is configured goes before."""
    variables = [VARIABLES.get(key, "")] + (["PAGER"] if key == "pager" and not configured else [])
    told = next(((os.environ[name], name) for name in variables if os.environ.get(name)), None)
    if key == "color":
        forcing = streams.forcing(os.environ)
        told = ("never", "NO_COLOR") if os.environ.get("NO_COLOR") else ("always", forcing) if forcing else None
    return (told[0], f"environment {told[1]}") if told else None


def _typed(context: AppContext, key: str) -> str | None:
    """Return the value that an option of the line gives a setting."""
    if key == "color":
        return {None: "auto", True: "always", False: "never"}[context.color]
    return {"store": str(context.store.path), "actor": context.actor, "pager": "never"}[key]


def _is_typed(context: AppContext, key: str) -> bool:
    options = {
        "store": ("--store",),
        "actor": ("--actor",),
        "color": ("--color", "--no-color"),
        "pager": ("--no-pager",),
    }.get(key, ())
    return any(word.partition("=")[0] in options for word in context.words)
