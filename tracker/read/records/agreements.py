"""Agreements as records: the exact shape, keys in order, read page by page with one SELECT a child table."""

from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from tracker.errors import NotFound
from tracker.law.laterality import laterality
from tracker.read.file.connection import Reader
from tracker.read.query.selection import Selection
from tracker.read.records import derived
from tracker.read.records.assembly import LOADERS, Children
from tracker.read.records.page import ON_PAGE, Page, maybe, texts
from tracker.read.records.terms import terms
from tracker.table import Record

PAGE_SIZE = 500
"""Agreements whose children are read together."""

FIRST_PAGE = 50
"""The first page is short, so that the first line comes soon."""

COLUMNS = (
    "SELECT id, ref, title, short_title, title_term, aliases, titles, instrument_type, binding_status, terms,"
    " text_access, languages, confidence, open_questions, notes, extra, origin, revision, signed, signed_earliest,"
    " signed_latest"
    f" FROM agreements WHERE {ON_PAGE.replace('agreement_id', 'id')}"
)

Matches = Sequence[tuple[int, str | None]]
"""Ids of agreements in the order of the answer, with how they match."""


def records(reader: Reader, selection: Selection, as_of: str, parts: Container[str] | None = None) -> Iterator[Record]:
    """Yield the records that a selection holds, in its order; memory does not grow with their number.

    ``parts``: the top-level keys that are wanted (``record`` and ``ref`` always come); None = the whole record.
    """
    sql, binds = selection.statement(reader)
    found = (pair for page in reader.pages(sql, binds, PAGE_SIZE) for pair in page)
    for page in paged(found):
        yield from assemble(reader, page, as_of=as_of, parts=parts)


def record(reader: Reader, ref: str, as_of: str) -> Record:
    """Return the record of an exact ref; raises NotFound."""
    agreement = reader.scalar("SELECT id FROM agreements WHERE ref = :ref", {"ref": ref})
    if agreement is None:
        raise NotFound(f"no agreement {ref!r}; `tracker list` shows the refs")
    return assemble(reader, [(agreement, None)], as_of=as_of)[0]


def paged(found: Iterable[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    """Cut a stream into pages, the first one short."""
    stream = iter(found)
    size = FIRST_PAGE
    while page := list(islice(stream, size)):
        yield page
        size = PAGE_SIZE


def assemble(
    reader: Reader, page: Sequence[tuple[Any, ...]], *, as_of: str, parts: Container[str] | None = None
) -> list[Record]:
    """Return the records of a page of (id, match), in that order."""
    ids = [pair[0] for pair in page]
    children = load(Page(reader, ids), parts)
    rows = {row[0]: row for row in children.page.rows(COLUMNS)}
    whole = [children.document(rows[agreement]) for agreement in ids]
    if parts is None or "derived" in parts:
        _derive(children, rows, whole, page, as_of)
    if parts is None:
        return whole
    wanted = [key for key in whole[0] if key in ("record", "ref") or key in parts] if whole else []
    return [{key: document[key] for key in wanted} for document in whole]


def load(page: Page, parts: Container[str] | None = None) -> "Loaded":
    """Read the children that ``parts`` ask for."""
    needed = set(LOADERS) if parts is None else {name for name in LOADERS if name in parts}
    if parts is not None and "derived" in parts:
        needed |= {"parties", "relations"}
    return Loaded(page, {name: LOADERS[name](page) for name in LOADERS if name in needed})


class Loaded:
    """A page of agreements with their children at hand."""

    def __init__(self, page: Page, children: dict[str, Children]) -> None:
        self.page = page
        self.children = children
        self._getters = {name: children[name].get if name in children else _none for name in LOADERS}
        self._cited = page.cited()

    def document(self, row: tuple[Any, ...]) -> Record:
        """Return the record of a row of ``COLUMNS``, without what is derived."""
        (
            agreement, ref, title, short_title, title_term, aliases, titles, instrument_type, binding_status,
            stored_terms, text_access, languages, confidence, open_questions, notes, extra, origin, *_,
        ) = row  # fmt: skip
        items = {name: getter(agreement) or [] for name, getter in self._getters.items()}
        return {
            "record": "agreement",
            "ref": ref,
            "title": title,
            "short_title": short_title,
            "title_term": title_term,
            "aliases": texts(aliases),
            "titles": texts(titles),
            "instrument_type": instrument_type,
            "binding_status": binding_status,
            "binding_views": items["binding_views"],
            "evidence": items["evidence"],
            "parties": items["parties"],
            "signatories": items["signatories"],
            "focus_areas": items["focus_areas"],
            "families": items["families"],
            "events": items["events"],
            "terms": terms(stored_terms, agreement, self._cited),
            "relations": items["relations"],
            "identifiers": items["identifiers"],
            "text_access": text_access,
            "languages": texts(languages),
            "sources": items["sources"],
            "claims": items["claims"],
            "confidence": confidence,
            "open_questions": texts(open_questions),
            "notes": texts(notes),
            "extra": texts(extra),
            "origin": maybe(origin),
        }


def _none(_: int) -> list[Any]:
    return []


def _derive(
    loaded: Loaded, rows: dict[int, tuple[Any, ...]], whole: list[Record], page: Sequence[tuple[Any, ...]], as_of: str
) -> None:
    spans = derived.spans(loaded.page)
    refs = {agreement: row[1] for agreement, row in rows.items()}
    inverse = derived.inverse_relations(loaded.page, refs, loaded.children["relations"])
    for (agreement, match), document in zip(page, whole, strict=True):
        codes = list(dict.fromkeys(party["code"] for party in document["parties"]))
        held = derived.standings(spans.get(agreement, []), codes, as_of)
        *_, revision, signed, earliest, latest = rows[agreement]
        facts = {"revision": revision, "signed": signed, "signed_earliest": earliest, "signed_latest": latest}
        document["derived"] = derived.derived(
            {**facts, "laterality": laterality(codes)},
            held,
            inverse.get(agreement) or [],
            as_of=as_of,
            match=match,
            known_at=loaded.page.reader.known_at,
        )
