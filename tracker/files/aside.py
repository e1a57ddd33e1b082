"""Files that are written aside and get their name when they are whole: answers, saved queries, stores, backups."""

import errno
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from stat import S_IMODE
from typing import BinaryIO

from tracker.errors import StoreUnwritable
from tracker.files.folders import rights

PAUSE = 0.02
"""Seconds between two tries to be the one that gives a file its name."""

JOURNALS = ("-journal", "-wal", "-shm")
"""Endings of what SQLite keeps beside a database."""


@contextmanager
def replacing(place: Path) -> Iterator[BinaryIO]:
    """Yield a new file that takes the name of another when it is complete; the rights of the other stay.

    On any exception, an interrupt too, ``place`` stays as it was. Raises OSError.
    """
    part = new_part(place)
    try:
        with part.open("wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())  # a full disk may show only here
        with suppress(FileNotFoundError):
            part.chmod(S_IMODE(place.stat().st_mode))
        part.replace(place)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def new_part(place: Path) -> Path:
    """Make an empty file in the folder of ``place``, with the rights that the user's umask leaves, and return it."""
    for number in range(100):
        part = place.with_name(f".{place.name[:50]}.{os.getpid()}-{number}.part")
        with suppress(FileExistsError):
            os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
            return part
    raise FileExistsError(errno.EEXIST, f"{part.name} and others like it are in the way")


@contextmanager
def beside(place: Path, model: Path | None = None, *, mark: str = "") -> Iterator[Path]:
    """Yield an empty file in the folder of ``place`` for a database that is made there; what is left of it goes.

    It has the rights that ``folders.rights`` gives; what SQLite keeps beside it gets the same. The folder is not made.
    ``mark`` stands in its name, so that ``clear`` finds what a killed process left.
    """
    import secrets

    database = place.with_name(f".{place.name}.{mark}{secrets.token_hex(6)}.new")
    try:
        os.close(os.open(database, os.O_WRONLY | os.O_CREAT | os.O_EXCL, rights(place, model)))
        yield database
    finally:
        for ending in ("", *JOURNALS):
            with suppress(OSError):
                database.with_name(database.name + ending).unlink()


def clear(place: Path, mark: str) -> None:
    """Remove what killed processes left of databases of this mark; the caller knows that nobody makes one now."""
    with suppress(OSError):
        for left in list(place.parent.iterdir()):
            if left.name.startswith(f".{place.name}.{mark}"):
                left.unlink()


def give_name(aside: Path, place: Path, patience: float) -> bool:
    """Give a finished file its name, for good; tells whether the name was free, and another process was not first.

    ``patience`` are the seconds to wait for another process that names a file of the same name at this moment.
    """
    try:
        os.link(aside, place)
    except FileExistsError:
        return False
    except OSError:  # a file system without hard links
        if not _rename(aside, place, patience):
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


def _rename(aside: Path, place: Path, patience: float) -> bool:
    """Rename a finished file unless its name is taken; renaming would overwrite, so one process at a time does it.

    Raises StoreUnwritable where the lock file stays: its process was killed between two lines of this.
    """
    lock = place.with_name(f".{place.name}.lock")
    last = time.monotonic() + patience
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
