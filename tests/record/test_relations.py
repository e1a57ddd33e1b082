"""Relations: one direction is stored, the other is derived."""

import pytest

from tracker.record.relations import INVERSES, PASSIVE, SYMMETRIC, TYPES, active, inverse
from tracker.record.vocabulary import VocabularyError


def test_the_passive_form_is_the_active_one_with_its_ends_swapped():
    assert active("superseded_by") == ("supersedes", True)
    assert active("follows") == ("precursor_of", True)
    assert active("parent_of") == ("concluded_under", True)
    assert active("amends") == ("amends", False)


def test_symmetric_relations_are_their_own_inverse():
    for relation in SYMMETRIC:
        assert active(relation) == (relation, False)
        assert inverse(relation) == relation


def test_the_inverse_of_the_inverse_is_the_relation():
    for relation in TYPES:
        assert inverse(inverse(relation)) == relation
    assert len(PASSIVE) == len(INVERSES)


def test_an_unknown_relation_is_answered_with_the_nearest():
    with pytest.raises(VocabularyError, match="unknown relation 'superseeds'; did you mean supersedes"):
        active("superseeds")
