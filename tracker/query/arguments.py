"""The query that the arguments of a command line make together."""

from collections.abc import Sequence

from tracker.query.parsing import parse
from tracker.query.tree import Group, QueryError


def in_arguments(words: Sequence[str]) -> str:
    """Return the query that the arguments of a command line make: one that is an alternative by itself stays one.

    ``'a or b' c`` is ``(a or b) c``; typed as ``a or b c``, ``and`` binds closer, as in any query.
    """
    return " ".join(f"({word})" if len(words) > 1 and _is_alternative(word) else word for word in words)


def _is_alternative(word: str) -> bool:
    try:
        node = parse(word)
    except QueryError:  # a part of a query, such as an opening bracket
        return False
    return isinstance(node, Group) and node.word == "or"
