"""The participation table of an agreement on a day, as depositaries show it (VCLT 77): one row a party."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from tracker.dates.day import OPEN, PartialDate, between
from tracker.dates.edtf import bounds, parse
from tracker.law.consents import acts_of, counted
from tracker.law.life import standing
from tracker.law.life import steps as rules
from tracker.law.life.standing import IN_FORCE, SpanRow, Standing
from tracker.law.parties import counts
from tracker.read.file.connection import Reader
from tracker.read.life.life import Life, edtf, filled, read, spoken, told
from tracker.read.lookup.memberships import existence
from tracker.record import kinds
from tracker.record.kinds import effective
from tracker.record.vocabulary import words
from tracker.table import Column, Page, Section, Table

if TYPE_CHECKING:  # making these classes costs a read two milliseconds
    from tracker.record.typed import Event


COLUMNS = (
    Column("party"),
    Column("name"),
    Column("entity"),
    Column("signature", "date"),
    Column("consent", "date"),
    Column("consent_kind"),
    Column("in_force", "date"),
    Column("computed", "flag"),
    Column("withdrawal", "date"),
    Column("status"),
    Column("certain", "flag"),
    Column("notes", "lines"),
)
SHOWN = (
    Column("party"),
    Column("signature", "date"),
    Column("consent", "date"),
    Column("in_force", "date"),
    Column("withdrawal", "date"),
    Column("status"),
    Column("notes", "lines"),
)
"""Columns for people, where rows fill them; '?' marks a status that is not certain."""
MANNERS = [kind for kind in kinds.KINDS if kind.letter]
"""Kinds of consent that are told by a letter after the day."""
STATEMENTS = (*kinds.STATEMENTS, *kinds.at(kinds.NOTICE, kinds.NOTICE_LIFTED))
"""Kinds of events that a participation table gives in notes (VCLT 19-23, 29, 65-68)."""


def page(reader: Reader, ref: str, as_of: str) -> Page:
    """Return the participation table, for people with fewer columns than for machines."""
    data = table(reader, ref, as_of)
    binding = reader.scalar("SELECT binding_status FROM agreements WHERE ref = :ref", {"ref": ref})
    return Page(data.title, _sections(data, binding), data, [*data.footer, *_legend(data)])


def _sections(data: Table, binding: str) -> Iterator[Section]:
    rows = []
    cells: Iterable[tuple[Any, ...]] = data.rows
    for row in cells:
        code, name, entity, signature, consent, kind, begun, computed, left, status, certain, notes = row
        whose = f"{name} ({code})" if name else code
        letter = kinds.row(kind).letter if kind else ""
        rows.append((
            f"{whose}: {entity}" if entity else whose, signature, f"{consent} {letter}".strip() if consent else None,
            f"{begun}*" if computed else begun, left, spoken(binding, status, certain=certain), notes,
        ))  # fmt: skip
    heading = words(binding)["in_force"]
    columns = [column.but(heading=heading) if column.name == "in_force" else column for column in SHOWN]
    kept = filled(columns, rows, ("party", "status"))
    yield Section(table=Table("parties", [columns[at] for at in kept], [tuple(row[at] for at in kept) for row in rows]))


def _legend(data: Table) -> Iterator[str]:
    used = {row["consent_kind"] for row in data.dicts()}
    said = [f"{kind.letter} {kind.noun}" for kind in MANNERS if kind.name in used]
    if said:
        yield f"consent: {', '.join(said)}"


def table(reader: Reader, ref: str, as_of: str) -> Table:
    """Return a row for each party that the record lists, and for each that acts in it without being listed.

    Dates are those of the last spell that had begun by the day. ``computed`` is true where the entry into force for a
    party follows from the rule for late joiners, false where it is recorded, null where there is none.
    """
    life = read(reader, ref, as_of)
    acting = _unlisted(life)
    spans: Sequence[SpanRow] = life.spans
    if acting:
        spans = [*life.spans, *_of_others(reader, life, acting)]
    held = standing.standings(spans, as_of)
    rows = [
        _row(life, code, held.get(code) or standing.standing((), as_of, code), reader, _entry(spans, code, as_of))
        for code in (*life.codes, *acting)
    ]
    said = words(life.record["binding_status"])
    return Table(
        report="parties",
        columns=[
            column.but(heading=said["entry_into_force"]) if column.name == "in_force" else column for column in COLUMNS
        ],
        rows=rows,
        title=f"{life.record['title']}: {said['parties']}",
        filters={"ref": ref},
        as_of=as_of,
        left_out=life.unknown,
        footer=list(_footer(life, rows, said)),
    )


def _of_others(reader: Reader, life: Life, codes: Sequence[str]) -> list[SpanRow]:
    """Return the spans of those who act without being listed; what ended the whole by rule ended it for them."""
    from tracker.law.life import lifecycle

    ended = [
        between(span["from_earliest"], span["from_latest"], uncertain=bool(span["uncertain"]))
        for span in life.spans
        if not span["party"] and span["status"] in kinds.ENDED_AS and not span["from_events"]
        and (span["from_earliest"] or span["from_latest"])
    ]  # fmt: skip
    around = lifecycle.Around(existence={**life.existence, **existence(reader, codes)}, wholes=ended)
    spans = lifecycle.of_record(life.record, others=codes, around=around)
    return [span for span in spans if span.party in codes]


def _unlisted(life: Life) -> list[str]:
    acting = [code for event in life.record["events"] for code in event["parties"]]
    return [code for code in dict.fromkeys(acting) if code not in life.codes]


def _entry(spans: Sequence[SpanRow], code: str, as_of: str) -> PartialDate | None:
    """Return the day from which the last spell of force that has begun by a day runs for a party."""
    begun = [
        span
        for span in spans
        if span["party"] == code and span["spell"] is not None and (span["spell_begins"] or "") <= as_of
    ]
    return parse(begun[-1]["spell_from"]) if begun and begun[-1]["spell_from"] else None


def _row(life: Life, code: str, held: Standing, reader: Reader, began: PartialDate | None) -> tuple[Any, ...]:
    listed = [party for party in life.record["parties"] if party["code"] == code]
    name = listed[0]["name"] if listed else reader.scalar("SELECT name FROM parties WHERE code = :code", {"code": code})
    inside = not listed or any(counts(party) for party in listed)
    events = [
        event
        for event in life.record["events"]
        if not event["provision"]
        and not event["toward"]
        and (code in event["parties"] or (inside and not event["parties"]))
        and _begun(event, life.as_of)
    ]
    spell = _last_spell(events, code)
    signature = _latest(spell, rules.SIGNED) or _latest(events, rules.SIGNED)
    bilateral = inside and life.has_two_sides
    own = spell if bilateral else [event for event in spell if code in event["parties"]]
    consent = _consent(own, life.as_of)
    withdrawal = _latest([event for event in events if code in event["parties"]], rules.WITHDRAWN)
    if held.status in ("consented", "signatory"):
        began = None
    return (
        code,
        name,
        "; ".join(party["entity"] for party in listed if party["entity"]) or None,
        signature and signature["date"],
        consent and consent["date"],
        consent and consent["kind"],
        edtf(began),
        None if began is None else not _recorded(life, code, began.edtf),
        withdrawal and effective(withdrawal),
        held.status,
        held.certain,
        [*_statements(life, code), *_remarks(life, code, held, spell, listed=bool(listed))],
    )


def _begun(event: Event, day: str) -> bool:
    earliest = bounds(event["date"] or event["effective_date"])[0]
    return earliest is None or earliest <= day


def _last_spell(events: Sequence[Event], code: str) -> list[Event]:
    """Return the acts since the last withdrawal that a consent followed: a return is a new spell."""
    left = [
        bounds(event["date"])[1] or OPEN
        for event in events
        if kinds.stage(event["kind"]) == rules.WITHDRAWN and code in event["parties"] and event["date"]
    ]
    again = [day for day in left if any(_consents(event, day) for event in events)]
    if not again:
        return list(events)
    return [event for event in events if event["date"] and (bounds(event["date"])[0] or "") >= max(again)]


def _consents(event: Event, after: str) -> bool:
    consents = kinds.stage(event["kind"]) in (rules.CONSENTED, rules.ENTERED) and event["parties"]
    return bool(consents and event["date"] and (bounds(event["date"])[0] or "") >= after)


def _latest(events: Sequence[Event], rank: int) -> Event | None:
    """Return the last dated event of a rank, else one without a day."""
    found = [event for event in events if kinds.stage(event["kind"]) == rank]
    dated = sorted((event for event in found if event["date"]), key=lambda event: bounds(event["date"])[1] or OPEN)
    return dated[-1] if dated else (found[-1] if found else None)


def _consent(events: Sequence[Event], as_of: str) -> Event | None:
    """Return the event that established the consent of a party, of those of its spell."""
    acts = acts_of(events, kinds.CONSENTS, as_of)
    if not acts:
        return None
    event = counted(acts).event
    return next(one for one in events if one["id"] == event)


def _recorded(life: Life, code: str, date: str) -> bool:
    return any(
        kinds.stage(event["kind"]) == rules.ENTERED
        and (not event["parties"] or code in event["parties"])
        and date in (event["effective_date"], event["date"])
        for event in life.record["events"]
    )


def _statements(life: Life, code: str) -> Iterator[str]:
    for event in life.record["events"]:
        own = code in event["parties"] and (event["kind"] in STATEMENTS or event["toward"])
        if (own or code in event["toward"]) and _begun(event, life.as_of):
            yield f"{told(event)}: {event['note']}" if event["note"] else told(event)


def _remarks(life: Life, code: str, held: Standing, spell: Sequence[Event], *, listed: bool) -> Iterator[str]:
    """Yield what the columns cannot say: earlier spells, unknown days, who never acted or was never bound."""
    events = life.record["events"]
    kept = [event["id"] for event in spell]
    earlier = [
        event
        for event in events
        if code in event["parties"] and event["id"] not in kept and not event["toward"] and _begun(event, life.as_of)
        and kinds.stage(event["kind"]) >= rules.CONSENTED and event["kind"] not in STATEMENTS
    ]  # fmt: skip
    said = [*_spells_before(life, code, held), *(told(event) for event in earlier)]
    if said:
        yield "earlier: " + "; ".join(said)
    for event in events:
        if kinds.stage(event["kind"]) == rules.WITHDRAWN and code in event["parties"] and event["date"] is None:
            yield "withdrawn, day unknown"
    in_force = life.record["derived"]["in_force_from"]
    if held.status == "signatory" and in_force and life.record["derived"]["status"] in IN_FORCE:
        later = any(kinds.stage(event["kind"]) == rules.CONSENTED and code in event["parties"] for event in events)
        bound = "bound" if life.record["binding_status"] != "non_binding" else "taking part"
        if held.certain:
            yield f"signed, not {bound} on that day" if later else f"signed, never {bound}"
    if held.status == "listed" and not any(code in event["parties"] or not event["parties"] for event in events):
        yield "listed, never acted"
    if not listed:
        yield "acts, but is not listed among the parties of the record"


def _spells_before(life: Life, code: str, held: Standing) -> Iterator[str]:
    """Yield the spells of force that a withdrawal ended before the one that holds."""
    mine = [span for span in life.spans if span["party"] == code]
    for span, following in pairwise(mine):
        left = following["status"] == "withdrawn" and span["until_date"] and held.status != "withdrawn"
        if span["status"] == "in_force" and left and (following["from_earliest"] or "") <= life.as_of:
            word = words(life.record["binding_status"])["in_force"]
            yield f"{word} {span['from_date'] or '(day unknown)'} to {span['until_date']}"


def _footer(life: Life, rows: Sequence[tuple[Any, ...]], said: dict[str, str]) -> Iterator[str]:
    binding = life.record["binding_status"]
    counts = Counter(spoken(binding, row[9], certain=row[10]) for row in rows)
    parts = ", ".join(f"{number} {status}" for status, number in counts.most_common())
    yield (
        f"{len(rows)} {said['parties'] if len(rows) != 1 else said['party']}: {parts}; as of {life.as_of}"
        if rows
        else (f"no {said['party']} is recorded; as of {life.as_of}")
    )
    for left in life.unknown:
        yield f"not in these rows: {left.reason}"
    if any(row[7] for row in rows):
        late = life.record["terms"]["entry_into_force"]
        period = f" + {late['late_joiners']}" if late and late["late_joiners"] else ""
        entry = words(binding)["entry_into_force"]
        law = "" if binding == "non_binding" else " (VCLT 24(3))"
        yield f"* computed: own consent{period}, not before the {entry} of the instrument{law}"
