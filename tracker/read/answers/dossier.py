"""``dossier``: one agreement to hand over, with what it rests on, where sources differ, its life and its lineage."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from json import dumps
from typing import TYPE_CHECKING, cast

from tracker.law import citations
from tracker.read.answers import lineage
from tracker.read.file.connection import Reader
from tracker.read.life import status, timeline
from tracker.read.records import documents
from tracker.record.relations import INVERSES
from tracker.record.types import Record
from tracker.table import Column, Page, Records, Section, Table

if TYPE_CHECKING:  # making these classes costs a read two milliseconds
    from tracker.record.typed import Agreement, Source


BELOW = {"address": "title", "note": "title"}
"""Where these stand on a narrow terminal."""

REPLACED = ("Timeline", "Sources", "Relations")
"""Sections of the record's own page that a dossier has in more detail."""


def footnote(reader: Reader, record: Record, style: str) -> str:
    """Return the footnote for a record in a style."""
    sources = _sources(reader, [item["source"] for item in record["sources"]])
    return citations.footnote(cast("Agreement", record), sources, style)


def bibliography_item(reader: Reader, record: Record) -> Record:
    """Return a record as an item of a bibliography (CSL-JSON)."""
    codes = dumps(record["focus_areas"])
    sql = "SELECT code, label FROM focus_areas WHERE code IN (SELECT value FROM json_each(:codes))"
    labels = {str(code): str(label) for code, label in reader.tuples(sql, {"codes": codes})}
    sources = _sources(reader, [item["source"] for item in record["sources"]])
    return citations.item(cast("Agreement", record), sources, labels)


def _sources(reader: Reader, ids: list[str]) -> list[Source]:
    """Return the documents of sources, in the order of their ids as given."""
    by_id = {
        source["id"]: cast("Source", source)
        for source in documents.documents(
            reader, "source", "o.id IN (SELECT value FROM json_each(:ids))", {"ids": dumps(ids)}
        )
    }
    return [by_id[key] for key in dict.fromkeys(ids) if key in by_id]


def page(reader: Reader, record: Record, data: Records, own: Callable[[Record], Iterable[Section]]) -> Page:
    """Return the dossier: sections for people, the record itself as ``data`` for machines.

    ``own`` lays out the record itself, as ``show`` does.
    """
    as_of = record["derived"]["as_of"]
    sections = _sections(reader, record, as_of, list(own(record)))
    return Page(record["title"], sections, data, [f"as of {as_of}"], whole=True)


def _sections(reader: Reader, record: Record, as_of: str, own: list[Section]) -> Iterator[Section]:
    ref = record["ref"]
    yield Section(lines=[footnote(reader, record, "oscola")])
    before, after = _split([section for section in own if section.heading not in REPLACED])
    yield from before
    yield from _under("Status", status.page(reader, [ref], as_of))
    yield from _under("Timeline", timeline.page(reader, [ref], as_of))
    yield from after
    yield from (section for section in own if section.heading == "Relations")
    relations = {item["type"] for item in (*record["relations"], *record["derived"]["inverse_relations"])}
    if relations & {*lineage.DESCENT, *(INVERSES[kind] for kind in lineage.DESCENT)}:
        yield from _under("Lineage", lineage.page(reader, ref, lineage.Extent(), as_of))
    yield from _cited(reader, record)


def _split(own: list[Section]) -> tuple[list[Section], list[Section]]:
    """The facts and the people come first, then what happened, then the rest."""
    at = next((at for at, section in enumerate(own) if section.heading == "Why"), min(2, len(own)))
    return own[:at], own[at:]


def _under(heading: str, answer: Page) -> Iterator[Section]:
    for at, section in enumerate(answer.sections):
        yield section.but(heading=heading if at == 0 else section.heading, level=2 if at == 0 else 3)


def _cited(reader: Reader, record: Record) -> Iterator[Section]:
    """Every source that the record names anywhere, in full."""
    from tracker.law.doubts.cited import cited

    first = [item["source"] for item in record["sources"]]
    named = cited(record)
    ids = [*first, *sorted(named - set(first))]
    if not ids:
        return
    locators: dict[str, str | None] = {item["source"]: item["locator"] for item in record["sources"]}
    rows = [
        (
            source["id"], source["title"], _joined(source["author"] or source["publisher"], source["date"]),
            source["kind"], source["url"] or source["archive_url"], _joined(
                locators.get(source["id"]), _behind("read", source["accessed"]),
                _behind("reprint of", source["reprint_of"]), source["note"],
            ),
        )
        for source in _sources(reader, ids)
    ]  # fmt: skip
    names = ("id", "title", "published", "kind", "address", "note")
    kept = [at for at in range(len(names)) if any(row[at] for row in rows)]
    columns = [Column(names[at], below=BELOW.get(names[at])) for at in kept]
    yield Section("Sources", table=Table("sources", columns, [tuple(row[at] for at in kept) for row in rows]))


def _joined(*texts: str | None) -> str | None:
    return ", ".join(filter(None, texts)) or None


def _behind(word: str, text: str | None) -> str | None:
    return f"{word} {text}" if text else None
