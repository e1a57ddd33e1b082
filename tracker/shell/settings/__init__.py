"""The user's settings: ``$XDG_CONFIG_HOME/tracker/config.toml``.

Four keys, all optional: ``store`` (path), ``actor`` (name that the log shows), ``color`` (bool), ``pager`` (command). A
setting never changes what ``--json`` prints.
"""

from pathlib import Path
from typing import NamedTuple

from tracker.errors import InvalidValue
from tracker.files.folders import config_folder
from tracker.record.types import Record

KEYS = {"store": str, "actor": str, "color": bool, "pager": str}
LARGEST = 16 * 1024
"""Bytes of the file; the standard library's parser takes minutes over 100 KB of dotted keys."""


class Config(NamedTuple):
    """What the configuration file says; None = it does not say."""

    store: str | None = None
    actor: str | None = None
    color: bool | None = None
    pager: str | None = None


def config_file() -> Path:
    """Where the settings are looked for unless ``--config`` names a file."""
    return config_folder() / "config.toml"


def load(path: Path | None) -> Config:
    """Read the settings; a file that was named must be there, the usual one may be absent.

    Raises InvalidValue for a file that is no TOML, or holds an unknown key or a value of the wrong type.
    """
    named = path is not None
    file = path or config_file()
    try:
        with file.open("rb") as stream:
            text = stream.read(LARGEST + 1)
    except FileNotFoundError:
        if named:
            raise InvalidValue(
                f"no configuration file at {file}; leave out --config, or name one that exists"
            ) from None
        return Config()
    except OSError as error:
        raise InvalidValue(f"cannot read the configuration file {file}: {error.strerror}") from error
    return Config(**_checked(_parsed(text, file), file))


def _parsed(text: bytes, file: Path) -> Record:
    import tomllib

    if len(text) > LARGEST:
        raise InvalidValue(f"the configuration file {file} is larger than {LARGEST >> 10} KiB; it holds four settings")
    try:
        return tomllib.loads(text.decode("utf-8"))
    except RecursionError:
        raise InvalidValue(f"the configuration file {file} is nested too deeply") from None
    except ValueError as error:  # no TOML, no UTF-8, or a number of thousands of digits
        raise InvalidValue(f"the configuration file {file} is no TOML: {error}") from error


def _checked(values: Record, file: Path) -> Record:
    for key, value in values.items():
        kind = KEYS.get(key)
        if kind is None:
            raise InvalidValue(f"{file}: unknown setting {key!r}; the settings are {', '.join(KEYS)}")
        if not isinstance(value, kind):
            raise InvalidValue(f"{file}: {key} must be {'true or false' if kind is bool else 'text'}, got {value!r}")
        if isinstance(value, str) and "\0" in value:
            raise InvalidValue(f"{file}: {key} holds a NUL character; take it out")
    return values
