"""Files that no answer is written over: the register and what lies beside it, maps, and what the same command reads.

A file is known by its place, by its inode, which its hard links share, and a database by its first bytes.
"""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from stat import S_ISREG

from tracker.errors import InvalidValue

STREAM = Path("-")
"""Standard input, or output."""

JOURNALS = ("-wal", "-shm", "-journal")

MAGIC = (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83", b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7")
"""How write-ahead logs and rollback journals of SQLite begin (sqlite.org/fileformat2.html)."""


def refuse(path: Path | None, store: Path, reads: Iterable[Path] = ()) -> None:
    """Raise InvalidValue where ``-o path`` would write over one of these; ``reads`` is what the command reads."""
    if path is None or path == STREAM:
        return
    target = Path(os.path.realpath(path))
    if target in _places(store):
        raise InvalidValue(f"-o {path} is the store itself; name another file")
    found = _stat(target)
    if found is None or not S_ISREG(found.st_mode):
        return
    _refuse_content(path, target)
    for read in reads:
        if _is_read(target, found, read):
            raise InvalidValue(f"-o {path} is a file that this command reads ({read}); name another file")
    for kept in _beside(store):
        if _is_same(found, kept):
            raise InvalidValue(f"-o {path} belongs to the store: it is {kept.name}; name another file")
    if target.suffix.lower() == ".toml":
        raise InvalidValue(f"-o {path} is there already, a map or settings; name another file, or remove it first")


def _refuse_content(path: Path, target: Path) -> None:
    """Raise InvalidValue for a register or a journal, whatever it is called.

    The id of the program that made an SQLite file stands at byte 68 (sqlite.org/fileformat2.html).
    """
    try:
        with target.open("rb") as file:
            head = file.read(72)
    except OSError:  # what cannot be read cannot be told apart; to write says what is the matter
        return
    if head.startswith(b"SQLite format 3\0") and head[68:72] == b"TRKR":
        raise InvalidValue(f"-o {path} is a register; name another file")
    if head.startswith(MAGIC):
        raise InvalidValue(f"-o {path} is the journal of a database; name another file")


def _places(store: Path) -> set[Path]:
    place = os.path.realpath(store)
    return {Path(place + ending) for ending in ("", *JOURNALS)}


def _beside(store: Path) -> Iterator[Path]:
    """Yield the store, its journals and its backups, as they lie in its folder."""
    place = Path(os.path.realpath(store))
    try:
        names = os.listdir(place.parent)  # noqa: PTH208  # names alone
    except OSError:  # a folder that may be passed but not looked into
        names = [place.name, *(place.name + ending for ending in JOURNALS)]
    for name in names:
        if name.startswith(place.name):
            more = name.removeprefix(place.name)
            if more in ("", *JOURNALS) or ".backup" in more:
                yield place.with_name(name)


def _is_read(target: Path, found: os.stat_result, read: Path) -> bool:
    if read == STREAM:
        with suppress(OSError, ValueError, AttributeError):  # no file is behind standard input
            return os.path.samestat(found, os.fstat(sys.stdin.fileno()))
        return False
    place = Path(os.path.realpath(read))
    if not place.is_dir():
        return _is_same(found, place)
    if target.is_relative_to(place):
        return True
    return found.st_nlink > 1 and any(
        _is_same(found, Path(root, name)) for root, _, files in os.walk(place) for name in files
    )


def _is_same(found: os.stat_result, other: Path) -> bool:
    stat = _stat(other)
    return stat is not None and os.path.samestat(found, stat)


def _stat(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except OSError:
        return None
