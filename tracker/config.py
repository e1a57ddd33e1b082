"""The user's settings: ``$XDG_CONFIG_HOME/tracker/config.toml``, and where the store lies by default.

Three keys, all optional: ``store`` (path), ``actor`` (name that the log shows), ``color`` (bool). A setting never
changes what ``--json`` prints. Empty or relative XDG values are ignored, as the Base Directory Specification asks.
"""

import os
from pathlib import Path
from typing import NamedTuple

from tracker.errors import InvalidValue

KEYS = {"store": str, "actor": str, "color": bool}


class Config(NamedTuple):
    """What the configuration file says; None = it does not say."""

    store: str | None = None
    actor: str | None = None
    color: bool | None = None


def _base(variable: str, fallback: str) -> Path:
    folder = Path(os.environ.get(variable, ""))
    return folder if folder.is_absolute() else Path.home() / fallback


def data_folder() -> Path:
    """Where the default store lies (XDG data directory)."""
    return _base("XDG_DATA_HOME", ".local/share") / "tracker"


def state_folder() -> Path:
    """Where lies what should outlive a run and is no data of the register (XDG state directory)."""
    return _base("XDG_STATE_HOME", ".local/state") / "tracker"


def config_file() -> Path:
    """Where the settings are looked for unless ``--config`` names a file."""
    return _base("XDG_CONFIG_HOME", ".config") / "tracker" / "config.toml"


def load(path: Path | None) -> Config:
    """Read the settings; a file that was named must be there, the usual one may be absent.

    Raises InvalidValue for a file that is no TOML, or holds an unknown key or a value of the wrong type.
    """
    named = path is not None
    file = path or config_file()
    try:
        text = file.read_bytes()
    except FileNotFoundError:
        if named:
            raise InvalidValue(
                f"no configuration file at {file}; leave out --config, or name one that exists"
            ) from None
        return Config()
    except OSError as error:
        raise InvalidValue(f"cannot read the configuration file {file}: {error.strerror}") from error
    import tomllib

    try:
        values = tomllib.loads(text.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidValue(f"the configuration file {file} is no TOML: {error}") from error
    for key, value in values.items():
        kind = KEYS.get(key)
        if kind is None:
            raise InvalidValue(f"{file}: unknown setting {key!r}; the settings are {', '.join(KEYS)}")
        if not isinstance(value, kind):
            raise InvalidValue(f"{file}: {key} must be {'true or false' if kind is bool else 'text'}, got {value!r}")
    return Config(**values)
