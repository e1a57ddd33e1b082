"""Another process holds the store for longer than the program waits."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from random import Random

from fault_kinds.cases import Case
from fault_kinds.program import PLAIN, faulty
from fault_kinds.stores import Bench
from fault_kinds.verdicts import Verdict, unclear
from fault_kinds.writes import FILLED, NONE, READS, STORE, WRITES, Write

SHORT_WAIT = 0.2
"""Seconds; the program's own wait is too long for a test of every command."""

HOLDER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
for statement in sys.argv[2:]:
    connection.execute(statement).fetchall()
print("held", flush=True)
sys.stdin.read()
"""

WRITER = ("BEGIN IMMEDIATE",)
ALONE = ("PRAGMA locking_mode = EXCLUSIVE", "BEGIN EXCLUSIVE")


def cases() -> list[Case]:
    """A writer that does not end, for every write and some reads; a process that wants the file for itself."""
    found = [
        Case("lock held", write.title, partial(write_while_held, write), short=int(write.name in {"add", "import"}))
        for write in WRITES
        if write.start != NONE and write.file == STORE
    ]
    for words in READS:
        found.append(Case("lock held", words[0], partial(read_while_held, words, WRITER, 0)))
        found.append(Case("store held alone", words[0], partial(read_while_held, words, ALONE, 3)))
    found.append(Case("lock held, own wait", "add", partial(write_while_held, WRITES[0], program=PLAIN), short=0))
    return found


@contextmanager
def held(store: Path, statements: tuple[str, ...]) -> Iterator[None]:
    """Have another process hold a lock."""
    command = [sys.executable, "-c", HOLDER, str(store), *statements]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None  # noqa: S101  # asked for a line above
        process.stdout.readline()
        try:
            yield
        finally:
            process.kill()


def write_while_held(
    write: Write, bench: Bench, _: Random, *, program: tuple[str, ...] = faulty(wait=SHORT_WAIT)
) -> Verdict:
    """Write while another process writes and does not end: refused; when it has ended: done."""
    bench.knowledge(write)
    site = bench.site(write.start)
    with held(site.store, WRITER):
        ended = site.run(write.words, program)
    complaints = unclear(ended, {3})
    if "held by another process" not in ended.last_line:
        complaints.append(f"the message does not tell that the store is held: {ended.last_line}")
    verdict = bench.found(write, site, acknowledged=ended.code == 0)
    after = site.run(write.words)
    last = bench.found(write, site, acknowledged=True)
    complaints += [*verdict.complaints, *(f"the next run: {text}" for text in (*unclear(after, {0}), *last.complaints))]
    shutil.rmtree(site.folder)
    return verdict._replace(complaints=tuple(complaints))


def read_while_held(words: tuple[str, ...], statements: tuple[str, ...], code: int, bench: Bench, _: Random) -> Verdict:
    """Read while another process holds the store."""
    site = bench.site(FILLED)
    with held(site.store, statements):
        ended = site.run(words, faulty(wait=SHORT_WAIT))
    complaints = unclear(ended, {code})
    if ended.code == 0 and ended.out != bench.answer(words):
        complaints.append("another answer than before")
    shutil.rmtree(site.folder)
    return Verdict(acknowledged=False, complaints=tuple(complaints))
