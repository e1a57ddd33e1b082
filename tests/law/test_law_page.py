"""``docs/law.md``: the example of every rule is run over the treaties of this folder, and prints what stands there."""

import re
import shlex

import pytest
from running import ROOT

PAGE = ROOT / "docs" / "law.md"
BLOCK = re.compile(r"^( *)```console ([\w-]+)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)


def examples() -> list[tuple[str, str, list[str]]]:
    """Return the treaty, the command line and the lines that it prints, of each example."""
    found: list[tuple[str, str, list[str]]] = []
    for indent, treaty, text in BLOCK.findall(PAGE.read_text(encoding="utf-8")):
        for line in text.splitlines():
            told = line.removeprefix(indent)
            if told.startswith("$ tracker "):
                found.append((treaty, told.removeprefix("$ tracker "), []))
            else:
                found[-1][2].append(told)
    return found


@pytest.mark.sampled(7)
@pytest.mark.parametrize(("treaty", "line", "printed"), examples(), ids=lambda value: str(value)[:60])
def test_an_example_of_a_rule_prints_what_stands_there(treaty, line, printed, program, home):
    command, _, columns = line.partition(" | cut -f")
    code, out, err = program(treaty).run(*shlex.split(command))
    assert code == 0, err
    assert [cut(row, columns) for row in out.splitlines()] == printed


def cut(row: str, columns: str) -> str:
    """Return these columns of a row, as ``cut -f`` does; all where none is named."""
    cells = row.split("\t")
    return "\t".join(cells[int(number) - 1] for number in columns.split(",")) if columns else row


def test_every_rule_has_a_number_in_order_and_most_an_example():
    text = PAGE.read_text(encoding="utf-8")
    numbers = [int(number) for number in re.findall(r"^(\d+)\. \*\*", text, re.MULTILINE)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(BLOCK.findall(text)) >= len(numbers)
