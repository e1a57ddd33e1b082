"""Files attached to the register: copies in a folder beside the store, named by their SHA-256, or files elsewhere.

A copy never takes the place of another file, for its name is its content; its ending is kept where that is harmless.
A source says which file it has: ``sha256`` finds the copy, an archive address ``file://`` a file elsewhere.
"""

import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from stat import S_ISREG
from typing import BinaryIO, NamedTuple
from urllib.parse import unquote, urlsplit

from tracker.errors import Refused, UnreadableFile
from tracker.files.aside import give_name, new_part

ENDING = ".files"
"""What stands behind the name of a store in the name of the folder of its copies."""

HARMLESS = re.compile(r"\.[a-z0-9]{1,8}")
"""An ending that a copy keeps."""

DOCUMENTS = frozenset(
    (
        *(".pdf", ".txt", ".md", ".csv", ".tsv", ".json", ".xml", ".html", ".htm", ".epub", ".djvu"),
        *(".doc", ".docx", ".odt", ".rtf", ".xls", ".xlsx", ".ods", ".ppt", ".pptx", ".odp"),
        *(".png", ".jpg", ".jpeg", ".gif", ".tif", ".tiff", ".webp"),
    )
)
"""Endings of what is handed to another program to be looked at; anything else could be a program itself."""

_BLOCK = 1 << 20
_PATIENCE = 2.0


class Attached(NamedTuple):
    """A file of a source."""

    source: str
    path: Path
    sha256: str | None
    """As it was when it was attached; None where nobody recorded it."""


class Copy(NamedTuple):
    """A copy in the folder of a store."""

    path: Path
    sha256: str
    is_new: bool


def folder(store: Path) -> Path:
    """Return the folder in which the copies of a store lie; it need not be there."""
    return store.with_name(store.name + ENDING)


def digest(path: Path) -> str:
    """Return the SHA-256 of a file; raises UnreadableFile for what is no file or cannot be read."""
    from hashlib import sha256

    with _opened(path) as file:
        found = sha256()
        for block in _blocks(file, path):
            found.update(block)
    return found.hexdigest()


def keep(place: Path, path: Path) -> Copy:
    """Copy a file into a folder, private to its owner, under the name of its content.

    One that is there already is left as it is. Raises UnreadableFile, and Refused where the copy cannot be written.
    """
    from hashlib import sha256

    with _opened(path) as file:
        try:
            place.mkdir(mode=0o700, exist_ok=True)
            part = new_part(place / "copy")
        except OSError as error:
            raise Refused(
                f"cannot copy to {place}: {error.strerror}; use --link to leave the file where it is"
            ) from error
        try:
            found = sha256()
            with part.open("wb") as out:
                os.fchmod(out.fileno(), 0o600)
                for block in _blocks(file, path):
                    found.update(block)
                    out.write(block)
                out.flush()
                os.fsync(out.fileno())
            ending = path.suffix.lower()
            target = place / f"{found.hexdigest()}{ending if HARMLESS.fullmatch(ending) else ''}"
            is_new = give_name(part, target, _PATIENCE)
        except OSError as error:
            raise _cannot_copy(place, error) from error
        finally:
            part.unlink(missing_ok=True)
    if not is_new and digest(target) != found.hexdigest():
        raise Refused(f"{target} has another content than its name says; look at it, and move it away")
    return Copy(target, found.hexdigest(), is_new)


def of_sources(place: Path, sources: Iterable[Mapping[str, object]]) -> list[Attached]:
    """Return the files that some sources have, each with ``id``, ``sha256``, ``url`` and ``archive_url``."""
    found: list[Attached] = []
    for source in sources:
        sum_ = str(source["sha256"]) if source["sha256"] else None
        copy = _copy(place, sum_) if sum_ else None
        there = [copy] if copy else [path for key in ("archive_url", "url") if (path := linked(source[key]))][:1]
        found += [Attached(str(source["id"]), path, sum_) for path in there]
    return found


def linked(address: object) -> Path | None:
    """Return the file of this machine that an address names; None for any other address."""
    if not isinstance(address, str) or not address.lower().startswith("file:"):
        return None
    with suppress(ValueError):  # an address that cannot be one
        parts = urlsplit(address)
        path = unquote(parts.path)
        if parts.netloc in ("", "localhost") and path.startswith("/") and "\0" not in path:
            return Path(path)
    return None


def copies(store: Path) -> list[Path]:
    """Return the copies that lie beside a store."""
    with suppress(OSError):
        return sorted(path for path in folder(store).iterdir() if not path.name.startswith("."))
    return []


def not_in(store: Path, what: str) -> Sequence[str]:
    """Say that the copies beside a store are not in a file made from it; nothing where there are none."""
    count = len(copies(store))
    if not count:
        return ()
    files = "file is" if count == 1 else "files are"
    return (f"{count} attached {files} not in {what}; copy the folder {folder(store)} too",)


def refuse_changed(attached: Attached) -> None:
    """Raise Refused where a file is gone, or is not what was attached."""
    try:
        found = digest(attached.path)
    except UnreadableFile as problem:
        raise Refused(f"the file of source {attached.source} is not there: {problem}") from problem
    if attached.sha256 is not None and found != attached.sha256:
        raise Refused(
            f"{attached.path} is not what was attached: its SHA-256 is {found}, source {attached.source} says "
            f"{attached.sha256}; if it is right: tracker source edit {attached.source} --set sha256={found}"
        )


def kept_closed(attached: Attached) -> str:
    """Say why a file is not handed to another program; nothing where it is."""
    if attached.sha256 is None:
        return "it is not opened: nothing says what the file was when it was attached"
    if attached.path.suffix.lower() not in DOCUMENTS or os.access(attached.path, os.X_OK):
        return "it is not opened: it may be a program"
    return ""


def show(program: str, attached: Attached) -> None:
    """Have a program show a file; raises Refused where it cannot be started or fails."""
    import subprocess

    try:
        done = subprocess.run([program, str(attached.path.absolute())], check=False, stdin=subprocess.DEVNULL)  # noqa: S603  # the desktop's own
    except OSError as error:
        raise Refused(f"cannot start {program}: {error.strerror}; open {attached.path} yourself") from error
    if done.returncode:
        raise Refused(f"{program} could not open {attached.path} (exit code {done.returncode}); open it yourself")


def viewer(environ: Mapping[str, str]) -> str | None:
    """Return the program that shows a file; None where there is no display."""
    from shutil import which

    if sys.platform == "darwin":
        return which("open")
    has_display = environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")
    return which("xdg-open") if has_display else None


def _cannot_copy(place: Path, error: OSError) -> Refused:
    return Refused(f"cannot copy to {place}: {error.strerror}; use --link to leave the file where it is")


def _copy(place: Path, sum_: str) -> Path | None:
    with suppress(OSError):
        for path in sorted(place.iterdir()):
            if path.stem == sum_ and S_ISREG(path.lstat().st_mode):
                return path
    return None


def _opened(path: Path) -> BinaryIO:
    """Open a regular file; a pipe or a device would never end."""
    try:
        file = os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb")
    except OSError as error:
        raise UnreadableFile(f"cannot read '{path}': {error.strerror}; check the path") from error
    except ValueError as error:
        raise UnreadableFile(f"cannot read {str(path)!r}: {error}") from error
    if not S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise UnreadableFile(f"'{path}' is no regular file; attach a file")
    return file


def _blocks(file: BinaryIO, path: Path) -> Iterator[bytes]:
    try:
        while block := file.read(_BLOCK):
            yield block
    except OSError as error:
        raise UnreadableFile(f"cannot read '{path}': {error.strerror}") from error
