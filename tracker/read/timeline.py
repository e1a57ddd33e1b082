"""The life of agreements as a table: events in order, what follows from the terms, and the status after each."""

from collections.abc import Iterator, Mapping, Sequence
from sqlite3 import Row
from typing import Any, NamedTuple

from tracker.domain import causes, lifecycle
from tracker.domain import steps as rules
from tracker.domain.dates import bounds
from tracker.domain.spans import OPEN
from tracker.domain.standing import IN_FORCE
from tracker.read.connection import Reader
from tracker.read.life import Life, read
from tracker.table import Column, Record, Table

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
    Column("party_status", "list"),
    Column("note"),
    Column("sources", "list"),
)
ENDED = ("expired", "terminated", "discontinued", "superseded")


class Line(NamedTuple):
    """An event, or what follows from the terms without one (``event`` None), in its place."""

    event: Record | None
    kind: str
    date: str | None
    parties: Sequence[str]


def table(reader: Reader, refs: Sequence[str], as_of: str) -> Table:
    """Return a row for each event, in order of time within each agreement.

    ``earliest`` and ``latest`` bound the day of the act. ``status`` is what the instrument (or the provision that the
    event is about) has reached when the event works, with '?' where that is not certain; ``party_status`` the same of
    the parties that acted. An event on an unknown day stands where its kind belongs in the life of a treaty.
    """
    lives = [read(reader, ref, as_of) for ref in refs]
    return Table(
        report="timeline",
        columns=COLUMNS,
        rows=[_row(life, line) for life in lives for line in _lines(life)],
        title=f"Timeline of {refs[0]}" if len(refs) == 1 else "Timeline",
        filters={"refs": list(refs)},
        as_of=as_of,
        footer=list(_footer(lives)),
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
        return rules.ENDED if line.kind in ENDED else rules.ENTERED
    return rules.RANKS.get(line.event["kind"], rules.RESUMED)


def _computed(life: Life) -> Iterator[Line]:
    """Yield what the rules make happen without an event: the end of a term, the entry into force for a late joiner."""
    entered: dict[tuple[str, str], list[str]] = {}
    for span in life.spans:
        rule = span["status"] in IN_FORCE if span["party"] else span["status"] in ENDED
        if not rule or span["from_date"] is None or causes.of_span(span, life.record["events"]):
            continue
        if span["party"]:
            if not _resumed(life.spans, span):
                entered.setdefault((span["from_date"], "entered_into_force"), []).append(span["party"])
        else:
            entered[span["from_date"], span["status"]] = []
    for (date, kind), parties in entered.items():
        yield Line(None, kind, date, parties)


def _resumed(spans: Sequence[Row], span: Row) -> bool:
    """Tell whether a span of force only goes on after a suspension."""
    return any(
        other["party"] == span["party"] and other["position"] == span["position"] - 1 and other["status"] == "suspended"
        for other in spans
    )


def _row(life: Life, line: Line) -> tuple[Any, ...]:
    event = line.event
    earliest, latest, _ = bounds(line.date)
    word, parties = _reached(life, line)
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
        word,
        parties,
        event["note"] if event else "follows from the terms",
        event["sources"] if event else [],
    )


def _reached(life: Life, line: Line) -> tuple[str | None, list[str]]:
    """Return the status of the instrument and of the parties that acted, once the event works."""
    event = line.event
    latest = bounds(line.date)[1] or OPEN
    if event is not None and event["kind"] in rules.RANKS:
        latest = causes.works(event, "notice_given")[1]
    if latest == OPEN:
        return _undated(life, event), []
    spans = life.spans if event is None or not event["provision"] else _of_provision(life, event["provision"])
    held = lifecycle.standings(spans, latest)
    parties = [f"{code} {_word(held[code])}" for code in line.parties if code in held]
    return _word(held[""]), parties


def _undated(life: Life, event: Record | None) -> str | None:
    """Return what an event on an unknown day leads to, never certain."""
    for span in life.spans:
        undated = span["party"] == "" and span["from_latest"] is None
        if undated and event is not None and causes.of_span(span, [event]):
            return f"{span['status']}?"
    return None


def _of_provision(life: Life, provision: str) -> list[lifecycle.Span]:
    return lifecycle.spans(
        lifecycle.of_provision(life.record["events"], provision),
        binding_status=life.record["binding_status"],
        parties=life.codes,
        terms=life.record["terms"],
    )


def _word(held: lifecycle.Standing) -> str:
    return held.status if held.certain else f"{held.status}?"


def _footer(lives: Sequence[Life]) -> Iterator[str]:
    events = [event for life in lives for event in life.record["events"]]
    unknown = sum(event["date"] is None for event in events)
    said = f"{len(events)} event{'' if len(events) == 1 else 's'}"
    yield f"{said}, {unknown} on an unknown day, placed where the life of an agreement puts them" if unknown else said
    if any(line.event is None for life in lives for line in _lines(life)):
        yield "by rule: follows from the terms, no event of it is recorded"
