"""Names of parties found in running text."""

import pytest

from tracker.proposing.basis.vocabulary import Vocabulary

NAMES = (
    ("Japan", "JPN"), ("United States of America", "USA"), ("United States", "USA"), ("US", "USA"), ("U.S.", "USA"),
    ("Guinea", "GIN"), ("Papua New Guinea", "PNG"), ("Korea", "KOR"), ("Korea", "PRK"), ("Republic of Korea", "KOR"),
    ("日本", "JPN"), ("Chad", "TCD"), ("Côte d'Ivoire", "CIV"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Japan and the U.S. agreed; the united states did so too.", ["Japan", "U.S."]),
        ("Papua New Guinea’s minister", ["Papua New Guinea"]),
        ("it told us that US forces", ["US"]),
        ("Korea will sign.", []),
        ("The Republic of Korea will sign; Korea agreed.", ["Republic of Korea", "Korea"]),
        ("日本政府は", ["日本"]),
        ("COTE D'IVOIRE and chad", ["COTE D'IVOIRE"]),
        ("the United\nStates", ["United\nStates"]),
    ],
)
def test_names_are_found_as_they_are_written(text: str, found: list[str]):
    assert [text[one.start : one.end] for one in Vocabulary(NAMES, {}).parties(text)] == found
