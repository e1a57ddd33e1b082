"""The user's folders: for the register, for what outlives a run, and for settings.

Empty or relative XDG values are ignored, as the Base Directory Specification asks.
"""

import os
from pathlib import Path
from stat import S_IMODE

from tracker.errors import InvalidValue


def data_folder() -> Path:
    """Where the default store lies (XDG data directory)."""
    return base("XDG_DATA_HOME", ".local/share") / "tracker"


def state_folder() -> Path:
    """Where lies what should outlive a run and is no data of the register (XDG state directory)."""
    return base("XDG_STATE_HOME", ".local/state") / "tracker"


def config_folder() -> Path:
    """Where the settings and the saved queries lie (XDG config directory)."""
    return base("XDG_CONFIG_HOME", ".config") / "tracker"


PRIVATE_FOLDER, PRIVATE_FILE = 0o700, 0o600
"""Rights of what the program makes in the user's data folder: its owner's alone."""


def is_private(place: Path) -> bool:
    """Whether a place is the user's data folder, or lies in it."""
    try:
        folder = data_folder()
    except InvalidValue:  # there is no home folder that it could lie in
        return False
    return Path(os.path.realpath(place)).is_relative_to(os.path.realpath(folder))


def make(folder: Path) -> None:
    """Make a folder that is not there: the user's data folder private, any other as the umask says; raises OSError."""
    folder.mkdir(mode=PRIVATE_FOLDER if is_private(folder) else 0o777, parents=True, exist_ok=True)


def rights(place: Path, model: Path | None = None) -> int:
    """Return the rights for a new file: those of the file that it copies, private in the data folder, else any.

    The umask takes from them what it takes.
    """
    if model is not None and model.exists():
        return S_IMODE(model.stat().st_mode) & 0o666 | PRIVATE_FILE
    return PRIVATE_FILE if is_private(place) else 0o666


def base(variable: str, fallback: str) -> Path:
    """Return the folder that a variable names, where it names one in full; else one below the user's home."""
    folder = Path(os.environ.get(variable, ""))
    if folder.is_absolute():
        return folder
    try:
        return Path.home() / fallback
    except RuntimeError as error:
        raise InvalidValue(f"cannot tell the home folder: {error} Set HOME, or {variable}") from error
