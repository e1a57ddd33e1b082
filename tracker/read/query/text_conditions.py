"""Words in texts: by the search index where it tells, else by folding each text and looking.

The index (``search_index``, one row an agreement) knows the present only; for ``--known-at``, and where there is none,
texts are folded as they are read.
"""

import json
from collections.abc import Iterable, Iterator, Sequence

from tracker.read.file.connection import Reader
from tracker.read.query.binds import Binds
from tracker.read.query.conditions import AccessPath, Condition, two_valued
from tracker.read.query.predicates import Phrase
from tracker.record import searched
from tracker.record.shapes import OBJECTS
from tracker.record.types import Field


def _columns(fields: Iterable[Field], alias: str) -> str:
    return ", ".join(f"{alias}.{field.stored_as}" for field in fields)


TITLES = _columns(searched.own("title"), "a")

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


def in_titles(phrases: Sequence[Phrase], binds: Binds, *, indexed: bool) -> Condition:
    """Return the condition that one of these phrases stands in a title or alias."""
    if indexed:
        return _indexed("title", phrases, binds)
    needles = " OR ".join(f"instr({FOLDED}({TITLES}), {binds.add(phrase.needle)})" for phrase in phrases)
    return two_valued(f"({needles})")


def in_places(phrases: Sequence[Phrase], binds: Binds, *, indexed: bool) -> Condition:
    """Return the condition that something happened at a place that one of these phrases names."""
    needles = " OR ".join(f"instr({FOLDED}(c.places), {binds.add(phrase.needle)})" for phrase in phrases)
    happened = f"EXISTS (SELECT 1 FROM events AS c WHERE c.agreement_id = a.id AND c.places <> '[]' AND ({needles}))"
    if not indexed:
        return two_valued(happened)
    candidates = _indexed("notes", phrases, binds)
    return two_valued(f"{candidates.yes.certain} AND {happened}")._replace(paths=candidates.paths, single=False)


def _children() -> Iterator[tuple[str, str]]:
    """Yield what is joined, and its texts, for the items of an agreement and the objects that they name."""
    for child in searched.children():
        if child.texts:
            between = " || ' ' || " if child.fields[0].search == "name" else ", "
            yield f"{child.view} AS c", _columns(child.texts, "c").replace(", ", between)
        for field in child.fields:
            kind = field.type.names
            if kind and kind not in searched.BY_CODE:
                named = _columns(searched.named(kind), "p")
                yield f"{child.view} AS c JOIN {OBJECTS[kind].view} AS p ON p.id = c.{field.stored_as}", named


ELSEWHERE = (
    f"instr({FOLDED}({TITLES}, {_columns((*searched.own('name'), *searched.own('notes')), 'a')}), {{needle}})",
    *(
        f"EXISTS (SELECT 1 FROM {joined} WHERE c.agreement_id = a.id AND instr({FOLDED}({texts}), {{needle}}))"
        for joined, texts in _children()
    ),
)
"""Where words are looked for without an index."""


def _referring(kind: str, codes: str) -> list[str]:
    """Return the conditions that a list which is searched holds one of these codes."""
    return [
        f"EXISTS (SELECT 1 FROM {child.view} AS c WHERE c.agreement_id = a.id AND c.{field.stored_as} IN {codes})"
        for child in searched.children()
        for field in child.fields
        if field.type.names == kind
    ]


def anywhere(phrases: Sequence[Phrase], binds: Binds, *, indexed: bool) -> Condition:
    """Return the condition that one of these phrases stands in any text, or in the name of what is referred to."""
    if indexed:
        return _indexed(None, phrases, binds)
    conditions = []
    for phrase in phrases:
        needle = binds.add(phrase.needle)
        conditions += [where.format(needle=needle) for where in ELSEWHERE]
        for kind, codes in (("party", phrase.codes), ("focus_area", phrase.areas)):
            conditions += _referring(kind, binds.add_all(codes)) if codes else ()
    return two_valued(f"({' OR '.join(conditions)})")


def _indexed(column: str | None, phrases: Sequence[Phrase], binds: Binds) -> Condition:
    either = f"({' OR '.join(phrase.match for phrase in phrases)})"
    match = binds.add(f"{{{column}}} : {either}" if column else either)
    inside = f"SELECT rowid AS id FROM search_index WHERE search_index MATCH {match}"
    # The plus keeps SQLite from fetching every hit of a frequent word before it sorts them.
    return two_valued(f"+a.id IN ({inside})")._replace(paths=(AccessPath(inside, inside),))
