"""What ``tracker`` alone prints: what can be done, on one screen, and what to do next."""

from textwrap import wrap

from tracker.errors import TrackerError
from tracker.read.file.connection import open_store
from tracker.read.file.location import StoreLocation

WIDTH = 79

LINES = (
    ("tracker add", "record an agreement, asked step by step"),
    ("tracker edit REF", "change it, in your editor"),
    ("tracker list party:JPN signed:2015..", "those of a query, or all"),
    ("tracker search WORDS", "find agreements by words"),
    ("tracker show REF", "one agreement in full"),
    ("tracker status REF", "what holds on a day, and for whom"),
    ("tracker why REF", "what its binding status rests on"),
    ("tracker compare binding --by year", "what binds beside what does not"),
    ("tracker report overview", "the register in figures"),
    ("tracker due --within 2y", "what falls due"),
    ("tracker import FILE", "take in a sheet or a data set"),
    ("tracker undo", "take back the last change"),
)


def text(place: StoreLocation) -> str:
    """Return the screen for the store that is meant, whatever its state."""
    width = max(len(line) for line, _ in LINES)
    lines = [f"  {line:<{width}}  {what}" for line, what in LINES]
    head = "A register of international agreements: what binds and what does not."
    foot = "All commands: tracker --help. More of one: tracker help list"
    return "\n".join([head, "", *lines, "", *_next(place), foot, ""])


def _next(place: StoreLocation) -> list[str]:
    try:
        with open_store(place) as reader:
            absent, count = reader.absent, reader.scalar("SELECT count(*) FROM agreements")
    except TrackerError as problem:
        return wrap(f"The store: {problem}", WIDTH)
    if absent:
        return [
            f"There is no register yet at {place.path}; the first write makes it.",
            "Next: tracker demo, or tracker add",
        ]
    holds = f"{place.path} holds {count} agreement{'s'[: count != 1]}."
    return [holds, "Next: tracker list" if count else "Next: tracker add, or tracker import FILE"]
