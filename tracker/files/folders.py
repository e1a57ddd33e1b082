"""The user's folders: for the register, for what outlives a run, and for settings.

Empty or relative XDG values are ignored, as the Base Directory Specification asks.
"""

import os
from pathlib import Path

from tracker.errors import InvalidValue


def data_folder() -> Path:
    """Where the default store lies (XDG data directory)."""
    return _base("XDG_DATA_HOME", ".local/share") / "tracker"


def state_folder() -> Path:
    """Where lies what should outlive a run and is no data of the register (XDG state directory)."""
    return _base("XDG_STATE_HOME", ".local/state") / "tracker"


def config_folder() -> Path:
    """Where the settings and the saved queries lie (XDG config directory)."""
    return _base("XDG_CONFIG_HOME", ".config") / "tracker"


def _base(variable: str, fallback: str) -> Path:
    folder = Path(os.environ.get(variable, ""))
    if folder.is_absolute():
        return folder
    try:
        return Path.home() / fallback
    except RuntimeError as error:
        raise InvalidValue(f"cannot tell the home folder: {error} Set HOME, or {variable}") from error
