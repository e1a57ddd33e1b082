"""Where a store lies, and what lies at that place, before anything opens it."""

import os
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from tracker.errors import StoreForeign, StoreProblem
from tracker.plain import Value


class StoreLocation(Value):
    """Where the store lies, and whether somebody named that place (a named store must exist for reads)."""

    path: Path
    named: bool
    by_option: bool = False
    """Named on the command line itself, not by the environment or the settings."""
    known_at: str | None = None
    """The moment whose state of the register is asked for, as an instant; None = now."""


def there(path: Path) -> bool:
    """Tell whether a file lies at a place; raises StoreForeign for what is no file, StoreProblem where it is closed."""
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116  # follows links, and costs no second object
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        cause = f"store {path} cannot be opened ({error.strerror})"
        raise StoreProblem(f"{cause}; check the permissions of the file and its folder") from error
    if S_ISDIR(mode):
        raise StoreForeign(f"{path} is a folder, not a store; name the file in it")
    if not S_ISREG(mode):
        raise StoreForeign(f"{path} is a pipe or a device, not a store; name a file")
    return True
