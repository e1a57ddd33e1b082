"""Plain values: equal where they hold the same, and nothing that is said of one is lost without a word."""

import copy

import pytest

from tracker.table import Column, LeftOut


def test_values_that_hold_the_same_are_equal() -> None:
    first, second = LeftOut("undated", 3), LeftOut(reason="undated", number=3)
    assert (first, hash(first)) == (second, hash(second))
    assert first != first.but(number=4)
    assert copy.deepcopy(first) == first


@pytest.mark.parametrize(
    ("values", "named", "message"),
    [
        ((), {"number": 3}, "LeftOut lacks reason"),
        (("undated", 3), {"share": 1}, "LeftOut has no place for 'share'"),
        (("undated", 3, 4), {}, "LeftOut has no place for 4"),
    ],
)
def test_a_part_that_is_none_is_refused(values: tuple[object, ...], named: dict[str, object], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        LeftOut(*values, **named)  # type: ignore[arg-type] # what mypy would refuse


def test_a_changed_copy_takes_only_what_there_is() -> None:
    with pytest.raises(TypeError, match="no place for 'headng'"):
        Column("ref", "code").but(headng="Reference")
