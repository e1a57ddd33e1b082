"""The settings: of the user, of a project, and where each comes from."""

import json
import os
from pathlib import Path

import pytest
from running import Run


@pytest.fixture
def project(tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program runs in a folder below that of a project file, which the test writes."""
    inner = tmp_path / "project" / "inner"
    inner.mkdir(parents=True)
    monkeypatch.chdir(inner)
    return inner.parent / ".tracker.toml"


def settled(run: Run) -> dict[str, tuple[str | None, str]]:
    done = run("config", "list", "--json")
    assert done.code == 0, done.err
    return {row["setting"]: (row["value"], row["from"]) for row in json.loads(done.out)["rows"]}


def user_file(home: Path) -> Path:
    return home / ".config" / "tracker" / "config.toml"


def test_each_value_says_where_it_comes_from(run: Run, home: Path, project: Path) -> None:
    assert run("config", "set", "home", "USA").code == 0
    assert run("config", "set", "color", "no").code == 0
    assert run("config", "set", "columns.list", "ref,title").code == 0
    project.write_text('home = "JPN"\nsort.list = "signed"\n', encoding="utf-8")
    found = settled(run)
    assert found["home"] == ("JPN", str(project))
    assert found["sort.list"] == ("signed", str(project))
    assert found["columns.list"] == ("ref,title", str(user_file(home)))
    assert found["color"] == ("false", str(user_file(home)))
    assert found["store"][1] == "environment TRACKER_STORE"
    assert found["pager"] == (None, "default")
    assert run("config", "get", "home").out == "JPN\n"
    assert run("--no-config", "config", "get", "home").code == 1
    typed = run("--actor", "me", "config", "list", "--json=setting,from").out
    assert {"setting": "actor", "from": "option"} in json.loads(typed)["rows"]


@pytest.mark.parametrize(
    ("typed", "environ", "expected"),
    [
        (["--color", "always"], {"NO_COLOR": "1"}, ("always", "option")),
        (["--color=never"], {"FORCE_COLOR": "1"}, ("never", "option")),
        (["--color", "auto"], {}, ("auto", "option")),
        (["--no-color"], {}, ("never", "option")),
        ([], {"NO_COLOR": "1", "FORCE_COLOR": "1"}, ("never", "environment NO_COLOR")),
        ([], {"CLICOLOR_FORCE": "1"}, ("always", "environment CLICOLOR_FORCE")),
        ([], {"FORCE_COLOR": "0"}, ("false", "project")),
        (["--no-config"], {}, (None, "default")),
    ],
)
def test_an_option_goes_before_the_environment_and_that_before_the_files(
    typed: list[str],
    environ: dict[str, str],
    expected: tuple[str | None, str],
    run: Run,
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    assert run("config", "set", "color", "yes").code == 0
    project.write_text("color = false\n", encoding="utf-8")
    found = json.loads(run(*typed, "config", "list", "--json").out)["rows"]
    value, origin = next((row["value"], row["from"]) for row in found if row["setting"] == "color")
    assert (value, "project" if origin == str(project) else origin) == expected


def test_a_setting_takes_no_colour_that_the_environment_forces(
    run: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write_text("color = false\n", encoding="utf-8")
    asked = ["list", "--limit", "1", "-f", "table"]
    assert "\x1b[" not in run(*asked).out
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in run(*asked).out
    assert "\x1b[" not in run(*asked, "--no-color").out


def test_the_pager_of_the_environment_is_told(run: Run, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAGER", "more")
    assert settled(run)["pager"] == ("more", "environment PAGER")
    monkeypatch.setenv("TRACKER_PAGER", "most")
    assert settled(run)["pager"] == ("most", "environment TRACKER_PAGER")


def test_set_leaves_the_rest_of_the_file_as_it_was(run: Run, home: Path, store: Path) -> None:
    file = user_file(home)
    file.parent.mkdir(parents=True)
    file.write_text('# mine\nactor = "me" # the name\n\n[sort]\nlist = "signed"\n', encoding="utf-8")
    assert run("config", "set", "home", "JPN").code == 0
    assert run("config", "set", "actor", 'You \\ "they"').code == 0
    assert file.read_text(encoding="utf-8") == (
        '# mine\n\nhome = "JPN"\nactor = "You \\\\ \\"they\\""\n[sort]\nlist = "signed"\n'
    )
    assert run("config", "set", "home", "").code == 0
    assert "home" not in file.read_text(encoding="utf-8")
    before = file.read_bytes()
    done = run("config", "set", "sort.list", "ref")
    assert done.code == 2
    assert "tracker config edit" in done.err or "no TOML" in done.err
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [("colr", "x", "did you mean color?"), ("color", "maybe", "true or false"), ("columns.show", "x", "did you mean")],
)
def test_what_is_no_setting_is_refused(name: str, value: str, said: str, run: Run, home: Path, store: Path) -> None:
    done = run("config", "set", name, value)
    assert done.code == 2
    assert said in done.err
    assert not user_file(home).exists()


def test_a_project_file_runs_nothing_and_leads_nowhere(run: Run, project: Path) -> None:
    project.write_text('pager = "touch ran"\nstore = "../other.db"\nhome = "JPN"\n', encoding="utf-8")
    done = run("config", "list", "--json")
    found = {row["setting"]: row["value"] for row in json.loads(done.out)["rows"]}
    assert (found["pager"], found["home"]) == (None, "JPN")
    assert "pager is not taken from a project file" in done.err
    assert "store '../other.db' lies outside of" in done.err


def test_a_store_within_the_project_is_taken(run: Run, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TRACKER_STORE")
    project.write_text('store = "data/own.db"\n', encoding="utf-8")
    assert settled(run)["store"] == (str(project.parent.resolve() / "data" / "own.db"), str(project))
    link = project.parent / "data"
    link.symlink_to(project.parents[1])
    assert "lies outside" in run("config", "list").err


def test_a_project_file_of_another_user_is_not_taken(run: Run, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project.write_text('home = "JPN"\n', encoding="utf-8")
    own = os.geteuid()
    if own == 0:
        os.chown(project, 12345, -1)
    else:
        monkeypatch.setattr(os, "geteuid", lambda: own + 1)
    done = run("config", "get", "home")
    assert done.code == 1
    assert "belongs to another user" in done.err


def test_partners_of_the_home_party_need_no_option(run: Run, store: Path) -> None:
    asked = run("compare", "binding", "--by", "partner", "--party", "JPN", "--json").out
    assert run("compare", "binding", "--by", "partner", "--json").code == 2
    assert run("config", "set", "home", "Japan").code == 0
    done = run("compare", "binding", "--by", "partner", "--json")
    assert json.loads(done.out)["rows"] == json.loads(asked)["rows"]
    assert done.err == "partners of JPN, the home party of the settings\n"
    other = run("compare", "binding", "party:AUS", "--by", "partner", "--json")
    assert other.err == ""


def test_usual_columns_and_order_are_for_people_alone(run: Run, store: Path) -> None:
    before = {form: run("list", "--limit", "3", "-f", form).out for form in ("json", "ndjson", "csv", "tsv")}
    run("config", "set", "columns.list", "ref,signed")
    run("config", "set", "sort.list", "signed")
    assert {form: run("list", "--limit", "3", "-f", form).out for form in before} == before
    assert (
        run("list", "-f", "table").out == run("list", "--columns", "ref,signed", "--sort", "signed", "-f", "table").out
    )
    assert run("list", "--columns", "ref", "-f", "table").out.startswith("ref\n")


def test_edit_opens_the_file(run: Run, home: Path, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", "sh -c 'echo home = \\\"JPN\\\" > $0'")
    assert run("config", "edit").code == 0
    assert user_file(home).read_text(encoding="utf-8") == 'home = "JPN"\n'
    assert [row["whose"] for row in json.loads(run("config", "path", "--json").out)["rows"]] == ["user"]
