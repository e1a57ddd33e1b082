"""``eif`` and the spans answer one question alike, on whatever record; ``benchmarks/law_properties.py`` draws many."""

import random
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

from law_properties import Maker, contradictions


def drawn(seed, *, partial):
    return Maker(random.Random(seed), partial=partial).record()  # noqa: S311  # no secret is made


@given(seed=st.integers(0, 2**32 - 1))
@pytest.mark.parametrize("partial", [False, True])
def test_entry_into_force_and_spans_agree(partial, seed):
    record = drawn(seed, partial=partial)
    assert contradictions(record) == []


def test_a_contradiction_would_be_found(monkeypatch):
    """The property is no empty one: with spans of another record it fails."""
    from tracker.law.life import lifecycle

    told = lifecycle.of_record
    monkeypatch.setattr(lifecycle, "of_record", lambda record, **more: told({**record, "events": []}, **more))
    record = next(
        record
        for seed in range(1000)
        if (record := drawn(seed, partial=False))["terms"]["entry_into_force"] is None
        and any(event["kind"] == "entered_into_force" and not event["parties"] for event in record["events"])
    )
    assert contradictions(record)
