"""Tables and trees are readable in a window of 80 or 100 columns."""

import re
from pathlib import Path

import pytest
from running import Run
from test_list_streams import on_terminal

SOSA, MOU, TRILATERAL = "us-jp-sosa-2023", "us-jp-rdte-mou-2023", "jp-us-au-rdte-2024"


@pytest.mark.sampled(3)
@pytest.mark.parametrize("columns", [80, 100])
@pytest.mark.parametrize("each", [[], ["--each"]])
def test_signatories_are_readable_in_a_narrow_window(columns: int, each: list[str], store: Path) -> None:
    out = on_terminal(["--no-color", "report", "signatories", "--family", "sosa", "--side", "USA", *each], columns)
    assert max(map(len, out.splitlines())) <= columns
    assert "william-a-laplante" not in out
    names = [line.split("  ")[0] for line in out.splitlines() if line.startswith(("William A. LaP", "Lloyd"))]
    assert len(names) >= 2
    assert re.search(r"us-jp-sosa-2023  " if each else r"agreements +binding +non-", out)


def test_machines_get_all_columns_of_signatories(run: Run, store: Path) -> None:
    ranked = run("report", "signatories", "-f", "csv").out.splitlines()[0]
    assert ranked == "person,name,side,agreements,binding,non_binding,offices,level,first,last"
    each = run("report", "signatories", "--each", "-f", "tsv").out.splitlines()[0].split("\t")
    assert each == ["person", "name", "ref", "title", "signed", "binding_status", "side", "office", "level", "with"]


@pytest.mark.sampled(2)
@pytest.mark.parametrize("columns", [80, 100])
def test_changes_are_readable_in_a_narrow_window(columns: int, run: Run, store: Path) -> None:
    asked = ["report", "changes", "--during", "2023-07-01..2024-06-30"]
    out = on_terminal(["--no-color", *asked], columns)
    assert max(map(len, out.splitlines())) <= columns
    assert re.search(r"^2023-08-13 +jp-au-raa-2022 +entered into .*(awaiting|not shown)", out, re.MULTILINE | re.DOTALL)
    assert run(*asked, "-f", "csv").out.startswith("date,ref,title,event,parties,certain,before,after,effect\n")


@pytest.mark.sampled(2)
@pytest.mark.parametrize("columns", [80, 100])
def test_a_tree_goes_on_beside_what_is_folded(columns: int, store: Path) -> None:
    out = on_terminal(["--no-color", "lineage", MOU, "--up", "--down", "--depth", "3"], columns)
    tree = out.splitlines()
    first = next(at for at, line in enumerate(tree) if line.startswith("├─"))
    last = next(at for at, line in enumerate(tree) if line.startswith("└─"))
    assert all(line.startswith(("├─ ", "│")) for line in tree[first:last])
    assert "│  under" in out or "│  concluded" in out
    assert not tree[last + 1].startswith("│")
