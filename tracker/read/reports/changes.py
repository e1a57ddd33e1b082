"""``report changes``: what happened in the world in a span of time, and where each agreement stood before and after.

What was changed in the register in that time is another question: ``tracker diff``.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from json import dumps
from sqlite3 import Row
from typing import NamedTuple

from tracker.dates import ranges
from tracker.dates.day import DateError
from tracker.errors import InvalidValue
from tracker.law.life.standing import SPAN_FLAGS
from tracker.read.counting.dimensions import STANDING
from tracker.read.file.connection import Bindings, Reader, StoredRow
from tracker.read.lists import proofs
from tracker.read.lists.listing import footer
from tracker.read.query import standings
from tracker.read.query.selection import Selection
from tracker.read.reports import ReportRequest
from tracker.table import Column, LeftOut, Page, Section, Table

COLUMNS = (
    *(
        Column("date", "date"),
        Column("ref", "code"),
        Column("title"),
        Column("event", weight=9),
        Column("parties", "list"),
    ),
    *(Column("certain", "flag"), Column("before"), Column("after"), Column("effect", "list", weight=8, least=16)),
)
UNSEEN = ("title", "before", "after")
"""Columns for machines only; people read the effect of each event."""

STAGE_ENDS = ("from_earliest", "from_latest", "until_earliest", "until_latest")
PASSED = f"({' OR '.join(f's.{end} > :eve AND s.{end} <= :last' for end in STAGE_ENDS)})"
"""A stage may have begun or ended in the span: else the status is the same on its eve and on its last day."""

BEFORE, AFTER = STANDING.replace(":day", ":eve"), STANDING.replace(":day", ":last")

SPANS = (
    "SELECT agreement_id, party, status, uncertain, from_events FROM spans"
    " WHERE agreement_id IN (SELECT value FROM json_each(:ids)) ORDER BY agreement_id, party, position"
)


class Effect(NamedTuple):
    """A change of status that an event made on its own day; ``party`` '' is the instrument."""

    party: str
    before: str
    after: str
    certain: bool

    @property
    def moves(self) -> bool:
        """Whether the status of the instrument is another one after it."""
        return not self.party and self.after not in SPAN_FLAGS

    def __str__(self) -> str:
        """Say it in a line: ``USA consented, then in_force``."""
        after = self.after if self.certain else f"{self.after}?"
        change = f"{self.before}, then {after}" if self.before else after
        return f"{self.party} {change}" if self.party else change


Effects = Mapping[tuple[int, str], list[Effect]]
"""Effects by agreement and id of the event."""


class Happening(NamedTuple):
    """An event, or a change of status by rule, with where the agreement stood before and after."""

    date: str | None
    ref: str
    title: str
    event: str
    parties: list[str]
    certain: bool
    before: str
    after: str
    effect: list[str]
    """What it did itself: the status that it began, of the instrument and of the parties that acted."""

    @property
    def in_time(self) -> tuple[bool, str, str]:
        """The order of time; what has no day comes last."""
        return self.date is None, (self.date or "").removeprefix("../"), self.ref


class Standing(NamedTuple):
    """An agreement, and its status at both ends of the span."""

    ref: str
    title: str
    before: str
    after: str


def table(reader: Reader, selection: Selection, asked: ReportRequest) -> Page:
    """Return a row an event that may lie in the span, in time; a change of status without an event has a row too.

    ``before`` is the status on the eve of the span, ``after`` that on its last day; an event counts from the day on
    which it works. ``effect`` is what the event did by itself.
    """
    first, last = _span(asked.during, selection.filters.as_of)
    eve = (date.fromisoformat(first) - timedelta(days=1)).isoformat()
    ends = {"eve": eve, "last": last}
    events = _events(reader, selection, (first, last))
    others = _moved(reader, selection, ends)
    stood = _standings(reader, [*(agreement for agreement, *_ in events), *others], ends)
    rows, by_events = _happenings(reader, events, stood)
    rows += [_by_rule(stood[agreement]) for agreement in others if stood[agreement].ref not in by_events]
    rows.sort(key=lambda row: row.in_time)
    undated = _undated(reader, selection)
    left_out = selection.left_out(reader) + ([LeftOut("events on an unknown day", undated)] if undated else [])
    data = Table(
        report="changes",
        columns=COLUMNS,
        rows=rows,
        filters={**selection.describe(), "during": f"{first}/{last}"},
        as_of=selection.filters.as_of,
        left_out=left_out,
    )
    footer = _footer(reader, selection, rows, left_out)
    title = f"What happened from {first} to {last}"
    return Page(title, [Section(table=_for_people(rows))], data, footer, proof=proofs.proof(reader, selection))


def _by_rule(stood: Standing) -> Happening:
    effect = [f"{stood.before}, then {stood.after}"]
    return Happening(
        None, stood.ref, stood.title, "by rule", [], certain=True, before=stood.before, after=stood.after, effect=effect
    )


def _for_people(rows: list[Happening]) -> Table:
    """The rows without what the ref says already, and without the parties where no event names any."""
    kept = [
        at
        for at, column in enumerate(COLUMNS)
        if column.name not in UNSEEN and (column.name != "parties" or any(row.parties for row in rows))
    ]
    return Table("changes", [COLUMNS[at] for at in kept], [tuple(row[at] for at in kept) for row in rows], folded=False)


def _span(text: str | None, today: str) -> tuple[str, str]:
    """Return the first and last day of ``--during``: by default the year that ends on the day asked for."""
    try:
        span = ranges.parse_range(text or "-1y..today", today)
    except DateError as error:
        raise InvalidValue(f"--during {text!r}: expected a span such as 2024, 2024-03 or 2023..2024") from error
    if span.first is None:
        raise InvalidValue(f"--during {text!r}: when does it begin? Such as 2024, or 2023-07-01..2024-06-30")
    return span.first, span.last or today


def _moved(reader: Reader, selection: Selection, ends: Bindings) -> list[int]:
    """Return the agreements whose status is another one after the span."""
    sql = (
        f"SELECT a.id FROM {selection.source(reader)} WHERE ({selection.condition})"
        f" AND EXISTS (SELECT 1 FROM spans AS s WHERE {standings.STAGE} AND {PASSED}) AND {BEFORE} <> {AFTER}"
    )
    return [agreement for (agreement,) in reader.tuples(sql, {**selection.binds, **ends})]


def _standings(reader: Reader, agreements: Iterable[int], ends: Bindings) -> dict[int, Standing]:
    """Return where agreements stood at both ends of the span."""
    sql = (
        f"SELECT a.id, a.ref, coalesce(a.short_title, a.title), {BEFORE}, {AFTER}"
        " FROM json_each(:ids) AS d CROSS JOIN agreements AS a ON a.id = d.value"
    )
    rows = reader.tuples(sql, {**ends, "ids": dumps(sorted(set(agreements)))})
    return {agreement: Standing(*standing) for agreement, *standing in rows}


def _events(reader: Reader, selection: Selection, span: tuple[str, str]) -> list[StoredRow]:
    """Return the events that may lie in the span; those of one day stay in the order of their numbers."""
    begins = "CASE WHEN e.effective_date IS NULL THEN e.date_earliest ELSE e.effective_earliest END"
    ends = "CASE WHEN e.effective_date IS NULL THEN e.date_latest ELSE e.effective_latest END"
    sql = (
        "SELECT e.agreement_id, 'e' || e.number, coalesce(e.effective_date, e.date), coalesce(e.kind_raw, e.kind),"
        " (SELECT group_concat(code, ' ') FROM (SELECT p.code FROM event_parties AS p"
        " WHERE p.agreement_id = e.agreement_id AND p.number = e.number ORDER BY p.position)),"
        f" e.date_uncertain = 0 AND {begins} >= :first AND {ends} <= :last"
        f" FROM {selection.children(reader, 'event', 'e')}"
        f" WHERE ({selection.condition}) AND coalesce(e.effective_date, e.date) IS NOT NULL"
        f" AND ifnull({begins} <= :last, 1) AND ifnull({ends} >= :first, 1) ORDER BY e.agreement_id, e.number"
    )
    return reader.tuples(sql, {**selection.binds, "first": span[0], "last": span[1]})


def _happenings(
    reader: Reader, events: Sequence[StoredRow], stood: Mapping[int, Standing]
) -> tuple[list[Happening], set[str]]:
    """Return a row an event, and the refs of the agreements whose own status any of them moved."""
    made = _effects_of(reader, (agreement for agreement, *_ in events))
    rows, moved = [], set()
    for agreement, number, day, kind, codes, certain in events:
        one = stood[agreement]
        parties = codes.split(" ") if codes else []
        own = [effect for effect in made.get((agreement, number), ()) if not effect.party or effect.party in parties]
        if any(effect.moves for effect in own):
            moved.add(one.ref)
        event, effect = kind.replace("_", " "), [str(one) for one in own]
        rows.append(Happening(day, one.ref, one.title, event, parties, bool(certain), *one[2:], effect))
    return rows, moved


def _undated(reader: Reader, selection: Selection) -> int:
    sql = (
        f"SELECT count(*) FROM {selection.children(reader, 'event', 'e')}"
        f" WHERE ({selection.condition}) AND e.date IS NULL AND e.effective_date IS NULL"
    )
    return int(reader.scalar(sql, selection.binds))


def _footer(reader: Reader, selection: Selection, rows: list[Happening], left_out: list[LeftOut]) -> Iterator[str]:
    changed = len({row.ref for row in rows if row.before != row.after})
    yield f"{len(rows)} happenings in {len({row.ref for row in rows})} agreements, of which {changed} changed status"
    yield next(iter(footer(reader, selection)))
    yield from (f"left out: {item.number} ({item.reason})" for item in left_out)
    yield "what was changed in the register itself: tracker diff"


def _effects_of(reader: Reader, agreements: Iterable[int]) -> Effects:
    """Return what the events of these agreements did; what a rule did is no effect of an event."""
    made: dict[tuple[int, str], list[Effect]] = defaultdict(list)
    before: Row | None = None
    for span in reader.iterate(SPANS, {"ids": dumps(sorted(set(agreements)))}):
        flag = span["status"] in SPAN_FLAGS
        follows = before is not None and before["agreement_id"] == span["agreement_id"] and not flag
        last = before["status"] if before is not None and follows and before["party"] == span["party"] else ""
        effect = Effect(span["party"], last, span["status"], not span["uncertain"])
        for event in (span["from_events"] or "").split():
            made[span["agreement_id"], event].append(effect)
        before = before if flag else span
    return made
