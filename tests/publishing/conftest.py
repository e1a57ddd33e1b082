"""A site of the samples, made once; and a way to publish registers of the tests' own."""

import shutil
from pathlib import Path

import pytest
from running import TODAY, called
from site_reader import Site


@pytest.fixture(scope="session")
def sample_site(sample_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site of the samples with all that is private; not to be written to."""
    place = tmp_path_factory.mktemp("site")
    store = shutil.copy(sample_store, place / "register.db")
    asked = ["--with", "notes,x,origin,files"]
    arguments = ["--no-config", "--store", str(store), "--today", TODAY, "publish", str(place / "site"), *asked]
    code, _, err = called(arguments, b"")
    assert code == 0, err.decode()
    return Site(place / "site")


FEW = "us-jp-sosa-2023,us-jp-rdte-mou-2023,att-2013"
"""Refs of a few of the samples; what their relations lead to comes along."""


@pytest.fixture(scope="session")
def few_file(sample_store: Path, blank_store_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of a few of the samples, made once; not to be written to."""
    place = tmp_path_factory.mktemp("few")
    path, lines = Path(shutil.copy(blank_store_file, place / "register.db")), place / "few.ndjson"
    given = ["--no-config", "--today", TODAY, "--actor", "tester"]
    code, out, err = called([*given, "--store", str(sample_store), "export", f"ref:{FEW}"], b"")
    assert code == 0, err.decode()
    lines.write_bytes(out)
    code, _, err = called([*given, "--store", str(path), "import", str(lines)], b"")
    assert code == 0, err.decode()
    return path


@pytest.fixture
def few(few_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of a few of the samples of the test's own, which the program finds without being told."""
    path = Path(shutil.copy(few_file, tmp_path / "few.db"))
    monkeypatch.setenv("TRACKER_STORE", str(path))
    return path


@pytest.fixture
def published(run, tmp_path: Path):
    """Publish what a query describes into a folder of the test's own, and return the site."""

    def publish(*arguments: object, into: str = "site") -> Site:
        done = run("publish", tmp_path / into, *arguments)
        assert done.code == 0, done.err
        return Site(tmp_path / into)

    return publish
