"""Long answers on a terminal go through a pager; short ones, pipes and files do not."""

from pathlib import Path

import pytest
from test_list_streams import on_terminal

from tracker.shell.pager import command

PAGER = "sh -c 'echo in the pager; cat'"


def test_what_is_longer_than_the_screen_goes_to_the_pager(store: Path) -> None:
    plain = on_terminal(["--no-color", "list"], LINES="20")
    paged = on_terminal(["--no-color", "list"], LINES="20", TRACKER_PAGER=PAGER)
    assert paged == f"in the pager\n{plain}"


def test_what_fits_the_screen_does_not(store: Path) -> None:
    text = on_terminal(["--no-color", "list", "--limit", "3"], LINES="20", TRACKER_PAGER=PAGER)
    assert "in the pager" not in text
    assert "the first 3 of 82" in text


def test_no_pager_where_none_is_wanted_or_there(store: Path) -> None:
    asked = on_terminal(["list", "--no-pager", "--no-color"], LINES="20", TRACKER_PAGER=PAGER)
    absent = on_terminal(["list", "--no-color"], LINES="20", TRACKER_PAGER="no-such-program")
    dumb = on_terminal(["list", "--no-color"], LINES="20", TRACKER_PAGER=PAGER, TERM="dumb")
    assert asked == absent == dumb


def test_a_reader_who_leaves_the_pager_ends_the_answer_quietly(store: Path) -> None:
    assert "left" in on_terminal(["show", "us-jp-sosa-2023"], LINES="5", TRACKER_PAGER="sh -c 'head -n 1; echo left'")


@pytest.mark.parametrize(
    ("environ", "configured", "words"),
    [
        ({}, None, ["less"]),
        ({"PAGER": "more -s"}, None, ["more", "-s"]),
        ({"PAGER": "more"}, "most", ["most"]),
        ({"PAGER": "more", "TRACKER_PAGER": "less -S"}, "most", ["less", "-S"]),
        ({"PAGER": "cat"}, None, []),
        ({"TRACKER_PAGER": ""}, "most", []),
    ],
)
def test_which_pager(environ: dict[str, str], configured: str | None, words: list[str]) -> None:
    assert command(environ, configured) == words
