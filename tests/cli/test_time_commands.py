"""Status, timeline and participation on any day, and events that are corrected: what people ask of time and law."""

import json
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from running import Run

from tracker.read.file.connection import Reader, open_store
from tracker.read.file.location import StoreLocation
from tracker.read.life import gap_tables, gaps, participation, stages, status, timeline
from tracker.read.query.filters import Filters
from tracker.read.query.selection import Selection
from tracker.renderers import RenderOptions, table
from tracker.table import Page

GSOMIA, LOI = "jp-kr-gsomia-2016", "loi-framework-2000"
ENVELOPE = ["report", "format", "filters", "as_of", "columns", "rows", "totals", "left_out", "hash"]


@pytest.fixture
def rows(run: Run, store: Path) -> Any:
    """Run a report and return its rows."""

    def ask(*arguments: str) -> list[dict[str, Any]]:
        done = run(*arguments, "--json")
        assert done.code == 0, done.err
        document = json.loads(done.out)
        assert list(document) == ENVELOPE
        assert [list(row) for row in document["rows"]] == [document["columns"]] * len(document["rows"])
        return document["rows"]

    return ask


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("day", "certain", "possible"),
    [
        ("2019-07-31", [], []),
        ("2019-08-22", [], ["notice_given"]),
        ("2019-08-31", ["notice_given"], []),
        ("2019-11-21", ["notice_given"], []),
        ("2019-11-23", [], []),
        ("2023-03-22", [], []),
    ],
)
def test_the_gsomia_is_in_force_throughout_and_under_notice_for_a_while(
    rows: Any, run: Run, day: str, certain: list[str], possible: list[str]
) -> None:
    """Japan-Korea GSOMIA: a note of August 2019, day unknown, its effect suspended on 22 November (yna-2019-11-22)."""
    instrument, *parties = rows("status", GSOMIA, "--as-of", day)
    assert [(row["status"], row["certain"]) for row in (instrument, *parties)] == [("in_force", True)] * 3
    assert instrument["flags"] == [*certain, "no_end_recorded"]
    assert instrument["possible_flags"] == possible
    assert instrument["because"][0] == "e2 entered_into_force 2016-11-23"
    told = any("notice_of_withdrawal_given 2019-08 by KOR" in text for text in instrument["because"])
    assert told == bool(certain or possible)
    shown = run("status", GSOMIA, "--as-of", day, "-f", "table").out
    assert ("notice given?" in shown, "notice given" in shown) == (bool(possible), bool(certain or possible))
    derived = json.loads(run("show", GSOMIA, "--as-of", day, "--json").out)["derived"]
    assert derived["flags"] == instrument["flags"]


def test_the_timeline_shows_the_notice_as_possible_until_its_month_is_over(rows: Any, run: Run) -> None:
    found = {row["event"]: (row["flags"], row["possible_flags"]) for row in rows("timeline", GSOMIA)}
    assert found == {
        "e1": ([], []), "e2": ([], []), "e3": ([], ["notice_given"]), "e4": (["notice_given"], []),
        "e5": ([], []), "e6": ([], []),
    }  # fmt: skip
    assert run("timeline", GSOMIA, "-f", "table").out.count("notice given?") == 1


def test_what_a_notice_brings_about_has_a_row_of_its_own(run: Run, rows: Any) -> None:
    for ref, parties in (("xx-two", ("JPN", "KOR")), ("xx-three", ("JPN", "KOR", "USA"))):
        given = [argument for code in parties for argument in ("--party", code)]
        assert run("add", ref, "--ref", ref, "--binding", "binding", *given, "--yes").code == 0
        assert run("event", ref, "entered_into_force", "2015-01-01").code == 0
        notice = ("event", ref, "notice_of_withdrawal_given", "2017-01-01", "--effective", "2018-01-01")
        assert run(*notice, "--party", "KOR").code == 0
    last = [rows("timeline", ref)[-1] for ref in ("xx-two", "xx-three")]
    assert [(row["event"], row["kind"], row["date"], row["parties"], row["status"]) for row in last] == [
        (None, "terminated", "2018-01-01", [], "terminated"),
        (None, "withdrawn", "2018-01-01", ["KOR"], "in_force"),
    ]
    assert last[1]["party_status"] == ["KOR withdrawn"]


def test_each_party_of_the_framework_agreement_has_its_own_day(rows: Any) -> None:
    """LoI Framework Agreement (oracle o2, parl-2003-loi): thirty days after the party's own deposit."""
    found = {row["party"]: (row["in_force"], row["computed"]) for row in rows("parties", LOI)}
    assert found == {
        "GBR": ("2001-04-18", False), "DEU": ("2001-04-18", False), "FRA": ("2001-04-26", True),
        "SWE": ("2001-05-06", True), "ESP": ("2001-08-11", True), "ITA": (None, None),
    }  # fmt: skip
    assert [row["notes"] for row in rows("parties", LOI) if row["party"] == "ITA"] == [["signed, never bound"]]


def test_participation_on_an_earlier_day_knows_nothing_of_later_acts(rows: Any) -> None:
    found = {row["party"]: row for row in rows("parties", LOI, "--as-of", "2001-04-20")}
    assert {code: row["status"] for code, row in found.items()} == {
        "GBR": "in_force", "DEU": "in_force", "FRA": "consented", "SWE": "consented", "ESP": "signatory",
        "ITA": "signatory",
    }  # fmt: skip
    assert (found["FRA"]["consent"], found["FRA"]["consent_kind"]) == ("2001-03-27", "instrument_deposited")
    assert found["ESP"]["consent"] is None
    assert found["ESP"]["notes"] == ["signed, not bound on that day"]


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("ref", "day", "status", "certain"),
    [
        ("new-start-2010", "2026-02-04", "in_force", True),
        ("new-start-2010", "2026-02-05", "in_force", False),
        ("new-start-2010", "2026-02-06", "expired", True),
        ("us-jp-sma-2016", "2022-03-31", "in_force", True),
        ("us-jp-sma-2016", "2022-04-01", "expired", True),
        ("us-jp-sma-2022", "2027-03-31", "in_force", True),
        ("us-jp-sma-2022", "2027-04-01", "expired", True),
        ("inf-1987", "2019-02-01", "in_force", True),
        ("inf-1987", "2019-02-02", "suspended", True),
        ("inf-1987", "2019-08-02", "terminated", True),
        ("annpa-2024", "2025-01-16", "signed", True),
        ("annpa-2024", "2025-01-17", "in_force", True),
        ("us-es-dca-1988", "1988-11-30", "unknown", False),
        ("us-es-dca-1988", "2000-01-01", "in_force", False),
        ("us-uk-mda-amend-2024", "2024-11-13", "signed", True),
        ("us-uk-mda-amend-2024", "2024-11-14", "in_force", True),
    ],
)
def test_what_held_on_a_day(rows: Any, ref: str, day: str, status: str, certain: bool) -> None:
    """Chains of successive texts, from the facts: SMA (mofa-2021-03-31), INF (csis-inf), ANNPA, US-Spain, UK-US."""
    instrument = rows("status", ref, "--as-of", day)[0]
    assert (instrument["status"], instrument["certain"]) == (status, certain)


def test_a_status_follows_from_a_rule_where_no_event_makes_it(rows: Any) -> None:
    france = next(row for row in rows("status", LOI, "--party", "France"))
    assert (france["scope"], france["name"], france["from"]) == ("party", "FRA", "2001-04-26")
    assert france["because"][-1] == "what the text says of those who join later: P30D after their act"
    expired = rows("status", "us-jp-sma-2022", "--as-of", "2027-04-01")[0]
    assert expired["because"] == ["the term runs until 2027-03-31"]


def test_quiet_prints_the_word_and_marks_what_is_not_certain(run: Run, store: Path) -> None:
    assert run("status", GSOMIA, "us-es-dca-1988", "--quiet").out == "in_force\nin_force?\n"
    assert run("status", GSOMIA, "--party", "JPN", "--quiet", "--as-of", "2016-11-22").out == "listed\n"


def test_a_state_that_has_no_part_is_told_who_has(run: Run, store: Path) -> None:
    done = run("status", GSOMIA, "--party", "USA")
    assert (done.code, done.out) == (1, "")
    assert done.err == f"tracker: USA is no party of {GSOMIA}; its parties: JPN, KOR\n"


def test_timeline_holds_acts_and_what_follows_from_the_terms_in_order(rows: Any) -> None:
    found = rows("timeline", LOI)
    told = [(row["event"], row["kind"], row["date"], row["parties"], row["status"]) for row in found]
    assert told[0] == ("e1", "signed", "2000-07-27", [], "signed")
    assert ("e6", "instrument_deposited", "2001-03-27", ["FRA"], "signed") in told
    assert (None, "entered_into_force", "2001-04-26", ["FRA"], "in_force") in told
    assert [row["earliest"] for row in found] == sorted(row["earliest"] for row in found)
    assert told[-1] == (None, "entered_into_force", "2001-08-11", ["ESP"], "in_force")
    assert found[-1]["party_status"] == ["ESP in_force"]


def test_an_event_without_a_day_has_its_place_and_is_marked(rows: Any, run: Run) -> None:
    found = rows("timeline", "us-es-dca-1988")
    assert [(row["kind"], row["date"], row["status"]) for row in found] == [
        ("signed", "1988-12-01", "signed?"),
        ("entered_into_force", None, "in_force?"),
    ]
    shown = run("timeline", "us-es-dca-1988", "-f", "table").out
    assert "day unknown" in shown
    assert "2 events, 1 on an unknown day" in shown


def test_a_term_that_ends_by_itself_stands_in_the_timeline(rows: Any) -> None:
    last = rows("timeline", "us-jp-sma-2022")[-1]
    assert (last["event"], last["kind"], last["date"], last["status"]) == (None, "expired", "2027-04-01", "expired")


def test_france_came_and_went_and_came_back(run: Run, rows: Any) -> None:
    """A withdrawal ends a spell, a return begins another (VCLT 54); the earlier acts stand in the notes."""
    run(
        "add",
        "Convention",
        "--ref",
        "conv",
        "--party",
        "FRA",
        "--party",
        "DEU",
        "--party",
        "ITA",
        "--binding",
        "binding",
    )
    for kind, date, *more in (
        ("entered_into_force", "2001-01-01"),
        ("ratified", "2000-01-01", "--party", "DEU"),
        ("accepted", "2009-08-19", "--party", "FRA"),
        ("entered_into_force", "2009-09-18", "--party", "FRA"),
        ("reservation_made", "2009-08-19", "--party", "FRA", "--note", "to Art. 3"),
        ("withdrawn", "2009-10-27", "--party", "FRA"),
        ("acceded", "2015-01-01", "--party", "FRA"),
        ("entered_into_force", "2015-02-01", "--party", "FRA"),
    ):
        assert run("event", "conv", kind, date, *more).code == 0

    def france(day: str) -> dict[str, Any]:
        return next(row for row in rows("parties", "conv", "--as-of", day) if row["party"] == "FRA")

    gone, back = france("2012-01-01"), france("2016-01-01")
    assert (gone["status"], gone["withdrawal"], gone["consent"]) == ("withdrawn", "2009-10-27", "2009-08-19")
    assert (back["status"], back["consent"], back["consent_kind"], back["in_force"]) == (
        "in_force", "2015-01-01", "acceded", "2015-02-01",
    )  # fmt: skip
    assert gone["notes"] == ["e5 reservation_made 2009-08-19 by FRA: to Art. 3"]
    assert back["notes"][1].startswith(
        "earlier: in force 2009-09-18 to 2009-10-27; e3 accepted 2009-08-19 by FRA; e4 entered_into_force 2009-09-18"
    )
    assert next(row for row in rows("parties", "conv") if row["party"] == "ITA")["notes"] == []


def test_withdrawn_on_an_unknown_day_and_never_acted(run: Run, rows: Any) -> None:
    run(
        "add",
        "Convention",
        "--ref",
        "conv",
        "--party",
        "FRA",
        "--party",
        "DEU",
        "--party",
        "ITA",
        "--binding",
        "binding",
    )
    run("event", "conv", "signed", "1966-12-19", "--party", "FRA", "--party", "DEU")
    run("event", "conv", "withdrawn", "unknown", "--party", "FRA")
    found = {row["party"]: row for row in rows("parties", "conv")}
    assert (found["FRA"]["status"], found["FRA"]["certain"]) == ("withdrawn", False)
    assert found["FRA"]["notes"] == ["withdrawn, day unknown"]
    assert (found["DEU"]["status"], found["DEU"]["signature"]) == ("signatory", "1966-12-19")
    assert (found["ITA"]["status"], found["ITA"]["notes"]) == ("listed", ["listed, never acted"])


def test_a_provision_has_a_life_of_its_own(run: Run, rows: Any) -> None:
    assert run("event", GSOMIA, "terminated", "2024-01-01", "--provision", "Art. 7").code == 0
    instrument, article, *_ = rows("status", GSOMIA)
    assert (instrument["scope"], instrument["status"]) == ("instrument", "in_force")
    assert (article["scope"], article["name"], article["status"]) == ("provision", "Art. 7", "terminated")
    last = rows("timeline", GSOMIA)[-1]
    assert (last["provision"], last["status"]) == ("Art. 7", "terminated")


def event(run: Run, ref: str, name: str) -> dict[str, Any]:
    record = json.loads(run("show", ref, "--json").out)
    return next(item for item in record["events"] if item["id"] == name)


def test_an_event_with_all_that_is_known_of_it(run: Run, store: Path) -> None:
    done = run(
        *(
            "event",
            GSOMIA,
            "notice_of_withdrawal_given",
            "23 Aug 2019",
            "--effective",
            "2019-11-23",
            "--party",
            "Japan",
        ),
        *("--party", "KOR", "--place", "Seoul", "--place", "Tokyo", "--provision", "Art. 21", "--raw", "note verbale"),
        *("--note", "both", "--source", "yna-2019-11-22"),
    )
    assert (done.code, done.out) == (0, f"{GSOMIA}\n")
    found = event(run, GSOMIA, "e7")
    assert [found[key] for key in ("date", "effective_date", "parties", "places", "provision", "raw", "note")] == [
        "2019-08-23", "2019-11-23", ["JPN", "KOR"], ["Seoul", "Tokyo"], "Art. 21", "note verbale", "both",
    ]  # fmt: skip
    assert (found["kind_raw"], found["sources"]) == (None, ["yna-2019-11-22"])


def test_an_event_is_corrected_field_by_field(run: Run, store: Path) -> None:
    before = event(run, GSOMIA, "e4")
    done = run("event", GSOMIA, "--edit", "e4", "--date", "2019-08-23", "--note", "none")
    assert done.err.startswith("changed: e4 notice_of_withdrawal_given 2019-08-23")
    assert event(run, GSOMIA, "e4") == before | {"date": "2019-08-23", "note": None}
    run(
        "event", GSOMIA, "--edit", "e4", "--kind", "other", "--raw", "note sent", "--date", "unknown", "--party", "none"
    )
    changed = event(run, GSOMIA, "e4")
    assert (changed["kind"], changed["kind_raw"], changed["date"], changed["parties"]) == (
        "other",
        "note sent",
        None,
        [],
    )
    assert "nothing to change" in run("event", GSOMIA, "--edit", "e2", "--date", "2016-11-23").err


def test_an_event_is_taken_out_and_its_id_is_not_given_again(run: Run, store: Path) -> None:
    assert run("event", GSOMIA, "--remove", "e5", "--remove", "e6").err.startswith("removed: e5 ")
    run("event", GSOMIA, "amended", "2024")
    record = json.loads(run("show", GSOMIA, "--json").out)
    assert [item["id"] for item in record["events"]] == ["e1", "e2", "e3", "e4", "e7"]


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("signed",), 2, "Missing argument 'date'"),
        (("--edit", "e1"), 2, "say what changes"),
        (("--edit", "e9", "--date", "2023"), 1, "has no event 'e9'; it has e1, e2"),
        (("--remove", "e1", "--date", "2023"), 2, "give nothing else with it"),
        (("other", "2023"), 2, "give it with --raw"),
        (("signed", "9999-12-31"), 2, "years run from 1300 to 2200"),
        (("signed", "1976-06-31"), 2, "June 1976 has 30 days"),
    ],
)
def test_what_event_refuses(run: Run, store: Path, arguments: tuple[str, ...], code: int, told: str) -> None:
    done = run("event", GSOMIA, *arguments)
    assert (done.code, done.out) == (code, "")
    assert told in done.err


def test_the_act_of_a_signatory_is_not_taken_from_under_them(run: Run, store: Path) -> None:
    done = run("event", "us-jp-sosa-2023", "--remove", "e1")
    assert done.code == 2
    assert "signatories[s1].event=" in done.err


def test_rarer_dates_come_through_the_register_as_they_were_written(run: Run, store: Path) -> None:
    for number, text in enumerate(("1964-XX-16", "[1667,1668,1670..1672]", "201X", "2001-21"), 7):
        assert run("event", GSOMIA, "amended", text).code == 0
        assert event(run, GSOMIA, f"e{number}")["date"] == text


def test_people_read_of_arrangements_that_they_are_operative(run: Run) -> None:
    """Treaties enter into force and have parties, arrangements become operative and have participants."""
    run("add", "Arrangement", "--ref", "arr", "--binding", "non_binding", "--party", "JPN", "--party", "USA", "--yes")
    run("event", "arr", "became_operative", "2023-02-01")
    for command in ("parties", "status", "timeline"):
        shown = run(command, "arr", "-f", "table").out
        assert "in_force" not in shown
        assert "operative" in shown
    assert "2 participants: 2 operative" in run("parties", "arr", "-f", "table").out
    assert json.loads(run("parties", "arr", "--json").out)["rows"][0]["status"] == "in_force"


def test_a_timeline_as_of_a_day_leaves_out_what_came_later(run: Run, rows: Any) -> None:
    assert [row["event"] for row in rows("timeline", GSOMIA, "--as-of", "2019-09-01")] == ["e1", "e2", "e4", "e3"]
    assert "left out: 2 after 2019-09-01" in run("timeline", GSOMIA, "--as-of", "2019-09-01", "-f", "table").out


def test_the_status_before_an_extension_tells_the_term_as_it_stood(rows: Any) -> None:
    """Special Measures Agreement of 2016 (mofa-2021-03-31): to 31 March 2021, a year more by protocol of 2021."""
    instrument = rows("status", "us-jp-sma-2016", "--as-of", "2019-01-01")[0]
    assert instrument["until"] == "2022-03-31"
    assert instrument["because"][-1] == "as the term stood then, its last day was 2021-03-31"


def test_who_joined_without_a_rule_is_told_why(run: Run, rows: Any) -> None:
    run(
        "add",
        "Convention",
        "--ref",
        "conv",
        "--binding",
        "binding",
        *["--party", "DEU", "--party", "FRA", "--party", "ITA"],
    )
    for code in ("DEU", "FRA"):
        run("event", "conv", "ratified", "2001-01-01", "--party", code)
    run("event", "conv", "entered_into_force", "2001-01-01")
    run("event", "conv", "acceded", "2005-05-05", "--party", "ITA")
    (italy,) = rows("status", "conv", "--party", "ITA")
    assert (italy["status"], italy["from"]) == ("in_force", "2005-05-05?")
    assert italy["because"][-1].startswith("possible") or "VCLT 24(3)" in italy["because"][-1]


def page_of(reader: Reader, command: str) -> Page:
    day = "2026-11-22"
    if command == "gaps":
        question = gaps.Question(stages.stage("--from", "signed"), stages.stage("--to", "in_force"))
        return gap_tables.page(gaps.Gaps(reader, Selection(Filters(as_of=day)), question))
    if command == "parties":
        return participation.page(reader, LOI, day)
    return (timeline if command == "timeline" else status).page(reader, [GSOMIA], day)


@pytest.mark.sampled(3)
@pytest.mark.parametrize("command", ["timeline", "status", "parties", "gaps"])
@pytest.mark.parametrize("width", [80, 120])
def test_dates_stay_whole_on_a_terminal(command: str, width: int, store: Path) -> None:
    out = BytesIO()
    with open_store(StoreLocation(store, named=True)) as reader:
        table.render(page_of(reader, command), out, RenderOptions(width=width))
    text = out.getvalue().decode()
    assert max(map(len, text.splitlines())) <= width
    assert re.search(r"\d{4}-\d\d-\d\d", text)
    assert not re.search(r"\d{4}-(\d\d-)?\s", text)
