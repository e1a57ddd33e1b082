"""Names of states, organisations and people: folded for comparison, near misses, and identifiers made from them.

Two spellings are the same name where ``fold`` gives the same text. Nothing here knows a single party: that is data.
"""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from heapq import nlargest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from difflib import SequenceMatcher

LETTERS = {
    "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h", "ŧ": "t", "ŋ": "ng",
    "ə": "a", "&": " and ",
}  # fmt: skip
"""Letters that Unicode does not take apart into a base and a mark, with what stands for them in plain ASCII lists; ß
is taken care of by case folding. (Azerbaijani ə is written ``a`` in the country's own passports: Əliyev, Aliyev.)"""

LATIN_MARKS = ((0x0300, 0x036F), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF), (0xFE20, 0xFE2F))
"""Accents of Latin, Greek and Cyrillic letters; marks of other scripts are letters there (Kana, Indic)."""

POINTS = ((0x0591, 0x05C7), (0x0610, 0x061A), (0x064B, 0x065F), (0x0670, 0x0670))
"""Vowel points of Hebrew and Arabic, which are written or left out at will."""

APOSTROPHES = frozenset("'\u2018\u2019\u02bc`")
"""Signs that people type for an apostrophe."""

CLOSE = 0.6
"""Below this likeness (0 to 1) two names have nothing in common that a reader would see."""

SAME = 0.8
"""From this likeness on two words of names may be one: ``Loyd`` and ``Lloyd``."""

BEHIND = 0.2
"""A suggestion that is this much worse than the best one only distracts."""

LONGEST = 200
"""Characters; nothing is like a text longer than this, and comparing it would take a while."""

SMALL = ("and", "of", "or", "to")
"""Words of codes that initials may leave out."""


def fold(text: str) -> str:
    """Bring a name to the form in which it is compared: lower case, no accents, no punctuation, single spaces.

    ``Türkiye`` gives ``turkiye``, ``Korea, Rep.`` gives ``korea rep``, ``U.S.A.`` gives ``usa``,
    ``Lao People's`` gives ``lao peoples``. Letters of other scripts stay. Folding a folded text changes nothing.
    """
    folded = text
    if not text.isascii():
        # Decomposition and case folding each make work for the other: "™" becomes "TM", "ẞ" becomes "ss".
        folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    if "." in folded:
        folded = _close_up(folded)
    folded = folded.lower().translate(_CHARACTERS)
    if "'" in folded:
        # The possessive closes up; other apostrophes part words, so that "d'extradition" holds the word "extradition".
        folded = f"{folded} ".replace("'s ", "s ").replace("'", " ")
    if not folded.isascii():
        folded = unicodedata.normalize("NFC", folded)
    return " ".join(folded.split())


def slug(text: str) -> str:
    """Make the identifier of a name: ``Lloyd J. Austin III`` gives ``lloyd-j-austin-iii``.

    Where no Latin letter or digit is left, it is ``x``: an identifier is never empty.
    """
    letters = "".join(char if char.isascii() else " " for char in fold(text))
    return "-".join(letters.split()) or "x"


def suggest(wanted: str, candidates: Iterable[str], n: int = 3) -> list[str]:
    """Find the ``n`` candidates most like ``wanted``, best first.

    Like are misspelt names (``Jpan``), the same words in another order, and names with words left out.
    """
    text = fold(wanted)
    if not 0 < len(text) <= LONGEST:
        return []
    scored = sorted((-_likeness(text, fold(candidate)), candidate) for candidate in set(candidates))
    bound = max(CLOSE, -scored[0][0] - BEHIND) if scored else CLOSE
    return [candidate for score, candidate in scored[:n] if -score >= bound]


def near(wanted: str, candidates: Iterable[str], n: int = 3) -> list[str]:
    """Find the ``n`` folded names of people that may be the same one as ``wanted``, best first.

    Each word of the shorter name stands in the longer one, as it is, as an initial, or with a letter otherwise, and one
    of them as it is: ``L. J. Austin III`` and ``Loyd Austin``, not ``Jane Doe`` and ``Jane Roe``.
    """
    if not 0 < len(wanted) <= LONGEST:
        return []
    words = fold(wanted).split()
    whole = {word for word in words if len(word) > 2}
    found = ((candidate, others) for candidate in candidates if whole & set(others := candidate.split()))
    scored = sorted((-_shared(words, others), candidate) for candidate, others in found)
    return [candidate for score, candidate in scored[:n] if score]


def _shared(words: list[str], others: list[str]) -> float:
    """Tell how much of two names is the same, 0 to 1; 0 where a word of the shorter one is not in the longer one."""
    few, many = sorted((words, others), key=len)
    if len(few) < 2:
        return 0.0
    left, total = list(many), 0.0
    for word in few:
        best = max(left, key=lambda other: _like(word, other))
        if not _like(word, best):
            return 0.0
        total += _like(word, best)
        left.remove(best)
    return total / len(many)


def _like(word: str, other: str) -> float:
    """Tell how like two words of names are: the same, an initial and its word, or all but a letter."""
    if word == other:
        return 1.0
    if 1 in (len(word), len(other)):
        return 0.9 if word[0] == other[0] else 0.0
    ratio = _ratio(word, other) if min(len(word), len(other)) > 3 else 0.0
    return ratio if ratio >= SAME else 0.0


def person_orders(name: str) -> list[str]:
    """List the folded spellings under which a person is found: as written, last word first, first word last.

    Sources differ in the order (``Hamada Yasukazu``, ``Yasukazu HAMADA``, ``Austin, Lloyd J.``).
    """
    words = fold(name).split()
    if len(words) < 2:
        return [" ".join(words)] if words else []
    orders = (words, [words[-1], *words[:-1]], [*words[1:], words[0]])
    return list(dict.fromkeys(" ".join(order) for order in orders))


def by_initials(wanted: str, codes: Iterable[str]) -> list[str]:
    """Return the codes of several words that these are the initials of: ``acsa``, ``sosa``; small words may be out."""
    return [code for code in codes if "_" in code and wanted.lower() in _initials(code)]


def near_initials(wanted: str, codes: Iterable[str]) -> list[str]:
    """Return the codes of three words and more whose initials are nearly these: ``sossa`` is near to ``sosa``."""
    meant: dict[str, list[str]] = {}
    for code in codes:
        for short in _initials(code):
            if len(short) > 2:
                meant.setdefault(short, []).append(code)
    bound = max(3, len(wanted) - 1)
    near = [short for short in suggest(wanted, meant) if len(short) >= bound and short[0] == wanted[:1].lower()]
    return list(dict.fromkeys(code for short in near for code in meant[short]))


def _initials(code: str) -> list[str]:
    found = [""]
    for word in code.split("_"):
        found = [text + more for text in found for more in ((word[0], "") if word in SMALL else (word[0],))]
    return found


def _close_up(text: str) -> str:
    """Take the dots out of initials that stand without spaces: ``U.S.A.`` is ``USA``, ``J. R.`` stays two words."""
    import re

    return re.sub(r"\b(?:[^\W\d_]\.)+[^\W\d_]\b\.?", lambda found: found.group().replace(".", ""), text)


class _Characters(dict[int, str]):
    """What each character becomes, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if any(low <= code <= high for low, high in LATIN_MARKS + POINTS):
            new = ""
        elif char in APOSTROPHES:
            new = "'"
        elif char.isalnum() or unicodedata.category(char) in {"Mn", "Mc"}:
            new = LETTERS.get(char, char)
        else:
            new = LETTERS.get(char, " ")
        self[code] = new
        return new


_CHARACTERS = _Characters()


def _likeness(wanted: str, candidate: str) -> float:
    """Tell how alike two folded names are, 0 to 1; words in another order, or left out, count as near."""
    if wanted == candidate:
        return 1.0
    words, others = wanted.split(), candidate.split()
    if len(wanted) > 3 and len(words) <= len(others) and all(any(o.startswith(w) for o in others) for w in words):
        return 0.8 + 0.2 * len(wanted) / (len(wanted) + len(candidate))
    best = _ratio(wanted, candidate)
    if len(words) > 1 and len(others) > 1:
        best = max(best, 0.95 * _ratio(" ".join(sorted(words)), " ".join(sorted(others))))
    return best


def _ratio(first: str, second: str) -> float:
    matcher = _matcher(first)
    matcher.set_seq1(second)
    if matcher.real_quick_ratio() < CLOSE or matcher.quick_ratio() < CLOSE:
        return 0.0
    return float(matcher.ratio())


@lru_cache(maxsize=4)
def _matcher(wanted: str) -> "SequenceMatcher[str]":
    """Prepare a matcher for ``wanted``, the sequence that stays the same."""
    from difflib import SequenceMatcher

    return SequenceMatcher(None, "", wanted, autojunk=False)


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
