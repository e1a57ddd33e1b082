"""The folder of a site: a second run writes what changed and no more, and what others put there stays."""

import json
import os

import pytest
from site_reader import Site

from tracker.publishing.folder import MANIFEST

pytestmark = pytest.mark.long


def times(site):
    return {name: (site.folder / name).stat().st_mtime_ns for name in site.files() if name != MANIFEST}


def rewritten(before, after):
    return {name for name, time in after.items() if before.get(name) != time}


def test_a_second_run_writes_nothing(published, few):
    before = times(published())
    assert rewritten(before, times(published())) == set()


def test_on_another_day_only_what_tells_the_day_as_data_is_written(published, few):
    """A page whose words are the same keeps the day on which they were written."""
    before = times(published("--today", "2026-11-24"))
    later = published("--today", "2026-11-25")
    assert rewritten(before, times(later)) == {"index.html", "data/agreements.json"}


def test_a_change_writes_the_pages_that_it_concerns(published, run, few):
    before = times(published())
    assert run("edit", "us-jp-sosa-2023", "--set", "confidence=low").code == 0
    changed = rewritten(before, times(published()))
    assert {name for name in changed if not name.startswith("data/")} == {
        *("agreement/us-jp-sosa-2023.html", "changes.html", "changes.md", "feed.xml")
    }


def test_what_is_gone_is_removed_and_what_others_put_there_is_not(published, run, few):
    site = published()
    (site.folder / "CNAME").write_text("example.org")
    (site.folder / "agreement" / "own.html").write_text("mine")
    assert run("remove", "att-2013", "--yes").code == 0
    files = published().files()
    assert "agreement/att-2013.html" not in files
    assert files["CNAME"] == b"example.org"
    assert files["agreement/own.html"] == b"mine"
    assert Site(site.folder).broken() == []


def test_a_folder_that_holds_other_things_is_refused_unless_told(run, few, tmp_path):
    place = tmp_path / "mine"
    place.mkdir()
    (place / "thesis.txt").write_text("years of work")
    done = run("publish", place)
    assert done.code == 1
    assert "holds other things, such as thesis.txt" in done.err
    assert os.listdir(place) == ["thesis.txt"]  # noqa: PTH208 - the names alone
    assert run("publish", place, "--beside-others").code == 0
    assert run("publish", place).code == 0
    assert (place / "thesis.txt").read_text() == "years of work"


def test_a_file_of_somebody_else_is_never_written_over(run, few, tmp_path):
    place = tmp_path / "mine"
    place.mkdir()
    (place / "index.html").write_text("my own page")
    done = run("publish", place, "--beside-others")
    assert done.code == 1
    assert "index.html is there, and is not of this site" in done.err
    assert (place / "index.html").read_text() == "my own page"


def test_a_link_leads_nothing_out_of_the_folder(run, few, tmp_path):
    place, elsewhere = tmp_path / "mine", tmp_path / "elsewhere"
    place.mkdir()
    elsewhere.mkdir()
    (place / "agreement").symlink_to(elsewhere)
    done = run("publish", place, "--beside-others")
    assert done.code == 1
    assert "is a link or a file" in done.err
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize(
    "line", ["- 0 ../victim.txt", "- 0 /etc/victim", "- 0 agreement/../../victim.txt", "- 0 x/y.html"]
)
def test_a_list_of_files_that_somebody_forged_removes_nothing_outside(published, few, tmp_path, line):
    site = published()
    (tmp_path / "victim.txt").write_text("mine")
    with (site.folder / MANIFEST).open("a") as out:
        out.write(f"{line}\n")
    published()
    assert (tmp_path / "victim.txt").read_text() == "mine"


def test_a_file_that_was_lost_or_cut_is_written_again(published, few):
    site = published()
    lost, cut = site.folder / "party" / "JPN.html", site.folder / "party" / "USA.html"
    whole = {path: path.read_bytes() for path in (lost, cut)}
    lost.unlink()
    cut.write_bytes(b"")
    published()
    assert {path: path.read_bytes() for path in (lost, cut)} == whole


def test_a_run_that_was_stopped_is_gone_on_with(published, run, few, tmp_path, monkeypatch):
    from tracker.publishing import pages

    def broken(_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(pages, "COMPARISONS", {"overview": ("What it holds", broken)})
        assert run("publish", tmp_path / "site").code == 130
    site = published()
    assert site.broken() == []
    assert json.loads((site.folder / "data" / "agreements.json").read_text())
    assert not list(site.folder.rglob("*.part"))


def test_what_is_no_folder_is_refused(run, few, tmp_path):
    (tmp_path / "file").write_text("x")
    assert run("publish", tmp_path / "file").code == 1
    assert run("publish", tmp_path / "file" / "site").code == 1
