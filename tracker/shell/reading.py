"""How a command opens the register to read: what is odd is warned of, and where there is no store yet, a hint."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tracker.read.file.connection import Reader, open_store
from tracker.shell import messages
from tracker.shell.context import AppContext
from tracker.shell.running.working import working

if TYPE_CHECKING:
    from tracker.read.query.filters import Filters

HINT = "record something with: tracker add TITLE"


@contextmanager
def opened(context: AppContext) -> Iterator[Reader]:
    """Open the store of the context, for one who asks for what must be there."""
    with (
        open_store(context.store, warn=messages.warn) as reader,
        working(reader.connection, "reading the register", quiet=context.quiet),
    ):
        yield reader


@contextmanager
def reading(context: AppContext, hint: str = HINT) -> Iterator[Reader]:
    """Open the store of the context; the default place without a store reads as empty, with a hint."""
    with opened(context) as reader:
        if reader.absent:
            messages.say(f"there is no store yet ({context.store.path}); {hint}", quiet=context.quiet)
        yield reader
        if reader.asked is not None and not (context.quiet or reader.absent):
            tell_what_is_near(reader, context)


def at_home(context: AppContext, reader: Reader, asked: "Filters", by: Iterable[str]) -> "Filters":
    """Return filters for agreements of the home party of the settings, where partners are asked for and of nobody."""
    home = context.settings.home
    if home is None or "partner" not in ",".join(by).split(",") or asked.codes("party"):
        return asked
    from tracker.read.lookup import names
    from tracker.read.query.filters import narrowed
    from tracker.read.query.predicates import equals

    (code,) = names.party_codes(reader, [home])
    messages.say(f"partners of {code}, the home party of the settings", quiet=context.quiet)
    return narrowed(asked, equals("party", code))


def tell_what_is_near(reader: Reader, context: AppContext) -> None:
    """Say after an answer of nothing what was asked of how many, and what lies near."""
    from tracker.read.query import near
    from tracker.read.query.filters import Filters

    asked = reader.asked
    if isinstance(asked, Filters) and asked.asks() and near.is_empty(reader, asked):
        for line in near.lines(reader, asked):
            messages.say(line, quiet=context.quiet)
