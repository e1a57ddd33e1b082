"""``search``: agreements by their words, the best first.

The words of a search are those of the grammar of queries, looked for in all texts of an agreement and in the names of
what it refers to: titles and aliases, ref and identifiers, parties by any of their names, people, sources, notes. Terms
with a field narrow it, as in a list.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tracker.query.arguments import FilterArguments, PageArguments
from tracker.query.tree import And, Not, Or
from tracker.read.file.connection import Bindings, Reader
from tracker.read.lists import listing
from tracker.read.query.filters import Filters, filters
from tracker.read.query.predicates import Phrase, Predicate, Query, together
from tracker.read.query.selection import Ordering, Selection, shortest
from tracker.read.records import agreements as records
from tracker.record.types import Record
from tracker.table import Column, Getter, Records, Shown
from tracker.text.search import Wanted, hits, marked, wanted

WEIGHTS = "10.0, 8.0, 3.0, 1.0"
"""How much a hit weighs in titles, in ref and identifiers, in what is referred to, and in notes."""

RANKED = 50_000
"""Hits up to which all are weighed; so many say that the words tell agreements hardly apart."""

PAGE = 20
"""Hits that people see unless they ask for another number."""


class Search(Selection):
    """Agreements that match filters, the best hits first; without the search index in order of their refs."""

    def __init__(self, filters: Filters, limit: int | None) -> None:
        """Compile what was asked, and apart from it what the index does not answer already."""
        super().__init__(filters, Ordering("ref", limit=limit))
        self.words = _match(filters.query) if filters.indexed else None
        """What is looked for in the index, as FTS5 takes it."""
        rest = together(part for part in filters.conjuncts() if not _is_text(part))
        self.rest = Selection(filters.but(query=rest))

    def statement(self, reader: Reader) -> tuple[str, Bindings]:
        """Return SQL that yields (id, match), the best first, and its binds."""
        if self.words is None:
            return super().statement(reader)
        binds = {**self.rest.binds, "words": self.words}
        limit = f" LIMIT {int(self.ordering.limit)}" if self.ordering.limit is not None else ""
        match = self.rest.match if self.rest.asked else "'certain'"
        return f"SELECT s.rowid, {match} FROM {self._found(reader)} ORDER BY {self._rank(reader)}s.rowid{limit}", binds

    def counts(self, reader: Reader) -> dict[str, int]:
        """Return how many agreements match for certain and how many only possibly."""
        if self.words is None or self.rest.asked:
            return super().counts(reader)
        return {"certain": int(reader.scalar(f"SELECT count(*) {HITS}", {"words": self.words})), "possible": 0}

    def _found(self, reader: Reader) -> str:
        """Return the hits, and what else is asked of them; few candidates are known beforehand."""
        if not self.rest.asked:
            return "search_index AS s WHERE search_index MATCH :words"
        path = shortest(reader, self.rest.paths, self.rest.binds)
        few = f" AND +s.rowid IN ({path.possible})" if path else ""
        joined = "search_index AS s CROSS JOIN agreements AS a ON a.id = s.rowid"
        return f"{joined} WHERE search_index MATCH :words{few} AND ({self.rest.condition})"

    def _rank(self, reader: Reader) -> str:
        hits = reader.scalar(f"SELECT count(*) FROM (SELECT 1 {HITS} LIMIT {RANKED + 1})", {"words": self.words})
        return f"bm25(search_index, {WEIGHTS}), " if hits <= RANKED else ""


HITS = "FROM search_index WHERE search_index MATCH :words"


def search(
    reader: Reader,
    options: FilterArguments,
    page: PageArguments,
    today: str,
    words: Sequence[str],
    *,
    shown: Shown,
) -> Records:
    """Return the agreements that a search finds; people also see where, with the hits in brackets."""
    asked = filters(reader, options, today, words, anywhere=True)
    limit = PAGE if page.limit is None and shown in listing.PEOPLE else page.limit
    by_column = Ordering(page.sort, page.reverse, limit) if page.sort else None
    selection = Selection(asked, by_column) if by_column else Search(asked, limit)
    whole = records.records(reader, selection, asked.as_of)
    if shown == "objects" and page.columns is None:
        return Records("agreement", whole)
    chosen = [(column, getter) for column, getter, _ in listing.columns(page.columns, reader)]
    if shown == "objects":
        return listing.keyed(Records("agreement", whole, columns=chosen), page.columns, reader)
    if shown in listing.PEOPLE and page.columns is None:
        chosen = _for_people(list(_marks(asked.query)))
    unplaced = listing.unplaced(reader, selection)
    return Records("agreement", whole, columns=chosen, footer=_footer(reader, selection), left_out=unplaced)


def _footer(reader: Reader, selection: Selection) -> Iterator[str]:
    total = selection.count(reader)
    if isinstance(selection, Search) and selection.words and total > RANKED:
        yield f"more than {RANKED:,} hits: in the order in which they were recorded; more words find less"
    yield from listing.footer(reader, selection)


def _match(query: Query | None) -> str | None:
    """Return what FTS5 ranks by: all words where all have to be there, else any of them."""
    if query is None:
        return None
    if isinstance(query, Not):
        return None
    if isinstance(query, And | Or):
        inner = [match for match in map(_match, query.nodes) if match]
        if isinstance(query, Or) and len(inner) < len(query.nodes):
            return None  # what the other side finds holds none of these words
        return f"({(' OR ' if isinstance(query, Or) else ' AND ').join(inner)})" if inner else None
    matches = [operand.match for operand in query.operands if isinstance(operand, Phrase)] if _is_text(query) else []
    return f"({' OR '.join(matches)})" if matches else None


def _is_text(query: Query) -> bool:
    return isinstance(query, Predicate) and query.field == "anywhere"


class Mark(NamedTuple):
    """What is marked in texts: the words of a phrase, and the parties and focus areas that it names."""

    words: Wanted
    codes: frozenset[str]


def _marks(query: Query | None) -> Iterator[Mark]:
    """Yield what the search looks for, for marking it; what must not be there is not marked."""
    if isinstance(query, And | Or):
        for inner in query.nodes:
            yield from _marks(inner)
    elif isinstance(query, Predicate) and _is_text(query):
        for value, phrase in zip(query.term.values, query.operands, strict=True):
            if isinstance(phrase, Phrase):
                text = value.text.removesuffix("*") if not value.quoted else value.text
                yield Mark(wanted(text, open_end=phrase.open), frozenset((*phrase.codes, *phrase.areas)))


def _for_people(marks: Sequence[Mark]) -> list[tuple[Column, Getter]]:
    """Return the columns that people see: the title and, for what is not in it, where else each phrase stands."""
    looked_for = [mark.words for mark in marks]

    def title(record: Record) -> str:
        return marked(record["title"], hits(record["title"], looked_for))

    def found(record: Record) -> list[str]:
        pending = [mark for mark in marks if not hits(record["title"], [mark.words])]
        shown = []
        for label, text, code in _texts(record):
            here = [mark for mark in pending if code in mark.codes or hits(text, [mark.words])]
            if here:
                pending = [mark for mark in pending if mark not in here]
                shown.append(f"{label}: {marked(text, hits(text, looked_for))}")
        return shown

    ref, *rest = [(column, getter) for column, getter, _ in listing.columns("ref,binding_status,status,signed")]
    hit = Column("title", weight=9, least=24), title
    return [ref, hit, (Column("found", "lines", "found in", weight=8), found), *rest]


def _texts(record: Record) -> Iterator[tuple[str, str, str]]:
    """Yield the texts of a record in which a hit is told beside its title: label, text, code of a party or area."""
    texts: list[tuple[str, str | None]] = [("short title", record["short_title"])]
    texts += [("title", text) for text in record["titles"].values()]
    texts += [("alias", text) for text in record["aliases"]]
    texts += [("ref", record["ref"])]
    texts += [("identifier", f"{item['scheme']} {item['value']}") for item in record["identifiers"]]
    yield from ((label, text, "") for label, text in texts if text)
    yield from (("party", f"{item['name']} {item['entity'] or ''}".strip(), item["code"]) for item in record["parties"])
    yield from (("focus", code.replace("_", " "), code) for code in record["focus_areas"])
    further: list[tuple[str, str | None]] = [("signatory", item["name"]) for item in record["signatories"]]
    further += [("family", item["family"]) for item in record["families"]]
    further += [("source", item["title"]) for item in record["sources"]]
    further += [("note", text) for text in (*record["notes"], *record["open_questions"])]
    further += [("place", text) for event in record["events"] for text in event["places"]]
    further += [("event", event["note"]) for event in record["events"]]
    further += [("evidence", item["text"]) for item in record["evidence"]]
    yield from ((label, text, "") for label, text in further if text)
