"""What a command is asked for: filter options and the terms of a query, made into one query.

Options and terms are the same thing. A comma in a value means any of; a repeated ``--party`` means all of; any other
repeated option means any of.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from tracker.errors import InvalidValue
from tracker.law.life.standing import IN_FORCE
from tracker.query.arguments import FilterArguments
from tracker.read.file.connection import Reader
from tracker.read.query.filters import Filters

if TYPE_CHECKING:
    from tracker.query.tree import Node
    from tracker.read.query.asked import Query
    from tracker.read.query.values import Place

NOTHING = FilterArguments()

EXPANSIONS = 50
LEAVES = 400
"""Terms of a query at most, those of saved queries included: SQLite bounds the depth of an expression."""

PLAIN = ("binding", "type", "focus", "family", "status", "signatory", "text_access", "source")
"""Options that are the field of the same name, repeated: any of."""


def filters(
    reader: Reader, options: FilterArguments, today: str, words: Sequence[str] | None = None, *, anywhere: bool = False
) -> Filters:
    """Return what options and the words of a query ask for; ``anywhere`` = texts are looked for not only in titles.

    Raises UnknownName or InvalidValue with the nearest right value; for a term of the query with a caret under it.
    """
    if options == NOTHING and not words:
        return Filters(as_of=today)
    as_of = day(options.as_of, today)
    if options._replace(as_of=None, certain=False) == NOTHING and not words:
        return Filters(certain=options.certain, as_of=as_of)
    from tracker.query.arguments import in_arguments
    from tracker.read.query import texts
    from tracker.read.query.asked import leaves, together
    from tracker.read.query.meaning import meaning
    from tracker.read.query.values import Place

    place = Place(reader, today, _bounded(), anywhere=anywhere)
    asked = [meaning(place, term) for term in _terms(options)]
    if words:
        asked += _asked(place, in_arguments(words))
    query = together(asked)
    if query is not None and sum(1 for _ in leaves(query)) > LEAVES:
        raise InvalidValue(f"a query has at most {LEAVES} terms, those of saved queries included")
    return Filters(query, options.certain, as_of, texts.is_indexed(reader))


def _bounded() -> Callable[[str], str]:
    """Return what looks saved queries up, not more than a query may stand for: they can name each other."""
    from tracker.read.lookup import saved

    expanded = 0

    def text(name: str) -> str:
        nonlocal expanded
        expanded += 1
        if expanded > EXPANSIONS:
            raise InvalidValue(f"a query stands for at most {EXPANSIONS} saved ones")
        return saved.text(name)

    return text


def of_refs(filters: Filters, refs: Sequence[str]) -> Filters:
    """Narrow filters to some agreements."""
    from tracker.read.query.asked import asking, together

    return filters._replace(query=together([*filters.terms(), asking(ref=tuple(dict.fromkeys(refs)))]))


def is_query(texts: Sequence[str]) -> bool:
    """Whether words of a command line are a query, not refs: one has a colon, quote or bracket, or is @name."""
    return any(text.startswith(("@", "(")) or any(mark in text for mark in ':"()') for text in texts)


def asked_of(reader: Reader, options: FilterArguments, today: str, texts: Sequence[str]) -> Filters:
    """Return what options and words ask for, where the words may be refs or a query."""
    if not texts or is_query(texts):
        return filters(reader, options, today, texts)
    from tracker.read.lookup import refs

    return of_refs(filters(reader, options, today), [refs.resolve(reader, text) for text in texts])


def _asked(place: "Place", text: str) -> "list[Query]":
    from tracker.errors import InvalidQuery
    from tracker.query.parsing import parse
    from tracker.query.tree import QueryError
    from tracker.read.query.meaning import meaning

    try:
        node = parse(text)
    except QueryError as error:
        raise InvalidQuery(error.message, error.pointer()) from error
    if node is None:
        return []
    if place.anywhere:
        from tracker.read.lookup.phrases import with_names

        node = with_names(place.reader, node)
    return [meaning(place, node, text)]


def _terms(options: FilterArguments) -> "Iterator[Node]":
    """Yield the terms that the options are."""
    from tracker.query.tree import Term, Value

    def term(field: str, texts: Sequence[str]) -> Term:
        return Term(field, tuple(Value(text) for text in texts))

    for text in options.party or ():
        yield term("party", [text])
    if options.any_party:
        yield term("party", options.any_party)
    for name in PLAIN:
        if getattr(options, name):
            yield term(name, getattr(options, name))
    if options.signed is not None:
        yield term("signed", [options.signed])
    if options.in_force:
        yield term("status", list(IN_FORCE))


def day(text: str | None, today: str) -> str:
    """Return the one ISO day that ``--as-of`` names, today where it is not given."""
    if text is None:
        return today
    from tracker.dates import ranges
    from tracker.dates.day import DateError

    try:
        asked = ranges.parse_range(text, today)
    except DateError as error:
        raise InvalidValue(f"--as-of {text!r} is not a day: expected a day such as {today}, today, -2y") from error
    if asked.first is None or asked.first != asked.last:
        raise InvalidValue(f"--as-of {text!r} is not one day: expected a day such as {today}")
    return asked.first
