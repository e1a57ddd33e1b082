"""What each format writes for the nasty table, the nasty record and its page, byte for byte.

After a wanted change: ``TRACKER_UPDATE_GOLDEN=1 pytest tests/renderers``, then read the difference.
"""

import os
from io import BytesIO
from pathlib import Path

import nasty_answers
import pytest

from tracker import plugins
from tracker.renderers import RenderOptions

GOLDEN = Path(__file__).parent / "golden"
FILES = {
    name: f"nasty{plugins.load('renderers', name).SUFFIXES[0]}" for name in ("csv", "html", "json", "ndjson", "tsv")
}
FILES |= {"markdown": "nasty.md", "table": "nasty.txt"}


def rendered(name, options=RenderOptions()):  # noqa: B008 - a named tuple
    out = BytesIO()
    for answer in nasty_answers.everything():
        plugins.load("renderers", name).render(answer, out, options)
    return out.getvalue()


@pytest.mark.parametrize("name", FILES)
def test_bytes_are_those_of_the_golden_file(name):
    golden = GOLDEN / FILES[name]
    written = rendered(name)
    if os.environ.get("TRACKER_UPDATE_GOLDEN"):
        golden.write_bytes(written)
    assert written == golden.read_bytes()


def test_folded_table_is_that_of_the_golden_file():
    """At 80 columns of a terminal."""
    golden = GOLDEN / "nasty-80.txt"
    written = rendered("table", RenderOptions(width=80))
    if os.environ.get("TRACKER_UPDATE_GOLDEN"):
        golden.write_bytes(written)
    assert written == golden.read_bytes()


@pytest.mark.parametrize("name", FILES)
def test_two_runs_are_byte_identical(name):
    assert rendered(name) == rendered(name)


@pytest.mark.parametrize("name", sorted({*FILES} - {"csv"}))
def test_nothing_but_csv_in_a_file_sends_a_control_character(name):
    """CSV in a file keeps the text exactly, so that it can be imported again; on a terminal it is shown too."""
    options = RenderOptions(width=80)
    text = rendered(name, options).decode()
    assert not [char for char in text if (char < " " and char not in "\t\n") or "\x7f" <= char <= "\x9f"]


def test_csv_on_a_terminal_sends_no_control_character():
    text = rendered("csv", RenderOptions(terminal=True)).decode()
    assert not [char for char in text if (char < " " and char != "\n") or "\x7f" <= char <= "\x9f"]
