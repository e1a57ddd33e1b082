"""The names that a register knows, and where they stand in a text: states, organisations, focus areas."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from tracker.text.names import fold

SHORT = 3
"""Letters up to which a name stands in capitals in a text, for ``us`` and ``un`` are words too."""

_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_END = ""
"""The key under which a tree of words holds the code of the name that ends there."""


class Named(NamedTuple):
    """A name of a party in a text."""

    code: str
    start: int
    end: int
    adjective: bool = False
    """Whether it is a word such as Thai."""
    body: bool = False
    """Whether it is that of a body of the party, such as NASA."""


class Vocabulary:
    """Names of parties by code, and focus areas by their labels."""

    def __init__(
        self, names: Iterable[tuple[str, str]], focus_areas: Mapping[str, str], *, small: bool = False
    ) -> None:
        """Take names, each with the code of its party, and the labels of focus areas by code; ``small``: written so."""
        self.focus_areas = focus_areas
        self._small = small
        self._given = tuple(names)

    def parties(self, text: str) -> tuple[Named, ...]:
        """Return where names of parties stand in a text, in order; of names in one another the longest.

        A name that several parties bear (Korea) counts where the text names one of them otherwise, and that one alone.
        """
        found = sorted([*self._spaced(text), *self._unspaced(text)], key=lambda one: (one[1], -one[2]))
        kept: list[tuple[tuple[str, ...], int, int]] = []
        for one in found:
            if not kept or one[1] >= kept[-1][2]:
                kept.append(one)
        sure = {codes[0] for codes, _, _ in kept if len(codes) == 1}
        return tuple(
            Named(bearers[0], start, end)
            for codes, start, end in kept
            if len(bearers := codes if len(codes) == 1 else tuple(code for code in codes if code in sure)) == 1
        )

    @cached_property
    def _codes(self) -> dict[str, tuple[str, ...]]:
        """Return the codes of the parties that bear each folded name."""
        codes: dict[str, tuple[str, ...]] = {}
        for name, code in self._given:
            folded = fold(name)
            if folded and code not in codes.get(folded, ()):
                codes[folded] = (*codes.get(folded, ()), code)
        return codes

    @cached_property
    def _tree(self) -> dict[str, Any]:
        """Return the names as a tree of their words."""
        tree: dict[str, Any] = {}
        for name, codes in self._codes.items():
            if not _UNSPACED.search(name):
                branch = tree
                for word in name.split():
                    branch = branch.setdefault(word, {})
                branch[_END] = codes
        return tree

    @cached_property
    def _signs(self) -> re.Pattern[str] | None:
        names = sorted((name for name in self._codes if _UNSPACED.search(name)), key=len, reverse=True)
        return re.compile("|".join(map(re.escape, names))) if names else None

    def _spaced(self, text: str) -> Iterator[tuple[tuple[str, ...], int, int]]:
        tokens = [(match[0], match.start(), match.end()) for match in _TOKEN.finditer(text)]
        for at, (word, start, _) in enumerate(tokens):
            if self._small or not word[0].islower():
                end, codes = self._longest(text, tokens, at)
                if codes and (end - start > SHORT or text[start:end].isupper()):
                    yield codes, start, end

    def _longest(self, text: str, tokens: list[tuple[str, int, int]], at: int) -> tuple[int, tuple[str, ...]]:
        """Return where the longest name that begins at a word ends, and the codes of its bearers."""
        branch, end, codes = self._tree, 0, ()
        for index in range(at, len(tokens)):
            word, _, past = tokens[index]
            following = branch.get(fold(word)) or (
                branch.get(fold(f"{word}s")) if text[past : past + 2] == "'s" else None
            )
            if following is None:
                return end, codes
            branch = following
            if _END in branch:
                end, codes = past, branch[_END]
        return end, codes

    def _unspaced(self, text: str) -> Iterator[tuple[tuple[str, ...], int, int]]:
        if self._signs is not None and _UNSPACED.search(text):
            for match in self._signs.finditer(text):
                yield self._codes[match[0]], match.start(), match.end()
