"""Datasette over a store, with the metadata that the register writes for it."""

import json
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from running import TODAY, Run

pytestmark = pytest.mark.long

PATIENCE = 60
"""Seconds until a server has to answer."""


@pytest.fixture
def ask(run: Run, store: Path, tmp_path: Path) -> Iterator[Any]:
    """Datasette on the samples; yields a function that asks it for the JSON at an address."""
    pytest.importorskip("datasette")
    notes = tmp_path / "metadata.json"
    done = run("publish", "--datasette", notes)
    assert done.code == 0, done.err
    assert "it serves all that the store holds" in done.err
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-W", "ignore", "-m", "datasette", str(store), "-m", str(notes), "-p", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def get(address: str) -> Any:
        end = time.monotonic() + PATIENCE
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/{store.stem}{address}") as answer:
                    return json.load(answer)
            except OSError:
                if time.monotonic() > end or server.poll() is not None:
                    raise

    try:
        yield get
    finally:
        server.terminate()
        server.wait()


def test_titles_labels_and_facets_are_seen(ask: Any) -> None:
    shown = [table["name"] for table in ask(".json")["tables"] if not table["hidden"]]
    assert "agreement" in shown
    assert not [name for name in shown if name.endswith("_past") or name.startswith(("search_index", "alembic"))]
    parties = ask("/participation.json?_labels=on&_size=1")
    assert parties["rows"][0]["code"] == {"value": "AUS", "label": "Australia"}
    facet = parties["facet_results"]["code"]["results"]
    assert {"value": "JPN", "label": "Japan"}.items() <= next(row for row in facet if row["value"] == "JPN").items()
    assert set(ask("/agreement.json?_size=1")["facet_results"]) >= {"binding_status", "instrument_type"}


def test_queries_say_what_the_program_says(ask: Any, run: Run) -> None:
    rows = ask(f"/certainly_in_force.json?_shape=array&day={TODAY}")
    certain = json.loads(run("list", "--in-force", "--json").out)
    assert [row["ref"] for row in rows] == [record["ref"] for record in certain if record["derived"]["status_certain"]]
    years = ask("/binding_by_year.json?_shape=array")
    counted = {row["year"]: row for row in json.loads(run("compare", "binding", "--by", "year", "--json").out)["rows"]}
    assert sum(row["agreements"] for row in years) > len(years)
    for row in years:
        year = counted[row["year"]]
        assert (row["binding"], row["non_binding"]) == (year["binding"], year["non_binding"])
