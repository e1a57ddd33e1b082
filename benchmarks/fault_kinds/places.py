"""Something else lies where the store should be: a folder, a link, a pipe, another file."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from random import Random

from fault_kinds.cases import Case
from fault_kinds.contents import look
from fault_kinds.program import Site
from fault_kinds.stores import AFTERWARDS, Bench
from fault_kinds.verdicts import Verdict, unclear
from fault_kinds.writes import FILLED, READS


def _folder(site: Site) -> None:
    site.store.unlink()
    site.store.mkdir()


def _loop(site: Site) -> None:
    site.store.unlink()
    site.store.symlink_to(site.store.name)


def _dangling(site: Site) -> None:
    site.store.rename(site.folder / "elsewhere.db")
    site.store.symlink_to(site.folder / "no-such-folder" / "no-such-file.db")


def _link(site: Site) -> None:
    site.store.rename(site.folder / "elsewhere.db")
    site.store.symlink_to(site.folder / "elsewhere.db")


def _pipe(site: Site) -> None:
    site.store.unlink()
    os.mkfifo(site.store)


def _device(site: Site) -> None:
    site.store.unlink()
    site.store.symlink_to("/dev/null")


def _empty(site: Site) -> None:
    site.store.write_bytes(b"")


def _text(site: Site) -> None:
    site.store.write_text("ref\ttitle\n" * 2000, encoding="utf-8")


def _other(site: Site) -> None:
    site.store.unlink()
    with closing(sqlite3.connect(site.store)) as connection:
        connection.execute("CREATE TABLE agreement (a)")


def _below_a_file(site: Site) -> None:
    shutil.rmtree(site.place)
    site.place.write_text("not a folder", encoding="utf-8")


REPLACEMENTS: dict[str, tuple[Callable[[Site], None], int, int]] = {
    "a folder": (_folder, 3, 3),
    "a link to itself": (_loop, 3, 3),
    "a link to nowhere": (_dangling, 3, 0),
    "a link to the store": (_link, 0, 0),
    "a pipe": (_pipe, 3, 3),
    "a device": (_device, 3, 3),
    "an empty file": (_empty, 3, 3),
    "a text": (_text, 3, 3),
    "another database": (_other, 3, 3),
    "a file for a folder": (_below_a_file, 3, 3),
}
"""What lies there instead, and the exit codes of a read and of a write; the first write makes what a link leads to."""


def cases() -> list[Case]:
    """Every replacement, met by a read and by a write."""
    commands = {"export": READS[0], "add": AFTERWARDS}
    return [
        Case(f"instead of the store: {name}", command, partial(replaced, name, words))
        for name in REPLACEMENTS
        for command, words in commands.items()
    ]


def replaced(name: str, words: tuple[str, ...], bench: Bench, _: Random) -> Verdict:
    """Run a command on something that is no store; it stays what it was."""
    replace, reading, writing = REPLACEMENTS[name]
    code = reading if words == READS[0] else writing
    site = bench.site(FILLED)
    replace(site)
    before = _kind(site.store)
    ended = site.run(words)
    complaints = unclear(ended, {code})
    if code and _kind(site.store) != before:
        complaints.append(f"it was {before} and is {_kind(site.store)}")
    if code == 0:
        complaints += look(site.store).problems
        if not site.store.is_symlink():
            complaints.append("the link was replaced by a file")
    shutil.rmtree(site.folder)
    return Verdict(acknowledged=code == 0, complaints=tuple(complaints))


def _kind(path: Path) -> tuple[object, ...]:
    """Return what lies at a path: its kind and, of a file, its bytes."""
    try:
        mode = path.lstat().st_mode
    except OSError as error:
        return (type(error).__name__,)
    return (mode, path.read_bytes() if path.is_file() and not path.is_symlink() else None)
