"""Temporary files of an import are closed, however it ends: an open one is a warning, and a warning fails a test."""

import gc
import sys
from pathlib import Path

import pytest
from made_sheets import SPACE, row, text, workbook
from running import Run

from tracker.importers.sheets import package, reading
from tracker.work.taking import files

SHARED = {"xl/sharedStrings.xml": f'<sst xmlns="{SPACE}">{"<si><t>a long text</t></si>" * 50}</sst>'}
HEADER = row(1, text("A1", "title"), text("B1", "parties"))


@pytest.mark.sampled(40)
@pytest.mark.parametrize(
    "rows",
    [
        HEADER + row(2, '<c r="A2" t="s"><v>7</v></c>'),
        row(1, text("A1", "title"), text("B1", "no field")) + row(2, text("A2", "T"), text("B2", "x")),
        HEADER + row(2, '<c r="A2" t="s"><v>9999</v></c>'),
        row(1, text("A1", "title"), text("B1", "title")) + row(2, text("A2", "T")),
        HEADER + row(2, text("A2", "T")) + "<row",
    ],
)
@pytest.mark.parametrize("arguments", [(), ("--skip-bad",), ("--draft-map",)])
@pytest.mark.parametrize("piped", [False, True])
def test_no_temporary_file_of_a_workbook_is_left_open(
    rows: str, arguments: tuple[str, ...], piped: bool, run: Run, other_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Texts that do not fit into memory go to a file of their own."""
    monkeypatch.setattr(package, "IN_MEMORY", 10)
    monkeypatch.setattr(reading, "IN_MEMORY", 10)
    made, left = [], []
    real = package.TemporaryFile

    def noted(*given: object, **named: object) -> object:
        made.append(real(*given, **named))
        return made[-1]

    for module in (package, files):
        monkeypatch.setattr(module, "TemporaryFile", noted)
    monkeypatch.setattr(sys, "unraisablehook", lambda raised: left.append(str(raised.exc_value)))
    place = other_store.with_name("deals.xlsx")
    place.write_bytes(workbook(rows, SHARED))
    given, data = ("-", place.read_bytes()) if piped else (place, b"")
    run("--store", other_store, "import", given, *arguments, stdin=data)
    assert made or arguments == ("--draft-map",)
    assert [temporary for temporary in made if not temporary.closed] == []
    made.clear()
    gc.collect()
    assert left == []
