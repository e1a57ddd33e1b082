"""Entry into force of a recorded agreement: its terms, acts and relations given to the rules of the domain.

The answer is computed beside recorded, and what is missing, as rows and as a page for people.
"""

from collections.abc import Iterator, Mapping, Sequence
from json import dumps
from typing import Any, NamedTuple

from tracker.dates.day import DateError, PartialDate
from tracker.dates.edtf import bounds
from tracker.dates.periods import PeriodError
from tracker.errors import InvalidValue, Refused
from tracker.law.force.awaited import TIED, awaited, mentioned, waits_for_another
from tracker.law.force.conditions import Other
from tracker.law.life import entry_words
from tracker.law.life.entry import Assessment, Case, Entry, WhatIfError, assess
from tracker.law.parties import acts, contracting, roles, unnamed
from tracker.law.successors import NO_LIVES, Existence
from tracker.read.file.connection import Reader
from tracker.read.lookup.memberships import existence
from tracker.read.records.agreements import record as read_record
from tracker.record import kinds
from tracker.record.types import Record
from tracker.record.vocabulary import words
from tracker.table import Column, Page, Section, Table

COLUMNS = (
    Column("ref"),
    Column("party"),
    Column("condition"),
    Column("act"),
    Column("act_date", "date"),
    Column("events", "list"),
    Column("computed", "date"),
    Column("hypothetical", "flag"),
    Column("recorded", "date"),
    Column("comparison"),
    Column("days", "count"),
    Column("missing", "list"),
    Column("basis"),
)


class Asked(NamedTuple):
    """The day, what is supposed (code and date), and whether only what is missing is wanted."""

    as_of: str
    supposed: tuple[tuple[str, PartialDate], ...] = ()
    missing: bool = False


class Found(NamedTuple):
    """The answer for one agreement, and the one without what is supposed."""

    record: Record
    answer: Assessment
    without: Assessment
    other: Other | None

    @property
    def treaty(self) -> bool:
        """Whether the law of treaties governs it."""
        return bool(self.record["binding_status"] != "non_binding")

    @property
    def words(self) -> Mapping[str, str]:
        """The words of treaties, or of arrangements."""
        return words(self.record["binding_status"])

    def missing(self, entry: Entry) -> list[str]:
        """What an entry waits for, in words."""
        return [entry_words.missing(one) for one in entry.missing]

    def basis(self, entry: Entry) -> str | None:
        """What made the date of an entry, in words."""
        return entry_words.basis(entry, self.answer.rule, self.other, treaty=self.treaty)


def find(reader: Reader, ref: str, asked: Asked) -> Found:
    """Assess an agreement; raises Refused where something is supposed that cannot be."""
    record = read_record(reader, ref, asked.as_of)
    other = _other(reader, record, asked.as_of, frozenset((ref,)))
    lives = existence(reader, (party["code"] for party in record["parties"]))
    without = _assessed(record, asked.as_of, other, lives)
    answer = _assessed(record, asked.as_of, other, lives, asked.supposed) if asked.supposed else without
    return Found(record, answer, without, other)


def page(reader: Reader, refs: Sequence[str], asked: Asked) -> Page:
    """Assess agreements, raising Refused where something is supposed that cannot be."""
    found = [find(reader, ref, asked) for ref in refs]
    filters: dict[str, Any] = {"refs": list(refs)}
    if asked.missing:
        filters["missing"] = True
    if asked.supposed:
        filters["what_if"] = {code: date.edtf for code, date in asked.supposed}
    data = Table(
        report="eif",
        columns=COLUMNS,
        rows=[row for one in found for row in _rows(one, asked)],
        filters=filters,
        as_of=asked.as_of,
    )
    title = found[0].record["title"] if len(found) == 1 else None
    return Page(title, _sections(found, asked), data, _footer(found, asked))


def _assessed(
    record: Record,
    as_of: str,
    other: Other | None,
    existence: Existence = NO_LIVES,
    supposed: tuple[tuple[str, PartialDate], ...] = (),
) -> Assessment:
    case = Case(
        acts(record["events"], record["parties"]),
        contracting(record["parties"]),
        record["terms"]["entry_into_force"],
        as_of,
        supposed,
        other,
        held=record["terms"],
        existence=existence,
        roles=roles(record["parties"]),
        treaty=record["binding_status"] != "non_binding",
        more=unnamed(record.get("open_questions")),
    )
    try:
        return assess(case)
    except WhatIfError as error:
        raise Refused(f"{record['ref']}: {error}") from error
    except (DateError, PeriodError) as error:
        raise InvalidValue(f"{record['ref']}: terms.entry_into_force: {error}") from error


def _other(reader: Reader, record: Record, as_of: str, seen: frozenset[str]) -> Other | None:
    """Find the instrument that is waited for: named in the note by its ref, else the only one related to it."""
    terms = record["terms"]["entry_into_force"]
    if not waits_for_another(terms):
        return None
    choices = _named(reader, mentioned(terms, record["ref"])) or awaited(terms, record["relations"], record["ref"])
    if not choices:
        tied = [item["target_title"] for item in record["relations"] if item["type"] in TIED]
        return Other(None, choices=tuple(f"{title} (not in the register)" for title in tied if title))
    if len(choices) != 1:
        return Other(None, choices=tuple(choices))
    ref = choices[0]
    if ref in seen:
        return Other(ref)
    target = read_record(reader, ref, as_of)
    answer = _assessed(target, as_of, _other(reader, target, as_of, seen | {ref})).instrument
    happened = answer.recorded is not None and not (answer.recorded.earliest or "") > as_of
    if answer.recorded is not None and (happened or answer.computed is None):
        return Other(ref, answer.recorded)
    return Other(ref, answer.computed, recorded=False)


def _named(reader: Reader, tokens: set[str]) -> list[str]:
    """Return the refs of the register among words."""
    sql = "SELECT ref FROM agreements WHERE ref IN (SELECT value FROM json_each(:tokens)) ORDER BY ref"
    return [row[0] for row in reader.tuples(sql, {"tokens": dumps(sorted(tokens))})]


def _footer(found: Sequence[Found], asked: Asked) -> Iterator[str]:
    yield f"as of {asked.as_of}"
    if any(entry.missing for one in found for entry in _shown(one, asked)):
        yield "missing: not in the record on that day, whether or not it happened"


def _shown(found: Found, asked: Asked) -> list[Entry]:
    """Return the instrument and the parties, with ``--missing`` those of them that wait for something."""
    entries = [found.answer.instrument, *found.answer.parties]
    return [entry for entry in entries if entry.missing or not asked.missing]


def _rows(found: Found, asked: Asked) -> Iterator[tuple[Any, ...]]:
    for entry in _shown(found, asked):
        deciding = entry.acts[0 if entry.party else -1] if entry.acts else None
        yield (
            found.record["ref"],
            entry.party or None,
            found.answer.rule.condition or None,
            deciding and deciding.kind,
            deciding and deciding.text,
            list(dict.fromkeys(act.event for act in entry.acts if act.event)),
            entry.computed and entry.computed.edtf,
            entry.hypothetical,
            entry.recorded and entry.recorded.edtf,
            entry.comparison,
            entry.days,
            found.missing(entry),
            found.basis(entry),
        )


def _sections(found: Sequence[Found], asked: Asked) -> Iterator[Section]:
    for one in found:
        if len(found) > 1:
            yield Section(one.record["title"], level=1)
        yield Section(facts=_facts(one, asked), table=_parties(one, asked))


def _facts(found: Found, asked: Asked) -> list[tuple[str, Any]]:
    terms = found.record["terms"]["entry_into_force"] or {}
    whole = found.answer.instrument
    recorded = entry_words.comparison(whole)
    facts = [
        ("ref", found.record["ref"]),
        ("rule", entry_words.rule(found.answer.rule, found.words, found.other, treaty=found.treaty)),
        ("note", terms.get("note")),
        ("sources", terms.get("sources")),
        ("instruments", _progress(found)),
        ("what if", _supposed(found, asked)),
        ("computed", _computed(found)),
        ("recorded", f"{whole.recorded.edtf} ({recorded})" if whole.recorded else "no date"),
        ("missing", found.missing(whole) or ("nothing for the whole" if asked.missing else None)),
    ]
    return [(name, value) for name, value in facts if value]


def _progress(found: Found) -> str | None:
    number = found.answer.rule.number
    if not number:
        return None
    supposed = found.answer.given - found.without.given
    return f"{found.without.given} given{f' and {supposed} supposed' if supposed else ''}, {number} needed"


def _computed(found: Found) -> str:
    whole = found.answer.instrument
    if whole.computed is None:
        return "no date"
    mark = ", hypothetical" if whole.hypothetical else ""
    return f"{whole.computed.edtf}{mark} ({found.basis(whole)})"


def _supposed(found: Found, asked: Asked) -> list[str]:
    """Say what is supposed and what it changes."""
    if not asked.supposed:
        return []
    listed = {party["code"] for party in found.record["parties"]}
    lines = [
        f"{code} acts on {date.edtf} (hypothetical{'' if code in listed else ', not among the recorded parties'})"
        for code, date in asked.supposed
    ]
    before, after = (_edtf(answer.instrument) for answer in (found.without, found.answer))
    whose = "treaty" if found.treaty else "arrangement"
    if before != after:
        lines.append(f"the date of the {whose}: {before or 'none'} without, {after or 'none'} with")
    else:
        lines.append(f"the date of the {whose} stays {before}" if before else f"the {whose} has no date still")
    return lines


def _edtf(entry: Entry) -> str | None:
    return entry.computed.edtf if entry.computed else None


def _parties(found: Found, asked: Asked) -> Table | None:
    entries = [entry for entry in _shown(found, asked) if entry.party]
    if not entries:
        return None
    names = {party["code"]: party["name"] for party in found.record["parties"]}
    columns = [
        Column("party", heading=found.words["party"]),
        Column("act", "lines"),
        Column("from", "text", heading=f"{found.words['in_force']} from"),
        Column("recorded", "text"),
        Column("comparison"),
        Column("basis"),
        Column("missing", "list"),
    ]
    rows = [
        (
            f"{names[entry.party]} ({entry.party})" if entry.party in names else entry.party,
            [entry_words.act(act, party=False) for act in entry.acts] or _national(found, entry.party, asked),
            entry.computed and entry.computed.edtf + (" (hypothetical)" if entry.hypothetical else ""),
            entry.recorded and entry.recorded.edtf,
            entry_words.comparison(entry),
            _short_basis(found, entry),
            found.missing(entry),
        )
        for entry in entries
    ]
    kept = [at for at in range(len(columns)) if at == 0 or any(row[at] for row in rows)]
    if len(kept) == 1:
        return None
    return Table("eif", [columns[at] for at in kept], [tuple(row[at] for at in kept) for row in rows])


def _national(found: Found, code: str, asked: Asked) -> list[str]:
    """Name the steps of national procedure of a party that has not acted; they bind it to nobody (VCLT 16)."""
    return [
        f"(domestic step {event['date']}: no consent yet)"
        for event in found.record["events"]
        if kinds.row(event["kind"]).national and code in event["parties"] and event["date"]
        if (bounds(event["date"])[0] or "") <= asked.as_of
    ]


def _short_basis(found: Found, entry: Entry) -> str | None:
    """Return what made a party's date, without the act, which stands in a column of its own."""
    said = found.basis(entry)
    if said is None or not entry.acts:
        return said
    return said.removeprefix(entry_words.act(entry.acts[0], party=False)).lstrip(",; ")
