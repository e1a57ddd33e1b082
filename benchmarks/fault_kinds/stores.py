"""The stores from which faults start, made once by the program itself, and what each command does to them."""

import gzip
import itertools
import json
import shutil
import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from generate import agreements

from fault_kinds.contents import Contents, look
from fault_kinds.program import ROOT, Site, faulty
from fault_kinds.verdicts import Verdict, judged
from fault_kinds.writes import ARTICLE, BACKUP, FILLED, LATER, NONE, OLD, SPARE, STORE, WORN, Write

RELEASED = ROOT / "tests" / "store" / "released"
"""A store of each released schema, compressed."""

BATCH = 300
"""Agreements of an import."""

SHEET = "ref,title,parties,type,binding,signed\n" + "".join(
    f"sheet-{row},Arrangement of row {row},USA; NOR,arrangement,non_binding,20{row:02}\n" for row in range(40)
)

AFTERWARDS = ("add", "After the fault", "--ref", "after-the-fault", "--party", "NOR", "--yes")
"""What shows that a store is still of use."""


class Learned(NamedTuple):
    """What a whole run of a command does."""

    before: Contents
    after: Contents
    seconds: float
    statements: int
    last_line: str


class Bench:
    """Hands out stores to break; knows what whole runs do to them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.numbers = itertools.count(1)
        self.learned: dict[str, Learned] = {}
        self.learning: dict[str, threading.Lock] = {}
        self.lock = threading.Lock()
        self.states: list[Contents] = []
        self.answers: dict[tuple[str, ...], str] = {}
        self.stores = {name: folder / name for name in (FILLED, NONE, OLD, WORN)}
        for place in self.stores.values():
            place.mkdir(parents=True)
        self.inputs = folder / "inputs"
        self.inputs.mkdir()
        batch = "".join(json.dumps(document) + "\n" for document in agreements(BATCH))
        (self.inputs / "batch.ndjson").write_text(batch, encoding="utf-8")
        (self.inputs / "article.txt").write_text(ARTICLE, encoding="utf-8")
        (self.inputs / "sheet.csv").write_text(SHEET, encoding="utf-8")
        self._make_old()
        self._make_filled()
        self.filled = look(self.stores[FILLED] / STORE)

    def _make_old(self) -> None:
        """Unpack the store of the oldest schema; there is none before the second release of the schema."""
        oldest = min(RELEASED.glob("*.db.gz"), default=None)
        if oldest is not None:
            (self.stores[OLD] / STORE).write_bytes(gzip.decompress(oldest.read_bytes()))

    def _make_filled(self) -> None:
        """Import the samples, record what is spare, make a backup on the way, and wear a copy out."""
        site = self.empty_site(self.stores[FILLED])
        samples = sorted(str(path) for path in (ROOT / "samples").glob("*.json"))
        spare = self.inputs / "spare.ndjson"
        spare.write_text("".join(json.dumps(document) + "\n" for document in SPARE), encoding="utf-8")
        backup = ("store", "backup", f"{{inputs}}/{BACKUP}")
        for words in (("import", *samples, str(spare)), backup, *LATER):
            ended = site.run(words)
            if ended.code:
                raise RuntimeError(f"{' '.join(words)}: {ended.err}")
        for path in site.place.iterdir():
            if path.name != STORE:
                path.unlink()
        worn = shutil.copyfile(site.store, self.stores[WORN] / STORE)
        with closing(sqlite3.connect(worn)) as connection, connection:
            connection.execute("DELETE FROM span WHERE agreement_id % 3 = 0")

    def empty_site(self, place: Path | None = None) -> Site:
        """Return a folder of its own with an empty place for a store in it, or the place given."""
        folder = self.folder / f"site-{next(self.numbers)}"
        folder.mkdir()
        place = place or folder / "place"
        place.mkdir(exist_ok=True)
        return Site(folder, place, self.inputs)

    def site(self, start: str, place: Path | None = None) -> Site:
        """Return a place with a copy of one of the stores."""
        site = self.empty_site(place)
        for path in self.stores[start].iterdir():
            shutil.copyfile(path, site.place / path.name)
        return site

    def answer(self, words: tuple[str, ...]) -> str:
        """Return what a read of the filled store prints."""
        if words not in self.answers:
            site = self.site(FILLED)
            self.answers[words] = site.run(words).out
            shutil.rmtree(site.folder)
        return self.answers[words]

    def knowledge(self, write: Write) -> Learned:
        """Run a command whole, once, and remember what it does; raises RuntimeError where it does not do it."""
        with self.lock:
            lock = self.learning.setdefault(write.title, threading.Lock())
        with lock:
            if write.title not in self.learned:
                self.learned[write.title] = self._learn(write)
        return self.learned[write.title]

    def found(self, write: Write, site: Site, *, acknowledged: bool) -> Verdict:
        """Judge what a run of a command left: in the store, and in another file where its work shows there."""
        known = self.knowledge(write)
        verdict = judged(known.before, known.after, look(site.place / write.file), acknowledged=acknowledged)
        if write.file == STORE or look(site.store).rows == self.filled.rows:
            return verdict
        return verdict._replace(complaints=(*verdict.complaints, "the store has changed"))

    def _learn(self, write: Write) -> Learned:
        site = self.site(write.start)
        before = look(site.place / write.file)
        tally = site.folder / "tally"
        started = time.monotonic()
        ended = site.run(write.words, faulty(tally=str(tally)))
        seconds = time.monotonic() - started
        after = look(site.place / write.file)
        if ended.code or (after.rows, after.absent) == (before.rows, before.absent) or after.problems:
            raise RuntimeError(f"tracker {' '.join(write.words)} did not do its work: {ended} {after.problems}")
        statements = int(tally.read_text(encoding="ascii"))
        shutil.rmtree(site.folder)
        return Learned(before, after, seconds, statements, ended.last_line)
