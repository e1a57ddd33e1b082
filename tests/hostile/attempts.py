"""One attempt on the program, and what has to be true however it ends."""

import hashlib
import re
import shutil
import signal
import sqlite3
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from running import Outcome, called

STORE = "register.db"
ENDINGS = {0, 1, 2, 3}
BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
POINTED = re.compile("  [^\n]*\n  *\\^~*")
"""A query that cannot be read, and a caret under the place."""

ACTING = {"Cc", "Zl", "Zp", "Cs"}
"""Categories of characters that a terminal acts on, or that hide where a line ends."""

PATIENCE = 30.0
"""Seconds of processor time; sizes are chosen so that linear work needs a hundredth of it and quadratic work hours."""


class Place:
    """A folder to run in with a store of its own, which is renewed when an attempt changed it."""

    def __init__(self, root: Path, pristine: Path) -> None:
        self.root, self.pristine = root, pristine
        self.folder = root / "outer" / "inner"
        self.folder.mkdir(parents=True)
        self.store = self.folder / STORE
        self.renew()

    def renew(self) -> None:
        """Put a fresh store in place."""
        for name in (STORE, f"{STORE}-wal", f"{STORE}-shm", f"{STORE}-journal"):
            (self.folder / name).unlink(missing_ok=True)
        shutil.copy(self.pristine, self.store)
        self.state = _digest(self.store)

    def attempt(self, *arguments: str, stdin: bytes = b"", front: tuple[str, ...] = ("--no-config",)) -> Outcome:
        """Run one command line against the store, and check what holds for every one."""
        done = self.free_attempt(*front, "--no-input", "--store", str(self.store), *arguments, stdin=stdin)
        state = _digest(self.store)
        if state != self.state:
            kept = (0, 1) if "--skip-bad" in arguments else (0,)  # what could be taken is kept, and the rest is told
            assert done.code in kept, f"changed the store and ended with {done.code}: {done.err}"
            refuse_damage(self.store)
            self.renew()
        return done

    def free_attempt(self, *arguments: str, stdin: bytes = b"") -> Outcome:
        """Run one command line as it stands, and check how it ends."""
        code, out, err = called(list(arguments), stdin)
        done = Outcome(code, out.decode("utf-8", "backslashreplace"), err.decode("utf-8"))
        found_nothing = code == 1 and "--exit-code" in arguments and "\ntracker: " not in f"\n{done.err}"
        refuse_misbehaviour(done._replace(code=0) if found_nothing else done)
        return done

    def exported(self) -> str:
        """Return the whole register as it is."""
        return called(["--no-config", "--store", str(self.store), "export"], b"")[1].decode()

    def strays(self) -> set[str]:
        """Return the files outside of the folder that the program runs in."""
        inside = self.folder.resolve()
        found = (file for file in self.root.rglob("*") if file.is_file())
        return {str(file.relative_to(self.root)) for file in found if inside not in file.resolve().parents}


def refuse_misbehaviour(done: Outcome) -> None:
    """Check exit code and standard error: one error in one readable line where it failed, none where not."""
    assert done.code in ENDINGS, done
    lines = done.err.split("\n")[:-1]
    errors = [line for line in lines if line.startswith("tracker: ")]
    assert len(errors) == (0 if done.code == 0 else 1), done
    after = lines[lines.index(errors[0]) + 1 :] if errors else []
    assert not after or (len(after) == 2 and POINTED.fullmatch("\n".join(after))), done
    assert "Traceback" not in done.err, done.err
    assert "internal error" not in done.err, done.err
    refuse_acting(done.err)


def refuse_acting(text: str, allowed: str = "\n") -> None:
    """Check that nothing in a text acts on a terminal: controls, separators, half characters, bidirectional marks."""
    found = {char for char in set(text) - set(allowed) if unicodedata.category(char) in ACTING}
    assert not found, ascii(text)
    assert not BIDI.search(text), ascii(text)


def refuse_damage(store: Path) -> None:
    """Check that the file is whole, and that nothing refers to nothing."""
    connection = sqlite3.connect(f"file:{store}?mode=ro", uri=True)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    finally:
        connection.close()


@contextmanager
def patience() -> Iterator[None]:
    """End what would never end, with an error instead of a hanging test."""

    def give_up(*_: object) -> None:
        raise AssertionError(f"more than {PATIENCE} s of processor time: not linear in the size of the input")

    former = signal.signal(signal.SIGVTALRM, give_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, former)


def _digest(store: Path) -> str:
    log = Path(f"{store}-wal")
    assert not (log.exists() and log.stat().st_size), "something was left in the log"
    return hashlib.sha256(store.read_bytes()).hexdigest()
