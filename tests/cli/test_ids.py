"""Ids made from names: long ones, names in other scripts, and names that two persons bear."""

import json

import pytest

LONG = "Report of the committee on the arrangements between the two departments and what became of each " * 3


@pytest.mark.parametrize(
    ("arguments", "longest"),
    [
        (["source", "add", LONG], 120),
        (["party", "add", LONG[:190], "--kind", "organisation"], 120),
        (["focus", "add", LONG[:190]], 120),
        (["family", "add", LONG[:190]], 120),
    ],
)
def test_a_long_name_gives_an_id_that_is_taken(run, store, arguments, longest) -> None:
    outcome = run(*arguments)
    assert outcome.code == 0, outcome.err
    assert longest - 20 < len(outcome.out.strip()) <= longest
    assert not outcome.out.strip().endswith(("-", "_"))


@pytest.mark.parametrize(
    ("arguments", "option"),
    [
        (["source", "add", "日本"], "--id"),
        (["family", "add", "日本"], "--id"),
        (["signatory", "add", "日本"], "--id"),
        (["party", "add", "日本連盟", "--kind", "organisation"], "--code"),
        (["focus", "add", "日本"], "--code"),
    ],
)
def test_a_name_without_latin_letters_asks_for_an_id(run, store, arguments, option) -> None:
    outcome = run(*arguments)
    assert outcome.code == 2
    assert f"no Latin letters to make the {option[2:]} from; give one with {option}" in outcome.err
    assert run(*arguments, option, "nippon").out == "nippon\n"


def test_a_signatory_without_latin_letters_is_recorded_first(run, store) -> None:
    outcome = run("add", "Note", "--ref", "note-2024", "--signatory", "JPN: 浜田 太郎, 大臣")
    assert outcome.code == 2
    assert "tracker signatory add '浜田 太郎' --id ID" in outcome.err
    assert run("signatory", "add", "浜田 太郎", "--id", "hamada-taro").code == 0
    assert run("add", "Note", "--ref", "note-2024", "--signatory", "JPN: 浜田 太郎, 大臣").code == 0
    (signatory,) = json.loads(run("show", "note-2024", "--json").out)["signatories"]
    assert signatory["person"] == "hamada-taro"


def test_a_persons_proper_name_wins_over_an_alias(run, store) -> None:
    """As for every other name that is looked up: of two bearers, the one whose name it is."""
    assert run("signatory", "add", "Jane Roe").code == 0
    assert run("signatory", "add", "Jane Doe", "--alias", "Jane Roe").code == 0
    assert run("add", "Note", "--ref", "note-2024", "--signatory", "USA: Jane Roe").code == 0
    (signatory,) = json.loads(run("show", "note-2024", "--json").out)["signatories"]
    assert signatory["person"] == "jane-roe"
