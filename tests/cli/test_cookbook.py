"""``docs/cookbook.md``: every line of it is run, and prints what stands there."""

import importlib.util
import tomllib
from functools import cache
from types import ModuleType

from running import ROOT

SCRIPT = ROOT / "docs" / "make_cookbook.py"


@cache
def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_cookbook", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_cookbook_is_what_the_program_prints() -> None:
    from difflib import unified_diff

    written = maker().TARGET.read_text(encoding="utf-8").splitlines()
    differences = list(unified_diff(written, maker().text().splitlines(), "docs/cookbook.md", "now", "", "", 0, ""))
    remedy = "if what comes out now is right: python docs/make_cookbook.py"
    assert not differences, "\n".join([*differences[:40], remedy])


def test_the_cookbook_has_every_question_once() -> None:
    questions = tomllib.loads(maker().SOURCE.read_text(encoding="utf-8"))["question"]
    assert [question["number"] for question in questions] == list(range(1, 53))


def test_a_long_answer_says_how_much_is_left_out() -> None:
    lines = [str(number) for number in range(20)]
    assert maker().shortened(lines, 3, 1) == ["0", "1", "2", "... (16 more lines)", "19"]
    assert maker().shortened(lines[:14], 3, 1) == lines[:14]
