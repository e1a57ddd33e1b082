"""Likely duplicates are those of a comparison of each with each, whether all are asked for or one in the indexes."""

from itertools import combinations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.errors import StoreProblem
from tracker.law.likeness import Reach, Traits, common_words, numbers, other_names, score, tokens, words_apart
from tracker.read.file.connection import open_store
from tracker.read.file.location import StoreLocation
from tracker.read.lookup import all_pairs, identity, traits

TWINS = [
    ("a", "日本国とオーストラリアとの間の協定", ["JPN", "AUS"], "2001-02-03", []),
    ("b", "日本国とオーストラリアとの間の協定", ["JPN", "AUS"], "2001-02", []),
    ("c", "Agreement on air services over the northern sea", ["GBR", "SWE"], "1990", [("UNTS", "I-4711")]),
    ("d", "Accord relatif aux services de l'air", ["GBR", "SWE"], "1990-05-01", [("UNTS", "4711")]),
    ("e", "Agreement on air services", [], None, [("TIAS", "No. 4711")]),
    ("f", "Exchange of notes", ["GBR", "SWE"], "1990-06-01", []),
]


def agreement(ref, title, codes, day, numbers):
    return {
        "record": "agreement",
        "ref": ref,
        "title": title,
        "parties": [{"code": code} for code in codes],
        "events": [{"id": "e1", "kind": "signed", "date": day}],
        "identifiers": [{"scheme": scheme, "value": value} for scheme, value in numbers],
    }


def found(reader, refs=(), at_least=0.75):
    """Return the pairs, and how many records were not compared with all."""
    likely = identity.pairs(reader, refs, at_least)
    try:
        return list(likely), likely.cut
    finally:
        likely.close()


def each_with_each(records, at_least):
    """Return the pairs of a comparison of each with each, as they are to be found."""
    ordered = sorted(records, key=lambda record: record.ref)
    pairs = [(score(one, other), one, other) for one, other in combinations(ordered, 2)]
    return sorted(
        [pair for pair in pairs if pair[0] >= at_least], key=lambda pair: (-pair[0], pair[1].ref, pair[2].ref)
    )


def looked_for_and_read(path, monkeypatch, at_least):
    """Yield the pairs of each record: in the indexes, as they are where all are read, and of each with each."""
    with open_store(StoreLocation(path, named=True)) as reader:
        records = traits.traits(reader)
        refs = [record.ref for record in records]
        looked_for = [found(reader, [ref], at_least)[0] for ref in refs]
        assert any(looked_for)
        monkeypatch.setattr(identity, "SINGLY", 0)
        whole = each_with_each(records, at_least)
        assert found(reader, (), at_least) == (whole, 0)
        for ref, pairs in zip(refs, looked_for, strict=True):
            yield (
                pairs,
                found(reader, [ref], at_least)[0],
                [pair for pair in whole if ref in (pair[1].ref, pair[2].ref)],
            )


@pytest.mark.long
def test_of_made_up_records(rich_store, monkeypatch):
    monkeypatch.setattr(all_pairs, "COMMON", 1_000)
    monkeypatch.setattr(identity, "COMMON", 1_000)
    for looked_for, read, compared in looked_for_and_read(rich_store, monkeypatch, 0.2):
        assert looked_for == read == compared


def test_in_scripts_without_spaces_and_by_numbers(build, monkeypatch):
    parties = [
        {"record": "party", "code": code, "kind": "state", "name": code} for code in ("JPN", "AUS", "GBR", "SWE")
    ]
    store = build([*parties, *(agreement(*twin) for twin in TWINS)])
    pairs = {}
    for looked_for, read, compared in looked_for_and_read(store, monkeypatch, 0.4):
        assert looked_for == read == compared
        pairs |= {(pair.one.ref, pair.other.ref): pair.score for pair in looked_for}
    assert {("a", "b"), ("c", "d")} <= pairs.keys()


def test_words_that_many_have_lead_nowhere(build, monkeypatch):
    """It is told, whether all are read or one is asked for."""
    store = build([agreement(f"r{number}", "Agreement on wool", [], "1990", []) for number in range(4)])
    with open_store(StoreLocation(store, named=True)) as reader:
        assert [len(found(reader, *asked)[0]) for asked in ((), (["r1"],))] == [6, 3]
        monkeypatch.setattr(all_pairs, "COMMON", 1)
        monkeypatch.setattr(all_pairs, "NEIGHBOURS", 2)
        monkeypatch.setattr(identity, "COMMON", 1)
        pairs, cut = found(reader)
        assert (len(pairs), cut) == (3, 4)  # each with the one before it
        assert found(reader, ["r1"]) == ([], 1)


@pytest.mark.parametrize("number", [1, 200])
def test_records_are_read_all_only_where_many_are_asked_for(rich_store, monkeypatch, number):
    asked = []
    some, each = identity.traits, identity.each_traits
    monkeypatch.setattr(identity, "traits", lambda reader, **of: asked.append("some") or some(reader, **of))
    monkeypatch.setattr(identity, "each_traits", lambda reader: asked.append("each") or each(reader))
    with open_store(StoreLocation(rich_store, named=True)) as reader:
        refs = [row[0] for row in reader.tuples("SELECT ref FROM agreements LIMIT :number", {"number": number})]
        found(reader, refs)
    assert asked == (["some", "some"] if number == 1 else ["each"])


WORDS = ("treaty", "wool", "trade", "air", "fish", "sea", "note")
COUNTED = ("", "", "second", "ii", "7", "1990", "7 1990")


DAYS = (
    *((None, None), ("1990-01-01", "1990-12-31"), ("1990-03-01", "1990-03-01"), ("1990-03-20", "1990-03-20")),
    *(("1990-01-01", None), ("1991-02-01", "1991-02-28"), ("1993-01-01", "1993-01-01")),
    *(("9999-01-01", "9999-12-31"), ("0001-01-01", "0001-01-01")),
)
SCORES = st.sampled_from([0.05, 0.3, 0.5, 0.6, 0.75, 0.8, 0.86, 0.9, 0.95, 1.0])
SEEDS = st.integers(0, 2**32 - 1)


def drawn(seed):
    """Return the dice of a seed."""
    return Random(seed)  # noqa: S311  # no secret is made


def name(draw):
    """Draw a name; most are alike but for a word or a number."""
    left = draw.sample(WORDS, len(WORDS) - draw.choice([0, 0, 1, 1, 2, 5]))
    return " ".join([*left, "on", draw.choice(COUNTED)])


def register(draw):
    """Draw what is compared of a few records, many of them alike."""
    records = []
    for place in range(draw.randint(2, 14)):
        title, codes = name(draw), draw.sample("ABCDEF", draw.choice([0, 1, 2, 2, 3, 4, 6]))
        others = other_names(title, [name(draw) for _ in range(draw.choice([0, 0, 1, 2]))])
        kind = draw.choice([None, "treaty", "note"])
        given = frozenset(draw.sample(["unts 1", "tias 2"], draw.choice([0, 0, 1, 2])))
        facts = tokens(title), frozenset(codes), *draw.choice(DAYS), kind, others, given
        records.append(Traits(f"r{place}", title, *facts))
    return records


def searched(records, at_least, refs=frozenset()):
    """Return the pairs that are found among records, and how many of these were not compared with all."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(all_pairs, "COUNTERS", 1 << 10)
        return _searched(records, at_least, refs)


def _searched(records, at_least, refs):
    search = all_pairs.Search(at_least, refs)
    try:
        search.run(records)
        pairs = list(search.pairs())
        assert search.number == len(pairs)
        return pairs, search.cut
    finally:
        search.close()


@given(seed=SEEDS, at_least=SCORES)
def test_what_two_names_have_in_common_at_least(seed, at_least):
    """Where the same facts make a pair of them, they have the words that these rules ask for."""
    draw, same = drawn(seed), (frozenset("AB"), "1990-01-01", "1990-01-01", "treaty")
    first, second = (Traits(title, title, tokens(title), *same) for title in (name(draw), name(draw)))
    if score(first, second) < at_least:
        return
    reach, common = Reach(at_least), len(first.tokens & second.tokens)
    sizes, counted = (len(first.tokens), len(second.tokens)), (numbers(first.tokens), numbers(second.tokens))
    assert common >= max(common_words(size, reach.alike) for size in sizes)
    if counted[0] != counted[1]:
        assert common >= max(common_words(size, reach.alike_in_series) for size in sizes)
        others = len((first.tokens ^ second.tokens) - numbers(first.tokens ^ second.tokens))
        assert others <= words_apart(sizes, (len(counted[0]), len(counted[1])), reach.alike_in_series)


@given(seed=SEEDS, at_least=SCORES)
def test_all_pairs_of_each_with_each_are_found(seed, at_least):
    records = register(drawn(seed))
    whole = each_with_each(records, at_least)
    assert searched(records, at_least) == (whole, 0)
    some = [pair for pair in whole if "r1" in (pair[1].ref, pair[2].ref)]
    assert searched(records, at_least, frozenset(["r1"])) == (some, 0)


@given(seed=SEEDS, at_least=SCORES, common=st.integers(1, 4))
def test_where_pairs_are_left_out_it_is_told(seed, at_least, common):
    records = register(drawn(seed))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(all_pairs, "COMMON", common)
        patched.setattr(all_pairs, "NEIGHBOURS", 2)
        pairs, cut = searched(records, at_least)
    whole = each_with_each(records, at_least)
    assert set(pairs) <= set(whole)
    assert cut or pairs == whole


def test_no_room_on_the_disk_is_told(monkeypatch):
    monkeypatch.setattr(all_pairs, "_TABLES", all_pairs._TABLES.replace("BEGIN;", "PRAGMA max_page_count = 8; BEGIN;"))
    with pytest.raises(StoreProblem, match=r"temporary file .*disk is full.*TMPDIR"):
        searched(register(drawn(1)) * 50, 0.75)


MADE = """
from random import Random
from tracker.law.likeness import Traits, tokens
from tracker.read.lookup import all_pairs
all_pairs.COUNTERS, all_pairs.COMMON, all_pairs.NEIGHBOURS = 128, 20, 2
draw, words = Random(1), [f"w{number}" for number in range(30)]
titles = [" ".join(draw.sample(words, 3)) for _ in range(200)]
search = all_pairs.Search(0.75)
search.run([
    Traits(f"r{place}", title, tokens(title), frozenset(draw.sample("ABCD", 2)), None, None, None)
    for place, title in enumerate(titles)
])
print(search.cut, [(pair.one.ref, pair.other.ref) for pair in search.pairs()])
"""


def test_every_run_finds_the_same(run_python, monkeypatch):
    """Also where words count as more than they are: by numbers that do not hang on the seed of Python's hashes."""
    told = []
    for seed in ("1", "2"):
        monkeypatch.setenv("PYTHONHASHSEED", seed)
        told.append(run_python(MADE))
    assert [one.code for one in told] == [0, 0]
    assert told[0].out == told[1].out
