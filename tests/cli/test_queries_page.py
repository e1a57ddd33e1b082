"""``docs/queries.md``: every query and command that stands there is one, and every field of queries stands there."""

import re
import shlex

import pytest
from running import ROOT

from tracker.query.fields import FIELDS
from tracker.record.relations import TYPES

TEXT = (ROOT / "docs" / "queries.md").read_text(encoding="utf-8")
QUOTED = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```$", "", TEXT, flags=re.MULTILINE | re.DOTALL))
PLACES = re.compile(r"field:|NAME|REF|\.md|_by:any|^x\.")
"""What a form is made of, and no query."""

REFUSED = ("party=JPN", "signed>=2020")
"""Words that the page says are refused."""

TERMS = [text for text in QUOTED if re.fullmatch(r"-?\w+:\S.*", text) and not PLACES.search(text)]
LINES = [line.removeprefix("tracker ") for line in re.findall(r"^tracker .*$", TEXT, re.MULTILINE)]
LINES += [text.removeprefix("tracker ") for text in QUOTED if text.startswith("tracker ")]
WRITES = ("edit", "store")


def test_the_page_has_queries_and_commands():
    assert len(TERMS) > 20
    assert len(LINES) >= 5


def test_every_query_of_the_page_is_one(run, store):
    refused = {text: done.err for text in TERMS if (done := run("list", text, "--limit", "1", "-f", "csv")).code}
    assert refused == {}


@pytest.mark.parametrize("word", REFUSED)
def test_what_the_page_says_is_refused_is(word: str, run, store):
    assert word in QUOTED
    assert run("list", word).code == 2


@pytest.mark.sampled(2)
@pytest.mark.parametrize("line", LINES)
def test_every_command_of_the_page_runs(line: str, run, store):
    words = shlex.split(line)
    dry = ["--dry-run"] if words[0] == "edit" else []
    done = run(*words, *dry)
    assert done.code == 0, done.err


def test_every_field_stands_on_the_page():
    named = set(QUOTED)
    assert [field for field in FIELDS if field not in named and field not in TYPES] == []
