"""Every word that the record declares has a meaning, and no other has."""

import pytest

from tracker.record import meanings, shapes
from tracker.record.meanings import instruments, lives
from tracker.record.types import code

TOLD = {**instruments.MEANINGS, **lives.MEANINGS}
DECLARED = {
    field.type.codes for shape in shapes.at().values() for field in shape.fields if field.type.kind == "code"
} - {"relations.ACTIVE", "relations.SEEN"}
"""The lists of codes; of relations one list holds both directions."""


@pytest.mark.parametrize("codes", sorted(DECLARED))
def test_every_word_of_the_record_has_a_meaning(codes: str) -> None:
    assert set(TOLD[codes]) == set(code(codes).words)
    assert all(TOLD[codes].values())
    assert list(meanings.of(codes)) == list(code(codes).words)


def test_every_list_is_named() -> None:
    named = [codes for lists in meanings.LISTS.values() for codes in lists]
    assert sorted(named) == sorted(DECLARED | {"relations.TYPES"})
    assert set(named) == set(TOLD)


def test_a_meaning_is_a_short_line() -> None:
    for words in TOLD.values():
        for word, meaning in words.items():
            assert len(meaning) <= 90, word
            assert "\n" not in meaning
            assert not meaning.endswith(".")
