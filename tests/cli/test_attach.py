"""Files of one's own beside a register: what is kept is what was given, nothing is written over, nothing acts."""

import hashlib
import json
import os
import pty
import select
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from running import ROOT, Run

REF = "us-jp-sosa-2023"
TEXT = b"We have agreed.\n"
SUM = hashlib.sha256(TEXT).hexdigest()


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    file = tmp_path / "Joint Statement.pdf"
    file.write_bytes(TEXT)
    return file


@pytest.fixture
def copies(store: Path) -> Callable[[], list[Path]]:
    """The files in the folder beside the store."""
    return lambda: sorted(store.with_name(f"{store.name}.files").glob("*"))


def source(run: Run, name: str) -> Any:
    return json.loads(run("source", "show", name, "--json").out)


def test_the_copy_is_what_was_given_private_and_named_by_its_sum(run: Run, store: Path, paper: Path, copies) -> None:
    done = run("attach", REF, paper, "--title", "Joint statement", "--kind", "official_page")
    assert (done.code, done.out) == (0, f"{REF}\n")
    (copy,) = copies()
    assert (copy.name, copy.read_bytes()) == (f"{SUM}.pdf", TEXT)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert stat.S_IMODE(copy.parent.stat().st_mode) == 0o700
    made = source(run, "joint-statement")
    assert (made["title"], made["kind"], made["sha256"]) == ("Joint statement", "official_page", SUM)
    assert "joint-statement" in [item["source"] for item in json.loads(run("show", REF, "--json").out)["sources"]]
    assert run("open", REF).out == f"{copy}\n"
    assert paper.read_bytes() == TEXT


def test_the_page_tells_the_sum_once(run: Run, store: Path, paper: Path) -> None:
    """It is the name of a copy; of a file elsewhere it has a column of its own."""
    run("attach", REF, paper)
    assert run("show", REF, "-f", "table").out.count(SUM) == 1
    other = paper.with_name("other.pdf")
    other.write_bytes(b"other")
    run("attach", "us-kr-sosa-2023", other, "--link")
    page = run("show", "us-kr-sosa-2023", "-f", "table").out
    assert str(other) in page
    assert page.count(hashlib.sha256(b"other").hexdigest()) == 1


def test_a_dry_run_copies_nothing(run: Run, store: Path, paper: Path, copies) -> None:
    assert run("attach", REF, paper, "--dry-run").code == 0
    assert copies() == []


def test_what_is_there_is_never_written_over(run: Run, store: Path, paper: Path, copies) -> None:
    run("attach", REF, paper)
    (copy,) = copies()
    copy.write_bytes(b"something else")
    done = run("attach", "us-jp-rdte-mou-2023", paper)
    assert done.code == 1
    assert "has another content than its name says" in done.err
    assert copy.read_bytes() == b"something else"
    done = run("open", REF)
    assert (done.code, "is not what was attached" in done.err) == (1, True)


def test_a_change_that_fails_leaves_no_copy(run: Run, store: Path, paper: Path, copies) -> None:
    run("source", "edit", "pacom-2023-01-18", "--set", f"sha256={'0' * 64}")
    done = run("attach", REF, paper, "--source", "pacom-2023-01-18")
    assert done.code == 1
    assert "leave --source out" in done.err
    assert copies() == []


def test_after_undo_the_copy_stays_and_can_be_attached_again(run: Run, store: Path, paper: Path, copies) -> None:
    run("attach", REF, paper)
    assert run("undo").code == 0
    assert run("open", REF).code == 1
    assert len(copies()) == 1
    assert run("attach", REF, paper).code == 0
    assert len(copies()) == 1


def test_a_link_leaves_the_file_where_it_is(run: Run, store: Path, paper: Path, copies) -> None:
    assert run("attach", REF, paper, "--link").code == 0
    assert copies() == []
    assert source(run, "joint-statement-pdf")["archive_url"] == paper.as_uri()
    assert run("open", REF).out == f"{paper}\n"
    paper.unlink()
    done = run("open", REF)
    assert done.code == 1
    assert "the file of source joint-statement-pdf is not there" in done.err


NAMES = {
    "a line": "two\nlines.pdf",
    "a formula": "=cmd.pdf",
    "an escape": "red\x1b[31m.pdf",
    "an odd ending": "paper.p d f",
    "a long ending": f"paper.{'f' * 100}",
    "hidden": ".pdf",
    "no letters": "——.pdf",
    "an option": "-f.pdf",
}


@pytest.mark.sampled(3)
@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_whatever_a_file_is_called_its_copy_has_a_safe_name(
    name: str, run: Run, store: Path, tmp_path: Path, copies
) -> None:
    (tmp_path / "given").mkdir()
    (tmp_path / "given" / name).write_bytes(TEXT)
    done = run("attach", REF, tmp_path / "given" / name)
    assert done.code == 0, done.err
    (copy,) = copies()
    assert copy.stem == SUM
    assert copy.suffix in ("", ".pdf")
    assert "\x1b" not in done.err + run("show", REF, "-f", "table").out


def test_a_name_that_is_no_text_is_refused(run: Run, store: Path, tmp_path: Path, copies) -> None:
    """The log keeps each command line as text."""
    file = tmp_path / os.fsdecode(b"caf\xe9.pdf")
    file.write_bytes(TEXT)
    done = run("attach", REF, file)
    assert done.code == 2
    assert "is no text" in done.err
    assert copies() == []


def test_what_is_no_file_is_refused(run: Run, store: Path, tmp_path: Path, copies) -> None:
    os.mkfifo(tmp_path / "pipe")
    for place in (tmp_path, tmp_path / "pipe", tmp_path / "absent", Path("/dev/zero")):
        done = run("attach", REF, place)
        assert (done.code, done.out) == (2, "")
        assert done.err.startswith("tracker: ")
    assert copies() == []


def test_a_link_in_the_folder_is_not_followed(run: Run, store: Path, paper: Path, copies, tmp_path: Path) -> None:
    run("attach", REF, paper)
    (copy,) = copies()
    copy.rename(tmp_path / "elsewhere.pdf")
    copy.symlink_to(tmp_path / "elsewhere.pdf")
    assert run("open", REF).code == 1


def opened(*arguments: object, programs: Path, display: str = ":9") -> str:
    """Run ``tracker open`` on a terminal of its own."""
    controller, terminal = pty.openpty()
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "DISPLAY": display,
        "PATH": f"{programs}:{os.environ['PATH']}",
    }
    environment.pop("WAYLAND_DISPLAY", None)
    process = subprocess.Popen(
        [sys.executable, "-m", "tracker", "open", *map(str, arguments)],
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        env=environment,
    )
    os.close(terminal)
    heard, end = b"", time.monotonic() + 20
    while time.monotonic() < end:
        if select.select([controller], [], [], 0.1)[0]:
            try:
                heard += os.read(controller, 4096)
            except OSError:  # the other end is closed
                break
    process.wait(timeout=20)
    os.close(controller)
    return heard.decode()


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A folder with a desktop's program for files that says what it was given."""
    folder = tmp_path / "programs"
    folder.mkdir()
    program = folder / ("open" if sys.platform == "darwin" else "xdg-open")
    program.write_text('#!/bin/sh\necho "shown: $@"\n')
    program.chmod(0o755)
    return folder


def test_on_a_desktop_the_file_is_shown(run: Run, store: Path, home: Path, paper: Path, programs: Path, copies) -> None:
    run("attach", REF, paper)
    (copy,) = copies()
    assert f"shown: {copy}" in opened(REF, programs=programs)
    if sys.platform != "darwin":
        heard = opened(REF, programs=programs, display="")
        assert str(copy) in heard
        assert "there is no display to open it on" in heard


@pytest.mark.sampled(3)
@pytest.mark.parametrize("why", ["its ending", "its right", "no sum"])
def test_what_may_act_is_only_named(why: str, run: Run, store: Path, programs: Path, tmp_path: Path) -> None:
    """A record that comes from elsewhere may name any file of this machine."""
    file = tmp_path / ("launch.desktop" if why == "its ending" else "paper.pdf")
    file.write_bytes(TEXT)
    if why == "its right":
        file.chmod(0o755)
    run("attach", REF, file, "--link", "--title", "A file")
    if why == "no sum":
        run("source", "edit", "a-file", "--set", "sha256=")
    heard = opened(REF, programs=programs)
    assert "it is not opened: " in heard
    assert "shown" not in heard


def test_backups_and_exports_say_what_is_not_in_them(run: Run, store: Path, paper: Path, tmp_path: Path) -> None:
    assert "attached" not in run("export", "-o", tmp_path / "a.ndjson").err + run("store", "backup").err
    run("attach", REF, paper)
    for what in (("export", "-o", tmp_path / "b.ndjson"), ("store", "backup")):
        assert f"1 attached file is not in the {what[-1] if what[0] == 'store' else 'export'}" in run(*what).err
        assert "attached" not in run(*what, "--quiet").err


def test_a_note_is_kept_as_it_is(run: Run, store: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for text in ('{"a": 1}', "# a heading", "-x", "a; b"):
        assert run("note", REF, "--", text).code == 0
        assert json.loads(run("show", REF, "--json").out)["notes"][-1] == text
    script = tmp_path / "pen.sh"
    script.write_text("printf '# one\\n\\n// two\\n' >> \"$1\"\n")
    monkeypatch.setenv("EDITOR", f"sh {script}")
    assert run("note", REF).code == 0
    assert json.loads(run("show", REF, "--json").out)["notes"][-1] == "# one\n\n// two"


def test_a_note_that_is_not_taken_is_kept(
    run: Run, store: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("EDITOR", "dd if=/dev/zero bs=1000 count=9000 conv=notrunc oflag=append status=none | tr 0 x")
    script = tmp_path / "pen.sh"
    script.write_text(
        'i=0; while [ $i -lt 13 ]; do cat "$1" "$1" > next; mv next "$1"; echo long >> "$1"; i=$((i+1)); done\n'
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("EDITOR", f"sh {script}")
    done = run("note", REF)
    assert done.code == 2
    assert "the text is kept; go on with: tracker note us-jp-sosa-2023 - < " in done.err
    assert Path(done.err.rsplit(" < ", 1)[1].strip()).is_file()
