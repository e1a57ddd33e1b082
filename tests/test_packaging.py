"""What an installed package holds: the migrations and the samples lie at the top of a checkout, and inside a wheel."""

import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest
from running import ROOT

NEEDED = {
    "tracker/py.typed",
    "tracker/store/schema/views.sql",
    "tracker/migrations/env.py",
    "tracker/migrations/script.py.mako",
    "tracker/migrations/versions/0001_first.py",
    "tracker/samples/us-japan-2023.json",
    "tracker/samples/arrangements.json",
    "tracker/docs/README.md",
    "tracker/docs/queries.md",
    "tracker/importers/profiles/ieadb.toml",
}
"""Files without which an installed program would not work, beside its modules."""


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    """The project's own description."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def inside(name: str, project: dict[str, Any]) -> Path | None:
    """Where a file of the wheel comes from, by the build's own settings; None where it would not be in it."""
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    for source, target in wheel["force-include"].items():
        if name == target:
            return ROOT / source
        if name.startswith(f"{target}/"):
            return ROOT / source / name.removeprefix(f"{target}/")
    return ROOT / name if name.partition("/")[0] in wheel["packages"] else None


def test_every_page_of_the_documentation_is_in_the_wheel(project: dict[str, Any]) -> None:
    taken = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    pages = ["README.md", *sorted(f"docs/{page.name}" for page in (ROOT / "docs").glob("*.md"))]
    assert [name for name in taken if name.endswith(".md")] == pages
    assert all(taken[name] == f"tracker/docs/{Path(name).name}" for name in pages)


@pytest.mark.parametrize("name", sorted(NEEDED))
def test_the_build_takes_in_what_the_program_needs(name: str, project: dict[str, Any]) -> None:
    source = inside(name, project)
    assert source is not None
    assert source.is_file()


def test_every_data_file_lies_in_the_package_or_is_taken_into_it(project: dict[str, Any]) -> None:
    """Nothing that the program opens by a path of its own is ignored by version control, and so by the build."""
    data = [path for path in (ROOT / "tracker").rglob("*") if path.suffix in (".sql", ".toml", ".typed")]
    data += [*(ROOT / "samples").glob("*.json"), *(ROOT / "migrations").rglob("*.py")]
    assert len(data) > len(NEEDED)
    if not (ROOT / ".git").exists():
        pytest.skip("no checkout: what is ignored cannot be told")
    names = [str(path.relative_to(ROOT)) for path in data if "__pycache__" not in path.parts]
    ignored = subprocess.run(["git", "check-ignore", *names], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ignored.stdout == ""


def test_the_program_finds_both_places(project: dict[str, Any]) -> None:
    """Inside an installed package, else beside it in a checkout."""
    from tracker.commands import demo
    from tracker.read.file import schema

    for folder, target in ((schema.folder(), "migrations"), (demo.folder(), "samples")):
        assert folder.is_dir()
        assert folder in (ROOT / target, Path(demo.__file__).parents[1] / target)


def test_the_program_is_called_tracker_and_starts_where_it_is_said_to(project: dict[str, Any]) -> None:
    module, _, function = project["project"]["scripts"]["tracker"].partition(":")
    assert callable(getattr(__import__(module, fromlist=[function]), function))
    assert project["project"]["name"] == "treaty-tracker"


def test_a_wheel_holds_it_all(tmp_path: Path) -> None:
    """Built where the build backend is at hand; the wheel alone is run by .ci/run."""
    pytest.importorskip("hatchling")
    code = "import sys; from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    with zipfile.ZipFile(tmp_path / done.stdout.split()[-1]) as wheel:
        names = set(wheel.namelist())
    assert names >= NEEDED
    beside = {name for name in names if not name.startswith("tracker/") and ".dist-info/" not in name}
    assert [name.partition("/")[2] for name in beside] == ["data/share/man/man1/tracker.1"]
