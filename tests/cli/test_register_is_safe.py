"""Commands that must not touch what they were not asked to touch."""

import json
from pathlib import Path

from running import Run


def test_the_demo_never_loads_samples_into_the_register(run: Run, tmp_path: Path, monkeypatch):
    """A register named by the environment is the user's own; only ``--store`` says where the demo goes."""
    register = tmp_path / "register.db"
    monkeypatch.setenv("TRACKER_STORE", str(register))
    assert run("demo", "-f", "json").code == 0
    assert not register.exists()
    assert run("--store", str(tmp_path / "demo.db"), "demo", "-f", "json").code == 0
    assert (tmp_path / "demo.db").exists()


def test_the_demo_is_a_tour_that_ends_with_the_comparison_by_year(run: Run):
    done = run("demo")
    lines = [line for line in done.out.splitlines() if line.startswith("$ tracker ")]
    assert lines[-1] == "$ tracker compare binding --by year"
    assert len(lines) >= 5
    assert any("82 agreements" in line for line in done.out.splitlines()[-2:])


def test_xdg_data_home_is_followed_unless_it_is_empty_or_relative(run: Run, tmp_path: Path, monkeypatch, home: Path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert run("add", "A", "--party", "JPN").code == 0
    assert (tmp_path / "data" / "tracker" / "tracker.db").exists()
    for useless in ("", "relative"):
        monkeypatch.setenv("XDG_DATA_HOME", useless)
        assert json.loads(run("list", "--json").out) == []
    assert not (home / ".local").exists()


def test_a_ref_is_permanent(run: Run, store: Path):
    """Setting a ref would write one agreement over another."""
    before = run("export").out
    done = run("edit", "us-jp-sosa-2023", "--set", "ref=us-ee-sosa-2023")
    assert (done.code, "permanent" in done.err) == (2, True)
    assert run("export").out == before


def test_a_comma_in_a_name_is_no_list(run: Run, store: Path):
    """``Korea, Rep.`` is one party; ``Japan,Korea, Rep.`` would be two."""
    refs = {record["ref"] for record in json.loads(run("list", "--party", "Korea, Rep.", "--json").out)}
    assert "us-kr-sosa-2023" in refs
    both = json.loads(run("list", "--party", "EST,LVA", "--json").out)
    assert {record["ref"] for record in both} == {"us-ee-sosa-2023", "us-lv-sosa-2022"}


def test_any_filtered_export_can_be_imported_alone(run: Run, store: Path, tmp_path: Path):
    """A part brings along everything that it refers to, related agreements too."""
    for number, asked in enumerate((("--party", "AUS"), ("--type", "amendment"), ("--signed", "2023"))):
        part = run("export", *asked).out
        done = run("--store", str(tmp_path / f"{number}.db"), "import", "-", stdin=part)
        assert done.code == 0, done.err


def test_evidence_cites_the_very_sources_that_were_given(run: Run):
    """Addresses that differ only behind the question mark are two sources."""
    addresses = ["https://a.example/x?id=1", "https://a.example/x?id=2"]
    given = [word for address in addresses for word in ("--source", address)]
    ref = run("add", "A", "--party", "JPN", "--binding", "binding", "--because", "it says so", *given).out.strip()
    record = json.loads(run("show", ref, "--json").out)
    assert [source["url"] for source in record["sources"]] == addresses
    assert record["evidence"][0]["sources"] == [source["source"] for source in record["sources"]]


def test_a_sheet_that_changes_a_claimed_field_says_so(run: Run, store: Path, tmp_path: Path):
    """As with ``edit``: the claim is no longer adopted, and the import tells."""
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("ref,title_term\nus-jp-sosa-2023,Pact\n", encoding="utf-8")
    done = run("import", sheet)
    assert done.code == 0, done.err
    assert "no longer adopted" in done.err
    record = json.loads(run("show", "us-jp-sosa-2023", "--json").out)
    assert (record["title_term"], [claim["adopted"] for claim in record["claims"]]) == ("Pact", [False, False])


def test_the_duplicate_guard_knows_the_date_of_the_last_act(run: Run):
    """However the acts of signature are ordered on the line."""
    line = ("add", "A", "--party", "JPN", "--party", "USA", "--signed", "2023-02-01", "--signed", "2023-01-01")
    assert run(*line).code == 0
    again = run("--no-input", *line)
    assert (again.code, "likely there already" in again.err) == (1, True)


def test_a_failed_event_makes_no_store(run: Run, tmp_path: Path):
    assert run("--store", tmp_path / "new.db", "event", "nothing", "signed", "2023").code == 3
    assert not (tmp_path / "new.db").exists()


def test_two_dimensions_are_crossed_and_three_refused(run: Run, store: Path):
    crossed = run("compare", "binding", "--by", "year", "--by", "party")
    assert (crossed.code, crossed.out.split("\t")[:2]) == (0, ["year", "party"])
    done = run("compare", "binding", "--by", "year", "--by", "party", "--by", "type")
    assert (done.code, done.out) == (2, "")
