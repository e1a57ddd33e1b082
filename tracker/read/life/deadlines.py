"""``due``: what falls due from a day on, over the agreements of a selection, sorted by day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from tracker.dates.day import passed
from tracker.law.due.courses import NOT_RECORDED
from tracker.law.due.deadlines import ALIVE, deadlines
from tracker.law.due.items import KINDS, STALE_PROMISE, UNRATIFIED, Deadline
from tracker.law.due.reach import Told, may_fall_due
from tracker.law.due.unfinished import unfinished
from tracker.law.successors import Existence
from tracker.read.file.connection import Reader
from tracker.read.file.sorting_apart import SortedRows
from tracker.read.life.life import SPANS
from tracker.read.lists import proofs
from tracker.read.lists.listing import footer
from tracker.read.lookup.memberships import existence
from tracker.read.query import standings
from tracker.read.query.selection import Selection
from tracker.read.records import agreements
from tracker.record import kinds
from tracker.table import Column, LeftOut, Page, Section, Table
from tracker.text.jsons import loads

if TYPE_CHECKING:  # making these classes costs a read two milliseconds
    from tracker.record.typed import Agreement


PARTS = (
    *("title", "short_title", "binding_status", "parties", "evidence", "events", "terms", "open_questions"),
    "derived",
)
LOOKING_BACK = (STALE_PROMISE, UNRATIFIED)

COLUMNS = (
    Column("date", "date"),
    Column("earliest", "date"),
    Column("latest", "date"),
    Column("kind"),
    Column("what", weight=9, least=24),
    Column("ref", "code", weight=9),
    Column("title"),
    Column("whose", "list"),
    Column("rule", heading="how it is counted"),
    Column("certain", "flag"),
    Column("id"),
)
SHOWN = ("date", "what", "ref", "whose", "rule", "certain")
"""Columns for people."""

_COUNTED = " OR ".join(
    f"json_extract(n.value, '$.{key}') IS NOT NULL" for key in ("earliest", "after_entry", "after_first_entry")
)
IS_GOING_ON = (
    f"({standings.on(':from_day', standings.STATUS)} NOT IN ({kinds.quoted(kinds.OVER)})"
    " OR json_extract(a.terms, '$.survival') IS NOT NULL)"
)
"""It is not over on the day, or something survives its end: nothing else of what is over falls due."""

_DAY = "CASE WHEN e.effective_date IS NULL THEN e.date_{0} ELSE e.effective_{0} END"
_ENTERS = f"+e.kind IN ({kinds.quoted(kinds.at(kinds.ENTERED))})"
_TO_COME = kinds.which(lambda kind: kind.stage == kinds.ENTERED or kind.stage >= kinds.WITHDRAWN)
MAY_ENTER = (
    "(EXISTS (SELECT 1 FROM spans AS s WHERE s.agreement_id = a.id"
    f" AND +s.status IN ({kinds.quoted(ALIVE)}) AND ifnull(s.from_latest, '~') >= :from_day)"
    " OR EXISTS (SELECT 1 FROM events AS e WHERE e.agreement_id = a.id AND (ifnull(e.date_latest, '~') >= :from_day"
    " OR (e.effective_date IS NOT NULL AND ifnull(e.effective_latest, '~') >= :from_day)"
    f" OR ({_ENTERS} AND EXISTS (SELECT 1 FROM event_parties AS p"
    " WHERE p.agreement_id = e.agreement_id AND p.number = e.number)))))"
)
"""An entry that follows from its terms may lie ahead: its spans hold it, unless what is to come changes it, or unless
only entries of single parties are recorded, beside which none of the whole is counted there.
"""
BY_MORE = (
    "(json_extract(a.terms, '$.survival') IS NOT NULL"
    f" OR EXISTS (SELECT 1 FROM json_each(a.terms, '$.notices') AS n WHERE {_COUNTED})"
    f" OR (json_extract(a.terms, '$.entry_into_force') IS NOT NULL AND {MAY_ENTER}))"
)
"""Its terms name a day to come beside the end of what they run for."""
RUNNING = f"a.terms <> '{{}}' AND (json_extract(a.terms, '$.duration.kind') <> 'indefinite' OR {BY_MORE})"
"""Its terms name a day to come: a term without end does not, nor a notice that is counted back from no end."""

AHEAD = (
    "EXISTS (SELECT 1 FROM events AS e WHERE e.agreement_id = a.id AND coalesce(e.effective_date, e.date) IS NOT NULL"
    f" AND +e.kind IN ({kinds.quoted(_TO_COME)})"
    f" AND ifnull({_DAY.format('latest')}, '~') >= :from_day"
    f" AND (:horizon IS NULL OR ifnull({_DAY.format('earliest')}, '') <= :horizon))"
)
"""An entry or an end is recorded for a day in the time asked for."""
RELATED = (
    "EXISTS (SELECT 1 FROM relations AS r WHERE r.agreement_id = a.id"
    " AND (r.dependent OR +r.type IN ('amends', 'extends')))"
    " OR EXISTS (SELECT 1 FROM relations AS r WHERE r.target = a.ref AND +r.type = 'supersedes')"
)
"""Another agreement may end it."""
ENDED_BY_OTHERS = (
    f"json_extract(a.terms, '$.duration') IS NULL AND ({RELATED}) AND EXISTS (SELECT 1 FROM spans AS s"
    f" WHERE s.agreement_id = a.id AND s.from_events IS NULL"
    f" AND +s.status IN ({kinds.quoted((*kinds.ENDED_AS, 'withdrawn'))})"
    " AND ifnull(s.from_latest, '~') >= :from_day"
    " AND (:horizon IS NULL OR ifnull(s.from_earliest, '') <= :horizon))"
)
"""Another agreement ends it in the time asked for, for all or for one: no event of its own does, and no term."""
HAPPENED = "EXISTS (SELECT 1 FROM events AS e WHERE e.agreement_id = a.id AND +e.kind IN ({}))"
"""The plus keeps SQLite from looking through all events of the kind for each agreement."""
NOTIFIED = HAPPENED.format(kinds.quoted(kinds.NOTICES))
PROMISED = HAPPENED.format(kinds.quoted(kinds.ANNOUNCEMENTS))
ENTRIES = (
    f"(SELECT json_group_array(json_array({_DAY.format('earliest')}, {_DAY.format('latest')}))"
    f" FROM events AS e WHERE e.agreement_id = a.id AND {_ENTERS} AND coalesce(e.effective_date, e.date) IS NOT NULL)"
)
BEGINNINGS = (
    "(SELECT json_group_array(json_array(s.from_earliest, s.from_latest)) FROM spans AS s"
    f" WHERE s.agreement_id = a.id AND +s.status IN ({kinds.quoted(ALIVE)}))"
)
"""From which days its term may be counted: its recorded entries, and when it or a party began to be bound."""
OF_THE_WHOLE = (
    f"EXISTS (SELECT 1 FROM events AS e WHERE e.agreement_id = a.id AND {_ENTERS} AND e.provision IS NULL"
    " AND e.toward = '[]' AND coalesce(e.effective_date, e.date) IS NOT NULL"
    " AND NOT EXISTS (SELECT 1 FROM event_parties AS p WHERE p.agreement_id = e.agreement_id AND p.number = e.number))"
)
"""A day is recorded on which the whole entered into force."""
PROLONGED = HAPPENED.format(kinds.quoted(kinds.PROLONGATIONS))
TERM = (
    "CASE WHEN json_extract(a.terms, '$.duration.until') IS NOT NULL"
    f" THEN json_array(json(a.terms), json('[]'), json('[]'), 0, {PROLONGED})"
    f" ELSE json_array(json(a.terms), json({ENTRIES}), json({BEGINNINGS}), {OF_THE_WHOLE} AND NOT ({RELATED}), 0) END"
)
"""What ``law.due.reach`` wants to know; where the last day of the term is recorded, no matter when it began."""
SIGNED = (
    "EXISTS (SELECT 1 FROM spans AS s WHERE s.agreement_id = a.id AND s.status IN ('signatory', 'provisional')"
    f" AND {standings.on(':from_day', standings.POSSIBLY)})"
)


class Question(NamedTuple):
    """What is asked: kinds, the last day looked at (None = open), and how old what is unfinished must be."""

    kinds: Sequence[str] = KINDS
    horizon: str | None = None
    before: str | None = None
    """The last day on which an unfinished thing may have begun."""

    def describe(self) -> dict[str, Any]:
        """Return what was asked as the envelope shows it."""
        said: dict[str, Any] = {} if tuple(self.kinds) == KINDS else {"kind": list(self.kinds)}
        if self.horizon is not None:
            said["until"] = self.horizon
        if self.before is not None:
            said["begun_by"] = self.before
        return said


class Due(NamedTuple):
    """A deadline with its agreement, and whether it certainly falls into the time asked for."""

    deadline: Deadline
    ref: str
    title: str
    certain: bool

    def cells(self) -> tuple[Any, ...]:
        """Return the cells of ``COLUMNS``."""
        item = self.deadline
        date = item.date
        return (
            date.edtf, date.earliest, date.latest, item.kind, item.what, self.ref, self.title, list(item.whose),
            item.rule, self.certain, f"{self.ref}.{item.item}",
        )  # fmt: skip


class Tally:
    """How much was found, counted as it is found, and how many agreements could not be placed for which reason."""

    def __init__(self) -> None:
        self.doubtful = 0
        """How much does not certainly fall into the time asked for."""
        self.reasons: Counter[str] = Counter()


def page(reader: Reader, selection: Selection, question: Question) -> Page:
    """Return what falls due, for people with fewer columns than for machines; it waits in a file where it is much."""
    tally = Tally()
    rows = SortedRows((_place(due), due.cells()) for due in _found(reader, selection, question, tally))
    if set(question.kinds) - {*LOOKING_BACK, "entry", "survival"}:
        tally.reasons[NOT_RECORDED] += _without_terms(reader, selection)
    reasons = [LeftOut(reason, number) for reason, number in sorted(tally.reasons.items()) if number]
    left_out = [*selection.left_out(reader), *reasons]
    as_of = selection.filters.as_of
    filters = {**selection.describe(), **question.describe()}
    table = Table("due", COLUMNS, rows, "Deadlines", filters, as_of, left_out)
    lines = [
        *_footer(reader, selection, question, (len(rows), tally.doubtful)),
        *(f"left out: {out.number} ({out.reason})" for out in left_out),
    ]
    return Page(None, _sections(table), table, lines, proof=proofs.proof(reader, selection))


def _place(due: Due) -> tuple[str, str, str]:
    """Return what deadlines are sorted by: the day, the agreement, the item in it."""
    date = due.deadline.date
    return date.earliest or date.latest or "", due.ref, due.deadline.item


def _sections(table: Table) -> Iterator[Section]:
    at = [number for number, column in enumerate(COLUMNS) if column.name in SHOWN]
    rows = (tuple(row[number] for number in at) for row in table.rows)
    yield Section(table=Table("due", [COLUMNS[number] for number in at], rows, folded=False))


def _footer(reader: Reader, selection: Selection, question: Question, found: tuple[int, int]) -> Iterator[str]:
    until = f" to {question.horizon}" if question.horizon else ""
    number, doubtful = found
    said = f"{number} due from {selection.filters.as_of}{until}"
    yield said + (f", {doubtful} of them not certain" if doubtful else "")
    for line in footer(reader, selection):
        if not line.startswith("left out"):
            yield f"looked at {line}"


def _found(reader: Reader, selection: Selection, question: Question, tally: Tally) -> Iterator[Due]:
    """Yield what falls due, agreement by agreement, and count it."""
    as_of = selection.filters.as_of
    lives = existence(reader)
    for record in _records(reader, selection, question):
        items, why = _of(reader, (record, lives), as_of, question)
        for item in items:
            due = Due(item, record["ref"], record["short_title"] or record["title"], _certain(item, as_of, question))
            if due.certain or not selection.filters.certain:
                tally.doubtful += not due.certain
                yield due
        if not items:
            tally.reasons.update(set(why))


def _records(reader: Reader, selection: Selection, question: Question) -> Iterator[Agreement]:
    """Yield the agreements of the selection that may have something due, in order of their refs."""
    conditions = []
    if {*question.kinds} - {*LOOKING_BACK}:
        conditions += [f"{RUNNING} AND {BY_MORE}", AHEAD, NOTIFIED, ENDED_BY_OTHERS]
    conditions += [PROMISED] if STALE_PROMISE in question.kinds else []
    conditions += [SIGNED] if UNRATIFIED in question.kinds else []
    anyhow = f"({') OR ('.join(conditions)})"
    running = RUNNING if {*question.kinds} - {*LOOKING_BACK} else "0"
    sql = (
        f"SELECT a.id, CASE WHEN {anyhow} THEN NULL ELSE {TERM} END FROM {selection.source(reader)}"
        f" WHERE ({selection.condition}) AND (({running}) OR {anyhow}) AND {IS_GOING_ON} ORDER BY a.ref"
    )
    as_of = selection.filters.as_of
    binds = {**selection.binds, "from_day": as_of, "horizon": question.horizon}
    found = (row for rows in reader.pages(sql, binds, 1000) for row in rows)
    ids = (row for row in found if row[1] is None or _may_fall_due(row[1], as_of, question))
    for rows in agreements.paged(ids):
        records = agreements.assemble(reader, [(row[0], None) for row in rows], as_of=as_of, parts=PARTS)
        yield from cast("list[Agreement]", records)


def _may_fall_due(stored: str, as_of: str, question: Question) -> bool:
    terms, entries, beginnings, is_entered, is_prolonged = loads(stored)
    begun = {(earliest, latest) for earliest, latest in (*entries, *beginnings)}
    return may_fall_due(Told(terms, begun, bool(is_entered), bool(is_prolonged)), as_of, question.horizon)


def _of(
    reader: Reader, known: tuple[Agreement, Existence], as_of: str, question: Question
) -> tuple[list[Deadline], list[str]]:
    record, lives = known
    ahead = deadlines(record, as_of, question.horizon, lambda: reader.rows(SPANS, {"ref": record["ref"]}), lives)
    back = unfinished(record, as_of, question.kinds)
    horizon, before = question.horizon, question.before
    items = [
        item
        for item in ahead.found
        if item.kind in question.kinds
        and not (horizon is not None and item.date.earliest is not None and item.date.earliest > horizon)
    ]
    items += [
        item for item in back.found if before is None or item.date.earliest is None or item.date.earliest <= before
    ]
    # Agreements without any duration are counted in SQL, together with those that were not read here.
    reasons = [reason for reason in ahead.reasons if reason != NOT_RECORDED] if _asks_terms(question) else []
    return items, reasons + back.reasons


def _asks_terms(question: Question) -> bool:
    return bool({*question.kinds} - {*LOOKING_BACK, "entry"})


def _certain(item: Deadline, as_of: str, question: Question) -> bool:
    """Tell whether a deadline certainly falls into the time asked for."""
    earliest, latest = item.date.earliest, item.date.latest
    if item.kind in LOOKING_BACK:
        limit = question.before or as_of
        return item.certain and latest is not None and latest <= limit
    inside = earliest is not None and earliest >= as_of and not passed(item.date, as_of)
    return item.certain and inside and (question.horizon is None or (latest is not None and latest <= question.horizon))


def _without_terms(reader: Reader, selection: Selection) -> int:
    """Count the agreements of the selection, not ended on the day, of whose duration nothing is recorded."""
    sql = (
        f"SELECT count(*) FROM {selection.source(reader)} WHERE ({selection.condition})"
        " AND json_extract(a.terms, '$.duration') IS NULL AND NOT EXISTS (SELECT 1 FROM spans AS s"
        f" WHERE {standings.STAGE} AND s.status IN ({kinds.quoted(kinds.OVER)})"
        f" AND {standings.on(':from_day', standings.BEGUN)}"
        f" AND {standings.on(':from_day', standings.POSSIBLY)})"
    )
    return int(reader.scalar(sql, {**selection.binds, "from_day": selection.filters.as_of}) or 0)
