"""Codes of the vocabulary as people read them: ``entered_into_force`` with spaces, ``non_binding`` with a hyphen."""

import re
from functools import cache

from tracker.record import shapes


@cache
def codes() -> frozenset[str]:
    """Return every code that the record declares and that is more than one word."""
    declared = [field.type for shape in shapes.at().values() for field in shape.fields if field.type.kind == "code"]
    return frozenset(word for type_ in declared for word in (*type_.words, *type_.printed_words) if "_" in word)


_CODE = re.compile(r"(?<![\w.\[=/:-])[a-z]+(?:_[a-z0-9]+)+(?![\w.\]=/-])")
"""What may be a code: no part of a path, an address, an assignment or a name with dots."""


_PART = r"(?:[a-z]+(?:_[a-z]+)*\??|[A-Z]{3}:?|\([a-z_?, ]+\))"
_COMPOSED = re.compile(rf"{_PART}(?:[,;]? {_PART})*")
"""Codes, parties and remarks in brackets alone, as ``in_force (notice_given); KOR in_force``: no sentence has these."""


def in_words(text: str) -> str:
    """Return a text that is, or begins with, a code of the vocabulary with that code in words."""
    if "_" not in text:
        return text
    if _COMPOSED.fullmatch(text):
        return all_in_words(text)
    first, blank, rest = text.partition(" ")
    return f"{_CODE.sub(_in_words, first)}{blank}{rest}"


BULLET = "- "


def line_in_words(line: str) -> str:
    """Return a line of a page, with or without a bullet, in words where it begins with a code or a key."""
    mark = BULLET if line.startswith(BULLET) else ""
    first, blank, rest = line.removeprefix(mark).partition(" ")
    said = first.replace("_", " ") if first in shapes.AGREEMENT.keys else in_words(first)
    return f"{mark}{said}{blank}{rest}"


def all_in_words(text: str) -> str:
    """Return an item of a list, which programs compose, with every code in words."""
    return _CODE.sub(_in_words, text) if "_" in text else text


def _in_words(match: re.Match[str]) -> str:
    code = match[0]
    return code.replace("_", " ").replace("non ", "non-") if code in codes() else code


_ITEM = re.compile(r"([a-z_]+)\[([^\]]*)\]")


def path_in_words(path: str) -> str | None:
    """Return a path of the record as people say it (``date of event e1``); None for what is no path."""
    if not ("[" in path or "." in path) or path.startswith("x.") or not _PATH.fullmatch(path):
        return None
    said = [_ITEM.sub(lambda found: f"{_single(found[1])} {found[2]}", part) for part in path.split(".")]
    return " of ".join(part.replace("_", " ") if "[" not in part else part for part in reversed(said))


_PATH = re.compile(r"[a-z_]+(\[[\w:-]+\])?(\.[a-z_]+(\[[\w:-]+\])?)*")


def _single(many: str) -> str:
    if many.endswith("ies"):
        return f"{many[:-3]}y"
    return many.removesuffix("s")
