"""Exports: everything once, in order, without what is only printed; parts bring what they refer to.

The hash of a report is that of the export of what was counted.
"""

import json
from hashlib import sha256
from pathlib import Path

import pytest
from asking import asking
from read_register import MOU, OBJECTS, OLD, SOSA, YEAR
from running import Run

from tracker.errors import Ambiguous, NotFound
from tracker.read.lists import proofs
from tracker.read.lists.export import export_documents, export_whole
from tracker.read.lookup import refs
from tracker.read.query.filters import Filters
from tracker.read.records import documents
from tracker.read.records.agreements import record
from tracker.record.document import COLLECTIONS, IDENTITY, KEYS, complete, strip_read_only

DAY = "2024-01-01"


def exported(reader, **asked):
    return list(export_documents(reader, Filters(asking(**asked), as_of=DAY)))


def keys(found, kind):
    return [document[IDENTITY[kind]] for document in found if document["record"] == kind]


def test_an_export_is_what_was_stored(reader):
    """Header, then each kind sorted by its id; built-in objects that nobody changed stay at home."""
    found = exported(reader)
    assert found[0] == {"record": "tracker", "format": 1}
    assert [document["record"] for document in found[1:]] == sorted(
        (document["record"] for document in found[1:]), key=list(COLLECTIONS).index
    )
    stored = {}
    for document in [*OBJECTS, SOSA, MOU, OLD, YEAR]:
        if not document.get("builtin"):
            stored.setdefault(document["record"], []).append(complete(document))
    for kind, wanted in stored.items():
        wanted.sort(key=lambda document: document[IDENTITY[kind]])
        assert json.dumps([document for document in found if document["record"] == kind]) == json.dumps(wanted)


def test_the_export_of_an_agreement_is_its_print_without_the_rest(reader):
    """Two ways to the same record."""
    by_ref = {document["ref"]: document for document in exported(reader) if document["record"] == "agreement"}
    for ref, document in by_ref.items():
        assert json.dumps(strip_read_only(record(reader, ref, DAY))) == json.dumps(document)


def test_a_part_brings_what_it_refers_to(reader):
    found = exported(reader, ref=(SOSA["ref"],))
    assert keys(found, "agreement") == ["us-jp-rdte-mou-1990", "us-jp-rdte-mou-2023", SOSA["ref"]], (
        "and what it relates to"
    )
    assert keys(found, "person") == ["hamada-yasukazu", "lloyd-j-austin-iii"]
    assert keys(found, "family") == ["sosa"]
    assert keys(found, "focus_area") == ["industry_and_supply", "supply_chain"]
    assert keys(found, "source") == ["insidedef-2024-germany", "mirage-2023-dod", "original-2023", "pacom-2023-01-18"]
    assert keys(found, "party") == []


def test_one_object_holds_the_same(reader):
    """The JSON form has the same documents in lists; nothing matches, nothing travels."""
    whole = export_whole(reader, Filters(as_of=DAY))
    assert list(whole) == ["record", "format", *COLLECTIONS.values()]
    lists = [list(whole[name]) for name in COLLECTIONS.values()]
    assert [document for items in lists for document in items] == exported(reader)[1:]
    assert exported(reader, ref=("x",)) == [{"record": "tracker", "format": 1}]


@pytest.mark.parametrize("kind", documents.KINDS)
def test_documents_have_the_keys_of_the_record_in_order(reader, kind):
    found = list(documents.documents(reader, kind))
    assert found
    assert {tuple(document) for document in found} == {KEYS[kind]}
    assert documents.document(reader, kind, found[0][IDENTITY[kind]]) == found[0]
    with pytest.raises(NotFound):
        documents.document(reader, kind, "x")


def test_members_of_an_organisation(reader):
    assert documents.party(reader, "org-eu")["members"] == [
        {"code": "GBR", "from": "1973-01-01", "until": "2020-01-31"}
    ]


def test_a_ref_or_the_beginning_of_one(reader):
    """Case does not matter, an exact ref wins, several are named, a near miss is suggested."""
    assert refs.resolve(reader, "US-JP-SOSA-2023") == "us-jp-sosa-2023"
    assert refs.resolve(reader, "gb") == "gb-jp-note-2020"
    with pytest.raises(Ambiguous, match="us-jp-rdte-mou-1990, us-jp-rdte-mou-2023"):
        refs.resolve(reader, "us-jp-rdte")
    with pytest.raises(NotFound, match="did you mean us-jp-sosa-2023"):
        refs.resolve(reader, "us-jp-soas-2023")
    with pytest.raises(NotFound, match="did you mean us-jp-sosa-2023"):
        refs.resolve(reader, "sosa")
    with pytest.raises(NotFound):
        refs.resolve(reader, "")


HASHED = [[], ["--party", "JPN", "--binding", "binding"], ["--signed", "2023", "--as-of", "2024-01-01"]]


def hash_line(out: str) -> str:
    """The line of a footer that tells the hash."""
    (line,) = [line for line in out.splitlines() if line.startswith("hash ")]
    return line


@pytest.mark.sampled(3)
@pytest.mark.parametrize("query", HASHED, ids=" ".join)
@pytest.mark.parametrize("report", [["report", "overview"], ["compare", "binding", "--by", "year"]], ids=" ".join)
def test_the_hash_of_a_report_is_that_of_the_export_of_the_same_query(
    report: list[str], query: list[str], run: Run, store: Path, tmp_path: Path
) -> None:
    file = tmp_path / "export.ndjson"
    assert run("export", *query, "-f", "ndjson", "-o", file).code == 0
    assert sha256(file.read_bytes()).hexdigest() in hash_line(run(*report, *query, "--hash", "-f", "table").out)


def test_the_hash_changes_with_what_is_counted(run: Run, store: Path) -> None:
    before = json.loads(run("report", "overview", "--json", "--hash").out)["hash"]
    assert before in hash_line(run("report", "overview", "--hash", "-f", "table").out)
    assert run("edit", "us-jp-sosa-2023", "--set", "short_title=SOSA").code == 0
    assert before not in hash_line(run("report", "overview", "--hash", "-f", "table").out)


def test_a_file_holds_the_hash_and_nothing_else_makes_it_unasked(run: Run, store: Path, tmp_path: Path) -> None:
    assert json.loads(run("report", "overview", "--json").out)["hash"] is None
    for format_ in ("table", "markdown", "csv"):
        assert "hash" not in run("report", "overview", "-f", format_).out
    for name in ("report.txt", "report.md", "report.html"):
        run("report", "overview", "-o", tmp_path / name)
        assert "hash" in (tmp_path / name).read_text(encoding="utf-8")


def test_the_hash_is_not_made_for_many_unasked_and_says_so(
    monkeypatch: pytest.MonkeyPatch, run: Run, store: Path, tmp_path: Path
) -> None:
    monkeypatch.setattr(proofs, "MOST", 81)
    run("report", "overview", "-o", tmp_path / "report.txt")
    assert "not made for more than 81 agreements" in hash_line((tmp_path / "report.txt").read_text(encoding="utf-8"))
    assert "hash" in json.loads(run("report", "overview", "--json", "--hash").out)
