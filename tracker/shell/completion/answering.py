"""The answer to a shell: what completes the word at the cursor, as its script reads it.

The first line says what follows: ``values``; ``open`` where more is to be typed behind one, so no blank follows;
``files`` where the shell is to offer files. Each other line holds what can be typed, and for zsh and fish what it
stands for behind a tab. Nothing is printed where there is nothing to offer, or the store cannot be read: a message
would land in the middle of the line.
"""

import os
import sys
from collections.abc import Callable, Iterator, Sequence

from tracker.errors import TrackerError
from tracker.read.lookup.completion import Offer
from tracker.shell.completion import line, offers
from tracker.shell.completion import place as places
from tracker.shell.completion.place import Place

VARIABLE = "_TRACKER_COMPLETE"
"""Set by the scripts, to the name of the shell."""

LISTED = ("63", "33", "64")
"""COMP_TYPE of bash where it shows what there is to choose from, and inserts none of it."""

MORE = "…"
"""Keeps bash from closing a quote behind the only offer, where more is to be typed."""

WIDTH = 80
"""Columns of a terminal that does not say how wide it is."""


def answer(arguments: Sequence[str]) -> None:
    """Print what completes the line that a script hands over."""
    answered = SHELLS.get(os.environ[VARIABLE], _unknown)
    text = "".join(f"{one}\n" for one in answered(arguments))
    sys.stdout.buffer.write(text.encode("utf-8", "surrogateescape"))


def _bash(arguments: Sequence[str]) -> Iterator[str]:
    """Answer to bash: it gives the line up to the cursor, and the end of it that it will replace."""
    text, replaced = arguments
    words = line.read(text)
    place = places.find(words.before, words.current)
    if place.takes == places.FILES:
        yield "files"
        return
    kept = line.read(text[: len(text) - len(replaced)]) if text.endswith(replaced) else words
    stays = len(kept.current) if len(kept.before) == len(words.before) else 0
    found = _offers(place, words.current)
    rests = [line.quoted(value[stays:], words.quote) for value, _ in found]
    told = [tells for _, tells in found]
    kind = list(_kind(place, found))
    if kind == ["open"] and words.quote and len(rests) == 1:
        rests, told = [*rests, f"{rests[0]}{MORE}"], [*told, ""]
    yield from kind
    yield from _listed(rests, told) if os.environ.get("COMP_TYPE") in LISTED and len(rests) > 1 else rests


def _listed(values: list[str], told: list[str]) -> Iterator[str]:
    """Yield values as bash lists them, with what they stand for."""
    wide = _width()
    least = max(map(len, values))
    for value, tells in zip(values, told, strict=True):
        room = wide - least - len("  ()") - 1
        cut = tells if len(tells) <= room else f"{tells[: max(room - 1, 0)]}…"
        yield f"{value.ljust(least)}  ({cut})" if tells and room > 0 else value


def _width() -> int:
    columns = os.environ.get("COLUMNS", "")
    return int(columns) if columns.isdigit() else WIDTH


def _zsh(arguments: Sequence[str]) -> Iterator[str]:
    """Answer to zsh and fish: they give the words up to the cursor, the last one unfinished."""
    *before, current = arguments
    place = places.find(before, current)
    if place.takes == places.FILES:
        yield "files"
        yield place.before
        return
    found = _offers(place, current)
    yield from _kind(place, found)
    yield from (f"{value}\t{tells}" for value, tells in found)


def _fish(arguments: Sequence[str]) -> Iterator[str]:
    """Answer to fish, which gives the last word as it stands there, quotes and all."""
    *before, current = arguments
    return _zsh([*before, line.read(current).current])


def _unknown(_: Sequence[str]) -> Iterator[str]:
    """Answer to a script of another make."""
    return iter(())


def _kind(place: Place, found: list[Offer]) -> Iterator[str]:
    if found:
        yield "open" if any(offers.is_open(place, value) for value, _ in found) else "values"


def _offers(place: Place, current: str) -> list[Offer]:
    """Return what can be typed at a place, each once; none where settings or the store cannot be read.

    Shells put in what all have in common: it is never less than what was typed.
    """
    from tracker.shell.completion.store import Store

    try:
        found = offers.at(place, Store(place))
    except TrackerError:
        return []
    if found and _in_common([value for value, _ in found]) < len(current):
        found = [(offers.typed_so(value, current), tells) for value, tells in found]
    return [(value, _harmless(tells)) for value, tells in dict(found).items()]


def _in_common(values: list[str]) -> int:
    """Return how many characters all begin with."""
    first, last = min(values), max(values)
    return next((at for at, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), len(first))


def _harmless(text: str) -> str:
    """Return what something stands for as one line that does nothing on a terminal."""
    return "".join(char if char.isprintable() else " " for char in text)


SHELLS: dict[str, Callable[[Sequence[str]], Iterator[str]]] = {"bash": _bash, "zsh": _zsh, "fish": _fish}
"""The shells that are known, by the name that their scripts give."""
