"""Cells that hold JSON are read as any other program reads them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.text.jsons import loads

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
)
BLANKS = st.text(" \t\n", max_size=2)


@given(VALUES, BLANKS, BLANKS)
def test_what_was_written_is_read_with_blanks_around_it(value, before, after):
    assert loads(f"{before}{json.dumps(value)}{after}") == value


@pytest.mark.parametrize("text", ["", " ", "{", "[1] 2", '{"a": 1}x', "nothing"])
def test_what_is_not_one_value_is_refused(text):
    with pytest.raises(ValueError, match=r"line \d"):
        loads(text)
