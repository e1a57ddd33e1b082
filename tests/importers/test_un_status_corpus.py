"""The participation tables of the United Nations as the program holds them, against figures counted independently."""

import csv
import json
import os
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from running import TODAY, called

pytestmark = pytest.mark.corpus

KINDS = {
    "Signature": "signed",
    "Ratification": "ratified",
    "Accession": "acceded",
    "Acceptance": "accepted",
    "Approval": "approved",
    "Succession": "succeeded",
}
"""Kinds of the figures and of the register."""

BINDING = frozenset(KINDS.values()) - {"signed"}

OTHER_NAMES = {
    "Bolivia": "BOL",
    "Bolivia (Plurinational State of)": "BOL",
    "Brunei Darussalam": "BRN",
    "Cape Verde": "CPV",
    "Czech Republic": "CZE",
    "Democratic People's Republic of Korea": "PRK",
    "Democratic Republic of the Congo": "COD",
    "Holy See": "VAT",
    "Iran (Islamic Republic of)": "IRN",
    "Libyan Arab Jamahiriya": "LBY",
    "Micronesia (Federated States of)": "FSM",
    "Moldova": "MDA",
    "Republic of Korea": "KOR",
    "Republic of Moldova": "MDA",
    "St. Kitts and Nevis": "KNA",
    "St. Lucia": "LCA",
    "St. Vincent and the Grenadines": "VCT",
    "State of Palestine": "PSE",
    "Swaziland": "SWZ",
    "The former Yugoslav Republic of Macedonia": "MKD",
    "Turkey": "TUR",
    "United Kingdom of Great Britain and Northern Ireland": "GBR",
    "United Republic of Tanzania": "TZA",
    "United States of America": "USA",
    "Venezuela (Bolivarian Republic of)": "VEN",
    "British Virgin Islands": "VGB",
}
"""Participants whom ISO 3166-1 calls otherwise, by hand."""

ORGANISATIONS = {
    "Andean Community": "org-andean-community",
    "Caribbean Community": "org-caricom",
    "Common Market for Eastern and Southern Africa": "org-comesa",
    "East African Community": "org-eac",
    "Economic Community of West African States": "org-ecowas",
    "Eurasian Economic Community": "org-eaec",
    "European Union": "org-eu",
    "Organization of African Unity": "org-oau",
    "Southern African Development Community": "org-sadc",
    "West African Economic and Monetary Union": "org-waemu",
    "World Health Organization": "org-who",
}
"""Participants that are no states, by hand."""


def folder() -> Path:
    return Path(os.environ["TRACKER_CORPORA"]) / "un-status"


@pytest.fixture(scope="module")
def figures() -> Any:
    return json.loads((folder() / "expected.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The global options that lead to a store of the whole folder, made once by the program itself."""
    path = tmp_path_factory.mktemp("un") / "register.db"
    options = ["--no-config", "--store", str(path), "--today", TODAY, "--actor", "tester"]
    code, _, err = called([*options, "import", "--from", "un-status", str(folder())], b"")
    assert code == 0, err.decode()
    assert b"148 agreements" in err
    return options


@pytest.fixture(scope="module")
def records(filled: list[str]) -> dict[str, dict[str, Any]]:
    """The agreements as ``list --json`` prints them, by the name of their table."""
    code, out, err = called([*filled, "list", "--json"], b"")
    assert code == 0, err.decode()
    return {f"{record['origin']['key']}.csv": record for record in json.loads(out)}


def rows(file: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of a table below its header, with their numbers."""
    with (folder() / "treaties" / file).open(encoding="utf-8", newline="") as stream:
        yield from ((number, row) for number, row in enumerate(csv.reader(stream), 1) if number > 1 and any(row))


@cache
def code(name: str) -> str:
    """The party that a participant is, from ISO 3166-1 and the tables above, without the program's own names."""
    import pycountry

    if name in OTHER_NAMES:
        return OTHER_NAMES[name]
    if name in ORGANISATIONS:
        return ORGANISATIONS[name]
    found = [one for one in pycountry.countries if name in (one.name, getattr(one, "common_name", None))]
    found += [] if found else [one for one in pycountry.countries if one.name.partition(",")[0] == name]
    assert len(found) == 1, name
    return str(found[0].alpha_3)


def acts(record: dict[str, Any], column: str, kind: str) -> list[dict[str, Any]]:
    """The events that a column of the table gave."""
    return [one for one in record["events"] if one["kind"] == kind and (one["raw"] or "").startswith(f"{column}: ")]


def test_every_table_has_its_participants_and_dated_acts(figures: Any, records: dict[str, Any]) -> None:
    assert len(figures["all_files_short"]) == len(records) == 148
    found = {
        file: {
            "participants": len({party["code"] for party in record["parties"]}),
            "dated": sum(event["date"] is not None and event["origin"]["file"] == file for event in record["events"]),
        }
        for file, record in records.items()
    }
    assert found == figures["all_files_short"]


def test_counts_first_and_last_acts_by_column_and_kind(figures: Any, records: dict[str, Any]) -> None:
    for name, treaty in figures["treaties"].items():
        record = records[treaty["file"]]
        assert len(record["parties"]) == treaty["participants"], name
        counted = 0
        for column, kinds in treaty["actions"].items():
            for kind, wanted in kinds.items():
                events = acts(record, column, KINDS[kind])
                counted += len(events)
                days = sorted(event["date"] for event in events)
                assert (len(events), days[0], days[-1]) == (wanted["count"], wanted["first"], wanted["last"]), (
                    name,
                    kind,
                )
                for day, participants in (("first", "first_participants"), ("last", "last_participants")):
                    who = {party for event in events if event["date"] == wanted[day] for party in event["parties"]}
                    assert who == {code(participant) for participant in wanted[participants]}, (name, kind)
        assert counted == sum(event["origin"]["file"] == treaty["file"] for event in record["events"]), name


def test_who_signed_and_who_is_bound(figures: Any, records: dict[str, Any]) -> None:
    for name, treaty in figures["treaties"].items():
        if "signed_and_bound" not in treaty:
            continue
        events = records[treaty["file"]]["events"]
        signed = {party: one["date"] for one in events if one["kind"] == "signed" for party in one["parties"]}
        bound = {party: one["date"] for one in events if one["kind"] in BINDING for party in one["parties"]}
        assert len(signed.keys() & bound.keys()) == treaty["signed_and_bound"], name
        assert signed.keys() - bound.keys() == {code(party) for party in treaty["signed_not_bound"]}, name
        assert len(bound.keys() - signed.keys()) == treaty["bound_without_signature"], name
        both = signed.keys() & bound.keys()
        late = {party for party in both if signed[party] > bound[party]}
        assert late == {code(party) for party in treaty["signed_after_bound"]}, name
        assert sum(signed[party] == bound[party] for party in both) == treaty["signed_same_day_as_bound"], name


def test_every_participant_is_the_right_party(records: dict[str, Any]) -> None:
    for file, record in records.items():
        held = {party["code"] for party in record["parties"]}
        assert held == {code(row[0]) for _, row in rows(file)}, file
        by_row = {number: code(row[0]) for number, row in rows(file)}
        for event in record["events"]:
            if event["origin"]["file"] == file:
                assert event["parties"] == [by_row[event["origin"]["row"]]], (file, event)


def test_an_organisation_is_never_a_state(records: dict[str, Any], filled: list[str]) -> None:
    _, out, _ = called([*filled, "party", "list", "--json"], b"")
    kinds = {party["code"]: party["kind"] for party in json.loads(out)}
    organisations = {party for record in records.values() for party in (one["code"] for one in record["parties"])}
    assert {party for party in organisations if kinds[party] == "organisation"} == set(ORGANISATIONS.values())


def test_every_cell_is_an_act_with_its_words(records: dict[str, Any]) -> None:
    """Nothing of a table is lost: each cell stands in the ``raw`` of an event of that row, or in its note."""
    for file, record in records.items():
        said = Counter()
        notes: dict[int, str] = {}
        for event in record["events"]:
            if event["origin"]["file"] == file:
                said[event["origin"]["row"], event["raw"]] += 1
                notes[event["origin"]["row"]] = f"{notes.get(event['origin']['row'], '')} {event['note']}"
        with (folder() / "treaties" / file).open(encoding="utf-8", newline="") as stream:
            header = next(csv.reader(stream))
        for number, row in rows(file):
            for column, cell in zip(header[1:], row[1:], strict=True):
                if cell:
                    assert said[number, f"{column}: {cell}"] == 1 or cell in notes[number], (file, number, column)


def test_titles_places_and_days_of_adoption(records: dict[str, Any]) -> None:
    with (folder() / "index.csv").open(encoding="utf-8", newline="") as stream:
        index = list(csv.DictReader(stream))
    for row in index:
        record = records.get(f"{row['chapter_no']}-{row['treaty_no'].replace('.', '-')}.csv")
        if record is None:
            continue
        adopted = [event for event in record["events"] if event["kind"] == "text_adopted"]
        text = row["treaty_name"].replace("*", "")
        assert text.startswith(record["title"])
        rest = text.removeprefix(record["title"])
        assert adopted
        for event in adopted:
            year, _, day = event["date"].split("-")
            assert f"{int(day)} " in rest
            assert year in rest
            assert all(place in rest for place in event["places"])
        figures = "".join(f"{event['date'][:4]}{int(event['date'][8:])}" for event in adopted)
        assert sorted(filter(str.isdigit, rest)) == sorted(figures)
        words = "".join(char if char.isalnum() else " " for char in row["chapter_name"].lower()).split()
        assert record["focus_areas"] == ["_".join(["un", *words])]
        number = row["url"].partition("mtdsg_no=")[2].partition("&")[0]
        assert {"scheme": "MTDSG", "value": number} in record["identifiers"]


def test_the_same_again_changes_nothing_and_says_so(filled: list[str]) -> None:
    code, _, err = called([*filled, "import", str(folder())], b"")
    assert code == 0
    assert "0 new, 0 changed, 148 unchanged; nothing changed" in err.decode()
