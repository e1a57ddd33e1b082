"""Which agreements are asked for: filter options and the words of a query, made into one query.

Options and terms are the same thing. A comma in a value means any of; a repeated ``--party`` means all of; any other
repeated option means any of.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from tracker.errors import InvalidValue
from tracker.law.life.standing import IN_FORCE
from tracker.plain import Value
from tracker.query.arguments import FilterArguments
from tracker.read.file.connection import Reader

if TYPE_CHECKING:
    from tracker.query.tree import Node
    from tracker.read.query.predicates import Predicate, Query
    from tracker.read.query.resolve import Scope

NOTHING = FilterArguments()

EXPANSIONS = 50
"""Saved queries that a query may stand for."""

LEAVES = 400
"""Terms of a query at most, those of saved queries included: SQLite bounds the depth of an expression."""

PLAIN = ("binding", "type", "focus", "family", "status", "signatory", "text_access", "source")
"""Options that are the field of the same name, repeated: any of."""


class Filters(Value):
    """Which agreements are asked for."""

    query: "Query | None" = None
    certain: bool = False
    as_of: str = ""
    """The ISO day that the state of the world is asked for."""
    indexed: bool = False
    """Whether texts can be looked for in the search index."""

    def asks(self) -> bool:
        """Whether there is a query at all: a day alone is none, nor is the wish for certainty."""
        return self.query is not None

    def conjuncts(self) -> "tuple[Query, ...]":
        """Return the parts that all have to match."""
        if self.query is None:
            return ()
        from tracker.query.tree import And

        return self.query.nodes if isinstance(self.query, And) else (self.query,)

    def predicates(self, field: str) -> "list[Predicate]":
        """Return the predicates on a field that all have to match."""
        from tracker.read.query.predicates import Predicate

        return [part for part in self.conjuncts() if isinstance(part, Predicate) and part.field == field]

    def codes(self, field: str) -> list[str]:
        """Return the codes of a field that what matches must have one of, such as the parties."""
        operands = (operand for predicate in self.predicates(field) for operand in predicate.operands)
        return [operand for operand in operands if isinstance(operand, str)]

    def describe(self) -> dict[str, object]:
        """Return what was asked, as the envelope of a report shows it: values by field, and the rest as a query."""
        if self.query is None:
            return {"certain": True} if self.certain else {}
        from tracker.read.query.predicates import Predicate, described, texts, written_query

        fields: dict[str, object] = {}
        parties: list[str] = []
        rest: list[Query] = []
        for part in self.conjuncts():
            if not isinstance(part, Predicate) or (part.field != "party" and part.field in fields):
                rest.append(part)
            elif part.field == "party":
                parties.append(",".join(texts(part)))
                fields["party"] = parties
            else:
                fields[part.field] = described(part)
        if rest:
            fields["query"] = " ".join(written_query(part) for part in rest)
        if self.certain:
            fields["certain"] = True
        return fields

    def text(self) -> str:
        """Return what was asked as one line for people, in the grammar of queries; empty where nothing was."""
        words = ["certain"] if self.certain else []
        if self.query is not None:
            from tracker.read.query.predicates import written_query

            words = [*(written_query(part) for part in self.conjuncts()), *words]
        return " ".join(words)


def filters(
    reader: Reader, options: FilterArguments, today: str, words: Sequence[str] | None = None, *, anywhere: bool = False
) -> Filters:
    """Return what options and the words of a query ask for; ``anywhere`` = texts are looked for not only in titles.

    Raises UnknownName or InvalidValue with the nearest right value; for a term of the query with a caret under it.
    """
    if options == NOTHING and not words:
        return Filters(as_of=today)
    from tracker.read.query.days import day

    as_of = day(options.as_of, today)
    if options.but(as_of=None, certain=False) == NOTHING and not words:
        return Filters(certain=options.certain, as_of=as_of)
    from tracker.query.arguments import text_of_words
    from tracker.query.tree import leaves
    from tracker.read.query.predicates import together
    from tracker.read.query.resolve import Scope, resolved

    scope = Scope(reader, today, _bounded_lookup(), anywhere=anywhere)
    parts = [resolved(scope, term) for term in _option_terms(options)]
    if words:
        parts += _of_text(scope, text_of_words(words))
    query = together([*parts, *_in_force(parts)] if options.in_force else parts)
    if query is not None and sum(1 for _ in leaves(query)) > LEAVES:
        raise InvalidValue(f"a query has at most {LEAVES} terms, those of saved queries included")
    asked = Filters(query, options.certain, as_of, reader.is_indexed)
    reader.asked, reader.is_empty = asked, None
    return asked


def _bounded_lookup() -> Callable[[str], str]:
    """Return what looks saved queries up, not more than a query may stand for: they can name each other."""
    from tracker.read.lookup import saved

    expanded = 0

    def text(name: str) -> str:
        nonlocal expanded
        expanded += 1
        if expanded > EXPANSIONS:
            raise InvalidValue(f"a query stands for at most {EXPANSIONS} saved ones")
        return saved.query(name)

    return text


def of_refs(filters: Filters, refs: Sequence[str]) -> Filters:
    """Narrow filters to some agreements."""
    from tracker.read.query.predicates import equals

    return narrowed(filters, equals("ref", *dict.fromkeys(refs)))


def narrowed(filters: Filters, query: "Query") -> Filters:
    """Narrow filters by one more query."""
    from tracker.read.query.predicates import together

    return filters.but(query=together([*filters.conjuncts(), query]))


def is_query(texts: Sequence[str]) -> bool:
    """Whether words of a command line are a query, not refs: one has a colon, quote or bracket, or is @name."""
    return any(text.startswith(("@", "(")) or any(mark in text for mark in ':"()') for text in texts)


def of_refs_or_query(reader: Reader, options: FilterArguments, today: str, texts: Sequence[str]) -> Filters:
    """Return what options and words ask for, where the words may be refs or a query."""
    if not texts or is_query(texts):
        return filters(reader, options, today, texts)
    from tracker.read.lookup import refs

    return of_refs(filters(reader, options, today), [refs.resolve(reader, text) for text in texts])


def _of_text(scope: "Scope", text: str) -> "list[Query]":
    """Return the query that a text is, if it asks for anything."""
    from tracker.errors import InvalidQuery
    from tracker.query.parsing import parse
    from tracker.query.tree import QueryError
    from tracker.read.query.resolve import resolved

    try:
        node = parse(text)
    except QueryError as error:
        raise InvalidQuery(error.message, error.pointer()) from error
    if node is None:
        return []
    if scope.anywhere:
        from tracker.read.lookup.phrases import with_names

        node = with_names(scope.reader, node)
    return [resolved(scope, node, text)]


def _option_terms(options: FilterArguments) -> "Iterator[Node]":
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


def _in_force(parts: "Sequence[Query]") -> "Iterator[Query]":
    """Yield what ``--in-force`` asks: the force for the parties that are asked for, without one the instrument's."""
    from tracker.read.query.predicates import equals, together

    wanted = Filters(together(parts)).predicates("party")
    asked = [codes for predicate in wanted if (codes := [text for text in predicate.operands if isinstance(text, str)])]
    if asked:
        yield from (equals("bound", *codes) for codes in asked)
    else:
        yield equals("status", *IN_FORCE)
