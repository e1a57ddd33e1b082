"""Lists in a pipe and on a terminal: one line a record, and text from data never acts."""

import json
import os
import pty
import re
import select
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from running import ROOT, Run, called

NASTY = {
    "brackets": "[bold]Arrangement[/bold] [link=https://example.org]on[/link] [red]parts",
    "emoji": "Arrangement 🤝 on 👩‍🔬 parts 🇯🇵",
    "right-to-left": "اتفاقية التعاون \u202eevil\u202c בין",
    "escapes": "Arrangement \x1b[31mred\x1b[0m \x1b]0;title\x07 \x9b2J on parts",
    "lines": "Arrangement\non two\r\nlines\tand\x0btabs\u2028and more",
    "formula": '=HYPERLINK("https://example.org")',
    "backslash": r"Arrangement \x1b[31m C:\new",
    "wide": "日米防衛" * 60,
}


@pytest.fixture(scope="module")
def nasty_store(blank_store_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of nothing but titles that may do harm."""
    path = Path(shutil.copy(blank_store_file, tmp_path_factory.mktemp("nasty") / "register.db"))
    records = [
        {"record": "agreement", "ref": f"xx-{name}", "title": title, "notes": [title], "extra": {"owner": title}}
        for name, title in NASTY.items()
    ]
    code, _, err = called(["--no-config", "--store", str(path), "import", "-"], json.dumps(records).encode())
    assert code == 0, err.decode()
    return path


@pytest.fixture
def nasty(nasty_store: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The titles by ref; the program finds their store."""
    monkeypatch.setenv("TRACKER_STORE", str(nasty_store))
    return {f"xx-{name}": title for name, title in sorted(NASTY.items())}


def acts(text: str) -> set[str]:
    """The characters of a text that act on a terminal, line feeds aside."""
    bidi = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029"
    return {char for char in text if (ord(char) < 32 and char != "\n") or 127 <= ord(char) < 160 or char in bidi}


def test_a_list_in_a_pipe_is_one_line_a_record(nasty: dict[str, str], run: Run) -> None:
    code, out, err = run("list", "--columns", "ref,title,x.owner,notes")
    assert (code, err) == (0, "")
    header, *rows = out.removesuffix("\n").split("\n")
    assert header.split("\t") == ["ref", "title", "x.owner", "notes"]
    cells = [row.split("\t") for row in rows]
    assert [row[0] for row in cells] == list(nasty)
    assert acts(out) == {"\t"}
    assert all(row[1] == row[2] == row[3] for row in cells)
    shown = {row[0]: row[1] for row in cells}
    assert {ref: unescaped(text) for ref, text in shown.items()} == nasty
    assert shown["xx-brackets"] == NASTY["brackets"]
    assert shown["xx-wide"] == NASTY["wide"]


def unescaped(text: str) -> str:
    return text.encode("latin-1", "backslashreplace").decode("unicode_escape")


def test_json_gives_titles_back_as_they_are(nasty: dict[str, str], run: Run) -> None:
    for arguments in (["list", "--json"], ["show", *nasty, "--json"]):
        out = run(*arguments).out
        assert {record["ref"]: record["title"] for record in json.loads(out)} == nasty
        assert acts(out) <= {"\u202e", "\u202c", "\u2028"}  # text of JSON, not of a terminal; controls are escaped


@pytest.mark.parametrize("arguments", [["list"], ["show", "xx-escapes"], ["compare", "xx-escapes", "xx-lines"]])
@pytest.mark.parametrize("format_", ["table", "markdown", "tsv", "csv"])
def test_no_format_for_people_lets_data_act(
    arguments: list[str], format_: str, nasty: dict[str, str], run: Run
) -> None:
    code, out, _ = run(*arguments, "-f", format_)
    allowed = {"tsv": {"\t"}, "csv": acts("".join(nasty.values())) - {"\x1b"}}.get(format_, set())
    assert code == 0
    if format_ != "csv":  # CSV holds the cell as it is: it is no text for a terminal
        assert acts(out) <= allowed


def test_messages_do_not_act_either(nasty: dict[str, str], run: Run) -> None:
    code, _, err = run("show", "\x1b[31mno\nsuch")
    assert code == 1
    assert acts(err) == set()
    assert err.count("\n") == 1
    code, out, err = run("add", "On \x1b]0;x\x07", "--party", "\x1b[2JJapan")
    assert (code, out, acts(err), err.count("\n")) == (2, "", set(), 1)


def on_terminal(arguments: list[str], columns: int = 80, **more: str) -> str:
    """What the program writes to a terminal of that width; ``more`` goes into its environment."""
    ours, theirs = pty.openpty()
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "TERM": "xterm-256color",
        "COLUMNS": str(columns),
        "TRACKER_PAGER": "",
    }
    environment |= {"COLUMNS": str(columns), **more}
    command = [sys.executable, "-m", "tracker", *arguments]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=subprocess.PIPE, env=environment) as process:
        os.close(theirs)
        data = b""
        try:
            while select.select([ours], [], [], 30)[0] and (piece := os.read(ours, 65536)):
                data += piece
        except OSError:  # how Linux says that the other end is closed
            pass
        finally:
            os.close(ours)
        assert process.stderr is not None
        assert process.stderr.read() == b""
    assert process.returncode == 0
    return data.decode().replace("\r\n", "\n")


def test_colours_repeat_what_the_words_say(run, store: Path) -> None:
    """``--color always`` colours a table in a pipe as well; without colours the words are the same."""
    plain = run("list", "-f", "table").out
    assert run("list", "-f", "table", "--color", "never").out == plain
    colored = on_terminal(["list", "--color", "always", "--limit", "12"], 120)
    assert "\x1b[36mbinding\x1b[0m" in colored
    assert "\x1b[32min force\x1b[0m" in colored
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == on_terminal(["list", "--no-color", "--limit", "12"], 120)
    assert run("list", "--color", "red").code == 2


def test_a_terminal_gets_a_table_in_which_nothing_of_the_data_acts(nasty: dict[str, str]) -> None:
    """Without colours not one escape is written, though titles hold some; brackets are no markup of Rich."""
    text = on_terminal(["list", "--no-color", "--columns", "ref,title"])
    assert acts(text) == set()
    assert "xx-brackets" in text
    assert "[bold]Arrangement[/bold]" in text.replace("\n", " ")
    assert "\\x1b[31m" in text
    assert "─" in text
    assert max(len(line) for line in text.splitlines()) <= 80
