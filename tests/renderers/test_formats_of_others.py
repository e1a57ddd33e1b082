"""Formats say of themselves what they can show; one that another package brings says it, or says nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest
from running import Run

from tracker import plugins
from tracker.renderers import exports, shows

RENDERER = """
from tracker.table import Records

SUMMARY = "What it was given"
SUFFIXES = (".guest",)
{says}


def render(answer, out, options):
    whole = isinstance(answer, Records) and not answer.columns
    out.write(b"objects" if whole else b"columns: " + b" ".join(c.name.encode() for c, _ in answer.columns))
"""


@pytest.fixture
def guest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Install a package that brings a format; ``says`` are further lines of its module."""

    def install(name: str, says: str) -> None:
        place = tmp_path / "packages"
        info = place / f"{name}-1.0.dist-info"
        info.mkdir(parents=True)
        (place / f"{name}_format.py").write_text(RENDERER.format(says=says))
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(f"[tracker.renderers.v1]\n{name} = {name}_format\n")
        monkeypatch.syspath_prepend(str(place))

    return install


def test_a_format_that_says_nothing_gets_the_rows_of_machines(guest, run: Run, store: Path):
    guest("silent", "")
    assert run("list", "--columns", "ref,signed", "-f", "silent").out == "columns: ref signed"
    assert run("list", "party:JPN", "-f", "silent").out.startswith("columns: ref title")
    assert "match" not in run("list", "status:in_force", "-f", "silent").out


def test_a_format_that_shows_objects_gets_whole_records(guest, run: Run, store: Path):
    guest("whole", 'SHOWS = "objects"')
    assert run("list", "party:JPN", "-f", "whole").out == "objects"


def test_a_format_for_people_gets_what_people_see(guest, run: Run, store: Path):
    guest("reading", 'SHOWS = "people"')
    assert run("search", "supply", "-f", "reading").out.split()[:4] == ["columns:", "ref", "title", "found"]


def test_a_format_that_exports_holds_the_whole_register(guest, run: Run, store: Path):
    guest("lines", 'SHOWS = "objects"\nEXPORTS = "lines"')
    assert run("export", "-f", "lines").out == "objects"
    code, _, err = run("export", "-f", "lines", "--limit", "3")
    assert code == 2
    assert "lines, which holds everything" in err


@pytest.mark.parametrize("name", plugins.names("renderers"))
def test_what_a_built_in_format_says_of_itself_is_known(name: str):
    renderer = plugins.load("renderers", name)
    assert shows(renderer) in ("objects", "rows", "people")
    assert exports(renderer) in (None, "lines", "document")
    assert (name in plugins.for_any_answer()) != hasattr(renderer, "NEEDS")
