"""Chains of agreements on any day: what was certainly or possibly in force, as far as the facts tell."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from running import Run

Held = dict[str, str]
"""Ref to the answer: "certain" or "possible"; what is no match is missing."""


@pytest.fixture
def in_force(run: Run, store: Path) -> Callable[..., Held]:
    """Return which of some agreements ``list --in-force`` holds on a day."""

    def ask(day: str, *refs: str) -> Held:
        done = run("list", "--in-force", "--as-of", day, "--json")
        assert done.code == 0, done.err
        held = {record["ref"]: record["derived"]["match"] for record in json.loads(done.out)}
        return {ref: held[ref] for ref in refs if ref in held}

    return ask


@pytest.fixture
def lineage(run: Run, store: Path) -> Callable[..., list[tuple[Any, ...]]]:
    """Return depth, relation, ref and status of each node of a lineage on a day."""

    def ask(ref: str, day: str) -> list[tuple[Any, ...]]:
        done = run("lineage", ref, "--as-of", day, "--json")
        assert done.code == 0, done.err
        rows = json.loads(done.out)["rows"]
        return [(row["depth"], row["relation"], row["ref"], row["status"]) for row in rows]

    return ask


def rows(run: Run, *arguments: str) -> list[dict[str, Any]]:
    done = run(*arguments, "--json")
    assert done.code == 0, done.err
    found: list[dict[str, Any]] = json.loads(done.out)["rows"]
    return found


SPAIN = ("us-es-dca-1988", "us-es-protocol-2-2012", "us-es-protocol-3-2015")


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("day", "number"),
    [("1988-11-30", 0), ("1988-12-01", 1), ("2012-10-09", 1), ("2012-10-10", 2), ("2015-06-16", 2), ("2015-06-17", 3),
     ("2026-11-22", 3)],
)  # fmt: skip
def test_us_spain_is_possibly_in_force_from_each_signature(
    in_force: Any, lineage: Any, run: Run, day: str, number: int
) -> None:
    """The facts say that all three are in force and of none since when: possible from signature, never certain."""
    assert in_force(day, *SPAIN) == dict.fromkeys(SPAIN[:number], "possible")
    status = ["in_force?"] * number + ["unknown?"] * (3 - number)
    assert lineage("us-es-dca-1988", day) == [
        (0, None, SPAIN[0], status[0]), (1, "amended_by", SPAIN[1], status[1]), (1, "amended_by", SPAIN[2], status[2]),
    ]  # fmt: skip
    for row in rows(run, "status", "us-es-dca-1988", "--as-of", day):
        if number:
            signed = "signatory" if row["scope"] == "party" else "signed"
            assert (row["status"], row["certain"], row["possible"]) == ("in_force", False, [signed, "in_force"])


UK = ("us-uk-mda-1958", "us-uk-mda-amend-2004", "us-uk-mda-amend-2024")


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("day", "held", "status"),
    [
        ("1958-07-02", [], ["unknown?", "unknown?", "unknown?"]),
        ("1958-07-03", ["possible"], ["in_force?", "unknown?", "unknown?"]),
        ("2004-06-13", ["possible"], ["in_force?", "unknown?", "unknown?"]),
        ("2004-06-14", ["possible", "possible"], ["in_force?", "superseded?", "unknown?"]),
        ("2013-01-01", ["possible", "possible"], ["in_force?", "superseded?", "unknown?"]),
        ("2024-11-13", ["possible", "possible"], ["in_force?", "superseded?", "signed"]),
        ("2024-11-14", ["possible", "possible", "certain"], ["in_force?", "superseded?", "in_force"]),
    ],
)
def test_uk_us_mutual_defence_agreement_and_its_amendments(
    in_force: Any, lineage: Any, day: str, held: list[str], status: list[str]
) -> None:
    """The amendment of 2004 is superseded, from which day the facts do not say; that of 2024 entered on 14 November."""
    assert in_force(day, *UK) == dict(zip(UK, held, strict=False))
    assert lineage("us-uk-mda-1958", day) == [
        (0, None, UK[0], status[0]), (1, "amended_by", UK[1], status[1]), (1, "amended_by", UK[2], status[2]),
    ]  # fmt: skip


def test_what_was_superseded_on_an_unknown_day_may_still_have_been_in_force(run: Run, store: Path) -> None:
    """A treaty ends from force alone (VCLT 59): the end implies an entry, and both are said beside the status."""
    asked = ("--in-force", "--as-of", "2013-01-01", "--party", "GBR")
    assert "us-uk-mda-amend-2004" in run("list", *asked, "-f", "csv").out
    assert "us-uk-mda-amend-2004" not in run("list", *asked, "--certain", "-f", "csv").out
    instrument, *parties = rows(run, "status", "us-uk-mda-amend-2004", "--as-of", "2013-01-01")
    assert (instrument["status"], instrument["certain"]) == ("superseded", False)
    assert instrument["possible"] == ["signed", "in_force", "superseded"]
    assert instrument["because"] == [
        "e1 signed 2004-06-14",
        "e2 superseded (day unknown)",
        "no entry into force is recorded, e2 superseded implies one",
        "possible on that day: signed, in_force, superseded",
    ]
    assert [(row["status"], row["certain"], row["possible"]) for row in parties] == [
        ("in_force", False, ["signatory", "in_force", "listed"])
    ] * 2
    line = [(row["kind"], row["date"], row["status"]) for row in rows(run, "timeline", "us-uk-mda-amend-2004")]
    assert line == [("signed", "2004-06-14", "signed?"), ("superseded", None, "superseded?")]
    shown = run("status", "us-uk-mda-amend-2004", "--as-of", "2013-01-01", "-f", "table").out
    assert "superseded?" in shown
    assert "possible on that day: signed, in force, superseded" in shown


@pytest.mark.parametrize("ref", ["us-jp-guidelines-1997", "us-jp-sma-2008", "us-jp-sma-2011"])
def test_every_undated_end_leaves_force_possible(run: Run, store: Path, ref: str) -> None:
    instrument = rows(run, "status", ref)[0]
    assert {"in_force", "operative"} & set(instrument["possible"])
    assert instrument["status"] in ("superseded", "expired")
    assert instrument["certain"] is False


AUKUS = ("aukus-statement-2021", "ennpia-2021", "annpa-2024")


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("day", "held", "status"),
    [
        ("2021-09-14", {}, ["unknown?", "unknown?", "unknown?"]),
        ("2021-11-22", {}, ["signed", "signed", "unknown?"]),
        ("2022-02-07", {}, ["signed", "signed", "unknown?"]),
        ("2022-02-08", {"ennpia-2021": "certain"}, ["signed", "in_force", "unknown?"]),
        ("2024-08-05", {"ennpia-2021": "certain"}, ["signed", "in_force", "signed"]),
        ("2025-01-16", {"ennpia-2021": "certain"}, ["signed", "in_force", "signed"]),
        ("2025-01-17", {"annpa-2024": "certain"}, ["signed", "superseded", "in_force"]),
        ("2075-12-31", {"annpa-2024": "certain"}, ["signed", "superseded", "in_force"]),
        ("2076-01-01", {}, ["signed", "superseded", "expired"]),
    ],
)
def test_aukus_exchange_of_information_gives_way_to_cooperation(
    in_force: Any, lineage: Any, day: str, held: Held, status: list[str]
) -> None:
    """ANNPA supersedes ENNPIA (hl-2024-annpa) with its own entry on 17 January 2025, and runs until 2075."""
    assert in_force(day, *AUKUS) == held
    assert lineage("ennpia-2021", day) == [
        (0, None, "ennpia-2021", status[1]),
        (1, "follows", "aukus-statement-2021", status[0]),
        (1, "superseded_by", "annpa-2024", status[2]),
    ]


def test_a_supersession_dated_by_the_later_agreement_names_it(run: Run, store: Path) -> None:
    instrument, *parties = rows(run, "status", "ennpia-2021", "--as-of", "2025-01-17")
    assert instrument["because"] == [
        "e3 superseded (day unknown)",
        "superseded by annpa-2024, in force from 2025-01-17",
    ]
    assert [(row["status"], row["certain"]) for row in parties] == [("listed", True)] * 3
    before = rows(run, "status", "ennpia-2021", "--as-of", "2025-01-16")
    assert [(row["status"], row["possible"]) for row in before] == [("in_force", ["in_force"])] * 4


def test_once_it_has_ended_for_certain_nothing_else_is_possible(run: Run, store: Path) -> None:
    """An earlier stage that nothing dates the end of is over with the end of the whole."""
    made = run("add", "Ended", "--ref", "xx-ended", "--party", "JPN", "--party", "USA", "--signed", "2001-01-01")
    assert made.code == 0, made.err
    assert run("event", "xx-ended", "terminated", "2010-01-01").code == 0
    for day, statuses in (("2005-01-01", ["signed", "in_force"]), ("2010-01-01", ["terminated"])):
        for status in ("signed", "in_force", "terminated"):
            done = run("list", "--type", "unknown", "--status", status, "--as-of", day, "--json")
            refs = [record["ref"] for record in json.loads(done.out)]
            assert ("xx-ended" in refs) == (status in statuses), (day, status)
