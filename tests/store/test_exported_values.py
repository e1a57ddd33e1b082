"""An export writes each kind of value as the record prints it, though SQLite puts the text together."""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from example_record import AGREEMENT, OBJECTS
from running import TODAY, Run

from tracker.record.document import strip_read_only

ODD = 'a "quote", a \\ stroke, \x01\t\x7f\x85\u2028\U0001d11e, %s, "sources":[] </script>'
OTHER = {
    "record": "agreement",
    "ref": "no-se-mou-2021",
    "title": "Memorandum of Understanding between Norway and Sweden",
}
CLAIM = {"field": "events[e1]", "value": {"parties": [], "sources": [], "places": [ODD]}, "sources": ["release-2021"]}


@pytest.fixture(autouse=True)
def named(sample_store: Path, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fill the test's store with the samples; the program finds it without being told."""
    shutil.copy(sample_store, store)
    monkeypatch.setenv("TRACKER_STORE", str(store))


@pytest.mark.parametrize("known", [[], ["--known-at", f"{TODAY}T23:00Z"]], ids=["now", "known then"])
def test_every_value_is_written_as_it_is_printed(known: list[str], run: Run, store: Path) -> None:
    filled = {**AGREEMENT, "notes": [ODD], "claims": [*AGREEMENT["claims"], CLAIM]}
    lines = (json.dumps(strip_read_only(item)) for item in (OTHER, filled, *OBJECTS[1:]))
    outcome = run("import", "-", "--from", "ndjson", stdin="\n".join(lines))
    assert outcome.code == 0, outcome
    exported = run(*known, "export", "-f", "ndjson").out.split("\n")[:-1]
    written = {record["ref"]: record for record in map(json.loads, exported) if record["record"] == "agreement"}
    assert ODD in written[AGREEMENT["ref"]]["notes"]
    for ref, record in written.items():
        printed = json.loads(run(*known, "show", ref, "--json").out)
        assert json.dumps(record) == json.dumps(strip_read_only(printed))


def test_a_cell_that_is_no_json_is_told_as_damage(run: Run, store: Path) -> None:
    with closing(sqlite3.connect(store)) as connection, connection:
        connection.execute("UPDATE event SET places = '[' WHERE number = 1")
    outcome = run("export")
    assert outcome.code == 3
    assert "is damaged (malformed JSON); restore a backup" in outcome.err
