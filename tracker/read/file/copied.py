"""A store read from a copy, by one who may not write beside it: all of the copy is of one change.

SQLite reads a store with a write-ahead log only where it can keep the log's index beside it. To read the file alone
(``immutable=1``) mixes two states as soon as somebody else writes, and whether anybody can write is not to be known: a
place that is read-only here may be written elsewhere. So the bytes are copied: the file, the log, and the file again.

Where both readings of the file are the same, file and log belong together. What a checkpoint had moved into the file
came from a log that was there before the first reading ended; that log is the one that was copied, or it was emptied
meanwhile, and then a checkpoint had moved the rest of it into the file between the readings, which shows, or before
them, and then the file was whole.
"""

import hashlib
import os
import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from tracker.errors import StoreLocked, StoreProblem, StoreUnwritable

TRIES = 40
"""How often a copy is begun anew where somebody writes at the same time."""

PAUSE = 0.05
"""Seconds between two tries."""

BLOCK = 1 << 20


def connect(path: Path) -> sqlite3.Connection:
    """Open a copy of a store, which is gone when the connection is closed.

    Raises StoreProblem for unfinished changes that only a writer can take back and for files that are closed to this
    user, StoreLocked where others write without pause, StoreUnwritable where there is no room for a copy.
    """
    place = Path(os.path.realpath(path))
    _refuse_unfinished(path, place)
    try:
        with TemporaryDirectory(prefix="tracker-read-") as folder:
            copy = Path(folder) / "store.db"
            for _ in range(TRIES):
                if _is_whole(path, place, copy):
                    return _opened(copy)
                time.sleep(PAUSE)
    except OSError as error:
        cause = f"store {path} has to be copied to be read, for its folder cannot be written"
        raise StoreUnwritable(f"{cause}, and {error.strerror}; set $TMPDIR to a folder with room") from error
    cause = f"store {path} is written to without pause, and its folder cannot be written by this user"
    raise StoreLocked(f"{cause}; try again, or ask for a copy made with: tracker store backup FILE")


def _refuse_unfinished(path: Path, place: Path) -> None:
    journal = _beside(place, "-journal")
    with suppress(FileNotFoundError):
        if journal.stat().st_size:
            raise StoreProblem(
                f"store {path} has unfinished changes in {journal.name} and its folder cannot be written or has no "
                "room; copy both files elsewhere"
            )


def _is_whole(path: Path, place: Path, copy: Path) -> bool:
    """Copy file and log; tell whether they belong together."""
    log = _beside(place, "-wal")
    first = _read(path, place, copy)
    _read(path, log, _beside(copy, "-wal"))
    return first is not None and first == _read(path, place, None)


def _read(path: Path, file: Path, into: Path | None) -> bytes | None:
    """Return the sum of a file, copied on the way; None where there is none, which then is true of the copy too."""
    if into is not None:
        into.unlink(missing_ok=True)
    try:
        source = file.open("rb")
    except FileNotFoundError:
        return None
    except OSError as error:
        cause = f"store {path} cannot be read: {file.name}: {error.strerror}"
        raise StoreProblem(
            f"{cause}; ask its owner to let you read it, or for a copy made with: tracker store backup FILE"
        ) from error
    with source:
        if into is None:
            return _sum(source, None)
        with into.open("wb") as target:
            return _sum(source, target)


def _sum(source: BinaryIO, target: BinaryIO | None) -> bytes:
    total = hashlib.blake2b()
    while block := source.read(BLOCK):
        total.update(block)
        if target is not None:
            target.write(block)
    return total.digest()


def _opened(copy: Path) -> sqlite3.Connection:
    """Let SQLite take in the log, and open what comes of it; the file has no name any more when this ends."""
    with closing(sqlite3.connect(copy, isolation_level=None)) as writer:
        writer.execute("PRAGMA journal_mode = DELETE").fetchone()
    return sqlite3.connect(f"{copy.as_uri()}?mode=ro", uri=True, isolation_level=None)


def _beside(place: Path, ending: str) -> Path:
    return place.with_name(place.name + ending)
