"""One renderer or importer by name: the file of that name in our own folder first, entry points only on a miss.

Scanning the entry points of every installed distribution costs about 45 ms, a file name nothing; so a built-in name
always wins, and only ``listing`` (``tracker formats``) looks at everything.
"""

import os
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Literal

from tracker.errors import InvalidValue, Refused
from tracker.plain import Value

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

Group = Literal["renderers", "importers"]

ALIASES = {"md": "markdown", "jsonl": "ndjson", "txt": "table"}
"""Short names, and file endings, of formats whose file is called otherwise."""


class Found(Value):
    """A format as ``tracker formats`` lists it."""

    name: str
    summary: str
    suffixes: tuple[str, ...]
    origin: str
    """``tracker``, or the distribution that brings it."""
    problem: str | None = None
    """Why it cannot be used: it does not load, or a built-in format has its name."""


def names(group: Group) -> list[str]:
    """The built-in names, sorted, without importing anything."""
    try:
        files = os.listdir(Path(__file__).parent / group)  # noqa: PTH208 - iterdir makes a Path of each
    except FileNotFoundError:
        return []
    return sorted(file[:-3].replace("_", "-") for file in files if file.endswith(".py") and not file.startswith("_"))


def load(group: Group, name: str) -> ModuleType:
    """The module of that name; ``InvalidValue`` names the choices and the nearest."""
    wanted = ALIASES.get(name.lower(), name.lower()).replace("_", "-")
    if wanted in names(group):
        return _module(group, wanted)
    guests = {guest.name: guest for guest in _guests(group)}
    if name in guests:
        return _load_guest(guests[name])
    raise InvalidValue(_unknown(group, name, sorted({*names(group), *guests})))


def typed(form: str) -> ModuleType:
    """The module of a form that is typed, such as a template."""
    return import_module(f"tracker.renderers._asked.{form}")


def for_any_answer() -> list[str]:
    """The built-in output formats that every answer goes with."""
    return [name for name in names("renderers") if not getattr(_module("renderers", name), "NEEDS", None)]


def by_suffix(group: Group, path: Path) -> str | None:
    """The name of the format that the ending of a file implies; None where there is none."""
    suffix = path.suffix.lower()
    if not suffix:
        return None
    built_in = names(group)
    name = ALIASES.get(suffix[1:], suffix[1:])
    if name in built_in:
        return name
    for name in built_in:
        if suffix in _module(group, name).SUFFIXES:
            return name
    for guest in _guests(group):
        if suffix in getattr(_load_guest(guest), "SUFFIXES", ()):
            return guest.name
    return None


def listing(group: Group) -> list[Found]:
    """Everything there is, built-in and installed, each imported; broken ones with their problem."""
    built_in = names(group)
    found = [_described(name, _module(group, name), "tracker") for name in built_in]
    for guest in _guests(group):
        origin = guest.dist.name if guest.dist else guest.value
        if guest.name in built_in:
            found.append(Found(guest.name, "", (), origin, "has the name of a built-in format and is never used"))
            continue
        try:
            found.append(_described(guest.name, _load_guest(guest), origin))
        except Refused as error:
            found.append(Found(guest.name, "", (), origin, str(error)))
    return found


def _module(group: Group, name: str) -> ModuleType:
    """The built-in format of that name: ``un-status`` stands in ``un_status.py``."""
    return import_module(f"tracker.{group}.{name.replace('-', '_')}")


def _described(name: str, module: ModuleType, origin: str) -> Found:
    return Found(name, getattr(module, "SUMMARY", ""), tuple(getattr(module, "SUFFIXES", ())), origin)


def _guests(group: Group) -> "list[EntryPoint]":
    from importlib.metadata import entry_points

    return sorted(entry_points(group=f"tracker.{group}.v1"), key=lambda guest: guest.name)


def _load_guest(guest: "EntryPoint") -> ModuleType:
    try:
        module: ModuleType = guest.load()
    except Exception as error:
        message = f"format '{guest.name}' ({guest.value}) cannot be loaded: {error}; update or remove that package"
        raise Refused(message) from error
    return module


def _unknown(group: Group, name: str, choices: list[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name.lower(), [*choices, *ALIASES], 1)
    hint = f"did you mean {near[0]}? " if near else ""
    what = "output format" if group == "renderers" else "import format"
    return f"unknown {what} '{name}'; {hint}choose one of {', '.join(choices)}"
