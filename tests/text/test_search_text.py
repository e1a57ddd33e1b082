"""Text as the search index keeps it, phrases that find it, and the marks of hits."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.text.search import asked, hits, indexed, marked, phrase, wanted


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Accord d’Élysée (U.S.A.)", "accord d elysee usa"),
        ("安全保障", "安全保 全保障 保障 障"),
        ("日米SOSA協定", "日米 米 sosa 協定 定"),
        ("Łódź", "lodz"),
    ],
)
def test_text_is_kept_folded_and_in_groups(text: str, kept: str):
    assert indexed(text) == kept


def stands(text: str, looked_for: str, *, quoted: bool = False) -> bool:
    found = asked(looked_for, quoted=quoted)
    assert found is not None
    return found.needle in f" {indexed(text)} "


@pytest.mark.parametrize(
    ("text", "looked_for", "quoted", "found"),
    [
        ("Security of Supply", "secur", False, True),
        ("Security of Supply", "secur", True, False),
        ("Security of Supply", "supply security", True, False),
        ("Security of Supply", "of supply", True, True),
        ("Use of bases", "us", False, False),
        ("Use of bases", "us*", False, True),
        ("安全保障条約", "保障", False, True),
        ("安全保障条約", "保障条約", True, True),
        ("安全保障条約", "約", True, True),
        ("安全保障条約", "安保", False, False),
        ("協定 SOSA 安全", "協定 sosa", True, True),
        ("U.S. forces", "us forces", True, True),
    ],
)
def test_phrases(text: str, looked_for: str, quoted: bool, found: bool):
    assert stands(text, looked_for, quoted=quoted) is found


@given(st.text(max_size=30), st.integers(0, 30), st.integers(1, 30))
def test_a_part_of_an_unspaced_text_is_found(text: str, start: int, length: int):
    """Any stretch of Han characters is found in the text that it was taken from."""
    han = "".join(chr(0x4E00 + ord(char) % 500) for char in text)
    part = han[start : start + length]
    if part:
        assert stands(han, part, quoted=True)


def test_nothing_to_look_for():
    assert phrase("...", beginning=True) is None
    assert asked("*", quoted=False) is None


@pytest.mark.parametrize(
    ("text", "looked_for", "shown"),
    [
        ("Security of Supply", ["supply", "secur"], "[Security] of [Supply]"),
        ("The U.S.A. and Türkiye", ["usa", "turkiye"], "The [U.S.A.] and [Türkiye]"),
        ("安全保障条約", ["保障"], "安全[保障]条約"),
        ("security of supply", ["security of"], "[security of] supply"),
        ("nothing here", ["supply"], "nothing here"),
    ],
)
def test_hits_are_marked(text: str, looked_for: list[str], shown: str):
    assert marked(text, hits(text, [wanted(one, open_end=True) for one in looked_for])) == shown


@given(st.text(max_size=60), st.lists(st.text(min_size=1, max_size=5), max_size=3))
def test_marks_take_nothing_away(text: str, looked_for: list[str]):
    places = hits(text, [wanted(one, open_end=True) for one in looked_for])
    assert all(first < last for first, last in places)
    assert all(first[1] <= second[0] for first, second in pairwise(places))
    if not set("[]") & set(text):
        assert marked(text, places).replace("[", "").replace("]", "") == text


def test_a_long_text_is_cut_around_the_first_hit():
    text = "word " * 100 + "Zymurgy " + "word " * 100
    shown = marked(text, hits(text, [wanted("zymurgy", open_end=False)]))
    assert shown.startswith("...")
    assert shown.endswith("...")
    assert "[Zymurgy]" in shown
    assert len(shown) < 200
