"""The public data sets as they are, by the maps that are shipped: every figure counted a second time with plain csv."""

import csv
import json
import os
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from running import called

from tracker.store.schema import builtin

pytestmark = pytest.mark.corpus

CORPORA = os.environ.get("TRACKER_CORPORA", "")
Record = dict[str, Any]
Imported = Callable[[str, str], list[Record]]

FILES = {
    "ieadb": "ieadb/treaties.csv",
    "desta": "desta/DESTA.csv",
    "dcad": "dcad/DCAD-v1.0-main.csv",
    "wipo": "wipo/membership-to-copyright-treaties.csv",
}
DANGLING = {"desta": 1}
"""Rows whose base agreement is in the other half of the set."""


def rows(name: str, delimiter: str = ",") -> list[dict[str, str]]:
    """The rows of a set as the standard library reads them."""
    with (Path(CORPORA) / FILES[name]).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Imported:
    """The agreements that the program makes of a set, recognised by its content, in a store of its own."""
    folder = tmp_path_factory.mktemp("sets")
    made: dict[str, list[Record]] = {}

    def give(name: str) -> list[Record]:
        if name not in made:
            run = ["--no-config", "--store", str(folder / f"{name}.db"), "--today", "2026-11-22", "--actor", "tester"]
            source = str(Path(CORPORA) / FILES[name])
            code, _, err = called([*run, "import", source, "--skip-bad"], b"")
            said = err.decode()
            left_out = DANGLING.get(name, 0)
            assert (code, said.count("warning:")) == (int(left_out > 0), left_out), said
            again = called([*run, "import", source, "--skip-bad"], b"")[2].decode()
            assert "0 new, 0 changed" in again, again
            _, out, err = called([*run, "export", "-f", "ndjson"], b"")
            objects = [json.loads(line) for line in out.splitlines()]
            made[name] = [one for one in objects if one["record"] == "agreement"]
        return made[name]

    return give


def events(records: list[Record], kind: str) -> list[Record]:
    return [event for record in records for event in record["events"] if event["kind"] == kind]


def decades(dates: list[str]) -> Counter[str]:
    return Counter(date[:3] for date in dates)


def dates(records: list[Record]) -> set[str]:
    return {event["date"] for record in records for event in record["events"] if event["date"]}


def numeric() -> dict[str, str]:
    """The party of each number of M49, by the register's own list."""
    held = {party["numeric"].lstrip("0"): party["code"] for party in builtin.parties() if party["numeric"]}
    return {**held, "900": "XKX"}


def test_ieadb_by_status_type_and_decade(imported: Imported) -> None:
    source, records = rows("ieadb"), imported("ieadb")
    assert len(records) == len(source)
    letters = Counter(row["Inclusion"][2] for row in source)
    status = Counter(record["binding_status"] for record in records)
    assert status == {"binding": letters["A"], "non_binding": letters["N"], "undetermined": letters["U"]}
    kinds = Counter(row["Agreement Type (level 2)"] for row in source)
    types = Counter(record["instrument_type"] for record in records)
    for kind, code in {"Agreement": "agreement", "Amendment": "amendment", "Protocol": "protocol"}.items():
        assert types[code] == kinds[kind]
    assert types["memorandum_of_understanding"] == kinds["Memorandum of Understanding"]
    assert types["other"] == sum(
        kinds[kind]
        for kind in ("Resolution", "Declaration", "Commission", "Statute-nonbinding", "Other Binding Modification")
    ) + sum(kinds[kind] for kind in ("National", "Center"))
    years = [row["Signature Year"] if row["Signature Date"][0] in "02" and row["Signature Date"] in (
        "0000-00-00", "2699-01-01") else row["Signature Date"] for row in source]  # fmt: skip
    assert decades([event["date"] for event in events(records, "signed")]) == decades(
        [year for year in years if not year.startswith("2699")]
    )
    days = [row["Date IEA entered into force"] for row in source]
    assert decades([event["date"] for event in events(records, "entered_into_force")]) == decades(
        [day for day in days if day and day < "2500"]
    )


def test_ieadb_no_sentinel_becomes_a_date(imported: Imported) -> None:
    records = imported("ieadb")
    assert not {date for date in dates(records) if date < "1300" or date > "2100"}
    coded = Counter(record["extra"].get("in_force_code") for record in records)
    source = Counter(row["Date IEA entered into force"] for row in rows("ieadb"))
    for sentinel in ("2599-01-01", "2899-01-01", "2999-01-01", "3200-01-01"):
        assert coded[sentinel] == source[sentinel] > 0


def test_ieadb_lineage_leads_to_the_base(imported: Imported) -> None:
    """A second count of bases: 205.000 belongs to 200.000, 200.010 to 200.000, where exactly one row has that place."""
    source = [row for row in rows("ieadb") if row["Lineage"] not in ("", "Not Yet Assigned")]
    places: dict[tuple[str, str], list[str]] = {}
    for row in source:
        key = row["IEA# (click for add'l info)"]
        places.setdefault((row["Lineage"], row["Sequence in lineage"]), []).append(key)
    wanted = set()
    for row in source:
        whole, dot, rest = row["Sequence in lineage"].partition(".")
        if not dot:
            continue
        base = f"{whole}.000" if rest != "000" else f"{whole[:-2]}00.000"
        found = places.get((row["Lineage"], base), [])
        if base != row["Sequence in lineage"] and len(found) == 1:
            wanted.add((row["IEA# (click for add'l info)"], found[0]))
    records = imported("ieadb")
    keys = {record["ref"]: record["origin"]["key"] for record in records}
    said = {
        (record["origin"]["key"], keys[relation["target"]])
        for record in records
        for relation in record["relations"]
        if relation["target"]
    }
    assert said == wanted
    assert len(said) > 200


def test_desta_agreements_years_and_memberships(imported: Imported) -> None:
    source, records = rows("desta", ";"), imported("desta")
    own = [row for row in source if row["entry_type"] not in ("accession", "withdrawal")]
    assert {record["origin"]["key"] for record in records} == {row["number"] for row in own}
    assert decades([event["date"] for event in events(records, "signed")]) == decades(
        [row["year"] for row in own if row["year"] != "NA"]
    )
    assert Counter(event["date"] for event in events(records, "entered_into_force")) == Counter(
        row["entryforceyear"] for row in own if row["entryforceyear"] != "NA"
    )
    assert all(re.fullmatch(r"\d{4}", date) for date in dates(records))
    listed: dict[str, set[str]] = {}
    codes = numeric()
    for row in source:
        members = [(row[f"c{place}"], row[f"mc{place}"]) for place in range(1, 92) if row[f"c{place}"] != "NA"]
        key = row["number"]
        if row["entry_type"] in ("accession", "withdrawal"):
            key, role = row["base_treaty"], "1" if any(role == "1" for _, role in members) else "2"
            members = [member for member in members if member[1] == role]
        listed.setdefault(key, set()).update(codes[number] for number, _ in members)
    there = {record["origin"]["key"]: {party["code"] for party in record["parties"]} for record in records}
    assert there == {key: listed[key] for key in there}


def test_desta_accessions_and_withdrawals_are_events_of_the_base(imported: Imported) -> None:
    source, records = rows("desta", ";"), imported("desta")
    held = {record["origin"]["key"] for record in records}
    joined = [row for row in source if row["entry_type"] == "accession" and row["base_treaty"] in held]
    left = [row for row in source if row["entry_type"] == "withdrawal" and row["base_treaty"] in held]
    by_origin = Counter(
        event["origin"]["key"] for kind in ("acceded", "other", "withdrawn") for event in events(records, kind)
    )
    assert by_origin == Counter(row["number"] for row in [*joined, *left])
    eea = next(record for record in records if record["origin"]["key"] == "437")
    ten = next(event for event in eea["events"] if event["origin"]["key"] == "437+2")
    assert ten["kind"] == "acceded"
    assert set(ten["parties"]) == {"CZE", "EST", "CYP", "LVA", "LTU", "HUN", "MLT", "POL", "SVK", "SVN"}


def test_dcad_by_class_decade_and_state(imported: Imported) -> None:
    source, records = rows("dcad"), imported("dcad")
    assert len(records) == len(source)
    classes = Counter(row["category1"] for row in source)
    types = Counter(record["instrument_type"] for record in records)
    assert types == {"defence_cooperation_agreement": classes["DCA"], "unknown": len(source) - classes["DCA"]}
    assert Counter(record["binding_status"] for record in records) == {"not_assessed": len(source)}

    def written(row: dict[str, str], what: str) -> str:
        parts = [row[f"{what}Year"], row[f"{what}Month"], row[f"{what}Day"]]
        return "-".join(part.zfill(2) for part in parts if part)

    for kind, what in (("signed", "sign"), ("entered_into_force", "EIF")):
        wanted = Counter(filled for row in source if (filled := written(row, what)))
        assert Counter(event["date"] for event in events(records, kind)) == wanted
    assert len(events(records, "terminated")) == sum(row["terminated"] == "1" for row in source)
    numbers = Counter(number for row in source for number in (row["ccode1"], row["ccode2"]))
    states = Counter(party["code"] for record in records for party in record["parties"])
    assert (states["USA"], states["TUR"], states["ESP"]) == (numbers["2"], numbers["640"], numbers["230"])
    soviet = sum("365" in (row["ccode1"], row["ccode2"]) and int(row["signYear"]) < 1992 for row in source)
    assert (states["SUN"], states["RUS"]) == (soviet, numbers["365"] - soviet)
    alone = sum(row["ccode1"] == row["ccode2"] for row in source)
    assert Counter(len(record["parties"]) for record in records) == {2: len(source) - alone, 1: alone}


def test_wipo_by_treaty_act_and_party(imported: Imported) -> None:
    source, records = rows("wipo"), imported("wipo")
    members = Counter(row["Treaty"] for row in source)
    assert {record["title"]: len(record["parties"]) for record in records} == members
    assert len({party["code"] for record in records for party in record["parties"]}) == 194
    acts = Counter(row["Instrument Type"] for row in source)
    kinds = Counter(event["kind"] for record in records for event in record["events"])
    assert kinds == {
        "signed": sum(bool(row["Signature Date"]) for row in source),
        "acceded": acts["Accession"],
        "ratified": acts["Ratification"],
        "accepted": acts["Acceptance"],
        "succeeded": acts["Declaration of Continued Application"] + acts["Declaration/Notification of Succession"],
        "entered_into_force": sum(bool(row["Entry Into Force Date"]) for row in source),
    }
    early = [row for row in source if "" < row["Entry Into Force Date"] < row["Instrument Date"]]
    assert len(early) == 62
    for kind, column in (("signed", "Signature Date"), ("entered_into_force", "Entry Into Force Date")):
        wanted = Counter(row[column] for row in source if row[column])
        assert Counter(event["date"] for event in events(records, kind)) == wanted
