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

VOCABULARY = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_words USING fts5vocab('main', 'search_index', 'row')"

WORDS = (
    "SELECT term FROM search_words WHERE term >= :first AND term < :next"
    " AND length(term) BETWEEN :long - 2 AND :long + 2"
)
"""Words of the search index that begin with the letter of a word, and are about as long."""

INDEXED = ("text", "title", "anywhere", "place")
"""Fields whose words the search index holds."""

ALIKE = 2
"""So many spellings of one word are told."""

SHORT = 4
"""Letters of a word, with fewer of which it is like many."""

VALUES = {
    "word": "SELECT DISTINCT title_term FROM agreements WHERE title_term IS NOT NULL LIMIT :most",
    "identifier": "SELECT DISTINCT scheme FROM identifiers LIMIT :most",
    "x": "SELECT DISTINCT folded FROM own_fields WHERE name = :name LIMIT :most",
}
"""Fields with texts of their own, and what they hold; ``x`` is any own field."""

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
    for part in parts:
        if isinstance(part, Predicate):
            yield from _alike(reader, asked, part)
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


def _alike(reader: Reader, asked: Filters, part: Predicate) -> Iterator[str]:
    """Yield terms with the words or values of the register that are most like those that nothing holds."""
    for value in part.term.values:
        told = 0
        for text in () if value.presence else _spelled_so(reader, asked, part.field, value.text):
            term = f'"{text}"' if part.field in ("text", "anywhere") else f'{part.field}:"{text}"'
            found = _term(reader, asked, term, anywhere=part.field == "anywhere")
            for line in _counted(reader, found, f"did you mean {found.text()}? It finds") if told < ALIKE else ():
                told += 1
                yield line


def _spelled_so(reader: Reader, asked: Filters, field: str, text: str) -> list[str]:
    """Return the texts of the register most like one of a field."""
    from tracker.text.names import fold, suggest

    if field in INDEXED:
        words = [(word, _words_like(reader, word)) for word in fold(text).split()] if asked.indexed else []
        if len(words) == 1:
            return words[0][1]
        return [" ".join(like[0] if like else word for word, like in words)] if any(like for _, like in words) else []
    name = field.removeprefix("x.")
    sql = VALUES.get("x" if name != field else field)
    held = reader.tuples(sql, {"most": COUNTED, "name": name}) if sql else ()
    wanted = text.split(maxsplit=1)[0] if field == "identifier" and text.strip() else text
    return suggest(wanted, (str(value) for (value,) in held if value), ALIKE)


def _words_like(reader: Reader, word: str) -> list[str]:
    """Return the words of the search index most like one that it does not hold; none for one that it holds."""
    from tracker.text.names import suggest

    if len(word) < SHORT or not word.isascii():
        return []
    reader.make_temporary(VOCABULARY)
    words = [term for (term,) in reader.tuples(WORDS, {"first": word[0], "next": _after(word[0]), "long": len(word)})]
    return [] if word in words else suggest(word, words, 2 * ALIKE)


def _after(letter: str) -> str:
    return chr(ord(letter) + 1)


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


def _term(reader: Reader, asked: Filters, text: str, *, anywhere: bool = False) -> Filters:
    from tracker.query.arguments import FilterArguments
    from tracker.read.query.filters import filters

    return filters(reader, FilterArguments(as_of=asked.as_of), asked.as_of, [text], anywhere=anywhere)


def _of(asked: Filters, parts: "list[Query]") -> Filters:
    from tracker.read.query.predicates import together

    return asked.but(query=together(parts))
