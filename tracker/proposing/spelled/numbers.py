"""Numbers written in words: "two thousand and twenty-five", "vingtième", "zweitausendfünfundzwanzig", 二千二十五."""

import re
from functools import cache
from typing import NamedTuple

from tracker.proposing.basis.words import spaced, words

LONGEST = 5
"""Figures of a number that is read."""


class Numbers(NamedTuple):
    """How a language writes numbers; the patterns are for even text."""

    cardinal: str
    ordinal: str
    """A number in its order: ``20th``, ``twentieth``."""
    part: re.Pattern[str]
    values: dict[str, int]
    tens: bool
    """Whether ten multiplies what stands before it, as a hundred does: 二十."""
    pairs: bool
    """Whether a year may be said as two numbers: nineteen sixty-two."""


@cache
def of(language: str) -> Numbers:
    """Return how a language writes numbers."""
    table = words(language).get("numbers")
    cardinals, ordinals = table["cardinals"], table["ordinals"]
    join, edge = spaced(table["join"]), "" if table["unspaced"] else r"\b"
    one, last = _any_of(cardinals), _any_of(ordinals) if ordinals else "(?!)"
    return Numbers(
        cardinal=rf"(?:{edge}\d+(?![\d.,]*\d){edge}|{edge}{one}(?:{join}{one})*{edge})",
        ordinal=rf"(?:{edge}\d+(?:{spaced(table['suffix'])})|{edge}(?:{one}{join})*{last}{edge})",
        part=re.compile(_any_of({**cardinals, **ordinals})),
        values={**cardinals, **ordinals},
        tens=table["unspaced"],
        pairs=table["pairs"],
    )


def _any_of(table: dict[str, int]) -> str:
    return f"(?:{'|'.join(sorted(map(spaced, table), key=len, reverse=True))})"


def number(text: str, language: str) -> int | None:
    """Return the number that an even text writes, in digits or words; None where it writes none."""
    digits = re.search(r"\d+", text)
    if digits is not None:
        return int(digits[0]) if len(digits[0]) <= LONGEST else None
    known = of(language)
    parts = [known.values[" ".join(part.split())] for part in known.part.findall(text)]
    if not parts:
        return None
    if known.tens and len(parts) > 1 and all(part < 10 for part in parts):  # figure by figure: 二〇二五
        return int("".join(map(str, parts)))
    return _sum(parts, known)


def _sum(parts: list[int], known: Numbers) -> int:
    total = group = last = 0
    for part in parts:
        if part == 1000:
            total, group, last = total + max(group + last, 1) * part, 0, 0
        elif part == 100 or (part == 10 and known.tens):
            group, last = group + max(last, 1) * part, 0
        elif known.pairs and not total and not group and 10 <= last < 100 and part >= 10:
            group, last = last * 100, part
        else:
            last += part
    return total + group + last
