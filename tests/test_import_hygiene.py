"""What a run loads, asked by the names of modules in clean interpreters: reads stay light."""

from pathlib import Path

import pytest
from running import Run

HEAVY = ("sqlmodel", "sqlalchemy", "pydantic", "alembic", "pycountry")

SPY = """
import atexit, sys
out, names, arguments = sys.argv[1], sys.argv[2].split(","), sys.argv[3:]
sys.argv = ["tracker", *arguments]
def tell():
    with open(out, "w") as file:
        file.write(" ".join(name for name in sys.modules if name in names or names == ["all"]))
atexit.register(tell)
from tracker.__main__ import main
main()
"""

READS = {
    "list": ["list", "--party", "JPN", "--signed", "2020..", "--json"],
    "list of a query": ["list", "party:JPN", "(signed:2020..", "or", "hypersonic)", "-focus:technology", "--json"],
    "search": ["search", "supply", "japan", "--json"],
    "show": ["show", "us-jp-sosa-2023", "--json"],
    "compare": ["compare", "binding", "--by", "year", "-f", "csv"],
    "side by side": ["compare", "us-jp-rdte-mou-2023", "us-jp-sosa-2023", "--json"],
    "report": ["report", "overview", "-f", "markdown"],
    "parties": ["compare", "parties", "JPN", "AUS", "--json"],
    "families": ["report", "families", "--among", "NATO", "--json"],
    "check": ["check", "--json"],
    "dossier": ["dossier", "us-jp-sosa-2023", "-f", "markdown"],
    "page": ["compare", "binding", "--by", "party", "-f", "html"],
    "graph": ["lineage", "us-jp-rdte-mou-2023", "-f", "dot"],
    "party list": ["party", "list"],
    "keys": ["list", "--json=ref,title,parties.code"],
    "template": ["list", "--template", "{ref} {title}"],
    "columns": ["columns", "party"],
    "words": ["words", "event", "--json"],
    "publish": ["publish", "site", "--dry-run"],
    "--help": ["--help"],
    "--version": ["--version"],
}
"""Commands that only read, none of them as a table: Rich is for tables."""

LIGHT = ("rich", "dateutil", "xlsxwriter", *HEAVY)
"""What a read in a machine format does without."""


@pytest.fixture
def loaded(run_python: Run, store: Path, tmp_path: Path):
    """Run a command in a clean interpreter and tell which of some modules it loaded."""
    told = tmp_path / "loaded"

    def ask(names: tuple[str, ...], arguments: list[str]) -> set[str]:
        code, _, err = run_python(SPY, told, ",".join(names), *arguments)
        assert code == 0, err
        return set(told.read_text(encoding="utf-8").split())

    return ask


@pytest.mark.sampled(8)
@pytest.mark.parametrize("arguments", READS.values(), ids=READS)
def test_a_read_loads_nothing_of_the_write_path(arguments: list[str], loaded) -> None:
    assert loaded(LIGHT, arguments) == set()


QUERIES_AND_RULES = (
    "record.kinds",
    "record.vocabulary",
    "read.query.standings",
    "read.query.conditions",
    "query.parsing",
    "read.file.failures",
    "text.safety",
    "read.lookup.by_language",
)
"""What a plain list does without."""

RULES = ("law.life.lifecycle", "law.force", "law.life.entry", "law.due")
"""What makes spans, and looks ahead: a status is read from the spans that are stored."""

MODULES_OF_A_LIST = 58
"""Each costs about 0.1 ms before it does anything; what a plain list can do without is imported where it is needed."""


def test_a_plain_list_loads_little_of_the_program(loaded) -> None:
    ours = {name for name in loaded(("all",), ["list", "--json", "--limit", "3"]) if name.startswith("tracker")}
    assert ours.isdisjoint(f"tracker.{name}" for name in QUERIES_AND_RULES)
    assert len(ours) <= MODULES_OF_A_LIST


def test_a_name_that_is_known_is_found_without_those_of_other_languages(loaded) -> None:
    assert loaded(("tracker.read.lookup.by_language",), ["list", "--party", "Japan", "--json"]) == set()
    assert loaded(("tracker.read.lookup.by_language",), ["list", "--party", "Japon", "--json"]) != set()


def test_a_status_is_read_without_the_rules_that_made_it(loaded) -> None:
    rules = tuple(f"tracker.{name}" for name in RULES)
    assert loaded(rules, ["status", "us-jp-sosa-2023", "--json"]) == set()


def test_a_table_loads_rich_and_no_more(loaded) -> None:
    assert loaded(HEAVY, ["list", "--limit", "3", "-f", "table"]) == set()


def test_the_first_write_loads_what_makes_a_store(loaded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The measure works: what is absent above is seen where it is loaded."""
    monkeypatch.setenv("TRACKER_STORE", str(tmp_path / "new.db"))
    assert {"sqlmodel", "sqlalchemy", "alembic", "pycountry"} <= loaded(HEAVY, ["add", "Arrangement on parts"])


COMPLETIONS = [
    (["tracker ", ""], "add"),
    (["tracker list --pa", "--pa"], "--party"),
    (["tracker show us-jp-sos", "us-jp-sos"], "us-jp-sosa-2023"),
    (["tracker list --party JP", "JP"], "JPN"),
    (["tracker list status:susp", "susp"], "suspended"),
]
"""What bash asks, and what it is answered."""


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("arguments", "answered"), COMPLETIONS)
def test_completion_is_light(
    monkeypatch: pytest.MonkeyPatch, run_python: Run, store: Path, tmp_path: Path, arguments: list[str], answered: str
) -> None:
    """It imports no command, and not Typer either, which takes two thirds of a short run."""
    monkeypatch.setenv("_TRACKER_COMPLETE", "bash")
    told = tmp_path / "loaded"
    code, out, err = run_python(SPY, told, ",".join(("typer", "tracker.shell.program", *LIGHT)), *arguments)
    assert (code, err) == (0, "")
    assert answered in out.splitlines()
    assert told.read_text(encoding="utf-8") == ""
