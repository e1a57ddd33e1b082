"""The disk is full, a file may not grow any further, the file system is read-only.

Where tmpfs may be mounted (root), a disk of a few megabytes is filled up to a number of bytes drawn anew for each
fault; elsewhere only the limit on the size of files is left, which ends in another error of the system.
"""

import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from random import Random

from fault_kinds.cases import Case
from fault_kinds.contents import look
from fault_kinds.program import Ended, Site, faulty
from fault_kinds.stores import AFTERWARDS, Bench
from fault_kinds.verdicts import NotHere, Verdict, unclear
from fault_kinds.writes import FILLED, READS, WRITES, Write

PAGE = 4096
DISK = 16 << 20
"""Bytes of the small disk."""

MOST_FREE = 9
"""Free space and limits are drawn evenly from powers of two, up to 2 to this many pages: two megabytes."""

PLACE = "place"
"""Folder of the store on the small disk."""

ONE_AT_A_TIME = threading.Lock()
"""There is one small disk at a time."""

ROOM = ("disk is full", "No space left", "File too large", "cannot be written")
"""Words by which the message of a failed write tells the cause."""


def cases() -> list[Case]:
    """Every command that writes on a full disk and under a limit; reads on a full and on a read-only disk."""
    found = []
    for write in WRITES:
        short = int(write.is_main)
        found += [
            Case("disk full", write.title, partial(full_disk, write), short=short),
            Case("file size limited", write.title, partial(limited_file, write), short=short),
            Case("read-only file system", write.title, partial(read_only_write, write), short=short),
        ]
    for words in READS:
        found.append(Case("disk full", words[0], partial(full_disk_read, words)))
        found.append(Case("read-only file system", words[0], partial(read_only_read, words)))
    return found


@contextmanager
def small_disk(bench: Bench) -> Iterator[Path]:
    """Mount a disk of a few megabytes; raises NotHere where that is not allowed."""
    with ONE_AT_A_TIME:
        disk = bench.folder / "disk"
        disk.mkdir(exist_ok=True)
        options = ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tracker-faults", str(disk)]
        try:
            done = subprocess.run(options, capture_output=True, check=False)
        except OSError as error:
            raise NotHere("there is no mount") from error
        if done.returncode:
            raise NotHere("mounting a small disk is not allowed")
        try:
            yield disk
        finally:
            subprocess.run(["umount", "-l", str(disk)], check=True)


def fill(disk: Path, free: int) -> Path:
    """Fill a disk up to ``free`` bytes."""
    ballast = disk / "ballast"
    ballast.write_bytes(bytes(shutil.disk_usage(disk).free // PAGE * PAGE - free))
    return ballast


def some_bytes(draw: Random) -> int:
    """Draw a number of whole pages, small ones as often as large ones."""
    return PAGE * (int(2 ** draw.uniform(0, MOST_FREE)) - 1)


def full_disk(write: Write, bench: Bench, draw: Random) -> Verdict:
    """Run a command that writes on a disk with little room or none; then make room and go on."""
    bench.knowledge(write)
    with small_disk(bench) as disk:
        site = bench.site(write.start, disk / PLACE)
        ballast = fill(disk, some_bytes(draw))
        ended = site.run(write.words)
        complaints = unclear(ended, {0, 3})
        verdict = bench.found(write, site, acknowledged=ended.code == 0)
        complaints += _untold(ended)
        ballast.unlink()
        complaints += [*verdict.complaints, *_goes_on(write, site, ended.code == 0)]
    return verdict._replace(complaints=tuple(complaints))


def limited_file(write: Write, bench: Bench, draw: Random) -> Verdict:
    """Run a command of which no file may grow beyond a size; then go on without the limit."""
    bench.knowledge(write)
    site = bench.site(write.start)
    ended = site.run(write.words, faulty(file_size=PAGE + some_bytes(draw)))
    complaints = [*unclear(ended, {0, 3}), *_untold(ended)]
    verdict = bench.found(write, site, acknowledged=ended.code == 0)
    complaints += [*verdict.complaints, *_goes_on(write, site, ended.code == 0)]
    shutil.rmtree(site.folder)
    return verdict._replace(complaints=tuple(complaints))


def _untold(ended: Ended) -> list[str]:
    """Return what is wrong with the message of a write that had no room."""
    if ended.code == 0 or any(word in ended.last_line for word in ROOM):
        return []
    return [f"the message does not tell that it could not write: {ended.last_line}"]


def _goes_on(write: Write, site: Site, done: bool) -> list[str]:
    """Return what is wrong with the next run, now that there is room."""
    ended = site.run(write.words if write.repeats or not done else AFTERWARDS)
    complaints = [*unclear(ended, {0}), *look(site.store).problems]
    return [f"the next run: {complaint}" for complaint in complaints]


def full_disk_read(words: tuple[str, ...], bench: Bench, draw: Random) -> Verdict:
    """Read on a full disk: the answer is the same, for reading needs no room."""
    with small_disk(bench) as disk:
        site = bench.site(FILLED, disk / PLACE)
        fill(disk, PAGE * draw.randint(0, 10))
        return _read(site, words, bench.answer(words))


def read_only_read(words: tuple[str, ...], bench: Bench, _: Random) -> Verdict:
    """Read on a file system that cannot be written: the answer is the same."""
    with small_disk(bench) as disk:
        site = bench.site(FILLED, disk / PLACE)
        _make_read_only(disk)
        return _read(site, words, bench.answer(words))


def _read(site: Site, words: tuple[str, ...], expected: str) -> Verdict:
    ended = site.run(words)
    complaints = unclear(ended, {0})
    if ended.code == 0 and ended.out != expected:
        complaints.append("another answer than before")
    return Verdict(acknowledged=False, complaints=tuple(complaints))


def read_only_write(write: Write, bench: Bench, _: Random) -> Verdict:
    """Write to a file system that cannot be written: refused, nothing changed."""
    bench.knowledge(write)
    with small_disk(bench) as disk:
        site = bench.site(write.start, disk / PLACE)
        _make_read_only(disk)
        ended = site.run(write.words)
        verdict = bench.found(write, site, acknowledged=False)
        return verdict._replace(complaints=(*unclear(ended, {3}), *verdict.complaints))


def _make_read_only(disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
