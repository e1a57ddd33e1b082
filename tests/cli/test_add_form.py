"""``tracker add`` alone: answers judged at once, the record to look at, nothing kept of what is given up."""

import json
import os
import pty
import re
import select
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from running import ROOT, Outcome, Run
from terminals import said

from tracker.shell.context import AppContext

Answer = Callable[..., Outcome]

WHOLE = (
    "Treaty on ropes",
    "Japan: Ministry of Defense",
    "USA",
    "",
    "treaty",
    "binding",
    "press_report: so the papers say",
    "",
    "2015-03",
    "JPN: Hamada Yasukazu, Minister of Defense",
    "",
    "https://example.org/ropes",
    "",
    "y",
)


@pytest.fixture
def answer(run: Run, store: Path, monkeypatch: pytest.MonkeyPatch) -> Answer:
    """Run ``tracker add`` with somebody who answers."""
    monkeypatch.setattr(AppContext, "interactive", property(lambda context: not context.no_input))

    def give(*answers: str, arguments: tuple[object, ...] = ()) -> Outcome:
        return run("add", *arguments, stdin="".join(f"{line}\n" for line in answers))

    return give


def refs(run: Run) -> list[str]:
    return [item["ref"] for item in json.loads(run("list", "--json").out)]


def test_the_form_asks_for_everything_shows_the_record_and_stores_it(answer: Answer, run: Run) -> None:
    code, out, err = answer(*WHOLE)
    assert (code, out) == (0, "jp-us-treaty-2015\n")
    asked = re.findall(r"(Title|Party|Type|Binding status|Reason for that|Signed on|Signatory|Source)[,:( ]", err)
    assert asked[:8] == [
        "Title",
        "Party",
        "Type",
        "Binding status",
        "Reason for that",
        "Signed on",
        "Signatory",
        "Source",
    ]
    assert err.index("Parties and signatories") < err.index("Record it?") < err.index("recorded jp-us-treaty-2015")
    made = json.loads(run("show", "jp-us-treaty-2015", "--json").out)
    assert made["title"] == "Treaty on ropes"
    assert [(item["code"], item["entity"]) for item in made["parties"]] == [
        ("JPN", "Ministry of Defense"),
        ("USA", None),
    ]
    assert (made["instrument_type"], made["binding_status"]) == ("treaty", "binding")
    assert made["evidence"][0]["kind"] == "press_report"
    assert made["events"][0]["date"] == "2015-03"
    assert made["signatories"][0]["event"] == "e1"
    assert made["sources"][0]["url"] == "https://example.org/ropes"


def test_the_log_has_the_line_that_says_the_same(answer: Answer, run: Run) -> None:
    answer("Treaty on ropes", "JPN", "", "", "", "", "", "", "y")
    assert json.loads(run("log", "--json").out)["rows"][0]["command"] == "tracker add 'Treaty on ropes' --party JPN"


WRONG = {
    "a party": (1, "Japn", "unknown party 'Japn'; did you mean Japan (JPN)?"),
    "a type": (2, "treety", "unknown code 'treety'; did you mean treaty?"),
    "a status": (3, "bindng", "unknown code 'bindng'; did you mean binding?"),
    "a day": (4, "2023-13", "'2023-13': there is no month 13"),
    "a signatory": (5, "JPN:", "no name; expected 'PARTY: Name, office'"),
    "a source": (6, "nothing-like-it", "unknown source 'nothing-like-it'"),
}
"""What is answered to the question at a place, and what is said of it."""


@pytest.mark.sampled(3)
@pytest.mark.parametrize(("at", "wrong", "told"), WRONG.values(), ids=WRONG)
def test_an_answer_that_cannot_be_taken_is_told_at_once_and_asked_again(
    at: int, wrong: str, told: str, answer: Answer, run: Run
) -> None:
    answers = ["Treaty on ropes", "", "", "", "", "", "", "y"]
    answers.insert(at, wrong)
    code, out, err = answer(*answers)
    assert code == 0
    assert out
    assert err.index(told) < err.index("Record it?")


def test_a_title_is_needed(answer: Answer) -> None:
    assert "a title is needed" in answer("", "Treaty on ropes", "", "", "", "", "", "", "y").err


def test_a_question_mark_lists_the_words(answer: Answer) -> None:
    err = answer("Treaty on ropes", "?jap", "?zzz", "?", "", "?supply", "", "", "", "", "", "n").err
    assert "\n  JPN  Japan\n" in err.replace("): ", "):\n")
    assert "none has 'zzz'" in err
    assert re.search(r"and \d+ more; \? with some letters lists fewer", err)
    assert "  security_of_supply_arrangement" in err


def test_no_records_nothing_and_gives_the_line_back(answer: Answer, run: Run) -> None:
    before = refs(run)
    code, out, err = answer(*WHOLE[:-1], "n")
    assert (code, out) == (1, "")
    assert err.endswith(
        "tracker: nothing was recorded; begin again with: tracker add 'Treaty on ropes' "
        "--party 'Japan: Ministry of Defense' --party USA --type treaty --binding binding "
        "--because 'press_report: so the papers say' --signed 2015-03 "
        "--signatory 'JPN: Hamada Yasukazu, Minister of Defense' --source https://example.org/ropes\n"
    )
    assert refs(run) == before


@pytest.mark.sampled(3)
@pytest.mark.parametrize("answered", [0, 1, 2, 3, 4, 13])
def test_the_end_of_the_input_records_nothing_and_says_so(answered: int, answer: Answer, run: Run) -> None:
    before = refs(run)
    code, out, err = answer(*WHOLE[:answered])
    assert (code, out) == (1, "")
    assert "nothing was recorded" in err.splitlines()[-1]
    assert all(shlex.quote(text) in err.splitlines()[-1] for text in filter(None, WHOLE[:answered]))
    assert refs(run) == before


def test_what_was_given_is_not_asked(answer: Answer) -> None:
    code, out, err = answer(
        "Treaty on ropes", "", "", "y", arguments=("--party", "JPN", "--type", "treaty", "--signed", "2015")
    )
    assert "Party (" not in err
    assert "Type (" not in err
    assert code == 1  # the answers are over before the questions
    code, out, err = answer(
        "Treaty on ropes", "", "", "", "y", arguments=("--party", "JPN", "--type", "treaty", "--signed", "2015")
    )
    assert (code, out) == (0, "jp-treaty-2015\n")


def test_what_was_typed_wrong_with_the_command_ends_it_before_anything_is_asked(answer: Answer) -> None:
    for wrong in (("--party", "Japn"), ("--ref", "No Ref"), ("--signed", "2023-13"), ("--like", "nothing")):
        code, out, err = answer("Treaty on ropes", arguments=wrong)
        assert (code in (1, 2), out) == (True, "")
        assert "Title" not in err


def test_no_answer_is_lost_where_it_cannot_be_recorded(answer: Answer) -> None:
    code, _, err = answer(*WHOLE, arguments=("--ref", "us-jp-sosa-2023"))
    assert code == 1
    assert "the ref us-jp-sosa-2023 is taken" in err
    assert "; begin again with: tracker add 'Treaty on ropes' --party 'Japan: Ministry of Defense' --party USA" in err


def test_a_likely_twin_is_asked_about(answer: Answer, run: Run) -> None:
    answer(*WHOLE)
    assert "likely there already: jp-us-treaty-2015" in answer(*WHOLE, "n").err
    assert answer(*WHOLE, "n").code == 1
    assert answer(*WHOLE, "y").out == "jp-us-treaty-2015-2\n"


def test_a_likeness_is_shown_before_it_is_stored(answer: Answer) -> None:
    err = answer(*WHOLE[:1], "", "", "", "", "", "", "y", arguments=("--like", "us-jp-sosa-2023")).err
    assert "What is left open is copied from us-jp-sosa-2023, where it is alike" in err
    assert "copied from us-jp-sosa-2023: type, parties" in err[: err.index("Record it?")]


def test_in_a_place_without_a_register_the_form_knows_the_parties(
    answer: Answer, run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TRACKER_STORE")
    code, _, err = answer("Treaty on ropes", "Japn", "Japan", "", "", "", "", "", "", "n")
    assert code == 1
    assert "did you mean Japan (JPN)?" in err
    assert not list(home.rglob("*.db"))
    assert answer("Treaty on ropes", "Japan", "", "", "", "", "", "", "y").out == "jp-treaty-ropes\n"


def test_without_a_terminal_the_title_is_missing_and_the_next_step_told(run: Run, store: Path) -> None:
    for arguments in ((), ("--no-input",), ("--party", "JPN")):
        code, out, err = run("add", *arguments)
        assert (code, out) == (2, "")
        assert err.startswith(
            "tracker: Missing argument 'title' (see tracker add --help); give a title and what is known"
        )


def test_ctrl_c_records_nothing_and_says_so(on_terminal, run: Run) -> None:
    before = refs(run)
    with on_terminal("add") as (process, controller):
        said(process, "Title")
        os.write(controller, b"Treaty on ropes\n")
        said(process, "Party")
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out) == (130, b"")
    assert err.decode().endswith(
        "nothing was recorded; begin again with: tracker add 'Treaty on ropes'\ntracker: interrupted\n"
    )
    assert refs(run) == before


def test_tab_completes_words_on_a_terminal(store: Path, home: Path) -> None:
    pytest.importorskip("readline")
    controller, terminal = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "tracker", "add"],
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "dumb"},
        start_new_session=True,
    )
    try:
        heard = b""
        for until, key in (
            (b"Title", b"Treaty on ropes\n"),
            (b"Party", b"\n"),
            (b"Type", b"security_o\t\n"),
            (b"Binding", b""),
        ):
            heard += hear(controller, until)
            os.write(controller, key)
        assert b"security_of_supply_arrangement" in heard
    finally:
        process.kill()
        process.wait()
        os.close(terminal)
        os.close(controller)


def hear(controller: int, until: bytes) -> bytes:
    """Read what a terminal shows until it shows this, ten seconds at most."""
    heard, end = b"", time.monotonic() + 10
    while until not in heard and time.monotonic() < end:
        if select.select([controller], [], [], 0.1)[0]:
            heard += os.read(controller, 4096)
    assert until in heard
    return heard


@pytest.fixture
def pen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """An editor that carries out a line of Python over the record ``r``."""
    script = tmp_path / "pen.py"

    def take(line: str) -> None:
        script.write_text(
            "import json, sys\n"
            "text = open(sys.argv[1]).read()\n"
            "body = ''.join(l for l in text.splitlines(True) if not l.startswith('//'))\n"
            f"r = json.loads(body)\n{line}\n"
            "open(sys.argv[1], 'w').write(json.dumps(r))\n"
        )
        monkeypatch.setenv("EDITOR", f"{sys.executable} {script}")

    return take


def test_a_record_is_written_in_the_editor_begun_with_what_is_given(run: Run, store: Path, pen) -> None:
    pen("r['title'] += ' and nets'; r['notes'].append('written at once')")
    code, out, err = run("add", "Treaty on ropes", "--edit", "--party", "USA", "--party", "GBR", "--type", "treaty")
    assert (code, out) == (0, "us-gb-treaty\n"), err
    made = json.loads(run("show", "us-gb-treaty", "--json").out)
    assert (made["title"], made["notes"]) == ("Treaty on ropes and nets", ["written at once"])


def test_a_text_that_is_refused_is_kept_and_gone_on_with(run: Run, store: Path, pen, home: Path) -> None:
    pen("r['instrument_type'] = 'treety'")
    code, out, err = run("add", "Treaty on ropes", "--edit")
    assert (code, out) == (2, "")
    assert "new-agreement was not recorded: one problem, the first: instrument_type: unknown code 'treety'" in err
    (kept,) = (home / ".local/state/tracker/refused").glob("*")
    assert err.endswith(f"go on with: tracker add --resume {kept}\n")
    pen("r['instrument_type'] = 'treaty'")
    assert run("add", "--resume", kept).code == 0
    assert any(item["title"] == "Treaty on ropes" for item in json.loads(run("list", "--json").out))


def test_a_template_that_is_left_as_it_is_records_nothing(
    run: Run, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = refs(run)
    monkeypatch.setenv("EDITOR", "true")
    assert run("add", "--edit") == (0, "", "new-agreement: nothing was recorded\n")
    assert refs(run) == before


def test_the_template_says_how_it_is_filled_in(
    run: Run, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", f"cp -t {tmp_path}")
    run("add", "--edit")
    text = (tmp_path / "new-agreement.json").read_text()
    assert text.startswith("// new-agreement: fill it in, save it, leave the editor.")
    assert "binding, binding_domestic_law, non_binding" in text


def test_without_an_editor_it_says_what_to_do(run: Run, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EDITOR", raising=False)
    monkeypatch.delenv("VISUAL", raising=False)
    code, out, err = run("add", "--edit")
    assert (code, out) == (2, "")
    assert err.startswith("tracker: nothing to record, and no $EDITOR to write in; give a title and what is known")
