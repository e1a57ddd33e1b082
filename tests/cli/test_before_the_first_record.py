"""Where there is no store yet every read answers with nothing, and makes none."""

from pathlib import Path

import pytest
from running import Run

from tracker.read.counting.dimensions import DIMENSIONS
from tracker.read.reports import REPORTS

MORE = {
    "report missing": "--family sosa --among NATO",
    "report matrix": "--party USA",
    "compare binding --by partner": "--party USA",
}
"""What must be said beside."""

READS = [
    *(f"report {name}" for name in REPORTS),
    *(f"compare binding --by {name}" for name in DIMENSIONS),
    *(
        "list",
        "list --party JPN --in-force",
        "search radar",
        "compare parties USA JPN",
        "due",
        "due --within 2y",
        "gaps",
    ),
    *("gaps --by year", "check", "conflicts", "duplicates", "log", "diff --from 2020-01-01", "export", "store status"),
    *("party list", "focus list", "family list", "signatory list", "source list"),
]


@pytest.mark.parametrize("line", READS)
def test_a_read_answers_with_nothing(line: str, run: Run, home: Path) -> None:
    code, _, err = run(*line.split(), *MORE.get(line, "").split())
    assert (code, "damaged" in err, "lacks" in err) == (0, False, False), err
    assert list(home.rglob("*.db")) == []
