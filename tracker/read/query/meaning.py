"""What the terms of a query mean in this store: names become codes, ranges become days, codes are checked.

Nothing is guessed: what is not known is refused, with the nearest right value and a caret under the term.
"""

from collections.abc import Sequence

from tracker.errors import InvalidQuery, InvalidValue, TrackerError
from tracker.query import fields as query_fields
from tracker.query.tree import Group, Node, Not, QueryError, Saved, Span, Term, Value
from tracker.read.query import values as query_values
from tracker.read.query.asked import Asked, Ids, Opposite, Presence, Query, Several, Wanted, Words, text
from tracker.read.query.values import Place

SAVED_DEPTH = 10
"""Saved queries that name each other, at most so deep."""


def meaning(place: Place, node: Node, source: str | None = None, inside: tuple[str, ...] = ()) -> Query:
    """Return what a query asks; ``source`` is its text, ``inside`` the saved queries that led to it.

    Raises InvalidQuery with the place of the mistake; where there is no text (options), the error of the value itself.
    """
    if isinstance(node, Group):
        return Several(node.word == "and", tuple(meaning(place, one, source, inside) for one in node.nodes))
    if isinstance(node, Not):
        return Opposite(meaning(place, node.node, source, inside))
    if isinstance(node, Saved):
        return _saved(place, node, source, inside)
    _judge_word(place, node, source)
    try:
        field = query_fields.canonical(node.field or "text")
        if place.anywhere and not node.field:
            field = "anywhere"
    except query_fields.FieldError as error:
        raise refused(error, source, _field_span(node)) from None
    wanted: list[Wanted] = []
    for value in node.values:
        try:
            wanted += query_values.wanted(place, field, value)
        except (TrackerError, ValueError) as error:
            if source is None:
                raise error if isinstance(error, TrackerError) else InvalidValue(_of_option(field, error)) from error
            raise refused(error, source, value.span) from error
    wanted = list(dict.fromkeys(wanted))
    asked = Asked(field, tuple(wanted), _settled(node, field, wanted))
    return _conflicting(place, asked) if field == "conflict" else asked


def _judge_word(place: Place, node: Term, source: str | None) -> None:
    """Refuse a bare word that was meant as a term (``party=JPN``), and say where one is the ref of an agreement."""
    word = node.values[0]
    if node.field or word.quoted:
        return
    name, sign, value = _parted(word.text)
    if sign and (name in query_fields.FIELDS or name in query_fields.ALIASES or query_fields.is_own(name)):
        range_ = {"=": value, ">": f"{value}..", "<": f"..{value}"}[sign]
        problem = f"{word.text!r} is no term: write {name}:{range_ or 'VALUE'} (in quotes it is a text to look for)"
        raise refused(ValueError(problem), source, word.span)
    if "-" in word.text and not place.anywhere and not place.reader.absent:
        ref = word.text.lower()
        if place.reader.scalar("SELECT 1 FROM agreements WHERE ref = :ref", {"ref": ref}):
            place.reader.warn(f"{word.text!r} is looked for in titles; the agreement is ref:{ref}")


def _parted(text: str) -> tuple[str, str, str]:
    """Return what stands before a sign of comparison, the sign, and what stands after it; signs such as ``>=`` too."""
    at = next((at for at, char in enumerate(text) if char in "=<>"), len(text))
    return text[:at].lower().replace("-", "_"), text[at : at + 1], text[at:].lstrip("=<>")


def _of_option(field: str, error: ValueError) -> str:
    """Return a message that names the option where the value alone does not tell."""
    return f"--{field.replace('_', '-')}: {error}" if query_fields.field(field).kind == "date" else str(error)


def _conflicting(place: Place, asked: Asked) -> Query:
    """Return the agreements on which sources differ as a query: found beforehand, for only the rules can tell."""
    from tracker.read.records.differing import differing_ids

    named = [value for value in asked.wanted if isinstance(value, str)]
    terms: list[Query] = []
    if named or Presence.ANY in asked.wanted:
        fields = None if Presence.ANY in asked.wanted else frozenset(named)
        terms.append(Asked("conflict", (Ids(differing_ids(place.reader, place.today, fields)),), asked.term))
    if Presence.NONE in asked.wanted:
        every = Asked(
            "conflict", (Ids(differing_ids(place.reader, place.today, None)),), Term("conflict", (Value("any"),))
        )
        terms.append(Opposite(every))
    return terms[0] if len(terms) == 1 else Several(every=False, queries=tuple(terms))


def refused(error: Exception, source: str | None, span: Span | None) -> InvalidQuery:
    """Return an error with the query and a caret under the part that it is about."""
    where = QueryError(str(error), source, span)
    return InvalidQuery(where.message, where.pointer())


def _saved(place: Place, node: Saved, source: str | None, inside: tuple[str, ...]) -> Query:
    from tracker.query.parsing import parse

    if node.name in inside or len(inside) >= SAVED_DEPTH:
        chain = " -> ".join(f"@{name}" for name in (*inside, node.name))
        raise refused(ValueError(f"saved queries go round in a circle: {chain}"), source, node.span)
    try:
        saved = place.saved(node.name)
    except InvalidValue as error:
        raise refused(error, source, node.span) from error
    try:
        inner = parse(saved)
        if inner is None:
            raise refused(ValueError(f"the saved query @{node.name} is empty"), source, node.span)
        return meaning(place, inner, saved, (*inside, node.name))
    except QueryError as error:
        raise InvalidQuery(f"in the saved query @{node.name}: {error.message}", error.pointer()) from error


def _field_span(node: Term) -> Span | None:
    return node.span and Span(node.span.first, node.span.first + len(node.field))


def _settled(node: Term, field: str, wanted: Sequence[Wanted]) -> Term:
    """Return the term with the values that were understood, for answers to say what was asked."""
    if not node.field or query_fields.is_own(field) or any(isinstance(value, Words) for value in wanted):
        return Term(field if node.field else "", tuple(Value(value.text, value.quoted) for value in node.values))
    values = (
        Value(text(value), quoted=not isinstance(value, Presence) and text(value).lower() in ("any", "none"))
        for value in wanted
    )
    return Term(field, tuple(values))
