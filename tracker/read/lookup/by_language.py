"""Names of states and territories in other languages, looked up where no party of the register is called so.

``names_by_language.json`` is made by ``docs/make_names.py``; it is read only on such a miss, and where every name is
asked for by which a text may call a party.
"""

import re
from collections.abc import Iterator
from functools import cache
from json import loads
from pathlib import Path

from tracker.read.file.connection import Reader
from tracker.text.names import fold

DATA = Path(__file__).with_name("names_by_language.json")

_WORDS = "the|les?|la|el|los|las|der|die|das|den|il|lo|gli|i|os?|as?|de|het"
_ARTICLE = rf"(?:(?:{_WORDS})(?![^\W\d_'\u2019])\s*|[ld]?l['\u2019]\s*)"

_BEFORE = re.compile(rf"{_ARTICLE}(?=\w)", re.IGNORECASE)
"""The article before a name: ``the Gambia``, ``les Pays-Bas``, ``der Irak``, ``gli Stati Uniti``."""

_QUALIFIED = re.compile(rf"([^(,]+)(?:\(\s*({_ARTICLE}?)([^()]*)\)([^()]*)|,\s*({_ARTICLE}?)([^,]*))", re.IGNORECASE)
"""What ISO 3166 and many lists put behind a name: ``Niger (the)``, ``Congo (the Democratic Republic of the)``,
``Falkland Islands (the) [Malvinas]``, ``Netherlands, The``, ``China, People's Republic of``."""


def spellings(text: str) -> Iterator[str]:
    """Yield the folded spellings under which a party may be found that is written so, the likeliest first."""
    yield fold(text)
    qualified = _QUALIFIED.fullmatch(text.strip())
    if qualified is not None:
        before, in_brackets, words, rest, behind_comma, inverted = (part or "" for part in qualified.groups())
        article, words = in_brackets or behind_comma, (words or inverted).strip()
        if article:
            yield fold(f"{before} {words} {rest}")
        if words and not rest:  # Korea (the Republic of), Corée (la République de), China, People's Republic of
            yield fold(f"{words} {before}")
    bare = _BEFORE.sub("", text.strip(), count=1) if _BEFORE.match(text.strip()) else ""
    if bare:
        yield fold(bare)


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
