"""What the terms of a query mean in this store: names become codes, ranges become days, codes are checked.

Nothing is guessed: what is not known is refused, with the nearest right value and a caret under the term.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

from tracker.errors import InvalidQuery, InvalidValue, NotFound, TrackerError, UnknownName
from tracker.query import fields as query_fields
from tracker.query.tree import And, Node, Not, Or, QueryError, Saved, Span, Term, Value
from tracker.read.file.connection import Reader
from tracker.read.query.predicates import (
    NumberRange,
    Operand,
    OwnRange,
    Phrase,
    Predicate,
    Presence,
    Query,
    text,
)


class Scope(NamedTuple):
    """What terms are resolved against: the store, the day, and the saved queries."""

    reader: Reader
    today: str
    saved: Callable[[str], str]
    """Returns the text of a saved query; raises InvalidValue with the nearest names."""
    anywhere: bool = False
    """Whether texts without a field are looked for everywhere, not only in titles."""


Failed = TypeVar("Failed", bound=Exception)

SAVED_DEPTH = 10
"""Saved queries that name each other, at most so deep."""


def resolved(scope: Scope, node: Node, source: str | None = None, inside: tuple[str, ...] = ()) -> Query:
    """Return a query as predicates; ``source`` is its text, ``inside`` the saved queries that led to it.

    Raises InvalidQuery with the place of the mistake; where there is no text (options), the error of the value itself.
    """
    if isinstance(node, And):
        return And(tuple(resolved(scope, inner, source, inside) for inner in node.nodes))
    if isinstance(node, Or):
        return Or(tuple(resolved(scope, inner, source, inside) for inner in node.nodes))
    if isinstance(node, Not):
        return Not(resolved(scope, node.node, source, inside))
    if isinstance(node, Saved):
        return _saved(scope, node, source, inside)
    return _term(scope, node, source)


def _term(scope: Scope, node: Term, source: str | None) -> Query:
    _judge_word(scope, node, source)
    try:
        field = query_fields.canonical(node.field or "text")
        if scope.anywhere and not node.field:
            field = "anywhere"
    except query_fields.FieldError as error:
        raise refused(error, source, _field_span(node)) from None
    operands: list[Operand] = []
    for value in node.values:
        try:
            operands += _operands(scope, field, value)
        except (TrackerError, ValueError) as error:
            if source is None:
                raise error if isinstance(error, TrackerError) else InvalidValue(_of_option(field, error)) from error
            raise refused(error, source, value.span) from error
    operands = list(dict.fromkeys(operands))
    if field == "conflict":
        from tracker.read.records import conflicting_claims

        conflicting_claims.teach(scope.reader)
    return Predicate(field, tuple(operands), _settled(node, field, operands))


def _judge_word(scope: Scope, node: Term, source: str | None) -> None:
    """Refuse a bare word that was meant as a term (``party=JPN``), and say where one is the ref of an agreement."""
    word = node.values[0]
    if node.field or word.quoted:
        return
    name, sign, value = _parted(word.text)
    if sign and (name in query_fields.FIELDS or name in query_fields.ALIASES or query_fields.is_own(name)):
        range_ = {"=": value, ">": f"{value}..", "<": f"..{value}"}[sign]
        problem = f"{word.text!r} is no term: write {name}:{range_ or 'VALUE'} (in quotes it is a text to look for)"
        raise refused(ValueError(problem), source, word.span)
    if "-" in word.text and not scope.anywhere and not scope.reader.absent:
        ref = word.text.lower()
        if scope.reader.scalar("SELECT 1 FROM agreements WHERE ref = :ref", {"ref": ref}):
            scope.reader.warn(f"{word.text!r} is looked for in titles; the agreement is ref:{ref}")


def _parted(text: str) -> tuple[str, str, str]:
    """Return what stands before a sign of comparison, the sign, and what stands after it; signs such as ``>=`` too."""
    at = next((at for at, char in enumerate(text) if char in "=<>"), len(text))
    return text[:at].lower().replace("-", "_"), text[at : at + 1], text[at:].lstrip("=<>")


def _of_option(field: str, error: ValueError) -> str:
    """Return a message that names the option where the value alone does not tell."""
    return f"--{field.replace('_', '-')}: {error}" if query_fields.field(field).kind == "date" else str(error)


def refused(error: Exception, source: str | None, span: Span | None) -> InvalidQuery:
    """Return an error with the query and a caret under the part that it is about."""
    where = QueryError(str(error), source, span)
    return InvalidQuery(where.message, where.pointer())


def _saved(scope: Scope, node: Saved, source: str | None, inside: tuple[str, ...]) -> Query:
    from tracker.query.parsing import parse

    if node.name in inside or len(inside) >= SAVED_DEPTH:
        chain = " -> ".join(f"@{name}" for name in (*inside, node.name))
        raise refused(ValueError(f"saved queries go round in a circle: {chain}"), source, node.span)
    try:
        saved = scope.saved(node.name)
    except InvalidValue as error:
        raise refused(error, source, node.span) from error
    try:
        inner = parse(saved)
        if inner is None:
            raise refused(ValueError(f"the saved query @{node.name} is empty"), source, node.span)
        return resolved(scope, inner, saved, (*inside, node.name))
    except QueryError as error:
        raise InvalidQuery(f"in the saved query @{node.name}: {error.message}", error.pointer()) from error


def _field_span(node: Term) -> Span | None:
    return node.span and Span(node.span.first, node.span.first + len(node.field))


def _settled(node: Term, field: str, operands: Sequence[Operand]) -> Term:
    """Return the term with the values that were understood, for answers to say what was asked."""
    if not node.field or query_fields.is_own(field) or any(isinstance(operand, Phrase) for operand in operands):
        return Term(field if node.field else "", tuple(Value(value.text, value.quoted) for value in node.values))
    values = (
        Value(text(operand), quoted=not isinstance(operand, Presence) and text(operand).lower() in ("any", "none"))
        for operand in operands
    )
    return Term(field, tuple(values))


def _operands(scope: Scope, field: str, value: Value) -> list[Operand]:
    """Return what one value of a field means."""
    if field in ("text", "anywhere"):
        return [_phrase(scope, value)]
    if value.presence is not None and field != "title":
        return [Presence(value.presence)]
    kind = query_fields.field(field).kind
    return _READERS[kind](scope, field, value)


def _split(value: Value) -> list[str]:
    if value.quoted or "," not in value.text:
        return [value.text.strip()]
    return [part.strip() for part in value.text.split(",") if part.strip()]


def _names(scope: Scope, field: str, value: Value) -> list[Operand]:
    """Look a name up; one with a comma (of an option) is one name, ``Korea, Rep.``, or else several."""
    from tracker.read.lookup import names

    lookups = {
        "party": names.party_code,
        "family": names.family_id,
        "focus_area": names.focus_code,
        "person": names.person_asked_for,
        "source": names.source_id,
        "depositary": names.depositary,
    }
    lookup = lookups[query_fields.field(field).names]
    try:
        return [lookup(scope.reader, value.text.strip())]
    except UnknownName:
        parts = _split(value)
        if len(parts) < 2:
            raise
        return [lookup(scope.reader, part) for part in parts]


def _codes(_: Scope, field: str, value: Value) -> list[Operand]:
    from tracker.record import vocabulary

    meaning = query_fields.field(field)
    codes = [vocabulary.understood(part, meaning.words) for part in _split(value)]
    for code in codes:
        try:
            vocabulary.check(code, meaning.words, meaning.noun)
        except vocabulary.VocabularyError as error:
            raise _or_what_it_means(error, field, code) from error
    return list(codes)


def _or_what_it_means(error: Failed, field: str, code: str) -> Failed:
    """Return the error for a code that nobody knows, with those in whose meaning the word stands, if there are any."""
    from tracker.record import meanings

    return _with_near(error, meanings.naming(field, code))


def _with_near(error: Failed, near: Sequence[str]) -> Failed:
    """Return an error that says what was likely meant in place of what it expected."""
    return type(error)(f"{str(error).partition(';')[0]}; did you mean {' or '.join(near)}?") if near else error


def _dates(scope: Scope, _: str, value: Value) -> list[Operand]:
    from tracker.dates import ranges

    return [ranges.parse_range(part, scope.today) for part in _split(value)]


def _numbers(_: Scope, field: str, value: Value) -> list[Operand]:
    numbers: list[Operand] = []
    for part in _split(value):
        first, dots, last = part.partition("..")
        ends = (first, last if dots else first)
        if not any(ends) or not all(end.isascii() and end.isdigit() and len(end) < 10 for end in ends if end):
            raise InvalidValue(f"{field}: {part!r} is no number: expected 2, 2..5, 2.. or ..5")
        least, most = (int(end) if end else None for end in ends)
        if least is not None and most is not None and least > most:
            raise InvalidValue(f"{field}: {part!r} ends before it begins: write {last}..{first}")
        numbers.append(NumberRange(least, most))
    return numbers


def _texts(scope: Scope, field: str, value: Value) -> list[Operand]:
    if field in ("text", "title", "place"):
        return [_phrase(scope, value)]
    return list(_split(value))


def _phrase(scope: Scope, value: Value) -> Phrase:
    from tracker.read.query import text_conditions
    from tracker.text.search import asked

    words = asked(value.text, quoted=value.quoted)
    if words is None:
        raise InvalidValue(f"{value.text!r} holds no letter or digit to look for")
    text_conditions.teach(scope.reader)
    if not scope.anywhere:
        return Phrase(words.match, words.needle, words.open)
    from tracker.read.lookup.phrases import codes, focus_codes

    areas = focus_codes(scope.reader, words.needle)
    marks = [*codes(scope.reader, value.text), *(f"focus:{area}" for area in areas)]
    match = " OR ".join([words.match, *(f'"{mark}"' for mark in marks)])
    parties = tuple(mark.removeprefix("party:").upper() for mark in marks if mark.startswith("party:"))
    return Phrase(f"({match})" if marks else match, words.needle, words.open, parties, tuple(areas))


def _refs(scope: Scope, field: str, value: Value) -> list[Operand]:
    from tracker.read.lookup import refs

    words = query_fields.field(field).words
    operands: list[Operand] = []
    for part in _split(value):
        if part.lower().replace("-", "_") in words:
            operands.append(part.lower().replace("-", "_"))
        elif part.endswith("*") and field == "ref" and len(part) > 1:
            operands.append(part.lower())
        else:
            try:
                operands.append(part.lower() if scope.reader.absent else refs.resolve(scope.reader, part))
            except NotFound as error:
                raise _or_a_word(error, part, words) from error
    return operands


def _paths(scope: Scope, field: str, value: Value) -> list[Operand]:
    from tracker.read.lookup import brackets
    from tracker.record import values as paths

    words = query_fields.field(field).words
    operands: list[Operand] = []
    for part in _split(value):
        try:
            named = part if part in words else paths.canonical(brackets.looked_up(scope.reader, None, part))
        except paths.PathError as error:
            raise _or_a_word(error, part, words) from error
        operands.append(named)
    return operands


def _or_a_word(error: Failed, part: str, words: Sequence[str]) -> Failed:
    """Return the error for a value that may have been one of the words that the field takes besides."""
    from tracker.text.names import suggest

    return _with_near(error, suggest(part, words))


def _own(scope: Scope, field: str, value: Value) -> list[Operand]:
    from tracker.text.names import fold

    _warn_of_unknown(scope.reader, field.removeprefix("x."))
    operands: list[Operand] = []
    for part in [value.text] if value.quoted else _split(value):
        first, dots, last = part.partition("..") if not value.quoted else (part, "", "")
        if dots and (first or last):
            numbers = NumberRange(*(int(end) if _whole(end) else None for end in (first, last)))
            is_number = all(_whole(end) for end in (first, last) if end)
            operands.append(OwnRange(fold(first) or None, fold(last) or None, numbers if is_number else None))
        elif part.endswith("*") and not value.quoted:
            operands.append(OwnRange(fold(part[:-1]), fold(part[:-1])))
        elif _whole(part):
            operands.append(OwnRange(fold(part), fold(part), NumberRange(int(part), int(part))))
        else:
            operands.append(fold(part))
    return operands


NAMES = (
    "WITH RECURSIVE n(name) AS (SELECT min(name) FROM own_fields UNION ALL"
    " SELECT (SELECT min(o.name) FROM own_fields AS o WHERE o.name > n.name) FROM n WHERE n.name IS NOT NULL)"
    " SELECT name FROM n WHERE name IS NOT NULL LIMIT 1000"
)
"""The names of own fields, by leaps through their index."""


def _warn_of_unknown(reader: Reader, name: str) -> None:
    """Say that no record has an own field of this name: any name is legal, so it is no error."""
    if reader.absent or reader.scalar("SELECT 1 FROM own_fields WHERE name = :name LIMIT 1", {"name": name}):
        return
    from tracker.text.names import suggest

    near = suggest(name, (row[0] for row in reader.tuples(NAMES)))
    reader.warn(f"no record has x.{name}{f'; did you mean x.{near[0]}?' if near else ''}")


def _whole(text: str) -> bool:
    digits = text.removeprefix("-")
    return digits.isascii() and digits.isdigit() and len(digits) < 19


_READERS: dict[str, Callable[[Scope, str, Value], list[Operand]]] = {
    "name": _names,
    "code": _codes,
    "date": _dates,
    "number": _numbers,
    "text": _texts,
    "ref": _refs,
    "path": _paths,
    "own": _own,
}
