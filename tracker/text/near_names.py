"""Many names, arranged so that those like one are found without comparing it with each of them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from heapq import nlargest

from tracker.text.names import LONGEST, fold, suggest

COMPARED = 12
"""Names that are compared letter by letter: those that share most pieces with the one looked for."""

PIECE = 3
"""Letters of a piece."""


class NearNames:
    """Names by the pieces of three letters that their words hold, beginnings and ends of words included."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = sorted(set(names))
        self._sizes: list[int] = []
        self._holders: dict[str, list[int]] = defaultdict(list)
        for place, name in enumerate(self._names):
            pieces = set(_pieces(fold(name)))
            self._sizes.append(len(pieces))
            for piece in pieces:
                self._holders[piece].append(place)

    def of(self, wanted: str, n: int = 3) -> list[str]:
        """Find the ``n`` names most like one, best first, as ``suggest`` does among those that share most with it."""
        if len(wanted) > LONGEST:
            return []
        pieces = set(_pieces(fold(wanted)))
        shared: Counter[int] = Counter()
        for piece in pieces:
            shared.update(self._holders.get(piece, ()))
        # A name that holds all of the words is near, however long it is; so half of the measure leaves its length out.
        ranked = nlargest(
            COMPARED,
            shared.items(),
            key=lambda item: (item[1] / (len(pieces) + self._sizes[item[0]]) + item[1] / (2 * len(pieces)), -item[0]),
        )
        return suggest(wanted, [self._names[place] for place, _ in ranked], n)


def _pieces(folded: str) -> Iterator[str]:
    for word in folded.split():
        padded = f"{' ' * (PIECE - 1)}{word} "
        for start in range(len(padded) - PIECE + 1):
            yield padded[start : start + PIECE]
