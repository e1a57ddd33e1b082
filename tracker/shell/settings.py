"""The settings: those of the user, and those of a project over them.

``$XDG_CONFIG_HOME/tracker/config.toml`` is the user's; ``.tracker.toml`` in this folder, or the nearest one above it,
is a project's. All keys are optional: ``store`` (path), ``actor`` (name that the log shows), ``color`` (true or false),
``pager`` (command), ``home`` (party whose partners are meant), and for commands that list agreements ``columns`` and
``sort`` (``columns.list = "ref,title"``), which people see and machines do not; ``site`` says how a published site is
called and coloured (``site.title = "..."``). A setting never changes what ``--json`` prints.

A project file may be somebody else's. It runs nothing: no pager is taken from it, and no store or logo outside of its
folder.

One is put into the user's file, or taken out of it; all else stays as it is written there.
"""

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from tracker.errors import InvalidValue, StoreUnwritable
from tracker.files.folders import config_folder
from tracker.plain import Value
from tracker.record.types import Json, Record

KEYS: Mapping[str, type] = {
    "store": str,
    "actor": str,
    "color": bool,
    "pager": str,
    "home": str,
    "columns": dict,
    "sort": dict,
    "site": dict,
}
LISTING = ("list", "search")
"""Commands that have columns and an order of their own."""

COLOURS = tuple(f"{name}{screen}" for name in ("accent", "binding", "non_binding") for screen in ("", "_dark"))
"""Colours of a site that can be set, each for light and dark screens."""

SITE = ("title", "header", "footer", "logo", "url", *COLOURS)
"""What can be said of a site."""

INNER: Mapping[str, tuple[str, ...]] = {"columns": LISTING, "sort": LISTING, "site": SITE}
"""Key that holds several to the names of these."""

LARGEST = 16 * 1024
"""Bytes of the file; the standard library's parser takes minutes over 100 KB of dotted keys."""

PROJECT = ".tracker.toml"

NOTHING: Mapping[str, str] = {}


class Config(Value):
    """What the files say; None = they do not say."""

    store: str | None = None
    actor: str | None = None
    color: bool | None = None
    pager: str | None = None
    home: str | None = None
    columns: Mapping[str, str] = NOTHING
    sort: Mapping[str, str] = NOTHING
    site: Mapping[str, str] = NOTHING
    origins: Mapping[str, str] = NOTHING
    """Key to the file that it comes from."""
    refused: tuple[str, ...] = ()
    """What of a project file was not taken, and why, a line each."""


def config_file() -> Path:
    """Where the user's settings are looked for unless ``--config`` names a file."""
    return config_folder() / "config.toml"


def project_file() -> Path | None:
    """The project file of this folder, or the nearest one above it."""
    try:
        folder = Path.cwd()
    except OSError:  # the folder is gone
        return None
    return next((file for above in (folder, *folder.parents) if os.path.isfile(file := above / PROJECT)), None)  # noqa: PTH113 - says no where it may not look


def load(path: Path | None) -> Config:
    """Read the settings; a file that was named must be there and is read alone, the usual ones may be absent.

    Raises InvalidValue for a file that is no TOML, or holds an unknown key or a value of the wrong type.
    """
    said = _read(path or config_file(), named=path is not None)
    origins = dict.fromkeys(dict(flat(said)), str(path or config_file()))
    file = None if path is not None else project_file()
    if file is None:
        return Config(**said, origins=origins)
    project = _read(file, named=False)
    refused = tuple(_refused(project, file))
    for key, value in project.items():
        said[key] = {**said.get(key, {}), **value} if isinstance(value, dict) else value
    origins |= dict.fromkeys(dict(flat(project)), str(file))
    return Config(**said, origins=origins, refused=refused)


def flat(said: Record) -> Iterator[tuple[str, Json]]:
    """Yield the settings under the names by which they are set: ``columns.list``."""
    for key, value in said.items():
        if isinstance(value, dict):
            yield from ((f"{key}.{name}", inner) for name, inner in value.items())
        else:
            yield key, value


def _refused(project: Record, file: Path) -> Iterator[str]:
    """Take out of a project's settings what could harm, and say so."""
    if _is_of_another(file):
        project.clear()
        yield f"{file} belongs to another user; nothing was taken from it"
    if project.pop("pager", None) is not None:
        yield f"{file}: pager is not taken from a project file, for it runs a program; set it for yourself"
    folder = file.parent.resolve()
    for said, key, instead in (
        (project, "store", "name it with --store"),
        (project.get("site", {}), "logo", "set site.logo for yourself"),
    ):
        named = said.pop(key, None)
        if named is None:
            continue
        place = (folder / named).resolve()
        if folder in place.parents:
            said[key] = str(place)
        else:
            yield f"{file}: {key} {named!r} lies outside of {folder} and is not taken; {instead}"


def _is_of_another(file: Path) -> bool:
    try:
        return file.stat().st_uid not in (os.geteuid(), 0)
    except OSError:
        return True


def _read(file: Path, *, named: bool) -> Record:
    try:
        with file.open("rb") as stream:
            text = stream.read(LARGEST + 1)
    except FileNotFoundError:
        if named:
            raise InvalidValue(
                f"no configuration file at {file}; leave out --config, or name one that exists"
            ) from None
        return {}
    except OSError as error:
        raise InvalidValue(f"cannot read the configuration file {file}: {error.strerror}") from error
    return _checked(text, file)


def _checked(text: bytes, file: Path) -> Record:
    """Return the settings of a file's text. Raises InvalidValue."""
    said = _parsed(text, file)
    for key, value in said.items():
        _check(key, value, file)
    return said


def _parsed(text: bytes, file: Path) -> Record:
    import tomllib

    if len(text) > LARGEST:
        raise InvalidValue(f"the configuration file {file} is larger than {LARGEST >> 10} KiB; it holds a few settings")
    try:
        return tomllib.loads(text.decode("utf-8"))
    except RecursionError:
        raise InvalidValue(f"the configuration file {file} is nested too deeply") from None
    except ValueError as error:  # no TOML, no UTF-8, or a number of thousands of digits
        raise InvalidValue(f"the configuration file {file} is no TOML: {error}") from error


def _check(key: str, value: Json, file: Path) -> None:
    kind = KEYS.get(key)
    if kind is None:
        raise InvalidValue(f"{file}: unknown setting {key!r}; the settings are {', '.join(KEYS)}")
    if not isinstance(value, kind):
        inner = INNER.get(key, ("",))
        wanted = {bool: "true or false", str: "text", dict: f'several, as in {key}.{inner[0]} = "..."'}[kind]
        raise InvalidValue(f"{file}: {key} must be {wanted}, got {value!r}")
    if isinstance(value, str) and "\0" in value:
        raise InvalidValue(f"{file}: {key} holds a NUL character; take it out")
    for name, said in value.items() if isinstance(value, dict) else ():
        if name not in INNER[key] or not isinstance(said, str) or "\0" in said:
            known = ", ".join(f"{key}.{one}" for one in INNER[key])
            raise InvalidValue(f"{file}: {key}.{name} = {said!r}: expected a text for one of {known}")


def settable() -> list[str]:
    """Return the names by which settings are set."""
    return [
        name
        for key, kind in KEYS.items()
        for name in ([f"{key}.{inner}" for inner in INNER[key]] if kind is dict else [key])
    ]


def check(name: str) -> None:
    """Raise InvalidValue for a name that is no setting, with the nearest ones."""
    if name not in settable():
        from tracker.record.vocabulary import expected

        raise InvalidValue(f"no setting {name!r}; {expected(name, settable())}")


def put(name: str, text: str) -> Path:
    """Write a setting into the user's file; an empty text takes it out. Returns the file.

    Raises InvalidValue for a value that the setting does not take, and for a file in which it stands in another way
    than on a line of its own.
    """
    from tracker.files.aside import replacing

    check(name)
    file = config_file()
    before = _text(file)
    value = _value(name, text)
    after = _with_line(before, name, None if value is None else f"{name} = {_toml(value)}")
    said = dict(flat(_checked(after.encode(), file)))
    if said.get(name) != value:
        raise InvalidValue(f"{file}: {name} stands there in another way; change it with: tracker config edit")
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with replacing(file) as out:
            out.write(after.encode())
    except OSError as error:
        raise StoreUnwritable(f"cannot write the settings in {file}: {error.strerror}") from error
    return file


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidValue(f"cannot read the settings in {file}: {error}") from error


def _value(name: str, text: str) -> Json:
    if not text.strip():
        return None
    if KEYS.get(name) is not bool:
        return text.strip()
    words = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
    if text.strip().lower() not in words:
        raise InvalidValue(f"{name} {text!r}: expected true or false")
    return words[text.strip().lower()]


def _toml(value: Json) -> str:
    import json

    return json.dumps(value, ensure_ascii=True)


def _with_line(text: str, name: str, line: str | None) -> str:
    """Return the text with the line of a setting put in, above the first table, or taken out."""
    own = re.compile(rf"\s*{re.escape(name)}\s*=")
    lines = [one for one in text.splitlines() if not own.match(one)]
    if line is not None:
        at = next((place for place, one in enumerate(lines) if one.lstrip().startswith("[")), len(lines))
        lines.insert(at, line)
    return "".join(f"{one}\n" for one in lines)
