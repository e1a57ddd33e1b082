"""What lies near a query that finds nothing: what a word may have meant, and what there would be with a part less."""

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from tracker.errors import TrackerError
from tracker.query import fields as query_fields
from tracker.read.file.connection import COUNTED_STEPS, Reader
from tracker.read.query.filters import Filters
from tracker.read.query.predicates import Phrase, Predicate, written_query
from tracker.read.query.selection import Selection

if TYPE_CHECKING:
    from tracker.read.query.predicates import Query

SHOWN = 4
"""Lines at most."""

COUNTED = 10_000
"""Up to so many are counted: what lies near is a hint, and must not take longer than the answer."""

STEPS = 2 * COUNTED_STEPS
"""Steps of SQLite after which nothing more is looked for, some hundredths of a second."""

LOOKED_FOR = ("party", "family", "focus", "signatory", "type", "binding", "status", "event")
"""Fields that a bare word may have meant, in this order."""

ALSO = {("binding", "contested"): ("views:differ", "views that differ")}
"""What people mean who ask for a word: the register keeps it elsewhere."""


def is_empty(reader: Reader, asked: Filters) -> bool:
    """Whether nothing matches, not even possibly."""
    if reader.is_empty is not None:
        return reader.is_empty
    selection = Selection(asked)
    sql = f"SELECT 1 FROM {selection.source(reader)} WHERE {selection.condition} LIMIT 1"
    return not reader.tuples(sql, selection.binds)


def lines(reader: Reader, asked: Filters) -> list[str]:
    """Return what lies near, a sentence each; the first says what was asked of how many."""
    total = Selection(Filters(as_of=asked.as_of)).count(reader)
    if not total:
        return []
    held = "1 agreement" if total == 1 else f"{total} agreements"
    told = [f"nothing found for {asked.text()}; the register holds {held}"]
    with reader.for_at_most(STEPS):
        told.extend(islice(_near(reader, asked), SHOWN))
    return told


def _near(reader: Reader, asked: Filters) -> Iterator[str]:
    parts = asked.conjuncts()
    for part in parts:
        if isinstance(part, Predicate):
            yield from _elsewhere(reader, asked, part)
    if len(parts) == 1 and isinstance(parts[0], Predicate):
        yield from _meant(reader, asked, parts[0])
    if asked.certain:
        yield from _counted(reader, asked.but(certain=False), "not for certain")
    for part in parts if len(parts) > 1 else ():
        rest = [other for other in parts if other is not part]
        yield from _counted(reader, _of(asked, rest), f"without {written_query(part)}")
    if len(parts) == 1 and isinstance(parts[0], Predicate):
        yield from _others(reader, asked, parts[0])


def _elsewhere(reader: Reader, asked: Filters, part: Predicate) -> Iterator[str]:
    """Yield where the register keeps what a part may have asked for."""
    for operand in part.operands:
        if isinstance(operand, str) and (part.field, operand) in ALSO:
            term, words = ALSO[part.field, operand]
            yield from _counted(reader, _term(reader, asked, term), f"{words} ({term})")


def _meant(reader: Reader, asked: Filters, part: Predicate) -> Iterator[str]:
    """Yield terms that a word alone may have stood for."""
    if part.field not in ("text", "anywhere", "title"):
        return
    for value in part.term.values if any(isinstance(operand, Phrase) for operand in part.operands) else ():
        for field in LOOKED_FOR:
            try:
                found = _term(reader, asked, f'{field}:"{value.text}"')
            except TrackerError as error:  # nobody and nothing is called so; a state may nearly be
                if field == "party" and "did you mean" in str(error):
                    yield str(error)
                continue
            yield from _counted(reader, found, f"did you mean {found.text()}? It finds")


def _others(reader: Reader, asked: Filters, part: Predicate) -> Iterator[str]:
    """Yield what there is of other values of a field that was asked alone."""
    if part.field in ("text", "anywhere"):
        return
    field = query_fields.field(part.field)
    if field.kind == "code":
        words = (word for word in field.words if word not in part.operands)
        for word in words:
            yield from _counted(reader, _term(reader, asked, f"{part.field}:{word}"), f"{part.field}:{word}")
    else:
        yield from _counted(reader, _term(reader, asked, f"{part.field}:any"), f"{part.field}:any, whatever it is")


def _counted(reader: Reader, found: Filters, what: str) -> Iterator[str]:
    """Yield how many a query finds, where it finds any."""
    count = Selection(found).count_up_to(reader, COUNTED)
    if count:
        number = f"more than {COUNTED:,}" if count > COUNTED else str(count)
        yield f"{what}: {number}" if not what.endswith("finds") else f"{what} {number}"


def _term(reader: Reader, asked: Filters, text: str) -> Filters:
    from tracker.query.arguments import FilterArguments
    from tracker.read.query.filters import filters

    return filters(reader, FilterArguments(as_of=asked.as_of), asked.as_of, [text])


def _of(asked: Filters, parts: "list[Query]") -> Filters:
    from tracker.read.query.predicates import together

    return asked.but(query=together(parts))
