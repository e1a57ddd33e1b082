"""What is private is nowhere in a site, in none of its files, unless it is asked for."""

import json

import pytest

pytestmark = pytest.mark.long

SECRETS = {
    "notes": ["canary-note", "canary-item-note", "canary-claim-on-note"],
    "x.owner": ["canary-own-field", "canary-claim-on-own-field"],
    "files": ["canary-folder"],
    "origin": ["canary-sheet.csv"],
}
"""Part to texts that stand in it."""

NOTHING: dict[str, list[str]] = {part: [] for part in SECRETS}

RECORD = {
    "record": "agreement", "ref": "secretive", "title": "Exchange of letters",
    "parties": [{"code": "JPN"}, {"code": "AUS"}],
    "notes": ["canary-note"], "extra": {"owner": "canary-own-field"},
    "events": [{"kind": "signed", "date": "2020-01-02", "note": "canary-item-note"}],
    "sources": [
        {"source": {"record": "source", "id": "scan", "title": "A scan", "url": "file:///home/canary-folder/a.pdf"}},
    ],
    "claims": [
        {"field": "notes", "value": "canary-claim-on-note", "sources": ["scan"]},
        {"field": "extra.owner", "value": "canary-claim-on-own-field", "sources": ["scan"]},
    ],
    "origin": {"set": "deals", "key": "1", "file": "canary-sheet.csv", "row": 4},
}  # fmt: skip


@pytest.fixture
def register(run, few, tmp_path):
    """The samples with a record full of secrets, which another change gave one more."""
    path = tmp_path / "secretive.json"
    path.write_text(json.dumps(RECORD))
    done = run("import", path)
    assert done.code == 0, done.err
    assert run("note", "us-jp-sosa-2023", "canary-note").code == 0
    assert run("edit", "us-jp-sosa-2023", "--set", "x.owner=canary-own-field").code == 0
    return few


def found(site):
    """Which secrets stand in which files."""
    return {
        part: sorted({text for text in texts for data in site.files().values() if text.encode() in data})
        for part, texts in SECRETS.items()
    }


def test_nothing_private_is_in_any_file(published, register):
    site = published()
    assert found(site) == NOTHING
    assert not [name for name, data in site.files().items() if b"tester" in data or b"few.db" in data]


@pytest.mark.parametrize("part", SECRETS)
def test_a_part_that_is_asked_for_is_there_and_no_other(published, register, part):
    site = published("--with", part)
    assert found(site) == {other: sorted(texts) if other == part else [] for other, texts in SECRETS.items()}


def test_what_is_left_out_and_what_is_not_is_told_before_anything_is_written(run, register, tmp_path):
    told = run("publish", tmp_path / "site", "--dry-run").err
    assert "left out as private: addresses of files on this machine: " in told
    assert "names of imported files: 2" in told
    assert "x.owner: 3" in told
    assert not (tmp_path / "site").exists()
    told = run("publish", tmp_path / "site", "--dry-run", "--with", "x.owner").err
    assert "published although private: x.owner" in told
    assert "x.owner: 3" not in told
    assert run("publish", tmp_path / "site", "--with", "x.nobody,nots").code == 2


def test_a_query_about_what_is_private_is_not_told(published, register):
    site = published("x.owner:canary-own-field")
    assert found(site) == NOTHING
    assert {one["ref"] for one in site.json("agreements.json")} == {"secretive", "us-jp-sosa-2023"}


def test_a_change_of_what_is_private_is_no_news(published, register, run):
    before = published().json("changes.json")["rows"]
    assert run("note", "att-2013", "another one").code == 0
    assert published().json("changes.json")["rows"] == before
    assert [row for row in published("--with", "notes").json("changes.json")["rows"] if row["path"] == "notes"]
