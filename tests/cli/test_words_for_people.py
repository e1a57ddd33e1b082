"""People read words: labels of focus areas, paths of a record in words; machines get the codes."""

import json

import pytest
from running import Run

from tracker.query.fields import FIELDS
from tracker.read.records.paths_in_words import in_words
from tracker.record.document import blank
from tracker.record.kinds import ROWS
from tracker.record.meanings.lives import ACTS

MOU = "us-jp-rdte-mou-2023"
PEOPLE = ("table", "markdown", "html")


@pytest.mark.sampled(3)
@pytest.mark.parametrize("format_", PEOPLE)
def test_focus_areas_bear_their_labels(format_: str, run: Run, store: object) -> None:
    for command in (
        ("show", MOU),
        ("list", f"ref:{MOU}", "--columns", "ref,focus_areas"),
        ("compare", "binding", "--by", "focus"),
        ("report", "matrix", "--rows", "focus", "--cols", "type"),
        ("report", "matrix", "--rows", "type", "--cols", "focus"),
        ("report", "overview"),
        ("gaps", "--from", "signed", "--to", "in_force", "--by", "focus"),
        ("compare", MOU, "us-jp-sosa-2023"),
    ):
        said = run(*command, "-f", format_).out.replace("\\", "").replace("<wbr>", "").partition("<details>")[0]
        assert "Supply chain" in said or "Research and development" in said, command
        assert "supply_chain" not in said, command
        assert "research_and_development" not in said, command


def test_machines_get_the_codes(run: Run, store: object) -> None:
    assert "research_and_development" in run("list", f"ref:{MOU}", "--columns", "ref,focus_areas").out
    assert "research_and_development" in json.loads(run("show", MOU, "--json").out)["focus_areas"]
    rows = json.loads(run("compare", "binding", "--by", "focus", "--json").out)["rows"]
    assert {"focus": "supply_chain", "name": "Supply chain"}.items() <= next(
        row for row in rows if row["focus"] == "supply_chain"
    ).items()
    fields = json.loads(run("compare", MOU, "us-jp-sosa-2023", "--json").out)["rows"]
    assert "hypersonic_defence" in next(row for row in fields if row["field"] == "focus areas")[MOU]
    claims = json.loads(run("conflicts", f"ref:{MOU}", "--json").out)["rows"]
    assert {row["field"] for row in claims} == {"events[e1].date"}


@pytest.mark.parametrize("command", ["show", "dossier", "claims", "conflicts"])
def test_where_sources_disagree_is_said_in_words(command: str, run: Run, store: object) -> None:
    arguments = (f"ref:{MOU}",) if command == "conflicts" else (MOU,)
    out = run(command, *arguments, "-f", "table").out
    assert "date of the signature (e1)" in out
    assert "events[e1]" not in out


def test_doubts_and_reasons_are_said_in_words(run: Run, store: object) -> None:
    doubts = run("check", "ref:us-nl-sosa", "-f", "table").out
    assert "date of the signature (e1)" in doubts
    assert "family sosa" in doubts
    assert "[" not in doubts
    reasons = run("why", MOU, "events[e1].date", "-f", "table").out
    assert reasons.startswith(f"{MOU}: why date of the signature (e1)\n")
    assert "BHR: non-binding; QAT: binding" in run("check", "ref:qa-bh-doha-minutes-1990", "-f", "table").out


def test_open_questions_that_name_a_field_are_said_in_words(run: Run, store: object) -> None:
    out = run("show", MOU).out
    assert "- in force\n- text access (from the DefenseScoop report)\n" in out


RECORD = {
    **blank("agreement"),
    "events": [
        {"id": "e1", "kind": "signed", "kind_raw": None},
        {"id": "e2", "kind": "other", "kind_raw": "tabled"},
    ],
    "signatories": [
        {"id": "s1", "name": "Hamada Yasukazu", "office": None, "party": "JPN", "person": "hamada-yasukazu"}
    ],
    "parties": [{"code": "JPN", "name": "Japan", "entity": None}],
    "families": [{"family": "sosa"}],
    "relations": [{"type": "supersedes", "target": "us-jp-acsa-2016", "target_title": None}],
    "evidence": [{"id": "v1", "kind": "title_wording"}],
}


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("events[e1].date", "date of the signature (e1)"),
        ("events[e2].date", "date of the tabled (e2)"),
        ("events[e1]", "signature (e1)"),
        ("signatories[s1].office", "office of Hamada Yasukazu (s1)"),
        ("parties[JPN].entity", "acting entity of Japan"),
        ("families[sosa]", "membership in the family sosa"),
        ("relations[supersedes us-jp-acsa-2016].note", "note of the relation supersedes us-jp-acsa-2016"),
        ("evidence[v1].text", "text of the title wording (v1)"),
        ("terms.duration.until", "last day of the duration"),
        ("titles[ja]", "title in ja"),
        ("extra.owner", "own field owner"),
        ("title_term", "word in the title"),
        ("signed", "date of signature"),
        ("topic:headquarters", "headquarters"),
        ("events[e9].date", "date of the event e9"),
        ("nothing.of.this", "nothing.of.this"),
    ],
)
def test_a_path_in_words(path: str, said: str) -> None:
    assert in_words(RECORD, path) == said


def test_every_kind_of_event_has_a_noun() -> None:
    assert set(ACTS) == set(ROWS)


def test_terms_are_said_in_words(run: Run, store: object) -> None:
    out = run("show", "us-jp-security-treaty-1960").out
    assert "initial term then indefinite; period: 10 years" in out
    assert "termination; period: 1 year" in out
    assert "P10Y" not in out


def test_charts_bear_words(run: Run, store: object) -> None:
    page = run("report", "overview", "-f", "html").out
    drawing = page[page.index("<svg") : page.index("</svg>")]
    assert "security of supply arrangement" in drawing
    assert "non_binding" not in drawing
    assert "<li>" not in drawing
    years = run("compare", "binding", "--by", "year", "-f", "html").out
    legend = years[years.index('<ul class="legend">') : years.index("</ul>")]
    assert "non-binding: " in legend
    assert "contested" not in legend


def test_what_is_typed_stays_as_it_is_typed(run: Run, store: object) -> None:
    for format_ in PEOPLE:
        fields = run("words", "query", "-f", format_).out.replace("\\", "")
        assert "text_access" in fields
        assert "memorandum_of_understanding" in fields
        assert "text_access" in run("columns", "-f", format_).out.replace("\\", "")


def test_every_field_of_a_query_is_listed_with_what_it_asks(run: Run, store: object) -> None:
    rows = json.loads(run("words", "query", "--json").out)["rows"]
    assert [row["field"] for row in rows] == list(FIELDS)
    assert all(row["asks"] for row in rows)
    assert "tracker words query" in " ".join(run("list", "--help").out.split())
