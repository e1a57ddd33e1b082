"""The status of agreements, of their provisions and of each party on a day, and the events that make it so."""

from collections.abc import Iterator, Sequence
from typing import Any

from tracker.domain import lifecycle
from tracker.domain.standing import IN_FORCE
from tracker.domain.vocabulary import words
from tracker.read.connection import Reader
from tracker.read.life import Life, chosen, edtf, read, told
from tracker.table import Column, Table

COLUMNS = (
    Column("ref"),
    Column("scope"),
    Column("name"),
    Column("status"),
    Column("certain", "flag"),
    Column("from", "date"),
    Column("until", "date"),
    Column("flags", "list"),
    Column("because", "lines"),
)


def table(reader: Reader, refs: Sequence[str], as_of: str, parties: Sequence[str] | None = None) -> Table:
    """Return a row for each instrument, each provision with a life of its own and each party.

    ``scope`` is ``instrument``, ``provision`` or ``party``; ``name`` the provision or the party's code. With
    ``parties`` (names in any form) only these are shown. ``from`` and ``until`` are those of the spell of force.
    """
    lives = [read(reader, ref, as_of) for ref in refs]
    codes = chosen(reader, lives, parties)
    filters: dict[str, Any] = {"refs": list(refs)}
    if codes:
        filters["party"] = codes
    return Table(
        report="status",
        columns=COLUMNS,
        rows=[row for life in lives for row in _rows(life, codes)],
        title=f"{lives[0].record['title']}: status" if len(lives) == 1 else "Status",
        filters=filters,
        as_of=as_of,
        footer=list(_footer(lives, as_of)),
    )


def _rows(life: Life, codes: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    ref, now = life.record["ref"], life.standings()
    if not codes:
        instrument = now[""]
        because = life.because("", certain=instrument.certain)
        flags = life.record["derived"]["flags"]
        yield ref, "instrument", None, *_standing(instrument), flags, because or _by_rule(life, "")
        yield from _provisions(life)
    for code in codes or life.codes:
        held = now.get(code) or lifecycle.standing((), life.as_of, code)
        because = life.because(code, certain=held.certain)
        yield ref, "party", code, *_standing(held), [], because or _by_rule(life, code)


def _standing(held: lifecycle.Standing) -> tuple[str, bool, str | None, str | None]:
    return held.status, held.certain, edtf(held.from_), edtf(held.until)


def _provisions(life: Life) -> Iterator[tuple[Any, ...]]:
    events = life.record["events"]
    for provision in dict.fromkeys(event["provision"] for event in events if event["provision"]):
        spans = lifecycle.spans(
            lifecycle.of_provision(events, provision),
            binding_status=life.record["binding_status"],
            parties=life.codes,
            terms=life.record["terms"],
        )
        because = [told(event) for event in events if event["provision"] == provision]
        held = lifecycle.standing(spans, life.as_of)
        yield life.record["ref"], "provision", provision, *_standing(held), lifecycle.flags(spans, life.as_of), because


def _by_rule(life: Life, party: str) -> list[str]:
    """Say which rule of the terms made a standing that no event makes."""
    held = life.standings().get(party)
    terms = life.record["terms"]
    if held is None:
        return []
    if party and held.status in IN_FORCE and terms["entry_into_force"] and terms["entry_into_force"]["late_joiners"]:
        consent = [event for event in life.record["events"] if party in event["parties"]]
        period = terms["entry_into_force"]["late_joiners"]
        return [*(told(event) for event in consent), f"terms.entry_into_force.late_joiners {period}"]
    if held.status in ("expired", "listed") and terms["duration"] and held.until:
        return [f"terms.duration until {held.until.edtf}"]
    return []


def _footer(lives: Sequence[Life], as_of: str) -> Iterator[str]:
    yield f"as of {as_of}"
    for life in lives:
        derived = life.record["derived"]
        if not derived["status_certain"]:
            yield f"{life.record['ref']}: not certain on that day; the events named may have happened by then, or not"
        if "no_end_recorded" in derived["flags"]:
            word = words(life.record["binding_status"])["in_force"]
            yield f"{life.record['ref']}: {word}, and no end is recorded, which is no proof that there is none"
