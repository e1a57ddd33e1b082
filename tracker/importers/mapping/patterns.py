r"""Regular expressions of a map, in a dialect of bounded time: no map and no cell can hang an import.

Python's matcher tries one way after the other. How many ways there may be is counted from the expression: a repeat of
single characters (``\d+``, ``[^,]*``) may end at any place of a text, and several of them at as many as places can be
chosen in order, so n characters allow n^k / k! ways. A repeat of a part that itself allows several ways (``(\w+\s?)*``)
allows exponentially many and is refused. The rest is tried on texts as long as the count allows, and no longer.
"""

import re
from importlib import import_module
from math import factorial
from typing import Any, NamedTuple

LONGEST = 500
"""Characters of a regular expression."""

MOST_STEPS = 100_000_000
"""Ways that may be tried on one text, which takes about a second."""

LONGEST_TEXT = 1024 * 1024
"""Characters of a text that any expression is tried on."""

SHORTEST_TEXT = 100
"""Characters of a text that an expression has to be fit for."""

WRITTEN_OUT = 8
"""Up to how many times a repeat of a part with several ways is counted through."""

SINGLE = ("LITERAL", "NOT_LITERAL", "IN", "ANY", "AT")
GROUPS = ("SUBPATTERN", "ASSERT", "ASSERT_NOT", "ATOMIC_GROUP")
"""Elements of the parser's tree: one character or place, and a part of its own."""

Ways = dict[int, int]
"""How many ways there are among n characters: the sum of count * n^degree / degree! over degree and count."""

ONE: Ways = {0: 1}


class PatternError(ValueError):
    """An expression that cannot be read or bounded, or a text that is too long for it; the message is one line."""


class Pattern(NamedTuple):
    """A compiled expression, and how long a text may be that it is tried on."""

    compiled: re.Pattern[str]
    longest: int

    def search(self, text: str) -> re.Match[str] | None:
        """Find the first match; raises PatternError for a text that is too long."""
        if len(text) > self.longest:
            raise PatternError(
                f"holds {len(text)} characters; {self.compiled.pattern!r} is tried on {self.longest} at most, for it"
                " could take too long: use fewer * and +"
            )
        return self.compiled.search(text)


def compiled(written: str) -> Pattern:
    """Compile an expression and find out how long a text may be; raises PatternError."""
    if len(written) > LONGEST:
        raise PatternError(f"is longer than {LONGEST} characters")
    try:
        made = re.compile(written)
        # The parser has no public name; without its tree the expression would have to be parsed here again.
        tree: Any = import_module("re._parser").parse(written)
    except (re.error, RecursionError, OverflowError) as error:
        raise PatternError(f"{written!r} is no regular expression: {error}") from None
    ways = _times(_sequence(list(tree), written), {1: 1})  # a match may begin at any place
    low, high = 0, LONGEST_TEXT
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if _steps(ways, middle) <= MOST_STEPS else (low, middle - 1)
    if low < SHORTEST_TEXT:
        raise PatternError(f"{written!r} repeats too often, and could take for ever on some texts; use fewer * and +")
    return Pattern(made, low)


def _steps(ways: Ways, length: int) -> int:
    return sum(count * length**degree // factorial(degree) for degree, count in ways.items())


def _sequence(items: list[Any], written: str) -> Ways:
    ways = ONE
    for operation, argument in items:
        ways = _times(ways, _item(str(operation), argument, written))
    return ways


def _item(operation: str, argument: Any, written: str) -> Ways:
    """Count the ways of an element of the parser's tree; an unknown kind is refused, not guessed."""
    if operation in SINGLE:
        return ONE
    if operation == "BRANCH":
        return _sum([_sequence(list(branch), written) for branch in argument[1]])
    if operation in GROUPS:
        return _sequence(list(argument[-1] if isinstance(argument, tuple) else argument), written)
    if operation.endswith("_REPEAT"):
        least, most, part = argument
        return _repeat(int(least), int(most), part, written)
    raise PatternError(f"{written!r} uses {operation.lower()}, which a map may not: its time has no bound")


def _repeat(least: int, most: int, part: Any, written: str) -> Ways:
    once = _sequence(list(part), written)
    if once == ONE:
        walked = most * max(1, int(part.getwidth()[1]))
        return {0: most - least + 1} if walked < LONGEST else {0: 1, 1: 1}
    if most > WRITTEN_OUT:
        raise PatternError(
            f"{written!r} repeats a part that itself repeats or has alternatives, and could take for ever on some"
            " texts; repeat single characters or classes such as [a-z], and part lists by separator"
        )
    ways, power = [], ONE
    for times in range(most + 1):
        if times >= least:
            ways.append(power)
        power = _times(power, once)
    return _sum(ways)


def _times(first: Ways, second: Ways) -> Ways:
    product: Ways = {}
    for one, count in first.items():
        for other, more in second.items():
            product[one + other] = product.get(one + other, 0) + count * more
    return product


def _sum(several: list[Ways]) -> Ways:
    total: Ways = {}
    for ways in several:
        for degree, count in ways.items():
            total[degree] = total.get(degree, 0) + count
    return total
