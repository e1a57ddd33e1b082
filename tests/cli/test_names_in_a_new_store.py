"""Names are understood by the first command of all, which makes the store."""

import json

import pytest


@pytest.mark.parametrize(
    ("arguments", "show", "key", "wanted"),
    [
        (
            ["party", "add", "Club", "--kind", "organisation", "--member", "Japan", "--successor", "Hollanda"],
            ["party", "show", "org-club"],
            "members",
            [{"code": "JPN", "from": None, "until": None}],
        ),
        (["focus", "add", "Tariffs", "--parent", "Cyber"], ["focus", "show", "tariffs"], "parent", "cyber"),
        (
            ["family", "add", "Kin", "--source", "https://example.org/kin"],
            ["family", "show", "kin"],
            "sources",
            ["example-org-kin"],
        ),
    ],
)
def test_names_are_looked_up_in_the_store_that_the_first_write_makes(run, arguments, show, key, wanted) -> None:
    outcome = run(*arguments)
    if "Hollanda" in arguments:
        assert outcome.code == 2, "Hollanda is nobody's name yet"
        assert "unknown party 'Hollanda'" in outcome.err
        outcome = run(*arguments[:-2])
    assert outcome.code == 0, outcome.err
    assert json.loads(run(*show, "--json").out)[key] == wanted


def test_the_parent_of_a_new_focus_area_may_be_named_by_its_label(run, store) -> None:
    assert run("focus", "add", "Sea drones", "--parent", "No such area at all").code == 2
    assert run("focus", "add", "Sea drones", "--parent", "CYBER").code == 0
