"""Where answers go: files appear whole or not at all, a closed pipe is no error, formats are found by name."""

import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import nasty_answers
import pytest

from tracker import plugins
from tracker.errors import InvalidValue, Refused
from tracker.read.file.location import StoreLocation
from tracker.renderers import RenderOptions
from tracker.shell import output, streams
from tracker.shell.context import AppContext
from tracker.shell.options import OutputOptions
from tracker.table import Column, Records, Table

ROOT = Path(__file__).parents[2]


def broken():
    """Records whose reading fails after the first."""
    yield nasty_answers.record()
    raise KeyboardInterrupt


def run(code, **streams):
    """Code in an interpreter of its own, with the test's data at hand."""
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join([str(ROOT), str(Path(__file__).parent)])}
    return subprocess.run([sys.executable, "-c", code], env=environ, stderr=subprocess.PIPE, check=False, **streams)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("a.json", "json"), ("a.jsonl", "ndjson"), ("a.CSV", "csv"), ("a.tab", "tsv"), ("a.md", "markdown"),
     ("a.markdown", "markdown"), ("a.txt", "table"), ("b.c.tsv", "tsv")],
)  # fmt: skip
def test_the_ending_of_a_file_implies_the_format(name, expected):
    assert output.default_format(stdout_is_terminal=True, path=Path(name)) == expected


def test_without_a_file_people_get_a_table_and_pipes_get_tsv():
    assert output.default_format(stdout_is_terminal=True, path=None) == "table"
    assert output.default_format(stdout_is_terminal=False, path=Path("-")) == "tsv"


@pytest.mark.parametrize("name", ["a.xyz", "a", ".json"])
def test_an_ending_of_no_format_names_the_choices(name):
    with pytest.raises(InvalidValue, match=r"name it with -f, one of bibtex, csl-json, csv, .*json"):
        output.default_format(stdout_is_terminal=True, path=Path(name))


@pytest.mark.parametrize(("name", "near"), [("jsn", "json"), ("markdwn", "markdown"), ("ndjsn", "ndjson")])
def test_an_unknown_format_names_the_nearest_and_the_choices(name, near):
    with pytest.raises(
        InvalidValue, match=f"unknown output format '{name}'; did you mean {near}.*choose one of bibtex, csl-json, csv"
    ):
        output.write(nasty_answers.table(), format=name)


@pytest.mark.parametrize("name", ["../errors", "_cells", "__init__", "tracker.errors", ""])
def test_a_format_is_no_path_and_no_private_module(name):
    with pytest.raises(InvalidValue):
        plugins.load("renderers", name)


def test_every_format_keeps_the_contract_and_no_two_share_an_ending():
    found = plugins.listing("renderers")
    built_in = [item for item in found if item.origin == "tracker"]
    endings = [suffix for item in built_in for suffix in item.suffixes]
    assert all(item.summary and item.problem is None for item in built_in)
    assert len(endings) == len(set(endings))
    assert plugins.load("renderers", "md") is plugins.load("renderers", "markdown")


def test_a_guest_of_a_built_in_name_is_listed_as_a_problem(monkeypatch):
    """The built-in csv wins; a guest that does not load says why; a good one is found by its name and ending."""
    good = SimpleNamespace(SUMMARY="Odd", SUFFIXES=(".odd",), render=None)

    def guest(name, load):
        return SimpleNamespace(name=name, value=f"{name}:m", dist=None, load=load)

    guests = [guest("bad", lambda: 1 / 0), guest("csv", lambda: good), guest("odd", lambda: good)]
    monkeypatch.setattr(plugins, "_guests", lambda _: guests)
    problems = {item.name: item.problem for item in plugins.listing("renderers") if item.origin != "tracker"}
    assert "cannot be loaded" in problems["bad"]
    assert "built-in" in problems["csv"]
    assert problems["odd"] is None
    assert plugins.load("renderers", "odd") is good
    with pytest.raises(Refused, match="'bad'"):
        plugins.by_suffix("renderers", Path("x.odd"))


@pytest.mark.parametrize("environ", [{}, {"TERM": "xterm"}, {"NO_COLOR": ""}, {"FORCE_COLOR": "0"}])
def test_a_terminal_has_colours_and_a_pipe_none(environ):
    assert streams.wants_color(environ, terminal=True)
    assert not streams.wants_color(environ, terminal=False)


@pytest.mark.parametrize("environ", [{"NO_COLOR": "1"}, {"TERM": "dumb"}, {"NO_COLOR": "0", "FORCE_COLOR": "1"}])
def test_colours_are_off_where_the_environment_says_so(environ):
    """no-color.org: set to anything that is not empty; it beats FORCE_COLOR."""
    assert not streams.wants_color(environ, terminal=True)


@pytest.mark.parametrize("environ", [{"FORCE_COLOR": "1"}, {"CLICOLOR_FORCE": "1", "TERM": "dumb"}])
def test_colours_can_be_forced_into_a_pipe_but_not_against_no_color(environ):
    assert output.render_options(None, environ=environ).color
    assert not output.render_options(None, color=False, environ=environ).color
    assert output.render_options(None, color=True, environ={"NO_COLOR": "1"}).color
    assert output.render_options(Path("a.txt"), environ=environ) == RenderOptions()


def test_a_file_is_written_whole_with_the_rights_of_the_umask(tmp_path):
    path = tmp_path / "a.json"
    before = os.umask(0o027)
    try:
        output.write(nasty_answers.records(), path=path)
    finally:
        os.umask(before)
    assert json.loads(path.read_text(encoding="utf-8")) == [nasty_answers.record()]
    assert path.stat().st_mode & 0o777 == 0o640
    assert [item.name for item in tmp_path.iterdir()] == ["a.json"]


def test_a_file_that_is_there_keeps_its_rights_and_its_link(tmp_path):
    """As a shell's ``>`` does."""
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    real.write_text("old")
    real.chmod(0o600)
    link.symlink_to(real)
    output.write(nasty_answers.table(), path=link)
    assert link.is_symlink()
    assert real.read_bytes().startswith(b"ref,title")
    assert real.stat().st_mode & 0o777 == 0o600


def test_an_interrupted_file_leaves_the_old_one_and_nothing_else(tmp_path):
    path = tmp_path / "a.ndjson"
    path.write_text("old")
    with pytest.raises(KeyboardInterrupt):
        output.write(Records("a", broken()), path=path)
    assert (path.read_text(), [item.name for item in tmp_path.iterdir()]) == ("old", ["a.ndjson"])


def test_a_place_that_cannot_be_written_is_named_in_one_line(tmp_path):
    with pytest.raises(Refused, match=r"cannot write '.*a.csv': no such file or directory; .*-o$"):
        output.write(nasty_answers.table(), path=tmp_path / "absent" / "a.csv")
    with pytest.raises(Refused, match="it is a folder"):
        output.write(nasty_answers.table(), format="csv", path=tmp_path)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_full_disk_is_one_line_and_the_device_stays():
    with pytest.raises(Refused, match="cannot write '/dev/full': no space left on device"):
        output.write(nasty_answers.table(), format="csv", path=Path("/dev/full"))
    with Path("/dev/full").open("wb") as full:
        done = run(
            "from tracker.shell import output; import nasty_answers as n; output.write(n.table(), format='csv')",
            stdout=full,
        )
    last = done.stderr.splitlines()[-1]
    assert last.startswith(b"tracker.errors.OutputBroken: cannot write to standard output: no space")


def test_devices_are_written_and_not_replaced():
    output.write(nasty_answers.table(), format="csv", path=Path("/dev/null"))
    assert not Path("/dev/null").is_file()


@pytest.mark.parametrize("name", ["ndjson", "json", "table"])
def test_a_reader_that_goes_away_ends_quietly(name):
    """As ``tracker list | head -1``: no traceback, also not when the interpreter flushes at its end."""
    code = (
        "from tracker.shell import output; import nasty_answers as n;"
        f" output.write(n.records(count=400), format={name!r})"
    )
    reader, writer = os.pipe()
    os.close(reader)
    done = run(code, stdout=writer)
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")


def test_machine_formats_load_neither_rich_nor_what_only_errors_need():
    code = """
import sys
from tracker.shell import output
import nasty_answers as n
for name in ("json", "ndjson", "csv", "tsv", "markdown"):
    output.write(n.table(), format=name)
heavy = {"rich", "csv", "difflib", "unicodedata", "tempfile", "importlib.metadata", "sqlite3"} & set(sys.modules)
assert not heavy, heavy
output.write(n.table(), format="table")
assert "rich" in sys.modules
"""
    done = run(code, stdout=subprocess.DEVNULL)
    assert (done.returncode, done.stderr) == (0, b"")


def test_answer_takes_the_options_of_a_command(capfdbinary):
    """``--json`` is short for ``-f json``; two formats at once are a mistake."""
    context = AppContext(store=StoreLocation(Path("register.db"), named=True), today="2026-11-22")
    table = Table("t", [Column("a")], [("x",)])
    output.answer(table, context, OutputOptions(json=True))
    assert json.loads(capfdbinary.readouterr().out)["rows"] == [{"a": "x"}]
    with pytest.raises(InvalidValue, match="--json and -f csv"):
        output.answer(table, context, OutputOptions(json=True, format="csv"))


def test_a_printed_line_stays_one_harmless_line(capfdbinary):
    output.line("ref\x1b[2J\nmore")
    assert capfdbinary.readouterr().out == b"ref\\x1b[2J\\nmore\n"


def test_an_answer_is_never_written_over_the_store(tmp_path):
    """``-o`` that names the register, or a file of its journal, by whatever path."""
    store = tmp_path / "register.db"
    store.write_bytes(b"years of work")
    link = tmp_path / "link.json"
    link.symlink_to(store)
    context = AppContext(store=StoreLocation(store, named=True), today="2026-11-22")
    for place in (store, link, tmp_path / "register.db-wal"):
        with pytest.raises(InvalidValue, match="the store itself"):
            output.answer(Table("t", [Column("a")], [("x",)]), context, OutputOptions(format="json", output=place))
    assert store.read_bytes() == b"years of work"
