"""``--known-at`` on everything that reads, ``diff`` in every format, and what ``undo`` refuses."""

import json
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from running import TODAY, Run, called

READS = [
    "list",
    "list --json",
    "list 'security of supply'",
    "list --party JPN --signed 2022..2023 --sort signed -f csv",
    "list --in-force --as-of 2024-01-01 -f ndjson",
    "show us-jp-sosa-2023 us-nl-sosa --json",
    "compare binding --by party -f json",
    "compare binding --by year -f json",
    "compare us-jp-sosa-2023 us-jp-rdte-mou-2023 -f json",
    "report overview -f json",
    "export",
    "export -f json --party SWE",
    "status us-jp-sosa-2023 -f json",
    "timeline us-jp-sosa-2023 -f json",
    "parties us-jp-sosa-2023 -f json",
    "eif us-jp-sosa-2023 -f json",
    "lineage us-jp-sosa-2023 -f json",
    "why us-jp-sosa-2023 -f json",
    "claims us-nl-sosa -f json",
    "conflicts -f json",
    "due --within 9999d -f json",
    "gaps -f json",
    "party list -f json",
    "party show JPN --json",
    "focus list -f json",
    "family show sosa --json",
    "signatory list -f json",
    "source list -f json",
    "log -f json",
]

CHANGES = [
    "edit us-jp-sosa-2023 --set short_title=Later --add focus_areas=cyber",
    "event us-jp-sosa-2023 became_operative 2023-02-01",
    "edit us-jp-sosa-2023 --remove signatories[s1]",
    "remove us-nl-sosa",
    "add Later --party JPN --party USA --signed 2023-05-06 --ref later --family sosa --yes",
    "party edit JPN --set name=Nippon",
    "signatory edit hamada-yasukazu --set name=H",
    "source edit unsourced --set title=Later",
    "focus edit cyber --set label=Later",
    "family edit sosa --set name=Later",
]


class Past(NamedTuple):
    """A store with a past, and what each read said then, and beside it on standard error."""

    store: Path
    moment: str
    said: dict[str, tuple[str, str]]


def asked(store: Path, line: str, *more: str) -> tuple[str, str]:
    import shlex

    code, out, err = called(["--no-config", "--store", str(store), "--today", TODAY, *shlex.split(line), *more], b"")
    assert code == 0, (line, err.decode())
    return out.decode(), err.decode()


@pytest.fixture(scope="module")
def past(sample_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Past:
    store = Path(shutil.copy(sample_store, tmp_path_factory.mktemp("past") / "register.db"))
    said = {line: asked(store, line) for line in READS}
    moment = instants(store)[-1]
    for line in CHANGES:
        asked(store, line, "--actor", "later")
    return Past(store, moment, said)


def instants(store: Path) -> list[str]:
    with closing(sqlite3.connect(store)) as connection:
        return [row[0] for row in connection.execute("SELECT at FROM change ORDER BY id")]


def plain(said: str, moment: str) -> str:
    """An answer without the words that say which moment it is about."""
    without = re.sub(r',?\s*"known_at": ?(null|"[^"]*")', "", said)
    return re.sub(r"(?m)^as the register stood at .*\n", "", without).replace('"filters": {\n  }', '"filters": {}')


@pytest.mark.sampled(9)
@pytest.mark.parametrize("line", READS)
def test_a_read_says_what_it_said_then(past: Past, line: str) -> None:
    out, err = asked(past.store, line, "--known-at", past.moment)
    before, beside = past.said[line]
    assert plain(out, past.moment) == plain(before, past.moment)
    assert err == beside
    if out.startswith("{") and '"report"' in out:
        assert json.loads(out)["filters"]["known_at"] == past.moment


def test_records_tell_the_moment(past: Past) -> None:
    record = json.loads(asked(past.store, "show us-jp-sosa-2023 --json", "--known-at", past.moment)[0])
    assert record["derived"]["known_at"] == past.moment
    assert record["short_title"] == "US-Japan SOSA (2023)"
    assert json.loads(asked(past.store, "show us-jp-sosa-2023 --json")[0])["derived"]["known_at"] is None


@pytest.mark.sampled(4)
@pytest.mark.parametrize(
    "line", [line for line in READS if not re.search("us-jp-sosa-2023|us-nl-sosa|family show", line)]
)
def test_before_the_first_change_there_is_nothing(past: Past, line: str) -> None:
    out, err = asked(past.store, line, "--known-at", "2020-05-06")
    assert "us-jp" not in out
    assert "later" not in out.lower()
    assert err.startswith(
        "warning: at 2020-05-06T23:59:59.999999Z the register knew nothing that is kept: it knows since "
    )


def test_a_time_is_read_in_its_zone(past: Past) -> None:
    """The same moment in three ways; a moment before it, in a zone where the clocks show a later hour."""
    texts = [past.moment, past.moment.replace("Z", "+00:00"), in_zone(past.moment, 9)]
    assert len({asked(past.store, "list", "--known-at", text)[0] for text in texts}) == 1
    earlier = in_zone(past.moment, 0).replace("+00:00", "+09:00")
    assert asked(past.store, "list", "--known-at", earlier)[0].count("\n") == 1


def in_zone(moment: str, hours: int) -> str:
    from datetime import datetime, timedelta, timezone

    return datetime.fromisoformat(moment).astimezone(timezone(timedelta(hours=hours))).isoformat()


# the changelog


def lines(past: Past, *arguments: str) -> list[dict[str, Any]]:
    out, _ = asked(past.store, "diff -f json", *arguments)
    found: list[dict[str, Any]] = json.loads(out)["rows"]
    return found


def test_the_changelog_since_a_moment(past: Past) -> None:
    """Each record that is not what it was, path by path; what is new and gone by name."""
    found = lines(past, "--from", past.moment)
    told = {(line["record"], line["id"], line["what"], line["path"]) for line in found}
    assert told == {
        ("agreement", "later", "new", None),
        ("agreement", "us-nl-sosa", "removed", None),
        *(
            ("agreement", "us-jp-sosa-2023", "changed", path)
            for path in ("short_title", "signatories[s1]", "events[e2]")
        ),
        ("agreement", "us-jp-sosa-2023", "changed", "focus_areas"),
        ("party", "JPN", "changed", "name"),
        ("focus_area", "cyber", "changed", "label"),
        ("person", "hamada-yasukazu", "changed", "name"),
        ("family", "sosa", "changed", "name"),
        ("source", "unsourced", "changed", "title"),
    }
    event = next(line for line in found if line["path"] == "events[e2]")
    assert json.loads(event["new"]) == {"id": "e2", "kind": "became_operative", "date": "2023-02-01"}


def test_the_changelog_of_a_query(past: Past) -> None:
    """A query holds what it describes at either end: what was removed since is told as well."""
    found = lines(past, "--from", past.moment, "--party", "NLD")
    assert [(line["id"], line["what"]) for line in found] == [("us-nl-sosa", "removed")]
    assert {line["record"] for line in lines(past, "--from", past.moment, "party:JPN")} == {"agreement"}


def test_the_changelog_between_two_moments(past: Past) -> None:
    at = instants(past.store)
    found = lines(past, "--from", at[3], "--to", at[4])
    assert [(line["id"], line["what"]) for line in found] == [("us-nl-sosa", "removed")]
    assert lines(past, "--change", "5") == found
    assert lines(past, "--to", "2020") == []


def test_the_changelog_looks_back_with_known_at(past: Past) -> None:
    """What was changed later is not known yet, also of a record that was changed before."""
    at = instants(past.store)
    found = lines(past, "--from", past.moment, "--known-at", at[1])
    assert {line["path"] for line in found} == {"short_title", "focus_areas"}
    found = lines(past, "--change", "2", "--known-at", at[2])
    assert {line["path"] for line in found} == {"short_title", "focus_areas"}


@pytest.mark.sampled(2)
@pytest.mark.parametrize("form", ["table", "tsv", "csv", "ndjson", "markdown", "html"])
def test_the_changelog_in_every_format(past: Past, form: str) -> None:
    out, _ = asked(past.store, "diff", "--from", past.moment, "-f", form)
    for text in ("us-nl-sosa", "removed", "SOSA (2023)", "Later"):
        assert text in out


def test_a_change_that_is_not_there(past: Past, run: Run) -> None:
    done = run("--store", past.store, "diff", "--change", "99")
    assert (done.code, done.err) == (1, "tracker: there is no change 99; `tracker log` lists them\n")
    done = run("--store", past.store, "diff", "--change", "2", "--from", "2020")
    assert done.code == 2


def test_the_log_of_a_merge_and_its_changelog(store: Path, run: Run) -> None:
    """The record that went is named in the log, and the changelog tells that it is gone."""
    assert run("merge", "us-nl-sosa", "us-se-sosa", "--yes").code == 0
    out = json.loads(run("diff", "--change", "2", "-f", "json").out)
    assert ("us-se-sosa", "removed") in {(line["id"], line["what"]) for line in out["rows"]}
    assert "us-se-sosa" in run("log", "us-se-sosa", "--limit", "1").out


def test_an_undo_that_only_looks_changes_nothing(store: Path, run: Run) -> None:
    run("remove", "us-nl-sosa")
    before = run("export").out
    assert run("undo", "--dry-run").code == 0
    assert run("export").out == before
    assert run("undo").code == 0
    assert run("show", "us-nl-sosa").code == 0
    assert run("undo").code == 0
    assert run("list").out.count("\n") == 1
    done = run("undo")
    assert (done.code, done.err) == (1, "tracker: there is no change left to undo; see `tracker log`\n")


@pytest.mark.parametrize(
    "line", ["add X", "remove us-nl-sosa", "store migrate", "store check", "store init", "import -"]
)
def test_nothing_is_changed_in_the_past(store: Path, run: Run, line: str) -> None:
    before = store.read_bytes()
    done = run(*line.split(), "--known-at", "today")
    assert (done.code, "--known-at" in done.err) == (2, True)
    assert store.read_bytes() == before
