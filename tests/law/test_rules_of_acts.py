"""Rules of data quality that look for certain acts find nothing in a record without any of them."""

import random
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

from law_records import EXISTENCE, Maker

from tracker.law.doubts.quality import RULES, Facts

FACTS = Facts("2026-01-01", {}, EXISTENCE, {})
OF_ACTS = [name for name, rule in RULES.items() if rule.of]


def drawn(seed, rule):
    """Return a random record without the acts of a rule."""
    record = Maker(random.Random(seed), partial=bool(seed % 2)).record()  # noqa: S311  # no secret is made
    record["events"] = [event for event in record["events"] if event["kind"] not in rule.of]
    return record


@pytest.mark.parametrize("name", OF_ACTS)
def test_a_rule_of_acts_finds_nothing_without_them(name):
    rule = RULES[name]
    for seed in range(150):
        assert list(rule.look(drawn(seed, rule), FACTS)) == []
