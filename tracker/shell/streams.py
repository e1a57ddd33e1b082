"""Where bytes go: the one owner of standard output, and of the files that ``-o`` names, whole or not there at all."""

import errno
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import BinaryIO, cast

from tracker.errors import OutputBroken
from tracker.shell.running.working import give_way

STDOUT = Path("-")
"""``-o -``: standard output."""

IN_MEMORY = 1 << 20
"""Bytes of an answer that are held in memory until a change is kept; the rest waits on disk."""

_STDOUT_BROKEN = "cannot write to standard output: {}; write to a file with -o FILE"


def is_terminal() -> bool:
    """Standard output is a terminal."""
    try:
        return sys.stdout is not None and sys.stdout.isatty()
    except ValueError:  # closed
        return False


def wants_color(environ: Mapping[str, str], *, terminal: bool) -> bool:
    """Whether the environment wants colours, in the order of no-color.org, force-color.org and the terminal's name.

    A variable counts when it is not empty, and ``0`` does not force.
    """
    if environ.get("NO_COLOR"):
        return False
    if forcing(environ):
        return True
    return terminal and environ.get("TERM") != "dumb"


def forcing(environ: Mapping[str, str]) -> str:
    """Return the variable that forces colours, where one does."""
    return next((name for name in ("FORCE_COLOR", "CLICOLOR_FORCE") if environ.get(name, "0") not in ("", "0")), "")


def terminal_width() -> int:
    """Columns of the terminal."""
    from shutil import get_terminal_size

    return get_terminal_size().columns


def finish() -> None:
    """Flush standard output before the process ends; a reader that went away stays unmentioned."""
    if sys.stdout is None:
        return
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _abandon_stdout()
    except OSError as error:
        _abandon_stdout()
        raise OutputBroken(_STDOUT_BROKEN.format(reason(error))) from error


@contextmanager
def sink(path: Path | None) -> Iterator[BinaryIO]:
    """Standard output, or a file that is in its place when the block ends; raises OutputBroken."""
    if path is None or path == STDOUT:
        with _standard_output() as out:
            yield out
        return
    try:
        with telling(path), _file(path) as out:
            yield out
    except OutputBroken as broken:
        if not isinstance(broken.__cause__, BrokenPipeError):  # a named pipe whose reader went away
            raise


@contextmanager
def _standard_output() -> Iterator[BinaryIO]:
    if sys.stdout is None:
        raise OutputBroken(_STDOUT_BROKEN.format("it is closed"))
    give_way(for_good=is_terminal())
    try:
        sys.stdout.flush()
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        _abandon_stdout()
    except OSError as error:
        _abandon_stdout()
        raise OutputBroken(_STDOUT_BROKEN.format(reason(error))) from error


def _abandon_stdout() -> None:
    """Point standard output at nothing, or the interpreter complains when it flushes what is left at its end."""
    with suppress(OSError, ValueError):  # a stream that is no file has no number
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


@contextmanager
def aside(path: Path | None) -> Iterator[BinaryIO]:
    """A file beside its place, or for what is no file one in memory or on disk, that goes there at the end."""
    if path is not None and path != STDOUT:
        with telling(path):
            is_file = (mode := _mode(path)) is None or S_ISREG(mode)
        if is_file:
            with _opened(path) as out:
                yield out
            return
    from shutil import copyfileobj
    from tempfile import SpooledTemporaryFile

    with SpooledTemporaryFile(max_size=IN_MEMORY) as spool:
        yield cast("BinaryIO", spool)
        spool.seek(0)
        with sink(path) as out:
            copyfileobj(spool, out)


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """A file for an answer; what its opening or closing meets is told, what the body meets is not of the answer."""
    with ExitStack() as stack:
        with telling(path):
            out = stack.enter_context(_file(path))
        yield out
        with telling(path):
            stack.close()


@contextmanager
def telling(path: Path) -> Iterator[None]:
    """Raise OutputBroken for what the system says of a file."""
    try:
        yield
    except OSError as error:
        folder = path.absolute().parent
        is_folder_absent = isinstance(error, FileNotFoundError) and not folder.exists()
        left = f"make the folder {folder} first, or" if is_folder_absent else "it was left as it was,"
        raise OutputBroken(f"cannot write '{path}': {reason(error)}; {left} choose another place with -o") from error


@contextmanager
def _file(path: Path) -> Iterator[BinaryIO]:
    """A file written beside its place and moved there when complete; pipes and devices are written as they are."""
    mode = _mode(path)
    if mode is not None and not S_ISREG(mode):
        with path.open("wb") as out:
            yield out
        return
    target = Path(os.path.realpath(path))  # through a symbolic link, as a shell's > does
    from tracker.files.aside import replacing

    with replacing(target) as out:
        yield out


def _mode(path: Path) -> int | None:
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return None
    if S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, "it is a folder")
    return mode


def reason(error: OSError) -> str:
    """What the system says, as it stands inside of a sentence."""
    said = error.strerror or str(error)
    return said[:1].lower() + said[1:]
