"""What ``compare binding`` counts on the samples, against counts made from the sheet of facts alone."""

import json
from collections import Counter

import pytest
from running import Run
from samples_facts import facts

VERDICTS = {"binding": "binding", "non_binding": "non_binding", "unknown": "undetermined"}


def counted(run: Run, *arguments: str) -> dict[str | None, dict[str, int]]:
    """The rows of a comparison by their key."""
    answer = json.loads(run("compare", "binding", *arguments, "--json").out)
    key = answer["columns"][0]
    return {row[key]: row for row in answer["rows"]}


def expected(agreements: list[dict], keys) -> dict[str | None, Counter]:
    """Verdicts by key, each agreement once under each of its keys."""
    found: dict[str | None, Counter] = {}
    for fact in agreements:
        for key in set(keys(fact)) or {None}:
            found.setdefault(key, Counter())[VERDICTS[fact["binding"]]] += 1
    return found


def decade(fact: dict) -> list[str]:
    """The decade of signature; of a date that is only bounded, the interval of decades."""
    date = fact["date_signed"]
    if date is None:
        return []
    first, slash, last = date.partition("/")
    ends = [end if end == ".." else f"{end[:3]}0s" for end in (first, last if slash else first)]
    return [ends[0] if ends[0] == ends[1] else "/".join(ends)]


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("arguments", "wanted", "keys"),
    [
        (("--by", "party", "--party", "USA"), "USA", lambda fact: [party["iso3"] for party in fact["parties"]]),
        (("--by", "focus"), None, lambda fact: fact["focus_areas"]),
        (("--by", "decade"), None, decade),
    ],
)
def test_comparisons_agree_with_the_facts(run: Run, store, arguments, wanted, keys):
    agreements = [fact for fact in facts()["agreements"] if fact["instrument_type"] != "family"]
    if wanted:
        agreements = [fact for fact in agreements if wanted in [party["iso3"] for party in fact["parties"]]]
    rows = counted(run, *arguments)
    hand = expected(agreements, keys)
    assert set(rows) == set(hand)
    for key, verdicts in hand.items():
        told = {status: rows[key][status] for status in ("binding", "non_binding", "undetermined")}
        assert told == {status: verdicts[status] for status in told}, key
        assert rows[key]["total"] == sum(verdicts.values())


@pytest.mark.corpus
def test_views_differ_where_the_facts_say_that_binding_force_is_contested(run: Run, store):
    contested = {fact["id"] for fact in facts()["agreements"] if fact["binding_contested"]}
    answer = json.loads(run("compare", "binding", "--json").out)
    assert answer["rows"][0]["views_differ"] == len(contested) == 2
    for ref in contested:
        record = json.loads(run("show", ref, "--json").out)
        held = {view["value"] for view in record["binding_views"]} | {record["binding_status"]}
        assert len(held) > 1, ref
