"""Kinds of events are rows of one table: a kind that is added there works wherever the program asks about events."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from running import ROOT, TODAY, Run

ROWS = """
    Kind("sealed", SIGNED, "VCLT 12", "sealing", signs=True),
    Kind(
        "vowed", CONSENTED, "VCLT 14", "vow", "v", consents=True, follows_signature=True, shows_consent_is_due=True,
    ),
    Kind(
        "rescinded", ENDED, "VCLT 60", coming="is rescinded", ends_as="terminated", presupposes_force=True,
    ),
    Kind("rescission_recalled", RESUMED, takes_back="rescinded"),
    Kind("other"),"""
"""Kinds that no treaty knows: a signature, a consent, an end, and what takes it back."""

TREATY = {
    "record": "agreement",
    "title": "Treaty on ropes",
    "binding_status": "binding",
    "instrument_type": "treaty",
    "parties": [{"code": "JPN"}, {"code": "USA"}],
    "terms": {"entry_into_force": {"condition": "nth_instrument", "number": 2}},
}
SEALED = [{"kind": "sealed", "date": "2001-02-03"}]
VOWED = [{"kind": "vowed", "date": f"2002-0{month}-04", "parties": [code]} for month, code in ((3, "JPN"), (5, "USA"))]
UN = {
    "index.csv": "chapter_no,treaty_no,treaty_name,url,chapter_url,chapter_name\n"
    '27,91,"Convention on Ropes. Oslo, 3 December 1990",,,Ropes\n',
    "27-91.csv": 'Participant,Sealing,"Vow(v), Accession(a)"\nNorway,3 Dec 1990,4 Jan 1992 v\n',
}

COMMANDS_IN_TURN = """
import json, sys
from running import called
for line in sys.stdin:
    arguments, data = json.loads(line)
    code, out, err = called(arguments, data.encode())
    print(json.dumps([code, out.decode(), err.decode()]), flush=True)
"""
"""Runs a command line for every line that it is given: a process for each would cost more than what it does."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program, as far as it is compiled already, whose table of kinds has four rows more."""
    copy = tmp_path_factory.mktemp("copy")
    for name in ("tracker", "migrations"):
        shutil.copytree(ROOT / name, copy / name)
    table = copy / "tracker" / "record" / "kinds.py"
    text = table.read_text()
    assert '\n    Kind("other"),' in text
    table.write_text(text.replace('\n    Kind("other"),', ROWS))
    return copy


@pytest.fixture(scope="module")
def program_copied(folder: Path) -> Iterator[Callable[[list[str], str], tuple[int, str, str]]]:
    """The copy in one process, which runs one command line after the other."""
    paths = os.pathsep.join(map(str, (folder, ROOT / "tests")))
    (folder / "home").mkdir()
    surroundings = {"PYTHONPATH": paths, "HOME": str(folder / "home"), "TRACKER_TODAY": TODAY}
    with subprocess.Popen(
        [sys.executable, "-c", COMMANDS_IN_TURN],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=folder,
        env={**os.environ, **surroundings},
        text=True,
    ) as process:
        assert process.stdin
        assert process.stdout
        asked, answers = process.stdin, process.stdout

        def run(arguments: list[str], stdin: str) -> tuple[int, str, str]:
            asked.write(json.dumps([arguments, stdin]) + "\n")
            asked.flush()
            code, out, err = json.loads(answers.readline())
            return code, out, err

        yield run
        asked.close()


@pytest.fixture
def run_copy(program_copied, blank_store_file: Path, tmp_path: Path):
    """Run the copy on a store of its own, which knows nothing of kinds before a record holds one."""
    shutil.copy(blank_store_file, tmp_path / "ropes.db")

    def start(*arguments: object, stdin: str = "", ends: int = 0) -> str:
        code, out, err = program_copied(["--store", f"{tmp_path}/ropes.db", *map(str, arguments)], stdin)
        assert code == ends, err
        return out

    return start


@pytest.fixture
def put(run_copy):
    """Put a treaty with these events under a ref."""

    def one(ref: str, *events: dict) -> None:
        run_copy("import", "-", "--from", "ndjson", stdin=json.dumps({**TREATY, "ref": ref, "events": list(events)}))

    return one


def test_a_kind_added_as_a_row_works_everywhere(run_copy, put, tmp_path: Path) -> None:
    entered = {"kind": "entered_into_force", "date": "2003-01-01"}
    put("sealed", *SEALED)
    put("vowed", *SEALED, *VOWED)
    put("over", *SEALED, *VOWED, entered, {"kind": "rescinded", "date": "2010-06-07"})
    put("implied", {"kind": "rescinded", "date": "2010-06-07"})
    put("coming", *SEALED, *VOWED, entered, {"kind": "rescinded", "date": "2027-06-07"})
    put("odd", {"kind": "vowed", "date": "2001-01-01"}, *SEALED, {"kind": "rescinded", "date": "2000-06-07"})

    def shown(ref: str) -> dict:
        return json.loads(run_copy("show", ref, "--json"))["derived"]

    assert {ref: shown(ref)["status"] for ref in ("sealed", "vowed", "over", "coming")} == {
        "sealed": "signed",
        "vowed": "in_force",
        "over": "terminated",
        "coming": "in_force",
    }
    assert shown("over")["signed"]["edtf"] == "2001-02-03", "it dates the signature"
    implied = json.loads(run_copy("status", "implied", "--as-of", "2005-01-01", "--json"))
    assert "in_force" in json.dumps(implied), "such an end presupposes force"

    due = json.loads(run_copy("due", "coming", "--today", TODAY, "--json"))["rows"]
    assert [(row["date"], row["what"]) for row in due if row["kind"] == "expiry"] == [("2027-06-07", "is rescinded")]
    unratified = json.loads(run_copy("due", "sealed", "--kind", "unratified", "--today", TODAY, "--json"))["rows"]
    assert [row["kind"] for row in unratified] == ["unratified"]

    parties = json.loads(run_copy("parties", "vowed", "--json"))["rows"]
    assert [(row["party"], row["consent"], row["consent_kind"]) for row in parties] == [
        ("JPN", "2002-03-04", "vowed"),
        ("USA", "2002-05-04", "vowed"),
    ]
    assert "v vow" in run_copy("parties", "vowed", "-f", "table"), "its letter is explained"
    assert "2002-05-04" in run_copy("eif", "vowed", "--json"), "the second consent brings it into force"

    run_copy("claim", "over", "in_force_until", "2010-07-08", "--source", "https://example.org/", "--adopt")
    run_copy("claim", "sealed", "signed", "2001-02-04", "--source", "https://example.org/", "--adopt")
    assert json.loads(run_copy("show", "over", "--json"))["events"][-1]["date"] == "2010-07-08"
    assert shown("sealed")["signed"]["edtf"] == "2001-02-04"

    assert "signed 4 February 2001" in run_copy("cite", "sealed")
    assert '"rescinded"' in run_copy("schema"), "the schema offers it"
    assert run_copy("list", "event:sealed", "--columns", "ref").split()[1:] != []

    (tmp_path / "un").mkdir()
    for name, text in UN.items():
        (tmp_path / "un" / name).write_text(text)
    run_copy("import", tmp_path / "un")
    convention = json.loads(run_copy("show", "un-xxvii-91", "--json"))
    assert [(event["kind"], event["date"]) for event in convention["events"] if event["parties"]] == [
        ("sealed", "1990-12-03"),
        ("vowed", "1992-01-04"),
    ]


def test_the_checks_know_an_added_kind(run_copy, put) -> None:
    put("odd", {"kind": "vowed", "date": "2001-01-01"}, *SEALED, {"kind": "rescinded", "date": "2000-06-07"})
    done = run_copy("check", "--json", ends=1)
    found = {(row["rule"], row["finding"]) for row in json.loads(done)["rows"]}
    assert ("ended_early", "rescinded 2000-06-07 is before sealed 2001-02-03") in found
    assert ("ratified_early", "vowed 2001-01-01 is before sealed 2001-02-03") in found


@pytest.mark.parametrize("others", [("issued", "2020-02-01"), ("notes_exchanged", "2020-02-01")])
def test_a_signature_dates_the_agreement_whatever_else_could(run: Run, other_store: Path, others) -> None:
    assert run("add", "Treaty on ropes", "--signed", "2020-01-01", "--ref", "ropes", "--party", "JPN").code == 0
    assert run("event", "ropes", *others).code == 0
    assert run("edit", "ropes", "--set", "signed=2020-01-20").code == 0
    assert json.loads(run("show", "ropes", "--json").out)["derived"]["signed"]["edtf"] == "2020-01-20"
    assert run("claim", "ropes", "signed", "2020-01-25", "--source", "https://example.org/", "--adopt").code == 0
    assert json.loads(run("show", "ropes", "--json").out)["derived"]["signed"]["edtf"] == "2020-01-25"


def test_without_a_signature_the_act_in_its_place_is_dated(run: Run, other_store: Path) -> None:
    assert run("add", "Exchange on ropes", "--ref", "ropes", "--party", "JPN").code == 0
    assert run("event", "ropes", "notes_exchanged", "2020-02-01").code == 0
    assert run("edit", "ropes", "--set", "signed=2020-01-20").code == 0
    record = json.loads(run("show", "ropes", "--json").out)
    assert [(event["kind"], event["date"]) for event in record["events"]] == [("notes_exchanged", "2020-01-20")]
    assert record["derived"]["signed"]["edtf"] == "2020-01-20"
    assert run("event", "ropes", "notes_exchanged", "2020-03-01").code == 0
    code, _, err = run("edit", "ropes", "--set", "signed=2020-01-21")
    assert code == 2
    assert "events[e1].date, events[e2].date" in err


def test_a_signature_of_one_provision_dates_nothing(run: Run, other_store: Path) -> None:
    assert run("add", "Treaty on ropes", "--ref", "ropes", "--party", "JPN").code == 0
    assert run("event", "ropes", "signed", "2020-02-01", "--provision", "Art. 3").code == 0
    assert run("edit", "ropes", "--set", "signed=2020-01-20").code == 0
    assert json.loads(run("show", "ropes", "--json").out)["derived"]["signed"]["edtf"] == "2020-01-20"
