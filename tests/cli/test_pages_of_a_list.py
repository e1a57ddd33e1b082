"""The first page of a list is what the whole list begins with, whatever it is sorted by."""

import pytest


@pytest.mark.sampled(3)
@pytest.mark.parametrize("order", ["signed", "in_force_from", "title"])
@pytest.mark.parametrize("asked", [("signed:2015..2020",), ("in_force_from:1990..", "binding:binding")])
def test_the_first_page_begins_the_list(order: str, asked: tuple[str, ...], ask) -> None:
    every = [record["ref"] for record in ask("list", *asked, "--sort", order)]
    page = [record["ref"] for record in ask("list", *asked, "--sort", order, "--limit", "3")]
    assert len(every) > 3
    assert page == every[:3]
    assert sorted(every) == [record["ref"] for record in ask("list", *asked, "--sort", "ref")]
