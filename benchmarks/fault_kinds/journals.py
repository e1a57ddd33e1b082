"""The write-ahead log that a killed writer left is removed, hurt or cut; so is the index to it.

The store that is hurt has changes that stand in the log alone. Without the log these are gone, whoever reads: what must
hold is that each change is there whole or not at all, earlier ones before later ones, and that the store stays of use.
The index (``-shm``) holds nothing that the log does not: without it nothing may be missing.
"""

import shutil
import threading
from functools import partial
from pathlib import Path
from random import Random
from typing import NamedTuple

from fault_kinds.cases import Case
from fault_kinds.contents import Contents, journal_files, look
from fault_kinds.locks import held
from fault_kinds.program import Site
from fault_kinds.stores import AFTERWARDS, Bench
from fault_kinds.verdicts import Verdict, unclear
from fault_kinds.writes import FILLED, READS

UNFINISHED = "unfinished"
"""The store whose last changes stand in the log alone."""

READING = ("BEGIN", "SELECT count(*) FROM change")

CHANGES = (
    ("edit", "ice-roads", "--set", "title=First", "--set", "short_title=First"),
    ("edit", "ice-roads", "--set", "title=Second", "--set", "short_title=Second"),
    ("import", "{inputs}/sheet.csv", "--yes"),
)

MAKING = threading.Lock()


class Hurt(NamedTuple):
    """A way to hurt a journal."""

    kind: str
    suffix: str
    way: str
    loses: bool
    """Whether changes that stand in the log alone may be gone."""


HURTS = (
    Hurt("log removed", "-wal", "remove", loses=True),
    Hurt("log corrupted", "-wal", "corrupt", loses=True),
    Hurt("log truncated", "-wal", "truncate", loses=True),
    Hurt("log's index removed", "-shm", "remove", loses=False),
    Hurt("log's index corrupted", "-shm", "corrupt", loses=False),
    Hurt("log's index truncated", "-shm", "truncate", loses=False),
)


def cases() -> list[Case]:
    """Every hurt, met by a read and by a write."""
    commands = {"export": READS[0], "add": AFTERWARDS}
    return [
        Case(hurt.kind, command, partial(hurt_journal, hurt, words), short=2)
        for hurt in HURTS
        for command, words in commands.items()
    ]


def unfinished(bench: Bench) -> list[Contents]:
    """Make the store with a log, once; return what it held before the changes in the log and after each of them."""
    with MAKING:
        if UNFINISHED not in bench.stores:
            site = bench.site(FILLED)
            states = [look(site.store)]
            with held(site.store, READING):
                for words in CHANGES:
                    ended = site.run(words)
                    if ended.code:
                        raise RuntimeError(f"{' '.join(words)}: {ended.err}")
                    states.append(look(site.store))
                kept = bench.folder / UNFINISHED
                kept.mkdir()
                for path in [site.store, *journal_files(site.store)]:
                    shutil.copyfile(path, kept / path.name)
            bench.states = states
            bench.stores[UNFINISHED] = kept
    return bench.states


def hurt_journal(hurt: Hurt, words: tuple[str, ...], bench: Bench, draw: Random) -> Verdict:
    """Hurt a journal, run a command, and find one of the states that the store has had."""
    states = unfinished(bench)
    site = bench.site(UNFINISHED)
    _lay(hurt, site, draw)
    allowed = states if hurt.loses else states[-1:]
    ended = site.run(words)
    complaints = unclear(ended, {0})
    found = look(site.store)
    complaints += found.problems
    lines = frozenset(line for line in found.lines if '"after-the-fault"' not in line)
    lost = 0
    if lines not in [state.lines for state in allowed]:
        complaints.append("not one of the states that the store has had")
        lost = 0 if hurt.loses else len(states[-1].lines - lines)
    if words == AFTERWARDS and lines == found.lines:
        complaints.append("the change after the fault is not there")
    shutil.rmtree(site.folder)
    return Verdict(acknowledged=ended.code == 0, complaints=tuple(complaints), lost=lost)


def _lay(hurt: Hurt, site: Site, draw: Random) -> None:
    path = Path(f"{site.store}{hurt.suffix}")
    size = path.stat().st_size
    if hurt.way == "remove":
        path.unlink()
    elif hurt.way == "truncate":
        with path.open("r+b") as file:
            file.truncate(draw.randrange(size))
    else:
        with path.open("r+b") as file:
            file.seek(draw.randrange(size))
            file.write(draw.randbytes(draw.choice((1, 4, 64, 4096))))
