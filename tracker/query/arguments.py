"""What is asked for, as it is typed: filters, the words of a query, order and columns; nothing is looked up yet."""

from collections.abc import Sequence

from tracker.plain import Value

Texts = list[str] | None


class FilterArguments(Value):
    """Which agreements, field by field; in each text a comma means any of, and nothing given asks for nothing."""

    party: Texts = None
    """Names or codes; each of them has to be a party."""
    any_party: Texts = None
    """Names or codes; one of them has to be a party."""
    binding: Texts = None
    type: Texts = None
    focus: Texts = None
    """Focus areas, with all below them."""
    family: Texts = None
    status: Texts = None
    """Status or flag on the day that is asked for."""
    signatory: Texts = None
    signed: str | None = None
    """A range of days: ``2023``, ``2015..2020``, ``2020..``."""
    in_force: bool = False
    """In force or operative on the day that is asked for."""
    text_access: Texts = None
    source: Texts = None
    certain: bool = False
    """Only what matches for certain, whatever its dates leave open."""
    as_of: str | None = None
    """The day whose state is asked for, as it is typed; None = today."""


class PageArguments(Value):
    """Which columns, in which order, how many."""

    columns: str | None = None
    """Names of columns with commas; None = the usual ones."""
    sort: str | None = None
    """A column; None = the ref."""
    reverse: bool = False
    limit: int | None = None
    """At most so many rows; None = all."""


def text_of_words(words: Sequence[str]) -> str:
    """Return the text of the query that the words of a command line make.

    A word that is an alternative by itself stays one: ``'a or b' c`` is ``(a or b) c``. Typed as ``a or b c``, ``and``
    binds closer, as in any query.
    """
    return " ".join(f"({word})" if len(words) > 1 and _is_alternative(word) else word for word in words)


def _is_alternative(word: str) -> bool:
    from tracker.query.parsing import parse
    from tracker.query.tree import Or, QueryError

    try:
        node = parse(word)
    except QueryError:  # a part of a query, such as an opening bracket
        return False
    return isinstance(node, Or)
