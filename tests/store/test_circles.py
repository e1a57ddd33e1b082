"""Focus areas stand in a tree, also after an import."""

import pytest
from made_records import thing
from store_changes import Begin

from tracker.errors import InvalidRecord
from tracker.store.write import bulk


def test_a_circle_of_focus_areas_is_refused_when_the_change_ends(begin: Begin) -> None:
    """In an import too, where the one above comes later; a line of them is no circle."""
    low, high = ({"code": "aaa", "label": "A", "parent": "bbb"}, {"code": "bbb", "label": "B", "parent": "aaa"})
    documents = [thing("focus_area", **low), thing("focus_area", **high)]
    with pytest.raises(InvalidRecord, match="aaa under bbb under aaa"), begin() as writer:
        list(bulk.load(writer, documents))
    with pytest.raises(InvalidRecord, match="closes a circle"), begin(dry_run=True) as writer:
        list(bulk.load(writer, documents))
    with begin() as writer:
        list(bulk.load(writer, [documents[0], thing("focus_area", **{**high, "parent": "technology"})]))
    with pytest.raises(InvalidRecord, match="bbb under aaa under bbb"), begin() as writer:
        writer.put_object("focus_area", documents[1])
