"""The folder of a site: all pages and data are written into it, only what differs is written, what is gone is removed.

A list of our own files lies in the folder, with what each holds. Files of others are never written over nor removed. A
page may say on which day it was made: one that says nothing else anew keeps its day and is not written again.
"""

import fcntl
import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from hashlib import sha256
from pathlib import Path
from stat import S_ISDIR
from typing import BinaryIO, Final, NamedTuple, cast

from tracker.errors import OutputBroken, Refused
from tracker.files.aside import new_part
from tracker.publishing import changes as changing
from tracker.publishing import data, pages
from tracker.publishing.addresses import FEED, FOLDERS, INDEX, STYLE
from tracker.publishing.changes import Told
from tracker.publishing.pages import Pages
from tracker.publishing.site import Site
from tracker.renderers._style import own_sheet
from tracker.renderers.html import laid_out

MANIFEST: Final = ".tracker-site"
HEAD: Final = "tracker site 1"
IN_MEMORY: Final = 1 << 20
"""Bytes of a page that are held; the rest of a longer one waits on disk."""

INNER: Final = (*FOLDERS.values(), "comparison", "data")
"""Folders of a site."""

_OURS = re.compile(rf"(?:(?:{'|'.join(INNER)})/)?(?!\.\.?$)[A-Za-z0-9._-]{{1,230}}")

HERE = Path(__file__).parent


class Held(NamedTuple):
    """What a file of ours holds."""

    fingerprint: str
    """SHA-256 of its text, without the day; empty: it is ours, and nobody knows what is in it."""
    size: int


class Written(NamedTuple):
    """What a run has done."""

    pages: int
    new: int
    removed: int
    bytes: int


class Folder:
    """A folder that a site is written to, held for one run."""

    def __init__(self, path: Path, manifest: BinaryIO, day: str) -> None:
        self.path = path
        self._manifest = manifest
        self._day = day
        self._before = dict(_read(manifest, path))
        self._now: dict[str, Held] = {}
        self._made: set[Path] = set()
        self._new = self._bytes = 0

    def write(self, name: str, pieces: Iterable[str], *, keeps_day: bool = True) -> None:
        """Write a page unless it holds the same already; raises Refused where a file of somebody else is there.

        One that ``keeps_day`` is the same also where it was made on another day.
        """
        self.fill(name, lambda out: out.writelines(piece.encode() + b"\n" for piece in pieces), keeps_day=keeps_day)

    def fill(self, name: str, fill: Callable[[BinaryIO], None], *, keeps_day: bool = False) -> None:
        """Do the same with a file that is filled by what writes bytes."""
        place = self.path / name
        held = self._before.get(name)
        if held is None and os.path.lexists(place):
            raise Refused(f"{place} is there, and is not of this site; move it away, or publish into another folder")
        with _telling(place):
            self._make(place.parent)
            text = _Text(place, self._day if keeps_day else None)
            try:
                fill(cast("BinaryIO", text))
                found = Held(text.fingerprint, text.size)
                self._bytes += found.size
                if found != held or _size(place) != found.size:
                    self._note(name, Held("", 0))
                    text.put()
                    self._new += 1
            finally:
                text.let_go()
            self._now[name] = found
            if found != held:
                self._note(name, found)

    def finish(self) -> Written:
        """Remove what this site had and has no more, and say what was done."""
        gone = [name for name in self._before if name not in self._now]
        with _telling(self.path):
            for name in gone:
                with suppress(FileNotFoundError):
                    (self.path / name).unlink()
            for inner in INNER:
                with suppress(OSError):  # files of others are in it, or it is not there
                    (self.path / inner).rmdir()
            self._manifest.seek(0)
            self._manifest.truncate()
            self._manifest.write(f"{HEAD}\n".encode())
            self._manifest.writelines(_line(name, held) for name, held in sorted(self._now.items()))
            self._manifest.flush()
        return Written(len(self._now), self._new, len(gone), self._bytes)

    def _note(self, name: str, held: Held) -> None:
        """Say in the list that a file is ours before it is there: whoever is killed leaves nothing unknown."""
        self._manifest.seek(0, os.SEEK_END)
        self._manifest.write(_line(name, held))
        self._manifest.flush()

    def _make(self, folder: Path) -> None:
        if folder in self._made:
            return
        if folder != self.path:
            with suppress(FileExistsError):
                folder.mkdir()
            if not S_ISDIR(folder.lstat().st_mode):
                raise Refused(f"{folder} is a link or a file; move it away, or publish into another folder")
        self._made.add(folder)


class _Text:
    """A file that is being made: in memory while it is short."""

    def __init__(self, place: Path, day: str | None) -> None:
        self._place = place
        self._day = day.encode() if day else None
        self._digest = sha256()
        self._pieces: list[bytes] = []
        self._part: Path | None = None
        self._out: BinaryIO | None = None
        self.size = 0

    @property
    def fingerprint(self) -> str:
        return self._digest.hexdigest()

    def writelines(self, pieces: Iterable[bytes]) -> None:
        for piece in pieces:
            self.write(piece)

    def write(self, piece: bytes) -> int:
        self._digest.update(piece.replace(self._day, b"\0day\0") if self._day else piece)
        self.size += len(piece)
        if self._out is not None:
            return self._out.write(piece)
        self._pieces.append(piece)
        if self.size > IN_MEMORY:
            self._spill()
        return len(piece)

    def put(self) -> None:
        """Give the file its place."""
        if self._out is None:
            self._spill()
        if self._out is not None and self._part is not None:
            self._out.close()
            self._part.replace(self._place)
            self._part = None

    def let_go(self) -> None:
        """Leave nothing behind of a file that did not get its place."""
        if self._out is not None:
            self._out.close()
        if self._part is not None:
            self._part.unlink(missing_ok=True)

    def _spill(self) -> None:
        self._part = new_part(self._place)
        self._out = self._part.open("wb")
        self._out.writelines(self._pieces)
        self._pieces.clear()


@contextmanager
def opened(path: Path, day: str, *, beside_others: bool) -> Iterator[Folder]:
    """Open the folder of a site, made where it is not there; ``day`` is what pages say of when they were made.

    Raises Refused for one that holds other things, unless these are to stay beside the site, and OutputBroken.
    """
    is_ours = refuse_strangers(path, beside_others=beside_others)
    with _telling(path):
        path.mkdir(parents=True, exist_ok=True)
        flags = os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC | (0 if is_ours else os.O_CREAT | os.O_EXCL)
        manifest = os.fdopen(os.open(path / MANIFEST, flags, 0o666), "r+b")
    with manifest:
        try:
            fcntl.flock(manifest, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise Refused(f"another run is writing to {path}; wait until it is done") from error
        if not is_ours:
            manifest.write(f"{HEAD}\n".encode())
            manifest.flush()
            manifest.seek(0)
        yield Folder(path, manifest, day)


def refuse_strangers(path: Path, *, beside_others: bool) -> bool:
    """Raise Refused where a site must not be written; tells whether one of ours is there already."""
    if not os.path.lexists(path):
        return False
    if not path.is_dir():
        raise Refused(f"{path} is no folder; name a folder for the site")
    if os.path.lexists(path / MANIFEST):
        return True
    with _telling(path), os.scandir(path) as entries:
        first = min((entry.name for entry in entries), default=None)
    if first is not None and not beside_others:
        raise Refused(
            f"{path} holds other things, such as {first}, and no site of tracker; name another folder, or add"
            " --beside-others to write beside them: they stay as they are"
        )
    return False


def _read(manifest: BinaryIO, path: Path) -> Iterator[tuple[str, Held]]:
    lines = manifest.read().decode("utf-8", "replace").splitlines()
    if lines and lines[0] != HEAD:
        raise Refused(f"{path / MANIFEST} is of another program or version; publish into another folder")
    for line in lines[1:]:
        fingerprint, _, rest = line.partition(" ")
        size, _, name = rest.partition(" ")
        if not _OURS.fullmatch(name) or not size.isdecimal():
            continue  # a line that was cut, or that no run of ours wrote
        yield name, Held(fingerprint.strip("-"), int(size))


def _line(name: str, held: Held) -> bytes:
    return f"{held.fingerprint or '-'} {held.size} {name}\n".encode()


def _size(place: Path) -> int:
    try:
        return place.lstat().st_size
    except FileNotFoundError:
        return -1


@contextmanager
def _telling(place: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputBroken(f"cannot write {place}: {error.strerror or error}; choose another place") from error


def written(site: Site, folder: Folder, changes: Told) -> Written:
    """Write the site and say what was done."""
    folder.write(STYLE, _style(site))
    folder.write(".nojekyll", ())  # GitHub Pages serves the files as they are
    if site.look.logo:
        folder.fill(site.look.logo.name, partial(_put, site.look.logo.content))
    folder.write(INDEX, pages.index_page(site, _script()), keeps_day=False)
    for path, pieces in _pages(site, changes):
        folder.write(path, pieces)
    folder.write(FEED, changing.feed(site, changes))
    for path, fill in data.files(site, changes):
        folder.fill(path, fill)
    return folder.finish()


def _pages(site: Site, changes: Told) -> Pages:
    yield "changes.html", _changes(site, changes)
    yield "data.html", data.page(site)
    yield from pages.list_pages(site)
    yield from pages.object_pages(site)
    yield from pages.comparison_pages(site)
    yield from pages.agreement_pages(site)


def _changes(site: Site, changes: Told) -> Iterator[str]:
    shown = laid_out(changing.page_of_changes(changes), site.named.beyond("changes.html"))
    return site.page("changes.html", shown.title, shown.body, is_wide=shown.is_wide)


def _style(site: Site) -> Iterator[str]:
    yield own_sheet(site.look.colours, (HERE / "site.css").read_text(encoding="utf-8"))


def _script() -> str:
    return (HERE / "site.js").read_text(encoding="utf-8")


def _put(content: bytes, out: BinaryIO) -> None:
    out.write(content)
