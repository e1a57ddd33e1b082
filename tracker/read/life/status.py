"""The status of agreements, of their provisions and of each party on a day, and the events that make it so."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from json import dumps
from typing import Any, NamedTuple

from tracker.dates.day import PartialDate, beyond, passed
from tracker.dates.edtf import parse
from tracker.errors import NotFound
from tracker.law.life import standing
from tracker.law.life.standing import IN_FORCE, SPAN_FLAGS, SpanRow
from tracker.read.file.connection import Reader
from tracker.read.life.life import Life, chosen, edtf, filled, id_last, read, spoken, told, vacated
from tracker.read.lookup import names
from tracker.record import kinds
from tracker.record.vocabulary import words
from tracker.table import Column, Page, Section, Table

COLUMNS = (
    Column("ref"),
    Column("scope"),
    Column("name"),
    Column("status"),
    Column("certain", "flag"),
    Column("possible", "list"),
    Column("from", "date"),
    Column("until", "date"),
    Column("flags", "list"),
    Column("possible_flags", "list"),
    Column("because", "lines"),
)
SHOWN = (
    Column("ref"),
    Column("of"),
    Column("status"),
    Column("from", "date"),
    Column("until", "date"),
    Column("because", "lines"),
)
"""Columns for people, where rows fill them; '?' marks a status, or a flag, that is not certain."""

Row = tuple[Any, ...]


class Asked(NamedTuple):
    """Whose status is asked for, by any of their names, and in relation to whom; None = of all, in general."""

    parties: Sequence[str] | None = None
    toward: str | None = None


GENERAL = Asked()


def page(reader: Reader, refs: Sequence[str], as_of: str, asked: Asked = GENERAL) -> Page:
    """Return the status of agreements, for people with fewer columns than for machines."""
    data = table(reader, refs, as_of, asked)
    return Page(data.title, _sections(reader, data, len(refs)), data, data.footer, whole=True)


def _sections(reader: Reader, data: Table, agreements: int) -> Iterator[Section]:
    rows = []
    cells: list[tuple[Any, ...]] = list(data.rows)
    called = _names(reader, {row[2] for row in cells if row[1] == "party"})
    for row in cells:
        ref, _, name, status, certain, _, begin, until, flags, maybe, because = row
        binding = reader.scalar("SELECT binding_status FROM agreements WHERE ref = :ref", {"ref": ref})
        said = spoken(binding, status, certain=certain)
        marked = [flag for flag in flags if flag in SPAN_FLAGS] + [f"{flag}?" for flag in maybe]
        said += f" ({', '.join(marked)})" if marked else ""
        of = _called(called, name) if name else "the whole"
        rows.append((ref if agreements > 1 else None, of, said, begin, until, list(map(id_last, because))))
    kept = filled(SHOWN, rows, ("of", "status"))
    yield Section(table=Table("status", [SHOWN[at] for at in kept], [tuple(row[at] for at in kept) for row in rows]))


def _names(reader: Reader, codes: Iterable[str]) -> dict[str, str]:
    sql = "SELECT code, name FROM parties WHERE code IN (SELECT value FROM json_each(:codes))"
    return dict(reader.tuples(sql, {"codes": dumps(sorted(codes))}))


def _called(names_of: Mapping[str, str], code: str) -> str:
    return f"{names_of[code]} ({code})" if code in names_of else code


def table(reader: Reader, refs: Sequence[str], as_of: str, asked: Asked = GENERAL) -> Table:
    """Return a row for each instrument, each provision with a life of its own and each party.

    ``scope`` is ``instrument``, ``provision`` or ``party``; ``name`` the provision or the party's code. With parties
    only these are shown, with another side their status in relation to that. ``possible`` holds every status that is
    not ruled out, one where it is certain. ``from`` and ``until`` are those of the spell of force.
    """
    lives = [read(reader, ref, as_of) for ref in refs]
    codes = chosen(reader, lives, asked.parties)
    other = names.party_code(reader, asked.toward) if asked.toward is not None else None
    filters: dict[str, Any] = {"refs": list(refs)}
    if codes:
        filters["party"] = codes
    if other:
        filters["toward"] = other
    return Table(
        report="status",
        columns=COLUMNS,
        rows=[row for life in lives for row in (_toward(life, codes, other) if other else _rows(life, codes))],
        title=f"{lives[0].record['title']}: status" if len(lives) == 1 else "Status",
        filters=filters,
        as_of=as_of,
        left_out=[left for life in lives for left in life.unknown],
        footer=list(_footer(lives, as_of)),
    )


def _rows(life: Life, codes: Sequence[str]) -> Iterator[Row]:
    if not codes:
        yield _row(life, "instrument", None, life.spans, _because(life, ""))
        yield from _provisions(life)
    for code in codes or life.codes:
        yield _row(life, "party", code, life.spans, _because(life, code))
        if codes:
            yield from _provisions(life, code)


def _toward(life: Life, codes: Sequence[str], other: str) -> Iterator[Row]:
    """Yield the status of parties in relation to another one, or to a territory."""
    from tracker.law.life import toward as relations

    others = [code for code in codes or life.codes if code != other]
    if not any(relations.concerns(life.record, code, other) for code in others):
        raise NotFound(
            f"{life.record['ref']} says nothing of {other}: it is no party, and no act is recorded toward it; "
            "what binds a party binds it for its whole territory (VCLT 29), and no third state (VCLT 34)"
        )
    for code in others:
        held = relations.relation(life.record, life.spans, (code, other), life.as_of)
        because = [told(event) for event in held.because] or _because(life, code)
        because += [held.why] if held.why else []
        since = edtf(held.from_)
        flags: list[str] = []
        row = (life.record["ref"], "party", code, *held[:2], held.possible, since, None, flags, flags, because)
        yield row


def _row(
    life: Life, scope: str, name: str | None, spans: Sequence[SpanRow], because: list[str], whose: str = ""
) -> Row:
    party = name or "" if scope == "party" else whose
    held = standing.standing(spans, life.as_of, party)
    possible = standing.possible(spans, life.as_of, party)
    flags = [] if party else standing.flags(spans, life.as_of)
    maybe = [] if party else standing.possible_flags(spans, life.as_of)
    day = standing.computed(spans, life.as_of, party)
    if day is not None and not held.certain:
        because = [*because, f"computed {day}, no entry {'for it ' if party else ''}is recorded"]
    if len(possible) > 1:
        because = [*because, f"possible on that day: {', '.join(possible)}"]
    until = edtf(held.until)
    return life.record["ref"], scope, name, *held[:2], possible, edtf(held.from_), until, flags, maybe, because


def _because(life: Life, party: str) -> list[str]:
    held = standing.standing(life.spans, life.as_of, party)
    found = life.because(party, certain=held.certain) or _by_rule(life, party)
    return (
        found
        + _in_place(life, party, held.status)
        + _vacated(life, party, held)
        + _of_no_end(life, party, held)
        + _implied(life, party)
        + ([] if party else _as_it_stood(life, held.until))
    )


def _as_it_stood(life: Life, until: PartialDate | None) -> list[str]:
    """Say on which day the term ended as it stood, where an extension that was made later put the end off."""
    if until is None or life.record["terms"]["duration"] is None:
        return []
    from tracker.law.due.courses import Course, course
    from tracker.law.due.items import of_whole

    found = course(of_whole(life.record), life.as_of, life.existence)
    if not isinstance(found, Course) or not found.later or found.last == until or passed(found.last, life.as_of):
        return []
    return [f"as the term stood then, its last day was {found.last.edtf}"]


def _in_place(life: Life, party: str, status: str) -> list[str]:
    """Say in whose place a successor has its status, where an agreement has two sides."""
    if status == "listed" or len(life.codes) < 3 or not life.has_two_sides:
        return []
    from tracker.law.successors import heirs

    before = heirs(life.codes, life.record["events"], life.existence).get(party)
    return [f"in the place of {before}, which ceased to exist {life.existence[before].over}"] if before else []


def _vacated(life: Life, party: str, held: standing.Standing) -> list[str]:
    """Say why it is not certain that it goes on, where a side ceased to exist and nobody stands in its place."""
    over = {*kinds.OVER, "listed"}
    if held.certain or not over.intersection(standing.possible(life.spans, life.as_of, party)):
        return []
    said = vacated(life, life.as_of)
    return [said] if said else []


def _of_no_end(life: Life, party: str, held: standing.Standing) -> list[str]:
    """Say why it is open whether a term goes on: extended nobody knows for how long, or only once it had run out."""
    if held.certain or life.record["terms"]["duration"] is None:
        return []
    if not {"expired", "listed"}.intersection(standing.possible(life.spans, life.as_of, party)):
        return []
    from tracker.law.due.courses import course
    from tracker.law.life.term_ends import NO_NEW_END

    if course(life.record, life.as_of, life.existence) == NO_NEW_END:
        return [NO_NEW_END]
    later = [
        told(event)
        for event in life.record["events"]
        if event["kind"] in kinds.PROLONGATIONS and not event["provision"] and (day := kinds.effective(event))
        if beyond(parse(day), life.as_of)
    ]
    return [f"the term had run out, and was extended later: {one}" for one in later[:1]]


def _implied(life: Life, party: str) -> list[str]:
    """Say that no entry into force is recorded, where the end alone implies that there was one."""
    if not set(standing.possible(life.spans, life.as_of, party)) & set(IN_FORCE):
        return []
    events = [event for event in life.record["events"] if not event["provision"]]
    if any(event["kind"] in kinds.ENTRIES for event in events):
        return []
    end = next((event for event in events if kinds.row(event["kind"]).presupposes_force and not event["parties"]), None)
    return [f"no entry into force is recorded, {end['id']} {end['kind']} implies one"] if end else []


def _provisions(life: Life, code: str = "") -> Iterator[Row]:
    """Yield the status of provisions with a life of their own; for a party, of those on which it acted by itself."""
    own = [event for event in life.record["events"] if event["provision"] and (not code or code in event["parties"])]
    if not own:
        return
    from tracker.law.life import lifecycle

    around = lifecycle.Around(existence=life.existence)
    for provision in dict.fromkeys(event["provision"] for event in own if event["provision"]):
        spans = lifecycle.of_record(life.record, provision=provision, around=around)
        because = [told(event) for event in own if event["provision"] == provision]
        yield _row(life, "provision", provision, spans, because, code)


def _by_rule(life: Life, party: str) -> list[str]:
    """Say which rule made a standing that no event of that day makes: of the terms, or a later agreement's entry."""
    held = life.standings().get(party)
    terms = life.record["terms"]
    if held is None:
        return []
    over = life.existence[party].over if party in life.existence else None
    if party and over is not None and held.status == "listed" and passed(parse(over), life.as_of):
        return [f"{party} ceased to exist {over}"]
    if party and held.status in IN_FORCE:
        consent = [event for event in life.record["events"] if party in event["parties"]]
        clause = terms["entry_into_force"]
        period = clause and clause.get("late_joiners")
        law = "its own act" if life.record["binding_status"] == "non_binding" else "its own consent (VCLT 24(3))"
        rule = f"what the text says of those who join later: {period} after their act" if period else law
        return [*(told(event) for event in consent), rule] if consent else []
    if held.until is None or beyond(held.until, life.as_of):
        return []
    if any(span["status"] == "superseded" for span in life.spans):
        return _by_later(life, held.until.edtf)
    return _by_term(life, party, held.until.edtf)


def _by_term(life: Life, party: str, until: str) -> list[str]:
    """Say that a term ended, and the notices by which it was not renewed, for all or for a party."""
    duration = life.record["terms"]["duration"]
    if not duration:
        return []
    given = [
        told(event)
        for event in life.record["events"]
        if duration["kind"] == "auto_renewing" and event["kind"] in kinds.NOTICES and not event["provision"]
        if not party or not event["parties"] or party in event["parties"]
    ]
    alone = bool(party) and life.standings()[party].status == "withdrawn"
    return [*given, "the term is not renewed for it" if alone else f"the term runs until {until}"]


def _by_later(life: Life, day: str) -> list[str]:
    """Say which later agreement's entry dates the supersession of this one."""
    ends = [told(event) for event in life.record["events"] if event["kind"] in kinds.SUPERSESSIONS]
    inverse = life.record["derived"]["inverse_relations"]
    later = [relation["source_ref"] for relation in inverse if relation["type"] == "superseded_by"]
    in_force = words(life.record["binding_status"])["in_force"]
    return [*ends, *([f"superseded by {', '.join(later)}, {in_force} from {day}"] if later else [])]


def _footer(lives: Sequence[Life], as_of: str) -> Iterator[str]:
    yield f"as of {as_of}"
    for life in lives:
        derived = life.record["derived"]
        if "computed_entry" in derived["flags"] and not derived["status_certain"]:
            day = standing.computed(life.spans, as_of)
            yield f"{life.record['ref']}: not certain on that day; computed {day} by its terms, no entry is recorded"
        elif not derived["status_certain"]:
            yield f"{life.record['ref']}: not certain on that day; the events named may have happened by then, or not"
        if "no_end_recorded" in derived["flags"]:
            word = words(life.record["binding_status"])["in_force"]
            word = word if derived["status_certain"] else f"possibly {word}"
            yield f"{life.record['ref']}: {word}, and no end is recorded, which is no proof that there is none"
        for left in life.unknown:
            yield f"not in these rows: {left.reason}"
