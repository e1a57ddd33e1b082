"""Files that are made aside and get their name when they are whole: stores and backups."""

import os
import time
from pathlib import Path

from tracker.errors import StoreUnwritable
from tracker.read.file import connection as reading

PAUSE = 0.02
"""Seconds between two tries to be the one that gives a file its name."""


def give_name(aside: Path, place: Path) -> bool:
    """Give a finished file its name, for good; tells whether the name was free, and another process was not first."""
    try:
        os.link(aside, place)
    except FileExistsError:
        return False
    except OSError:  # a file system without hard links
        if not _rename(aside, place):
            return False
    flush(place.parent)
    return True


def flush(path: Path) -> None:
    """Have a file, or the names in a folder, written to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _rename(aside: Path, place: Path) -> bool:
    """Rename a finished file unless its name is taken; renaming would overwrite, so one process at a time does it.

    Raises StoreUnwritable where the lock file stays: its process was killed between two lines of this.
    """
    lock = place.with_name(f".{place.name}.lock")
    last = time.monotonic() + reading.BUSY_SECONDS
    while True:
        try:
            os.close(os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
            break
        except FileExistsError:
            if time.monotonic() > last:
                cause = f"cannot make {place}: another process seems to be making it"
                raise StoreUnwritable(f"{cause}; if none is, remove {lock}") from None
            time.sleep(PAUSE)
    try:
        if place.exists():
            return False
        aside.rename(place)
    finally:
        lock.unlink()
    return True
