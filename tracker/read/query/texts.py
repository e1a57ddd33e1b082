"""Words in texts: by the search index where it tells, else by folding each text and looking.

The index (``search_index``, one row an agreement) knows the present only; for ``--known-at``, and where there is none,
texts are folded as they are read.
"""

import json
from collections.abc import Sequence

from tracker.read.file.connection import Reader
from tracker.read.query.asked import Words
from tracker.read.query.binds import Binds
from tracker.read.query.conditions import Condition, Driver, plain

TITLES = "a.title, a.short_title, a.titles, a.aliases"

FOLDED = "search_text"
"""Name of the SQL function that brings texts, and JSON lists of texts, to the form of the index."""


def teach(reader: Reader) -> None:
    """Let SQL fold texts; only on this connection, so that nothing stored depends on it."""
    reader.connection.create_function(FOLDED, -1, folded, deterministic=True)


def folded(*texts: str | None) -> str:
    """Return texts in the form of the index, with a space before and after."""
    from tracker.text.search import indexed_all

    single: list[str | None] = []
    for text in texts:
        if text and text[0] in "[{":
            try:
                values = json.loads(text)
            except ValueError:
                single.append(text)
                continue
            single += (str(value) for value in (values.values() if isinstance(values, dict) else values))
        else:
            single.append(text)
    return f" {indexed_all(single)} "


def is_indexed(reader: Reader) -> bool:
    """Whether the search index can be asked."""
    if reader.absent or reader.known_at is not None:
        return False
    return bool(reader.scalar("SELECT 1 FROM sqlite_master WHERE name = 'search_index'"))


def in_titles(words: Sequence[Words], binds: Binds, *, indexed: bool) -> Condition:
    """Return the term that one of these phrases stands in a title or alias."""
    if indexed:
        return _indexed("title", words, binds)
    needles = " OR ".join(f"instr({FOLDED}({TITLES}), {binds.add(one.needle)})" for one in words)
    return plain(f"({needles})")


def in_places(words: Sequence[Words], binds: Binds, *, indexed: bool) -> Condition:
    """Return the term that something happened at a place that one of these phrases names."""
    needles = " OR ".join(f"instr({FOLDED}(c.places), {binds.add(one.needle)})" for one in words)
    found = f"EXISTS (SELECT 1 FROM events AS c WHERE c.agreement_id = a.id AND c.places <> '[]' AND ({needles}))"
    if not indexed:
        return plain(found)
    candidates = _indexed("notes", words, binds)
    return plain(f"{candidates.yes.certain} AND {found}")._replace(drivers=candidates.drivers, single=False)


CHILDREN = {
    "identifiers AS c": "c.scheme || ' ' || c.value",
    "participations AS c": "c.entity",
    "signatories AS c JOIN people AS p ON p.id = c.person_id": "p.name, p.aliases",
    "citations AS c JOIN sources AS s ON s.id = c.source_id": "s.title, s.author, s.publisher",
    "events AS c": "c.places, c.note",
}
ELSEWHERE = (
    f"instr({FOLDED}({TITLES}, a.ref, a.notes, a.open_questions), {{needle}})",
    *(
        f"EXISTS (SELECT 1 FROM {children} WHERE c.agreement_id = a.id AND instr({FOLDED}({texts}), {{needle}}))"
        for children, texts in CHILDREN.items()
    ),
)
"""Where words are looked for without an index; the index holds a little more."""


def anywhere(words: Sequence[Words], binds: Binds, *, indexed: bool) -> Condition:
    """Return the term that one of these phrases stands in any text, or in the name of what is referred to."""
    if indexed:
        return _indexed(None, words, binds)
    found = []
    for one in words:
        needle = binds.add(one.needle)
        found += [where.format(needle=needle) for where in ELSEWHERE]
        if one.codes:
            inside = f"c.agreement_id = a.id AND c.code IN {binds.add_all(one.codes)}"
            found.append(f"EXISTS (SELECT 1 FROM participations AS c WHERE {inside})")
        if one.areas:
            inside = f"c.agreement_id = a.id AND c.code IN {binds.add_all(one.areas)}"
            found.append(f"EXISTS (SELECT 1 FROM agreement_focus_areas AS c WHERE {inside})")
    return plain(f"({' OR '.join(found)})")


def _indexed(column: str | None, words: Sequence[Words], binds: Binds) -> Condition:
    found = f"({' OR '.join(one.match for one in words)})"
    match = binds.add(f"{{{column}}} : {found}" if column else found)
    inside = f"SELECT rowid AS id FROM search_index WHERE search_index MATCH {match}"
    # The plus keeps SQLite from fetching every hit of a frequent word before it sorts them.
    return plain(f"+a.id IN ({inside})")._replace(drivers=(Driver(inside, inside),))
