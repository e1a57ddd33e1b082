"""Regular expressions of maps: what is taken, what is refused, and that none takes long."""

import time
from pathlib import Path

import pytest
from running import Run

from tracker.importers.mapping import patterns

SECONDS = 20
"""Far more than the slowest expression below takes on a busy machine, and far less than what is refused."""


@pytest.mark.parametrize(
    "written",
    [
        r"^..(.)$", r"^\d+\.(?!000)\d{3}$", r"^(\d+)\d\d\.000$", r"^(.*) of (.*)$", r"(?:USA|United States)",
        r"(?i)treaty (?:on|of) (.+)", r"(?:ab)*c", r"(?P<year>\d{4})(?:-(\d\d))?", r"(?:\d{4}, )*x", r"\w*+x",
    ],
)  # fmt: skip
def test_usual_expressions_are_taken(written: str) -> None:
    assert patterns.compiled(written).longest >= 500


@pytest.mark.parametrize(
    "written",
    [
        r"(\w+\s?)*$", r"(a+)+$", r"(a|aa)+$", r"(a*)*b", r"((a{1,50}){1,50}){1,50}b", r"(a?){60}a{60}", r"(.*)\1$",
        r".*.*.*.*.*.*=", r"(?:(?=.*x)a)*b", r"(?:a{2,9}){2,9}b", r"(x)?(?(1)a|b)",
    ],
)  # fmt: skip
def test_expressions_without_a_bound_are_refused(written: str) -> None:
    with pytest.raises(patterns.PatternError):
        patterns.compiled(written)


@pytest.mark.sampled(4)
@pytest.mark.parametrize(
    "written", [r".*.*=", r"\s+$", r"a*a*a*b", r"(?:ab){200,}c", r"a{9999}b", r"^(?:[A-Z]\w*\s?){1,3}$"]
)
def test_the_longest_text_takes_seconds_at_most(written: str) -> None:
    pattern = patterns.compiled(written)
    started = time.process_time()
    for sign in ("a", "ab", " ", "AAA "):
        pattern.search((sign * pattern.longest)[: pattern.longest])
    assert time.process_time() - started < SECONDS
    if pattern.longest < patterns.LONGEST_TEXT:
        with pytest.raises(patterns.PatternError, match="could take too long"):
            pattern.search("a" * (pattern.longest + 1))


def test_a_map_cannot_hang_an_import(run: Run, other_store: Path, tmp_path: Path) -> None:
    (tmp_path / "deals.csv").write_text(f"Title,Unit\nA,{'a' * 60}!\n")
    spec = tmp_path / "deals.toml"
    unit = '[agreement]\ntitle = "Title"\nshort_title = {{ column = "Unit", pattern = \'{}\' }}\n'
    spec.write_text(unit.format(r"(\w+\s?)*$"))
    done = run("--store", other_store, "import", tmp_path / "deals.csv", "--map", spec)
    assert done.code == 2
    assert "deals.toml, line 3: agreement.short_title.pattern: '(\\\\w+\\\\s?)*$' repeats a part" in done.err
    (tmp_path / "deals.csv").write_text(f"Title,Unit\nA,{'a' * 2000}\n")
    spec.write_text(unit.format(".*.*="))
    done = run("--store", other_store, "import", tmp_path / "deals.csv", "--map", spec)
    assert done.code == 1
    assert "deals.csv, row 2: Unit: 'aaaa" in done.err
    assert "holds 2000 characters; '.*.*=' is tried on" in done.err
