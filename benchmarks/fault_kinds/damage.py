"""The file itself is hurt: random bytes at random places, or its end is gone.

What SQLite cannot see, such as a letter changed inside a title, no program without checksums can see either. So the
program may answer, or refuse the store (3); a damaged name or code may be unknown to it (1, 2). It must
never crash, hang or show its inside.
"""

import shutil
from collections.abc import Callable
from functools import partial
from random import Random

from fault_kinds.cases import Case
from fault_kinds.program import Ended, Site
from fault_kinds.stores import AFTERWARDS, Bench
from fault_kinds.verdicts import Verdict, unclear
from fault_kinds.writes import FILLED, READS

COMMANDS = {" ".join(words[:1]): words for words in (*READS, AFTERWARDS)}
"""What meets a damaged store."""


def cases() -> list[Case]:
    """Damage of both kinds, met by reads and by a write."""
    return [
        Case(kind, name, partial(meet, hurt, words), short=2)
        for kind, hurt in (
            ("pages corrupted", corrupt),
            ("header corrupted", corrupt_header),
            ("file truncated", truncate),
        )
        for name, words in COMMANDS.items()
    ]


def corrupt(site: Site, draw: Random) -> None:
    """Overwrite one to a hundred runs of bytes, anywhere behind the header."""
    size = site.store.stat().st_size
    with site.store.open("r+b") as file:
        for _ in range(int(2 ** draw.uniform(0, 7))):
            file.seek(draw.randrange(100, size))
            file.write(draw.randbytes(draw.choice((1, 4, 64, 4096))))
        file.truncate(size)


def corrupt_header(site: Site, draw: Random) -> None:
    """Overwrite a byte or some of the first hundred."""
    with site.store.open("r+b") as file:
        file.seek(draw.randrange(100))
        file.write(draw.randbytes(draw.choice((1, 4, 16))))


def truncate(site: Site, draw: Random) -> None:
    """Cut the file at a random place, often at the border of a page."""
    size = site.store.stat().st_size
    cut = draw.randrange(size)
    with site.store.open("r+b") as file:
        file.truncate(draw.choice((cut, cut // 4096 * 4096)))


def meet(hurt: Callable[[Site, Random], None], words: tuple[str, ...], bench: Bench, draw: Random) -> Verdict:
    """Hurt a store and run a command on it."""
    site = bench.site(FILLED)
    hurt(site, draw)
    ended = site.run(words)
    complaints = unclear(ended, _codes(words, ended))
    shutil.rmtree(site.folder)
    return Verdict(acknowledged=False, complaints=tuple(complaints))


def _codes(words: tuple[str, ...], ended: Ended) -> set[int]:
    """Return the exit codes that are right: a ref or name that was hurt can be unknown to the one who asks for it."""
    if words[0] in {"export", "list"}:
        return {0, 3}
    return {0, 3} | ({ended.code} & {1, 2} if "internal" not in ended.err else set())
