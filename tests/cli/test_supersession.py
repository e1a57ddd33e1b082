"""The end of an agreement that a later one superseded, when its own record does not tell the day (VCLT 59)."""

from pathlib import Path

import pytest
from running import Run

FIRST = "us-jp-security-treaty-1951"


def status(run: Run, ref: str, day: str) -> str:
    return run("status", ref, "--as-of", day, "--quiet").out.strip()


@pytest.mark.parametrize(
    ("ref", "day", "expected"),
    [
        (FIRST, "1955-01-01", "in_force"),
        (FIRST, "1960-06-22", "in_force"),
        (FIRST, "1960-06-23", "superseded"),
        ("ennpia-2021", "2023-01-01", "in_force"),
        ("ennpia-2021", "2025-01-16", "in_force"),
        ("ennpia-2021", "2025-01-17", "superseded"),
    ],
)
def test_the_later_entry_into_force_ends_the_earlier_agreement(
    run: Run, store: Path, ref: str, day: str, expected: str
) -> None:
    """The 1960 treaty entered into force on 23 June 1960, the AUKUS agreement on 17 January 2025."""
    assert status(run, ref, day) == expected


def test_the_spans_follow_the_later_record(run: Run, store: Path) -> None:
    """Its date, its event, its relation, itself: whatever of it changes, in the same change."""
    for ref in ("old", "new"):
        assert (
            run("add", f"Treaty {ref}", "--ref", ref, "--party", "JPN", "--party", "USA", "--binding", "binding").code
            == 0
        )
    steps = (
        (("event", "old", "entered_into_force", "1952-04-28"), "in_force"),
        (("event", "old", "superseded", "unknown"), "superseded?"),
        (("event", "new", "entered_into_force", "1960-06-23"), "superseded?"),
        (("link", "new", "supersedes", "old"), "in_force"),
        (("edit", "old", "--set", "short_title=Old"), "in_force"),
        (("event", "new", "--edit", "e1", "--date", "1959-06-23"), "superseded"),
        (("event", "new", "--remove", "e1"), "superseded?"),
        (("event", "new", "entered_into_force", "1960-06-23"), "in_force"),
        (("edit", "new", "--remove", "relations[supersedes old]"), "superseded?"),
        (("link", "old", "superseded_by", "new"), "in_force"),
        (("remove", "new", "--yes"), "superseded?"),
    )
    for arguments, expected in steps:
        done = run(*arguments)
        assert done.code == 0, done.err
        assert status(run, "old", "1960-01-01") == expected, arguments
