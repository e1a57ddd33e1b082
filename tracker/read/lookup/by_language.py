"""Names of states and territories in other languages, looked up where no party of the register is called so.

``names_by_language.json`` is made by ``docs/make_names.py``; it is read only on such a miss, and where every name is
asked for by which a text may call a party.
"""

import re
from collections.abc import Callable, Collection, Iterator
from functools import cache
from json import loads
from pathlib import Path

from tracker.read.file.connection import Reader
from tracker.text.names import fold

DATA = Path(__file__).with_name("names_by_language.json")

_WORDS = "the|les?|la|el|los|las|der|die|das|den|il|lo|gli|i|os?|as?|de|het"
_ARTICLE = rf"(?:(?:{_WORDS})(?![^\W\d_]|['\u2019])\s*|l['\u2019]\s*)"

_BEFORE = re.compile(rf"({_ARTICLE})(?=\w)", re.IGNORECASE)
"""The article before a name: ``the Gambia``, ``les Pays-Bas``, ``der Irak``, ``gli Stati Uniti``."""

_BRACKETED = re.compile(rf"\(\s*{_ARTICLE}", re.IGNORECASE)
"""The article that ISO 3166 puts behind a name: ``Niger (the)``, ``Congo (the Democratic Republic of the)``,
``Falkland Islands (the) [Malvinas]``."""

_BEHIND = re.compile(rf",\s*({_ARTICLE})(?=[^,]*$)", re.IGNORECASE)
"""The same behind a comma: ``Netherlands, The``, ``Congo, the Democratic Republic of the``."""

_QUALIFIED = re.compile(r"([^(,]+)(?:\(([^()]*)\)|,([^,]*))")
"""A name with what qualifies it behind: ``Korea (Republic of)``, ``China, People's Republic of``."""

_CODES = frozenset(("AS", "DE", "IL", "LA"))
"""Articles that in capitals are codes: ``Jordan, IL`` are two parties."""

IsName = Callable[[str], bool]
"""Whether some party bears a folded spelling."""
Bearing = Callable[[str], Collection[str]]
"""The codes of the parties that bear a folded spelling, in whatever language."""


def written(text: str, is_name: IsName) -> Iterator[str]:
    """Yield the writings of a name under which a party may be found that is written so, the likeliest first.

    What stands behind a name qualifies it where it is no name itself: ``Hungary, Austria`` are two parties.
    """
    yield text
    text = text.strip()
    behind = _BEHIND.search(text)
    is_behind = behind is not None and behind[1].strip() not in _CODES
    bare = _BEHIND.sub(", ", text) if is_behind else text
    bare = _BRACKETED.sub("(", bare).replace("()", "").strip(" ,")
    if bare != text:
        yield bare
    qualified = _QUALIFIED.fullmatch(bare)
    if qualified is not None:
        name, words = qualified[1], qualified[2] or qualified[3] or ""
        if fold(words) and not (is_name(fold(name)) and is_name(fold(words))):
            yield f"{words} {name}"
    before = _BEFORE.match(text)
    if before is not None and (before[1].strip() not in _CODES or text.isupper()):
        yield text[before.end() :]


def spellings(text: str, is_name: IsName) -> Iterator[str]:
    """Yield the same folded."""
    yield from map(fold, written(text, is_name))


def called_so(text: str, bearing: Bearing) -> Collection[str]:
    """Return the codes of the parties that are called ``text``, by the likeliest writing that any bears.

    An article is no part of a name, nor is the one that ISO 3166 puts behind it (``Niger (the)``).
    """
    writings = dict.fromkeys(spellings(text, lambda folded: bool(bearing(folded))))
    return next(filter(None, map(bearing, writings)), ())


def codes(folded: str) -> list[str]:
    """Return the codes of the parties that bear a folded spelling in some language."""
    return _names().get(folded, "").split()


def every() -> Iterator[tuple[str, str]]:
    """Yield each folded spelling with the code of a party that bears it."""
    for folded, bearers in _names().items():
        for code in bearers.split():
            yield folded, code


def of_party(code: str) -> list[str]:
    """Return the folded spellings in other languages under which a party alone is found."""
    return [spelling for spelling, found in _names().items() if found == code]


@cache
def _names() -> dict[str, str]:
    names: dict[str, str] = loads(DATA.read_text(encoding="utf-8"))["names"]
    return names


def every_name(reader: Reader) -> Iterator[tuple[str, str]]:
    """Yield names with the code of their party; a name that several bear comes once for each of them."""
    for code, name, names, aliases in reader.tuples("SELECT code, name, names, aliases FROM parties ORDER BY code"):
        for spelling in (name, *loads(names or "{}").values(), *loads(aliases or "[]")):
            yield spelling, code
    yield from every()
