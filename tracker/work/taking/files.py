"""Which importer reads a file or folder, and what may be opened at all."""

import io
import stat
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from types import ModuleType
from typing import IO, Any

from tracker import plugins
from tracker.errors import UnreadableFile
from tracker.importers import Entry
from tracker.importers.mapping import Mapped

HEAD = 65_536
"""Bytes by which a format is recognised."""

PIPE = Path("-")

OWN = ("json", "ndjson")
"""Formats of our own: files with these endings are never something else."""


Reading = Callable[[IO[bytes], int | None], None]

_REFUSED = ((stat.S_ISCHR, "a device"), (stat.S_ISBLK, "a device"), (stat.S_ISSOCK, "a socket"))


class Pipe:
    """Standard input, which can be read once, or again and again where it is kept."""

    def __init__(self) -> None:
        self._kept: IO[bytes] | None = None

    @contextmanager
    def keeping(self) -> Iterator[None]:
        """Keep what comes on disk, so that it can be read more than once."""
        if sys.stdin is None:
            yield
            return
        with TemporaryFile() as kept:
            while block := sys.stdin.buffer.read(1 << 20):
                kept.write(block)
            self._kept = kept
            try:
                yield
            finally:
                self._kept = None

    @contextmanager
    def opened(self) -> Iterator[io.BufferedReader]:
        """Open standard input from its beginning."""
        if self._kept is not None:
            self._kept.seek(0)
        elif sys.stdin is None:
            raise UnreadableFile("standard input is closed; name a file, or pipe something in")
        source: Any = self._kept or sys.stdin.buffer  # IO[bytes] lacks the readinto that both have
        stream = io.BufferedReader(source, HEAD)
        try:
            yield stream
        finally:
            stream.detach()  # it is not ours to close


def entries(path: Path, chosen: str | Mapped | None, pipe: Pipe, reading: Reading) -> Generator[Entry, None, None]:
    """Yield what a file, a folder or standard input holds, by the importer of that name, else of the content.

    ``reading`` is called with the stream and its size, where there is one.

    Raises UnreadableFile with one line that says what is the matter.
    """
    if path == PIPE:
        with pipe.opened() as stream:
            importer = _reader(recognise(stream, path, chosen), path)
            yield from importer.read(stream, "standard input")
        return
    importer_of_path = _by_path(path, chosen)
    if importer_of_path is not None:
        yield from importer_of_path.read_path(path)
        return
    with opened(path) as stream:
        importer = _reader(recognise(stream, path, chosen), path)
        reading(stream, path.stat().st_size)
        yield from importer.read(stream, path.name)


@contextmanager
def opened(path: Path) -> Iterator[io.BufferedReader]:
    """Open a file."""
    try:
        stream = path.open("rb")
    except IsADirectoryError:
        raise UnreadableFile(f"{path} is a folder; name the files in it") from None
    except OSError as error:
        raise UnreadableFile(f"cannot read {path}: {error.strerror}") from error
    with stream:
        yield stream


def recognise(stream: io.BufferedReader, path: Path, chosen: str | Mapped | None) -> ModuleType | Mapped:
    """The importer that is asked for, by name or by a map, else that of the content; raises UnreadableFile."""
    if isinstance(chosen, Mapped):
        return chosen
    if chosen is not None:
        return plugins.load("importers", chosen)
    head = stream.peek(HEAD)[:HEAD]
    if not head:
        raise UnreadableFile(f"{_called(path)} is empty; there is nothing to import")
    by_ending = plugins.by_suffix("importers", path)
    if by_ending == "ndjson" and _begins_with_a_record(head):
        return plugins.load("importers", by_ending)
    for name in sorted(plugins.names("importers"), key=lambda name: (name != by_ending, -len(name))):
        importer = plugins.load("importers", name)
        if hasattr(importer, "matches") and importer.matches(head):
            return importer
    if by_ending is not None:
        return plugins.load("importers", by_ending)
    choices = ", ".join(plugins.names("importers"))
    raise UnreadableFile(f"cannot tell what format {_called(path)} is; name it with --from, one of {choices}")


def set_of(path: Path) -> str | None:
    """The name of the public set that a file is of, by its header; None where no importer is made for it."""
    with opened(path) as stream:
        head = stream.peek(HEAD)[:HEAD]
    for name in plugins.names("importers"):
        importer = plugins.load("importers", name)
        if importer.SUFFIXES:  # a format, not a set
            continue
        if hasattr(importer, "matches") and importer.matches(head):
            return name
        if hasattr(importer, "read_path") and _recognises(importer, path):
            return name
    return None


def _begins_with_a_record(head: bytes) -> bool:
    """Tell a first line that begins a record, however long it is, from a JSON document over many lines."""
    first = head.removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")[0].strip()
    return first.startswith(b"{") and first != b"{"


def _by_path(path: Path, chosen: str | Mapped | None) -> ModuleType | None:
    """The importer that opens the path itself, if it is for one of these."""
    _refuse_unfit(path)
    if isinstance(chosen, Mapped):
        return None
    if chosen is None and path.suffix.lower()[1:] in OWN and path.is_file():
        return None
    for name in [chosen] if chosen is not None else plugins.names("importers"):
        importer = plugins.load("importers", name)
        if hasattr(importer, "read_path") and (chosen is not None or _recognises(importer, path)):
            return importer
    if path.is_dir():
        raise UnreadableFile(f"{path} is a folder, and not one that an importer knows; name the files in it")
    return None


def _refuse_unfit(path: Path) -> None:
    """Raise UnreadableFile for what is no file or folder: a device never ends, a link may lead nowhere."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        cause = getattr(error, "strerror", None) or str(error)
        broken = "\0" not in str(path) and path.is_symlink()
        raise UnreadableFile(f"cannot read {path}: {'a link that leads nowhere: ' if broken else ''}{cause}") from error
    for is_one, what in _REFUSED:
        if is_one(mode):
            raise UnreadableFile(f"{path} is {what}, not a file; name a file, or - for a pipe")


def _recognises(importer: ModuleType, path: Path) -> bool:
    try:
        return bool(importer.recognises_path(path))
    except OSError as error:
        raise UnreadableFile(f"cannot read {path}: {error.strerror}") from error


def _reader(importer: ModuleType | Mapped, path: Path) -> ModuleType | Mapped:
    if not hasattr(importer, "read"):
        raise UnreadableFile(f"{_called(path)}: this format cannot be read from a pipe; give the file itself")
    return importer


def _called(path: Path) -> str:
    return "standard input" if path == PIPE else str(path)
