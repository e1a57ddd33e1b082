"""Proposals shown, accepted, laid over what is there, edited and taken back; how texts are read is tested elsewhere."""

import hashlib
import json
import shlex
import sys
from pathlib import Path

import jsonschema
import pytest
import two_signed
from running import Run

from tracker.proposing.basis.proposal import NEWS, Proposal, Proposals, Value
from tracker.store.validation.document_schema import json_schema
from tracker.work.proposals import texts

PUBLISHED = ("--published", two_signed.PUBLISHED)
MOU, SOSA = "us-jp-mou-2023", "us-jp-sosa-2023"


@pytest.fixture
def article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The article in a file, and the reading of it as it is meant to be."""
    monkeypatch.setattr(texts, "propose", two_signed.proposed)
    path = tmp_path / "article.txt"
    path.write_text(two_signed.ARTICLE, encoding="utf-8")
    return path


@pytest.fixture
def register(run: Run, other_store: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty register, which the program finds without being told."""
    monkeypatch.setenv("TRACKER_STORE", str(other_store))
    return other_store


def _export(run: Run) -> str:
    done = run("export", "-f", "ndjson")
    assert done.code == 0, done.err
    return str(done.out)


def test_a_page_holds_each_value_with_its_words_and_what_is_only_mentioned(run: Run, register: Path, article: Path):
    done = run("propose", article, *PUBLISHED)
    assert done.code == 0, done.err
    for words in (two_signed.SIGNED, two_signed.BINDS, two_signed.BINDS_NOT, two_signed.CLOSED):
        start = two_signed.ARTICLE.index(words)
        assert f"“{words}”" in done.out
        assert f"characters {start} to {start + len(words)}" in done.out
    assert "framework agreement on space" in done.out
    assert "not in the register" in done.out
    assert "reciprocal access" not in done.out
    assert "2 proposed, 1 only mentioned; accept with: tracker propose" in done.out
    assert _export(run) == '{"record":"tracker","format":1}\n'


def test_explain_shows_the_rules_and_what_was_refused(run: Run, register: Path, article: Path):
    done = run("propose", article, *PUBLISHED, "--explain")
    assert "a reciprocal access agreement" in done.out
    assert "it is not signed yet" in done.out
    assert "rule" in done.out


@pytest.mark.sampled(2)
@pytest.mark.parametrize("options", [(), ("--explain",)])
def test_json_is_the_record_with_its_words(run: Run, register: Path, article: Path, options: tuple[str, ...]):
    printed = json.loads(run("propose", article, *PUBLISHED, *options, "--json").out)
    lines = [
        json.loads(line) for line in run("propose", article, *PUBLISHED, *options, "-f", "ndjson").out.splitlines()
    ]
    assert printed == lines
    for one in printed:
        jsonschema.validate(one, json_schema("proposal"))
        for value in one["proposal"]["values"]:
            assert two_signed.ARTICLE[value["start"] : value["end"]] == value["sentence"]
    kinds = ["instrument", "instrument", *(["mention", "refused"] if options else [])]
    assert [one["proposal"]["kind"] for one in printed] == kinds
    memorandum, arrangement = printed[:2]
    assert (memorandum["ref"], memorandum["binding_status"]) == (MOU, "binding")
    assert (arrangement["ref"], arrangement["binding_status"]) == (SOSA, "non_binding")
    assert [event["date"] for event in arrangement["events"]] == ["2023-01-12"]
    assert arrangement["signatories"][1]["person"]["id"] == "hamada-yasukazu"


def test_what_is_accepted_is_one_change_with_the_text_as_its_source(run: Run, register: Path, article: Path):
    done = run("propose", article, *PUBLISHED, "--accept", "all", "--kind", "news", "--source", "https://example.org/a")
    assert done.code == 0, done.err
    assert done.out.split() == [MOU, SOSA]
    record = json.loads(run("show", SOSA, "--json").out)
    (source,) = json.loads(run("source", "list", "--json").out)
    assert source["sha256"] == hashlib.sha256(article.read_bytes()).hexdigest()
    assert (source["kind"], source["url"], source["date"]) == ("news", "https://example.org/a", "2023-01-18")
    assert record["sources"][0]["source"] == source["id"]
    assert all(claim["adopted"] and claim["sources"] == [source["id"]] for claim in record["claims"])
    assert all(claim["locator"].startswith("paragraph ") and claim["note"] for claim in record["claims"])
    assert [item["kind"] for item in record["evidence"]] == ["press_report"]
    assert two_signed.BINDS_NOT in record["evidence"][0]["text"]
    log = json.loads(run("log", "--json").out)["rows"]
    assert len(log) == 1
    assert source["id"] in log[0]["touched"]
    assert two_signed.BINDS_NOT in run("why", SOSA).out
    assert two_signed.SIGNED in run("why", SOSA, "signed").out
    assert "no source says otherwise" not in run("conflicts").out


def test_taken_back_and_accepted_again_leaves_the_register_as_it_was(run: Run, register: Path, article: Path):
    accept = ("propose", article, *PUBLISHED, "--accept", "all")
    before = _export(run)
    assert run(*accept).code == 0
    after = _export(run)
    again = run(*accept)
    assert "nothing to change" in again.err
    assert _export(run) == after
    assert run("undo").code == 0
    assert _export(run) == before
    assert run(*accept).code == 0
    assert _export(run) == after


def test_a_dry_run_and_a_choice(run: Run, register: Path, article: Path):
    before = _export(run)
    dry = run("propose", article, *PUBLISHED, "--accept", "2", "--dry-run")
    assert "would be recorded us-jp-sosa-2023" in dry.err
    assert _export(run) == before
    assert run("propose", article, *PUBLISHED, "--accept", "2").out.split() == [SOSA]
    assert [one["ref"] for one in json.loads(run("list", "--json").out)] == [SOSA]


@pytest.mark.parametrize(
    ("chosen", "told"),
    [("3", "no such proposal; there are 2"), ("x", "expected all, or numbers"), (",", "names no proposal")],
)
def test_a_number_that_is_not_there_is_refused(run: Run, register: Path, article: Path, chosen: str, told: str):
    done = run("propose", article, *PUBLISHED, "--accept", chosen)
    assert (done.code, done.out) == (2, "")
    assert told in done.err


def test_an_agreement_of_the_register_is_never_overwritten(run: Run, register: Path, article: Path):
    run(
        *("add", "Security of Supply Arrangement with Japan", "--party", "USA", "--party", "JPN"),
        *("--type", "security_of_supply_arrangement", "--signed", "2023-01-12", "--text-access", "public"),
        *("--signatory", "USA: Somebody Else, Secretary", "--ref", "my-sosa"),
    )
    shown = run("propose", article, *PUBLISHED)
    assert "The register holds it: my-sosa" in shown.out
    assert "otherwise: public" in shown.out
    before = json.loads(run("show", "my-sosa", "--json").out)
    done = run("propose", article, *PUBLISHED, "--accept", "2")
    assert done.out.split() == ["my-sosa"]
    assert "text_access: the text says not_released, it holds public; kept as a claim" in done.err
    after = json.loads(run("show", "my-sosa", "--json").out)
    for key in ("title", "text_access", "instrument_type"):
        assert after[key] == before[key]
    assert after["binding_status"] == "non_binding"  # nobody had looked
    assert after["signatories"][0]["person"] == before["signatories"][0]["person"]
    assert [one["name"] for one in after["signatories"]] == ["Somebody Else", "Hamada Yasukazu"]
    conflicts = {row["field"] for row in json.loads(run("conflicts", "--json").out)["rows"]}
    assert conflicts == {"text_access", "signatories[s1].person"}
    run("undo")
    assert json.loads(run("show", "my-sosa", "--json").out)["claims"] == before["claims"]


def test_which_agreement_it_is_can_be_said(run: Run, register: Path, article: Path):
    run("add", "Paper on radar", "--party", "USA", "--party", "JPN", "--signed", "2023-01-12", "--ref", "radar")
    perhaps = run("propose", article, *PUBLISHED)
    assert "Perhaps the register holds it: radar" in perhaps.out
    asked = run("propose", article, *PUBLISHED, "--accept", "1")
    assert asked.code == 1
    assert "may be radar (Paper on radar); say which with --accept 1=radar, or --accept 1=new" in asked.err
    done = run("propose", article, *PUBLISHED, "--accept", "1=radar,2=new")
    assert done.out.split() == ["radar", SOSA]


def test_a_person_who_is_called_nearly_so_is_asked_about(run: Run, register: Path, article: Path):
    run("signatory", "add", "Loyd J. Austin III")
    asked = run("propose", article, *PUBLISHED, "--accept", "all")
    assert asked.code == 1
    assert "Loyd J. Austin III" in asked.err
    assert run("propose", article, *PUBLISHED, "--accept", "all", "--yes").code == 0


def test_a_source_of_another_text_is_refused(run: Run, register: Path, article: Path):
    assert run("propose", article, *PUBLISHED, "--accept", "all").code == 0
    (source,) = json.loads(run("source", "list", "--json").out)
    article.write_text(f"{two_signed.ARTICLE}\n", encoding="utf-8")
    done = run("propose", article, *PUBLISHED, "--accept", "all", "--source", source["id"])
    assert done.code == 1
    assert f"source {source['id']} has another text" in done.err


@pytest.fixture
def pen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Let the editor be a script; returns where it leaves what it was shown."""

    def use(script: str) -> Path:
        program, seen = tmp_path / "pen.sh", tmp_path / "seen.json"
        program.write_text(f'cp "$1" {shlex.quote(str(seen))}\n{script}\n', encoding="utf-8")
        monkeypatch.setenv("EDITOR", f"sh {shlex.quote(str(program))}")
        return seen

    return use


def test_in_the_editor_words_stand_above_the_keys_and_what_is_left_is_recorded(
    run: Run, register: Path, article: Path, pen
):
    seen = pen("""sed -i 's/"date": "2023-01-12"/"date": "2023-01-13"/; s/"not_released"/"unknown"/' "$1" """)
    done = run("propose", article, *PUBLISHED, "--edit", "--accept", "2")
    assert done.code == 0, done.err
    shown = seen.read_text(encoding="utf-8")
    above = shown[: shown.index('"binding_status"')]
    assert f"// “{two_signed.BINDS_NOT}” (paragraph" in above
    record = json.loads(run("show", SOSA, "--json").out)
    assert [event["date"] for event in record["events"]] == ["2023-01-13"]
    days = [claim for claim in record["claims"] if claim["value"] == "2023-01-12"]
    assert [claim["adopted"] for claim in days] == [False]  # the text says so, the editor did not follow it
    assert record["text_access"] == "unknown"
    assert all(claim["field"] != "text_access" for claim in record["claims"])  # struck out, so nobody claims it
    assert two_signed.BINDS_NOT in run("why", SOSA).out


def test_in_the_editor_a_proposal_may_be_struck_out(run: Run, register: Path, article: Path, pen):
    seen = pen(f"""{shlex.quote(sys.executable)} - "$1" <<'END'
import json, sys
lines = open(sys.argv[1], encoding="utf-8").read().splitlines()
both = json.loads("\\n".join(line for line in lines if not line.lstrip().startswith("//")))
both[1]["title"] = "Security of Supply Arrangement"
json.dump(both[1:], open(sys.argv[1], "w", encoding="utf-8"))
END""")
    done = run("propose", article, *PUBLISHED, "--edit")
    assert done.out.split() == [SOSA], done.err
    assert seen.read_text(encoding="utf-8").count('"ref": ') == 2
    assert json.loads(run("show", SOSA, "--json").out)["title"] == "Security of Supply Arrangement"


def test_left_as_it_is_in_the_editor_nothing_is_recorded(run: Run, register: Path, article: Path, pen):
    pen("true")
    done = run("propose", article, *PUBLISHED, "--edit")
    assert (done.code, done.out) == (0, "")
    assert "nothing was recorded" in done.err
    assert _export(run) == '{"record":"tracker","format":1}\n'


NEWS_TEXT = """\
The rope treaty begins

The Treaty on Ropes between Japan and the United Kingdom entered into force on 1 April 2023.
"""
ENTERED = NEWS_TEXT[NEWS_TEXT.index("The Treaty") :].strip()


@pytest.fixture
def news(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A text that tells of the entry into force of a treaty, and the reading of it."""

    def told(key: str, held: object) -> Value:
        return two_signed.value(key, held, ENTERED, NEWS_TEXT)

    values = (
        told("title", "Treaty on Ropes"),
        told("instrument_type", "treaty"),
        told("parties", {"code": "JPN", "entity": None, "role": None}),
        told("parties", {"code": "GBR", "entity": None, "role": None}),
        told("events", {"kind": "entered_into_force", "date": "2023-04-01", "parties": []}),
    )
    read = Proposals((Proposal(NEWS, values),), language="en")
    monkeypatch.setattr(texts, "propose", lambda *_: read)
    path = tmp_path / "news.txt"
    path.write_text(NEWS_TEXT, encoding="utf-8")
    return path


ROPES = ("add", "Treaty on ropes", "--party", "JPN", "--party", "GBR", "--type", "treaty", "--signed", "2022-05-06")


def test_news_is_an_event_of_the_agreement_that_it_is_about(run: Run, register: Path, news: Path):
    run(*ROPES, "--ref", "ropes")
    assert "The register holds it: ropes" in run("propose", news).out
    assert run("propose", news, "--accept", "1").out.split() == ["ropes"]
    record = json.loads(run("show", "ropes", "--json").out)
    assert [(event["kind"], event["date"]) for event in record["events"]] == [
        ("signed", "2022-05-06"),
        ("entered_into_force", "2023-04-01"),
    ]
    assert [claim["field"] for claim in record["claims"]] == ["events[e2].date"]
    assert record["derived"]["status"] == "in_force"
    assert ENTERED in run("why", "ropes", "in_force_from").out


def test_news_that_says_another_day_is_a_claim(run: Run, register: Path, news: Path):
    run(*ROPES, "--ref", "ropes", "--in-force", "2023-04-02")
    done = run("propose", news, "--accept", "all")
    assert "the text says 2023-04-01, it holds 2023-04-02; kept as a claim" in done.err
    assert len(json.loads(run("show", "ropes", "--json").out)["events"]) == 2
    assert "2023-04-01" in run("conflicts").out


def test_news_about_an_agreement_that_is_not_there_asks_which(run: Run, register: Path, news: Path):
    assert "that the register does not hold. Say which it is: --accept 1=REF" in run("propose", news).out
    asked = run("propose", news, "--accept", "1")
    assert asked.code == 1
    assert "news about 'Treaty on Ropes', which the register does not hold" in asked.err
    assert run("propose", news, "--accept", "1=new").out.split() == ["jp-gb-treaty-2023"]


def test_several_files_and_a_pipe_are_numbered_through(run: Run, register: Path, article: Path, tmp_path: Path):
    copy = tmp_path / "copy.md"
    copy.write_text(two_signed.ARTICLE, encoding="utf-8")
    printed = json.loads(run("propose", article, copy, *PUBLISHED, "--json").out)
    assert [one["proposal"]["number"] for one in printed] == [1, 2, 3, 4]
    assert [one["proposal"]["file"] for one in printed] == ["article.txt"] * 2 + ["copy.md"] * 2
    piped = json.loads(run("propose", "-", *PUBLISHED, "--json", stdin=two_signed.ARTICLE).out)
    assert [one["proposal"]["file"] for one in piped] == ["standard input"] * 2
    done = run("propose", article, copy, *PUBLISHED, "--accept", "all")
    assert done.out.split() == [MOU, SOSA, MOU, SOSA], done.err  # two texts of the same agreements


def test_what_is_mentioned_is_found_in_the_register(run: Run, register: Path, article: Path):
    run("add", "Framework Agreement on Space", "--party", "USA", "--party", "JPN", "--signed", "2023-01-13")
    assert "us-jp-framework-agreement-space-2023" in run("propose", article, *PUBLISHED).out


def test_a_page_says_its_day_of_publication(run: Run, register: Path, tmp_path: Path):
    page = tmp_path / "page.html"
    page.write_text(
        '<html lang="en"><head><meta property="article:published_time" content="2023-01-18T10:00:00Z"></head><body>'
        "<h1>Roads of ice</h1><p>The committee has met and talked about the roads of the country.</p></body></html>",
        encoding="utf-8",
    )
    assert "published  2023-01-18" in run("propose", page).out
    assert "published  2023-01-19" in run("propose", page, "--published", "19 January 2023").out


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("data", "code", "told"),
    [
        (b"\x00\x01\x02", 2, "binary file"),
        (b"%PDF-1.7", 2, "a PDF"),
        (b"caf\xe9", 2, "no UTF-8 text"),
        ("\u202e\u200fהסכם נחתם אתמול בין שתי המדינות".encode(), 0, "Hebrew, which is not read"),
        (b"\x1b[31mThe treaty was signed by the states and it is in the book.", 0, "read as a blank"),
        (b"<html>" + b"<div>" * 20_000 + b"The end of the page that was long", 0, "0 proposed"),
    ],
)
def test_texts_that_are_hard_to_read_end_in_a_line_or_a_page(
    run: Run, register: Path, tmp_path: Path, data: bytes, code: int, told: str
):
    path = tmp_path / "text.txt"
    path.write_bytes(data)
    done = run("propose", path)
    assert done.code == code
    assert told in done.out + done.err
    assert "\x1b" not in done.out + done.err


@pytest.mark.long
@pytest.mark.parametrize(
    "piece", ["The committee met and talked about the roads of the country. ", "a", "( . ", "שלום "]
)
def test_a_text_of_five_million_characters_ends_in_a_page(run: Run, register: Path, tmp_path: Path, piece: str):
    path = tmp_path / "long.txt"
    path.write_text(piece * (5_000_000 // len(piece)), encoding="utf-8")
    assert "0 proposed" in run("propose", path).out


def test_what_is_not_taken_keeps_its_words_above_the_keys(run: Run, register: Path, article: Path, pen):
    pen("""sed -i 's/"instrument_type": "[a-z_]*"/"instrument_type": "nonsense"/' "$1" """)
    done = run("propose", article, *PUBLISHED, "--edit", "--accept", "2")
    assert done.code == 2
    assert "instrument_type" in done.err
    kept = Path(shlex.split(done.err.split("--resume ")[1])[0])
    seen = pen("""sed -i 's/"nonsense"/"arrangement"/' "$1" """)
    again = run("propose", article, *PUBLISHED, "--edit", "--accept", "2", "--resume", kept)
    assert again.code == 0, again.err
    assert f"// “{two_signed.BINDS_NOT}”" in seen.read_text(encoding="utf-8")
    assert json.loads(run("show", again.out.strip(), "--json").out)["instrument_type"] == "arrangement"
