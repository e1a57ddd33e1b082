"""Records that are alike share one life; what is told of each is what the rules make of it by itself."""

import random
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

from law_records import EXISTENCE, Maker

from tracker.dates.edtf import parse
from tracker.law.life import alike, lifecycle
from tracker.law.life.lifecycle import Around

OTHERS = {"DEU": "ITA", "FRA": "AUT", "GBR": "ESP", "JPN": "CHE", "CZE": "NOR", "YUG": "FIN"}
IDLE = ("published", "extended", "amended", "domestic_step")
DURATIONS = (None, None, "indefinite", "auto_renewing", "fixed_term")
AROUND = Around(existence=EXISTENCE)
NO_CLAUSE = {"period": None, "parties": [], "date": None, "met": None, "note": None, "sources": []}


@pytest.fixture(autouse=True)
def _nothing_in_mind():
    alike.forget()


def drawn(seed):
    """Return a random record of few events, most of which count from no day."""
    source = random.Random(seed)  # noqa: S311  # no secret is made
    record = Maker(source, partial=bool(seed % 2)).record()
    kind = source.choice(DURATIONS)
    condition = source.choice((None, None, "on_signature", "exchange_of_notes", "nth_instrument", "all_signatories"))
    clause = {**NO_CLAUSE, "condition": condition, "number": source.choice((None, 2))}
    record["terms"]["entry_into_force"] = clause if condition else None
    until = source.choice((None, "2003-04-05", "2003", "2003?"))
    record["terms"]["duration"] = kind and {"kind": kind, "period": "P5Y", "until": until, "renewal_period": None}
    record["binding_status"] = source.choice(("binding", "non_binding", "mixed", "undetermined", "contested"))
    idle = [act(kind, source.choice(("1999-04-05", "2011"))) for kind in source.sample(IDLE, source.randint(0, 2))]
    record["events"] = idle + source.sample(record["events"], min(len(record["events"]), source.randint(1, 6)))
    return record


def moved(record, years):
    """Return the same record so many years later, between others."""

    def later(date):
        return date and f"{int(date[:4]) + years}{date[4:]}"

    events = [
        {**event, "date": later(event["date"]) if "/" not in (event["date"] or "") else event["date"],
         "effective_date": later(event["effective_date"]), "id": f"e{event['id']}",
         "parties": [OTHERS[code] for code in event["parties"]]}
        for event in record["events"]
    ]  # fmt: skip
    return {**record, "events": events, "parties": [{**one, "code": OTHERS[one["code"]]} for one in record["parties"]]}


def derived(record):
    return [span.row() for span in lifecycle.of_record(record, around=AROUND)]


@pytest.mark.parametrize("seeds", [range(100), pytest.param(range(100, 12_000), marks=pytest.mark.long)])
def test_what_is_told_of_a_record_is_what_the_rules_make_of_it(seeds):
    for seed in seeds:
        record = drawn(seed)
        for one in (record, moved(record, 40), record, moved(record, -150)):
            assert alike.span_rows(one, AROUND) == derived(one), seed
        ended = AROUND._replace(wholes=[parse("2004-05-06")])
        for one in (record, record, moved(record, 40)):
            wanted = [span.row() for span in lifecycle.of_record(one, around=ended)]
            assert alike.span_rows(one, ended) == wanted, seed


def act(kind, date, *parties, **more):
    """Return an event of a record."""
    return {"id": f"e{kind}", "kind": kind, "date": date, "effective_date": None, "parties": list(parties), **more}


def treaty(*events, role=None, parties=("DEU", "FRA"), **terms):
    """Return a record that was signed and entered into force."""
    held = {"entry_into_force": None, "duration": None, "notices": [], "survival": None, **terms}
    acts = [act("signed", "1995-02"), act("entered_into_force", "1996-04-01"), *events]
    return {"binding_status": "binding", "parties": [{"code": code, "role": role} for code in parties], "events": acts,
            "terms": held}  # fmt: skip


@pytest.fixture
def derivations(monkeypatch):
    """How often a life was derived."""
    told, found = lifecycle.of_record, []

    def counted(record, **more):
        found.append(record)
        return told(record, **more)

    monkeypatch.setattr(lifecycle, "of_record", counted)
    return found


def test_the_life_of_records_that_are_alike_is_derived_once(derivations):
    rows = [alike.span_rows(moved(treaty(), years)) for years in (0, 1, 2, 3)]
    assert len(derivations) == 2  # of the first, which nobody may be like, and of all that are like it
    assert [row[:5] for row in rows[3] if row[0] == "AUT"] == [
        ("AUT", 0, "signatory", "1998-02", "1998-02-01"), ("AUT", 1, "in_force", "1999-04-01", "1999-04-01"),
    ]  # fmt: skip


FIXED = {"kind": "fixed_term", "period": "P5Y", "until": None, "renewal_period": None}
UNTIL = {**FIXED, "until": "2001-02-03"}
ON_DATE = {"condition": "on_date", "date": "1997-01-01", "parties": []}


@pytest.mark.parametrize(
    "record",
    [
        treaty(act("notice_of_withdrawal_given", "2001-02-03", "DEU")),
        treaty(act("succeeded", "1995-06-01", "DEU")),
        treaty(act("ratified", "1995-06-01", note="the 5th ratification")),
        treaty(act("ratified", "1995-06-01~", "DEU")),
        treaty(act("ratified", "1995-06-01/..", "DEU")),
        treaty(act("suspended", "1999-06-01", provision="Article 3")),
        treaty(act("accepted", "1999-06-01", "DEU", toward=["FRA"])),
        treaty(act("ratified", "1995-06-01", "GBR")),
        treaty(role="signatory"),
        treaty(parties=("DEU", "YUG")),
        treaty(duration=FIXED),
        treaty(act("extended", "1999-01-01"), duration=UNTIL),
        treaty(act("terminated", "2001-02-04"), duration=UNTIL),
        treaty(entry_into_force=ON_DATE),
        treaty(entry_into_force={"condition": "on_signature", "number": None, "period": "P30D", "sources": []}),
    ],
)  # fmt: skip
def test_where_something_is_counted_each_has_a_life_of_its_own(derivations, record):
    for _ in range(4):
        alike.span_rows(record, AROUND)
    assert len(derivations) == 4


BY_SIGNATURE = {"condition": "on_signature", "number": None, "period": None, "sources": ["source-1"]}


@pytest.mark.parametrize(
    ("record", "around"),
    [
        (treaty(act("ratified", "1995?", "DEU")), AROUND),
        (treaty(act("ratified", "1995-03-01/1995-06-30?", "DEU")), AROUND),
        (treaty(duration=UNTIL), AROUND),
        (treaty(act("expired", "2001-02-03"), duration=UNTIL), AROUND),
        (treaty(duration={**UNTIL, "until": "2001"}), AROUND),
        (treaty(entry_into_force=BY_SIGNATURE), AROUND),
        (treaty(), AROUND._replace(wholes=[parse("2001-01-01")])),
        (treaty(), AROUND._replace(wholes=[parse("2001-01-01/2001-06-30?"), parse("1999-01-01")])),
    ],
)  # fmt: skip
def test_dates_in_doubt_stated_ends_and_ends_of_wholes_are_alike_too(derivations, record, around):
    found = [alike.span_rows(record, around) for _ in range(4)]
    assert len(derivations) == 2
    assert found[3] == [span.row() for span in lifecycle.of_record(record, around=around)]


@pytest.mark.parametrize(
    "around",
    [{"successors": ["2001-01-01"]}, {"left": [("DEU", "2001-01-01")]}, {"joined": {}}],
)
def test_what_lives_with_another_instrument_has_a_life_of_its_own(derivations, monkeypatch, around):
    monkeypatch.setattr(lifecycle, "of_record", lambda record, **_: derivations.append(record) or [])
    for _ in range(4):
        alike.span_rows(treaty(), Around(**around))
    assert len(derivations) == 4
