"""A doubt of the register put to the person: the same act again where the answer is yes."""

from collections.abc import Callable
from typing import TypeVar

from tracker.errors import Declined
from tracker.shell import messages
from tracker.shell.context import AppContext
from tracker.work.add import LikelyTwin
from tracker.work.typed import LikelyKnown

Done = TypeVar("Done")
"""What an act returns."""

Doubts = frozenset[type[Exception]]
"""Kinds of doubts to which the answer is known to be yes."""

ALL: Doubts = frozenset((LikelyTwin, LikelyKnown))


def settled(context: AppContext, act: Callable[[Doubts], Done], *, yes: bool) -> Done:
    """Carry out an act, asking about each doubt; ``yes``: all are settled beforehand.

    Raises Declined where the answer is no, and the doubt itself where nobody can be asked.
    """
    settled: Doubts = ALL if yes else frozenset()
    while True:
        try:
            return act(settled)
        except (LikelyTwin, LikelyKnown) as doubt:
            if not context.interactive:
                raise
            messages.warn(str(doubt))
            if not messages.ask("Record it all the same?"):
                raise Declined("nothing was recorded") from doubt
            settled |= {type(doubt)}
