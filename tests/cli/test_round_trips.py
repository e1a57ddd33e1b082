"""What is exported is imported to the same, byte for byte, by file and by pipe."""

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from running import ROOT, Run


def exported(run: Run, *arguments: object) -> str:
    code, out, err = run("export", *arguments)
    assert (code, err) == (0, "")
    return out


@pytest.mark.sampled(2)
@pytest.mark.parametrize("format_", ["ndjson", "json"])
def test_export_import_export_gives_the_same_bytes(
    format_: str, run: Run, store: Path, other_store: Path, tmp_path: Path
) -> None:
    file = tmp_path / f"register.{format_}"
    assert run("export", "-o", file) == (0, "", "")
    code, out, err = run("--store", other_store, "import", file)
    assert (code, out) == (0, "")
    assert "(82 agreements)" in err
    assert exported(run, "--store", other_store, "-f", format_).encode() == file.read_bytes()


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("format_", "arguments"), [("ndjson", ["--from", "ndjson"]), ("json", ["--from", "json"]), ("ndjson", [])]
)
def test_the_same_by_standard_input(
    format_: str, arguments: list[str], run: Run, store: Path, other_store: Path
) -> None:
    """``import -``, with the format named, or recognised by its content."""
    text = exported(run, "-f", format_)
    code, out, err = run("--store", other_store, "import", "-", *arguments, stdin=text)
    assert (code, out) == (0, ""), err
    assert exported(run, "--store", other_store, "-f", format_) == text


@pytest.mark.long
def test_the_same_through_a_pipe_of_the_shell(run: Run, store: Path, tmp_path: Path) -> None:
    program, other = shlex.join([sys.executable, "-m", "tracker"]), shlex.quote(str(tmp_path / "other.db"))
    line = (
        f"{program} export | {program} --store {other} import - --from ndjson && "
        f"cmp <({program} export) <({program} --store {other} export)"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", line], capture_output=True, check=False, env=environment, text=True
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert "(82 agreements)" in done.stderr


def test_the_same_file_again_changes_nothing(run: Run, store: Path, tmp_path: Path) -> None:
    """Everything is unchanged, the export is the same, and the log holds no further change."""
    text = exported(run)
    file = tmp_path / "register.ndjson"
    file.write_text(text, encoding="utf-8")
    before = run("store", "status").out
    code, _, err = run("import", file)
    assert code == 0
    assert "0 new, 0 changed" in err
    assert exported(run) == text
    assert run("store", "status").out == before


def test_a_part_is_imported_alone(run: Run, store: Path, other_store: Path) -> None:
    """A filtered export holds all that its agreements refer to, so that another store can take it."""
    text = exported(run, "--party", "GBR")
    code, _, err = run("--store", other_store, "import", "-", stdin=text)
    assert code == 0, err
    assert exported(run, "--store", other_store) == text


def test_a_dry_run_shows_the_plan_and_keeps_nothing(run: Run, store: Path, tmp_path: Path) -> None:
    before = exported(run)
    record = json.loads(run("show", "us-jp-sosa-2023", "--json").out) | {"title": "Another title"}
    new = {"record": "agreement", "ref": "xx-2020", "title": "New"}
    code, out, err = run("import", "-", "--dry-run", "--json", stdin=json.dumps([record, new]))
    assert code == 0
    rows = json.loads(out)["rows"]
    assert {"what": "changed", "kind": "agreement", "id": "us-jp-sosa-2023", "field": "title"}.items() <= rows[
        0
    ].items()
    assert rows[0]["new"] == "Another title"
    assert {"what": "new", "id": "xx-2020"}.items() <= rows[1].items()
    assert "would import" in err
    assert exported(run) == before
    code, _, err = run("--store", tmp_path / "none.db", "import", "-", "--dry-run", stdin=json.dumps([new]))
    assert code == 0
    assert not (tmp_path / "none.db").exists()


def test_what_show_prints_is_imported_back(run: Run, store: Path) -> None:
    """Read-only keys are passed over."""
    text = exported(run)
    code, _, err = run("import", "-", stdin=run("list", "--json").out)
    assert code == 0, err
    assert "82 unchanged" in err
    assert exported(run) == text


def test_order_in_the_file_does_not_matter(run: Run, store: Path, other_store: Path) -> None:
    text = exported(run)
    header, *lines = text.splitlines()
    code, _, err = run("--store", other_store, "import", "-", stdin="\n".join([header, *reversed(lines)]))
    assert code == 0, err
    assert exported(run, "--store", other_store) == text


def test_a_reference_to_nothing_is_an_error_that_names_the_path(run: Run, store: Path) -> None:
    good = {"record": "agreement", "ref": "xx-good", "title": "Good"}
    bad = {"record": "agreement", "ref": "xx-bad", "title": "Bad", "sources": [{"source": "nowhere"}]}
    code, out, err = run("import", "-", stdin=json.dumps([good, bad]))
    assert (code, out) == (2, "")
    assert "xx-bad: sources" in err
    assert "'nowhere'" in err
    assert run("show", "xx-good").code == 1


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("command", "field"),
    [
        (("family", "add", "War claims"), "families[War claims]"),
        (
            ("party", "add", "Ruritania", "--code", "org-ruritania", "--kind", "organisation"),
            "parties[org-ruritania Ministry of War]",
        ),
        (("focus", "add", "spice_trade"), "focus_areas[spice_trade]"),
        (("source", "add", "A list of treaties", "--id", "a-list"), "sources[a-list]"),
    ],
)
def test_no_undo_leaves_a_claim_about_nobody(
    command: tuple[str, ...], field: str, run: Run, other_store: Path, tmp_path: Path
) -> None:
    """An export with such a claim could not be imported: the undo names the change that stands against it."""
    mine = ("--store", tmp_path / "mine.db")
    told = "https://example.org/list"
    assert run(*mine, *command).code == 0
    assert run(*mine, "add", "Treaty of trade", "--party", "USA").code == 0
    done = run(*mine, "claim", "us-treaty-trade", field, "true", "--source", told)
    assert done.code == 0, done.err
    refused = run(*mine, "undo", "--change", 1)
    assert refused.code == 1
    assert "stands on it, in us-treaty-trade; undo that first: tracker undo --change 3" in refused.err
    text = exported(run, *mine)
    assert run("--store", other_store, "import", "-", stdin=text).code == 0
    assert exported(run, "--store", other_store) == text
    assert run(*mine, "edit", "us-treaty-trade", "--remove", "claims[c1]").code == 0
    assert run(*mine, "undo", "--change", 1).code == 0
    back = run(*mine, "undo", "--change", 4)  # the claim is about nobody by now
    assert back.code == 1
    assert "undo that first: tracker undo --change 5" in back.err
    assert run(*mine, "undo", "--change", 5).code == 0
    assert run(*mine, "undo", "--change", 4).code == 0
    assert exported(run, *mine) == text
