"""Machine output: keys and columns that are asked for, templates, jq, totals apart, an exit code for nothing."""

import csv
import json
import sys
from io import StringIO
from typing import Any

import pytest
from running import Run

from tracker.shell import arguments
from tracker.text import templates

SOSA = "us-jp-sosa-2023"


def given(run: Run, *arguments: object) -> str:
    done = run(*arguments)
    assert done.code == 0, done.err
    return done.out


def whole(run: Run, *arguments: object) -> Any:
    return json.loads(given(run, *arguments))


@pytest.mark.sampled(2)
@pytest.mark.parametrize("asked", [["--json", "ref,signed,parties.code"], ["--json=ref,signed,parties.code"]])
@pytest.mark.parametrize("command", [["list", "family:sosa"], ["search", "supply", "family:sosa"]], ids=" ".join)
def test_json_with_fields_has_these_keys_and_the_values_of_the_record(
    asked: list[str], command: list[str], run: Run, store: object
) -> None:
    records = whole(run, *command, "--json")
    expected = [
        {
            "ref": record["ref"],
            "signed": (record["derived"]["signed"] or {}).get("edtf"),
            "parties.code": [party["code"] for party in record["parties"]],
        }
        for record in records
    ]
    found = whole(run, *command, *asked)
    assert found == expected
    assert [list(one) for one in found] == [["ref", "signed", "parties.code"]] * len(records)
    lines = given(run, *command, "-f", "ndjson", "--columns", "ref,signed,parties.code").splitlines()
    assert [json.loads(line) for line in lines] == expected


def test_a_word_behind_json_stays_what_it_was(run: Run, store: object) -> None:
    assert whole(run, "list", "--json", "supply") == whole(run, "list", "supply", "--json")
    assert whole(run, "list", "--json", "title") == whole(run, "list", "title", "--json")
    assert whole(run, "list", "--json", "party:JPN,AUS") == whole(run, "list", "party:JPN,AUS", "--json")
    assert whole(run, "show", "--json", SOSA) == whole(run, "show", SOSA, "--json")
    assert whole(run, "why", SOSA, "--json", "title_term") == whole(run, "why", SOSA, "title_term", "--json")
    assert whole(run, "report", "--json", "status") == whole(run, "report", "status", "--json")
    assert whole(run, "report", "trend", "--json", "ropes,radar")["filters"]["text"] == ["ropes,radar"]


def test_objects_have_only_the_keys_asked_for(run: Run, store: object) -> None:
    assert whole(run, "show", SOSA, "--json", "ref,binding_status") == {"ref": SOSA, "binding_status": "non_binding"}
    assert whole(run, "party", "show", "Japan", "--json=code,name") == {"code": "JPN", "name": "Japan"}
    parties = {one["code"]: one["agreements"] for one in whole(run, "party", "list", "--json", "code,agreements")}
    assert parties["USA"] == len(whole(run, "list", "party:USA", "--json"))
    assert whole(run, "source", "list", "--json", "id")[0].keys() == {"id"}


def test_columns_are_cut_in_every_format(run: Run, store: object) -> None:
    asked = ("compare", "binding", "--by", "year", "--columns", "total,year")
    report = whole(run, *asked, "--json")
    assert report["columns"] == ["total", "year"]
    rows = [[row["total"], row["year"]] for row in report["rows"]]
    assert report["totals"] == {"total": 82, "year": "all"}
    for form, delimiter in (("csv", ","), ("tsv", "\t")):
        header, *cells = csv.reader(StringIO(given(run, *asked, "-f", form)), delimiter=delimiter)
        assert header == ["total", "year"]
        assert [[int(total), year or None] for total, year in cells] == rows
    assert [list(json.loads(line).values()) for line in given(run, *asked, "-f", "ndjson").splitlines()] == rows
    assert given(run, *asked, "-f", "markdown").splitlines()[2].count("|") == 3
    assert "binding" not in given(run, *asked, "-f", "table").splitlines()[1]
    page = given(run, "party", "list", "--columns", "name,code", "-f", "html")
    assert page.count("<th ") + page.count("<th>") == 2 + page.count('<th scope="row"')


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["list", "--columns", "tite"], "did you mean title"),
        (["list", "--json=tite"], "did you mean title"),
        (["party", "list", "--columns", "agreement"], "did you mean agreements?"),
        (["compare", "binding", "--by", "year", "--json=yaer"], "did you mean year?"),
        (["due", "--columns", "dat"], "did you mean date?"),
        (["list", "--template", "{tite}"], "did you mean title"),
        (["list", "--columns", ","], "no column is named"),
        (["list", "--json", "--template", "{ref}"], "--json and --template ask for two formats"),
        (["list", "-f", "csv", "--jq", "."], "-f csv and --jq ask for two formats"),
        (["list", "--columns", "ref", "--template", "{ref}"], "leave --columns out"),
    ],
)
def test_what_is_no_column_is_refused_with_the_nearest(
    arguments: list[str], said: str, run: Run, store: object
) -> None:
    done = run(*arguments)
    assert (done.code, done.out) == (2, "")
    assert said in done.err


def test_json_with_no_fields_lists_them(run: Run, store: object) -> None:
    names = [row["name"] for row in whole(run, "list", "--json=")["rows"]]
    assert {"ref", "title", "derived"} <= set(names)
    names = [row["name"] for row in whole(run, "compare", "binding", "--by", "year", "--json=")["rows"]]
    assert names[:2] == ["year", "binding"]


ANSWERS = (
    *(["report", "overview"], ["report", "trend"], ["report", "status"], ["report", "changes"], ["report", "funnel"]),
    *(["report", "gaps"], ["report", "signatories"], ["report", "signatories", "--each"], ["report", "transparency"]),
    *(["compare", "binding", "--by", "year"], ["compare", "parties", "JPN", "AUS"], ["due"], ["gaps"], ["conflicts"]),
    *(["check"], ["diff"]),
)


@pytest.mark.sampled(4)
@pytest.mark.parametrize("command", ANSWERS, ids=" ".join)
def test_columns_of_answers_to_queries_may_stand_behind_json(command: list[str], run: Run, store: object) -> None:
    """A column of the program that ``shell.arguments`` does not know could be asked for with ``--json=`` alone."""
    names = whole(run, *command, "--json")["columns"]
    assert arguments.COLUMNS.issuperset(names)
    asked = whole(run, *command, "--json", f"{names[1]},{names[0]}")
    assert asked["columns"] == [names[1], names[0]]


def test_a_template_gives_a_line_for_each_item(run: Run, store: object) -> None:
    out = given(run, "list", "family:sosa", "party:JPN", "--template", r"{ref}\t{parties} {{x}}")
    assert out == f"{SOSA}\tUSA; JPN {{x}}\n"
    totals = given(run, "compare", "binding", "--by", "year", "--totals", "--template", "{year}={total}").splitlines()
    assert totals[-1] == "all=82"
    assert given(run, "show", SOSA, "--template", "{terms.duration}") == "\n"


def test_what_data_hold_does_not_act_in_a_template(run: Run, do: Any) -> None:
    do("edit", SOSA, "--set", "short_title=a\x1b[31m{ref}\nb")
    assert given(run, "list", f"ref:{SOSA}", "--template", "{short_title}") == "a\\x1b[31m{ref}\\nb\n"


@pytest.mark.parametrize("text", ["{ref", "ref}", "{}", "{ref!r}", "{ref:>10}", "{ref.__class__}", "{0}", "no name"])
def test_a_template_is_names_and_text_alone(text: str, run: Run, store: object) -> None:
    done = run("list", "--template", text)
    assert (done.code, done.out) == (2, "")


def test_a_template_is_read_as_written() -> None:
    parts = templates.parsed(r"{{{ref}}}\\t\t\q{events[e1].date}")
    assert parts == ["{", templates.Name("ref"), "}", "\\", "t", "\t", r"\q", templates.Name("events[e1].date")]


def test_jq_that_is_not_installed_is_named(run: Run, store: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jq", None)
    done = run("list", "--jq", ".[].ref")
    assert (done.code, done.out) == (1, "")
    assert "pip install 'treaty-tracker[jq]'" in done.err


def test_jq_filters_the_json(run: Run, store: object) -> None:
    pytest.importorskip("jq")
    assert given(run, "list", "family:sosa", "party:JPN", "--jq", ".[].ref") == f"{SOSA}\n"
    assert given(run, "list", "--json", "ref,title", "--jq", "length") == "82\n"
    assert given(run, "list", "party:JPN", "family:sosa", "--jq", ".[].parties|map(.code)") == '["USA","JPN"]\n'
    done = run("list", "--jq", ".[] |")
    assert done.code == 2
    assert done.err.startswith("tracker: --jq '.[] |': ")


def test_totals_are_no_row(run: Run, store: object) -> None:
    report = whole(run, "report", "matrix", "--rows", "type", "--cols", "year", "--json")
    assert sum(row["total"] for row in report["rows"]) == report["totals"]["total"] == 82
    assert whole(run, "report", "overview", "--json")["totals"] is None
    rows = list(csv.DictReader(StringIO(given(run, "report", "trend", "-f", "csv"))))
    with_totals = list(csv.DictReader(StringIO(given(run, "report", "trend", "-f", "csv", "--totals"))))
    assert with_totals[:-1] == rows
    assert int(with_totals[-1]["total"]) == sum(int(row["total"]) for row in rows)


NOTHING = (
    *(["list", "party:KIR"], ["search", "zeppelin"], ["due", "party:KIR"], ["conflicts", "party:KIR"]),
    *(["duplicates", "--at-least", "1"], ["check", "party:KIR"], ["diff", "--from", "2026-11-22T23:00"]),
)


@pytest.mark.sampled(3)
@pytest.mark.parametrize("command", NOTHING, ids=" ".join)
def test_nothing_found_is_an_exit_code_where_that_is_asked_for(command: list[str], run: Run, store: object) -> None:
    plain, asked = run(*command, "--json"), run(*command, "--json", "--exit-code")
    assert (plain.code, asked.code) == (0, 1)
    assert (asked.out, asked.err) == (plain.out, plain.err)


def test_something_found_is_done(run: Run, store: object) -> None:
    for command in (["list"], ["search", "supply"], ["due"], ["log"], ["conflicts"], ["diff"], ["duplicates"]):
        assert given(run, *command, "--exit-code", "-f", "tsv") == given(run, *command, "-f", "tsv")
    assert given(run, "list", "--exit-code", "-f", "table") == given(run, "list", "-f", "table")


@pytest.mark.parametrize("command", [["list"], ["search", "security"]], ids=" ".join)
@pytest.mark.parametrize("form", ["tsv", "csv"])
def test_rows_in_a_pipe_say_beside_them_what_has_no_date(
    form: str, command: list[str], run: Run, store: object
) -> None:
    """The table says it below; in a pipe nobody learned that something was not placed."""
    asked = [*command, "signed:2023-01-01..2023-06-01"]
    below = [line for line in given(run, *asked, "-f", "table").splitlines() if line.startswith("left out: ")]
    assert below
    done = run(*asked, "-f", form)
    assert done.code == 0
    assert done.err.splitlines() == below
    assert "left out" not in done.out
    assert run("--quiet", *asked, "-f", form).err == ""
    assert run(*command, "party:JPN", "-f", form).err == ""


FIGURES = [
    ["compare", "binding", "signed:2020..2026", "--by", "year"],
    ["report", "trend"],
    ["gaps"],
    ["due", "--within", "2y"],
]


@pytest.mark.parametrize("command", FIGURES, ids=" ".join)
def test_figures_in_a_pipe_say_beside_them_what_was_not_counted(command: list[str], run: Run, store: object) -> None:
    """Of reports only an empty one said so, and a chart of the rest stood for all."""
    counted = json.loads(given(run, *command, "--json"))["left_out"]
    assert counted
    done = run(*command, "-f", "csv")
    said = ", ".join(f"{item['count']} ({item['reason']})" for item in counted)
    assert (done.code, done.err) == (0, f"left out: {said}\n")
    assert run("--quiet", *command, "-f", "csv").err == ""


def test_a_page_in_a_pipe_says_what_was_left_out_once(run: Run, store: object) -> None:
    done = run("status", "us-jp-sosa-2023", "--as-of", "2023-01-01")
    assert done.err == ""
