"""Permissions cut, of the file and of its folder; the program runs without the privilege of root."""

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random

from fault_kinds.cases import Case
from fault_kinds.contents import look
from fault_kinds.program import CAN_NOT, UNPRIVILEGED, Site
from fault_kinds.stores import AFTERWARDS, Bench
from fault_kinds.verdicts import NotHere, Verdict, unclear
from fault_kinds.writes import FILLED, READS

Cut = Callable[[Site], None]


def _modes(store: int | None, place: int | None) -> Cut:
    """Return what sets the permissions of the file and of its folder."""

    def cut(site: Site) -> None:
        for path, mode in ((site.store, store), (site.place, place)):
            if mode is not None:
                path.chmod(mode)

    return cut


CUTS: dict[str, tuple[Cut, frozenset[int]]] = {
    "file read-only": (_modes(0o444, None), frozenset({0})),
    "folder read-only": (_modes(None, 0o555), frozenset({0})),
    "file and folder read-only": (_modes(0o444, 0o555), frozenset({0})),
    "file closed": (_modes(0o000, None), frozenset({3})),
    "folder closed": (_modes(None, 0o000), frozenset({3})),
    "folder not to be entered": (_modes(None, 0o444), frozenset({3})),
}
"""What is cut, and how a read ends then; a write ends with 3 everywhere."""


def cases() -> list[Case]:
    """Every cut, met by a read and by a write."""
    commands = {"export": READS[0], "add": AFTERWARDS}
    return [
        Case(f"permissions: {name}", command, partial(cut_permissions, name, words))
        for name in CUTS
        for command, words in commands.items()
    ]


def cut_permissions(name: str, words: tuple[str, ...], bench: Bench, _: Random) -> Verdict:
    """Run a command where permissions are missing; then give them back: all is as it was."""
    cut, reading = CUTS[name]
    site = bench.site(FILLED)
    before = look(site.store)
    cut(site)
    try:
        ended = site.run(words, UNPRIVILEGED)
    finally:
        _give_back(site.place)
    if ended.code == CAN_NOT:
        raise NotHere("root cannot give its privilege up")
    complaints = unclear(ended, reading if words == READS[0] else {3})
    if ended.code == 0 and ended.out != bench.answer(words):
        complaints.append("another answer than before")
    if look(site.store) != before:
        complaints.append("the store has changed")
    complaints += [f"the next run: {complaint}" for complaint in unclear(site.run(AFTERWARDS), {0})]
    shutil.rmtree(site.folder)
    return Verdict(acknowledged=False, complaints=tuple(complaints))


def _give_back(place: Path) -> None:
    place.chmod(0o755)
    for path in place.iterdir():
        path.chmod(0o644)
