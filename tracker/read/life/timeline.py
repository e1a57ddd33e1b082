"""The life of agreements as a table: events in order, what follows from the terms, and the status after each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from sqlite3 import Row
from typing import TYPE_CHECKING, Any, NamedTuple

from tracker.dates.day import OPEN
from tracker.dates.edtf import bounds
from tracker.law.life import causes, lifecycle
from tracker.law.life import steps as rules
from tracker.law.life.standing import IN_FORCE, SPAN_FLAGS, SpanRow, holds_possibly
from tracker.read.file.connection import Reader
from tracker.read.life.life import Life, filled, read, spoken, vacated
from tracker.record import kinds
from tracker.table import Column, Page, Section, Table

if TYPE_CHECKING:  # making these classes costs a read two milliseconds
    from tracker.record.typed import Event


COLUMNS = (
    Column("ref"),
    Column("event", blank="by rule"),
    Column("kind"),
    Column("date", "date", blank="day unknown"),
    Column("earliest", "date"),
    Column("latest", "date"),
    Column("effective_date", "date"),
    Column("parties", "list"),
    Column("places", "list"),
    Column("provision"),
    Column("status"),
    Column("flags", "list"),
    Column("possible_flags", "list"),
    Column("party_status", "list"),
    Column("note"),
    Column("sources", "list"),
)
SHOWN = (
    Column("ref"),
    Column("event", blank="by rule"),
    Column("date", "date", blank="day unknown"),
    Column("works", "date", "works from"),
    Column("kind", heading="what"),
    Column("parties", "list", "who"),
    Column("places", "list", "where"),
    Column("provision"),
    Column("status"),
)
"""Columns for people, where rows fill them; '?' marks what is not certain."""


BY_TERMS = "follows from the terms"


class Line(NamedTuple):
    """An event, or what follows from the terms without one (``event`` None), in its place."""

    event: Event | None
    kind: str
    date: str | None
    parties: Sequence[str]


class Reached(NamedTuple):
    """Where the instrument and the parties that acted stand; words with '?' where that is not certain."""

    status: str | None
    flags: Sequence[str] = ()
    possible_flags: Sequence[str] = ()
    parties: Sequence[str] = ()


def page(reader: Reader, refs: Sequence[str], as_of: str, *, past: bool = False) -> Page:
    """Return the timeline of agreements, for people with fewer columns than for machines."""
    data = table(reader, refs, as_of, past=past)
    return Page(data.title, _sections(reader, data, len(refs)), data, data.footer)


def _sections(reader: Reader, data: Table, agreements: int) -> Iterator[Section]:
    rows = []
    for row in data.rows:
        cells: dict[str, Any] = dict(zip((column.name for column in COLUMNS), row, strict=True))
        ref = cells["ref"]
        binding = reader.scalar("SELECT binding_status FROM agreements WHERE ref = :ref", {"ref": ref})
        rows.append((
            ref if agreements > 1 else None, cells["event"], cells["date"], cells["effective_date"], cells["kind"],
            cells["parties"], cells["places"], cells["provision"], _said(cells, binding),
        ))  # fmt: skip
    kept = filled(SHOWN, rows, ("event", "date", "kind", "status"))
    yield Section(table=Table("timeline", [SHOWN[at] for at in kept], [tuple(row[at] for at in kept) for row in rows]))


def _said(cells: Mapping[str, Any], binding: str) -> str:
    """Say what was reached, in words that fit the binding status: flags in brackets, then the parties that acted."""
    flags = [*cells["flags"], *(f"{flag}?" for flag in cells["possible_flags"])]
    said = (cells["status"] or "") + (f" ({', '.join(flags)})" if flags else "")
    held = (text.split(" ", 1) for text in cells["party_status"])
    parties = [
        f"{code} {spoken(binding, status.rstrip('?'), certain=not status.endswith('?'))}" for code, status in held
    ]
    return "; ".join([said, *parties] if said else parties)


def table(reader: Reader, refs: Sequence[str], as_of: str, *, past: bool = False) -> Table:
    """Return a row for each event, in order of time within each agreement.

    ``earliest`` and ``latest`` bound the day of the act. ``status`` is what the instrument (or the provision that the
    event is about) has reached when the event works; where that is not certain, what the event leads to, with '?'.
    ``flags`` hold on that day, ``possible_flags`` may; ``party_status`` is the status of the parties that acted. An
    event on an unknown day stands where its kind belongs in the life of a treaty. With ``past`` what certainly comes
    after ``as_of`` is left out and counted.
    """
    lives = [read(reader, ref, as_of) for ref in refs]
    lines = [(life, line) for life in lives for line in _lines(life)]
    shown = [(life, line) for life, line in lines if (bounds(line.date)[0] or "") <= as_of or not past]
    return Table(
        report="timeline",
        columns=COLUMNS,
        rows=[_row(life, line) for life, line in shown],
        title=f"Timeline of {refs[0]}" if len(refs) == 1 else "Timeline",
        filters={"refs": list(refs)},
        as_of=as_of,
        footer=[*_footer(shown), *_later(len(lines) - len(shown), as_of)],
    )


def _lines(life: Life) -> list[Line]:
    """Return events and computed happenings, those of an unknown day after what precedes them in a treaty's life."""
    lines = [
        Line(event, event["kind_raw"] or event["kind"], event["date"], event["parties"])
        for event in life.record["events"]
    ]
    lines += _computed(life)
    dated = sorted((line for line in lines if line.date is not None), key=_place)
    for line in lines:
        if line.date is None:
            rank = _rank(line)
            before = [at for at, other in enumerate(dated) if _rank(other) <= rank]
            dated.insert(before[-1] + 1 if before else 0, line)
    return dated


def _place(line: Line) -> tuple[str, str, int]:
    """What sorts a dated line: its first possible day (an open beginning: its last), then the life of a treaty."""
    earliest, latest, _ = bounds(line.date)
    return earliest or latest or "", latest or OPEN, _rank(line)


def _rank(line: Line) -> int:
    if line.event is None:
        return rules.ENDED if line.kind in (*kinds.ENDED_AS, "withdrawn") else rules.ENTERED
    return kinds.stage(line.event["kind"]) or rules.RESUMED


def _computed(life: Life) -> Iterator[Line]:
    """Yield what the rules make happen without an event of that day.

    The end of a term, the entry into force for a late joiner, what a notice of withdrawal brings about.
    """
    found: dict[tuple[str, str], list[str]] = {}
    for span in life.spans:
        kind = _by_rule(life, span)
        if kind is None or span["from_date"] is None:
            continue
        causing = causes.of_span(span, life.record["events"])
        if all(event["kind"] in kinds.NOTICES for event in causing):
            parties = found.setdefault((span["from_date"], kind), [])
            parties += [span["party"]] if span["party"] else []
    for (date, kind), parties in found.items():
        yield Line(None, kind, date, parties)


def _by_rule(life: Life, span: Row) -> str | None:
    """Return the kind of event that would begin a span, None for one that no rule begins."""
    status = span["status"]
    if not span["party"]:
        return status if status in kinds.ENDED_AS else None
    if status == "withdrawn" and not life.has_two_sides:
        return "withdrawn"
    return kinds.usual(kinds.ENTERED) if status in IN_FORCE and not _resumed(life.spans, span) else None


def _resumed(spans: Sequence[Row], span: Row) -> bool:
    """Tell whether a span of force only goes on after a suspension."""
    return any(
        other["party"] == span["party"] and other["position"] == span["position"] - 1 and other["status"] == "suspended"
        for other in spans
    )


def _row(life: Life, line: Line) -> tuple[Any, ...]:
    event = line.event
    earliest, latest, _ = bounds(line.date)
    held = _reached(life, line)
    told: Mapping[str, Any] = event or {"id": None, "effective_date": None, "places": [], "provision": None}
    return (
        life.record["ref"],
        told["id"],
        line.kind,
        line.date,
        earliest,
        latest,
        told["effective_date"],
        list(line.parties),
        told["places"],
        told["provision"],
        held.status,
        list(held.flags),
        list(held.possible_flags),
        list(held.parties),
        event["note"] if event else _rule(life, line),
        event["sources"] if event else [],
    )


def _reached(life: Life, line: Line) -> Reached:
    """Return what the instrument and the parties that acted have reached once the event works."""
    event = line.event
    latest = bounds(line.date)[1] or OPEN
    if event is not None and kinds.stage(event["kind"]):
        latest = causes.works(event, "notice_given")[1]
    if latest == OPEN:
        return Reached(_undated(life, line))
    spans = life.spans if event is None or not event["provision"] else _of_provision(life, event["provision"])
    held = lifecycle.standings(spans, latest)
    word = _word(held[""])
    if not held[""].certain and event is not None:
        word = next((f"{span['status']}?" for span in spans if _made(span, event, latest)), word)
    parties = [f"{code} {_word(held[code])}" for code in line.parties if code in held]
    flags = [flag for flag in lifecycle.flags(spans, latest) if flag in SPAN_FLAGS]
    return Reached(word, flags, lifecycle.possible_flags(spans, latest), parties)


def _rule(life: Life, line: Line) -> str:
    """Say what a line without an event follows from."""
    earliest, latest, _ = bounds(line.date)
    said = vacated(life, earliest) if earliest is not None and latest is None else None
    return said or BY_TERMS


def _undated(life: Life, line: Line) -> str | None:
    """Return what happened on an unknown day leads to, never certain."""
    event = line.event
    if event is None:
        return f"{line.kind}?"
    for span in life.spans:
        undated = span["party"] == "" and span["from_latest"] is None
        if undated and causes.of_span(span, [event]):
            return f"{span['status']}?"
    return None


def _made(span: SpanRow, event: Event, day: str) -> bool:
    """Tell whether a span of a status of the instrument that may hold on a day was begun by an event."""
    own = span["party"] == "" and span["status"] not in SPAN_FLAGS
    return own and holds_possibly(span, day) and bool(causes.of_span(span, [event]))


def _of_provision(life: Life, provision: str) -> list[lifecycle.Span]:
    return lifecycle.of_record(life.record, provision=provision)


def _word(held: lifecycle.Standing) -> str:
    return held.status if held.certain else f"{held.status}?"


def _footer(shown: Sequence[tuple[Life, Line]]) -> Iterator[str]:
    events = [line.event for _, line in shown if line.event is not None]
    unknown = sum(event["date"] is None for event in events)
    said = f"{len(events)} event{'' if len(events) == 1 else 's'}"
    yield f"{said}, {unknown} on an unknown day, placed where the life of an agreement puts them" if unknown else said
    derived = [(life.record["ref"], _rule(life, line)) for life, line in shown if line.event is None]
    if any(rule == BY_TERMS for _, rule in derived):
        yield f"by rule: {BY_TERMS}, no event of it is recorded"
    yield from (f"by rule: {ref}: {rule}" for ref, rule in derived if rule != BY_TERMS)


def _later(number: int, as_of: str) -> Iterator[str]:
    if number:
        yield f"left out: {number} after {as_of}"
