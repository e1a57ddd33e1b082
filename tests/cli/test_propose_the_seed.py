"""The article with which the register began, told anew: two texts of one day, of which one binds."""

import json
from pathlib import Path
from typing import Any

import pytest
from running import Run

ARTICLE = """\
U.S. and Japan put arms research and supplies on paper

The defense chiefs of the United States and Japan met at the Pentagon last week, and left two documents behind.

On Thursday, Secretary of Defense Lloyd J. Austin III and Japan's Minister of Defense Hamada Yasukazu signed a \
legally-binding Memorandum of Understanding for Research, Development, Test and Evaluation Projects. The two ministers \
also signed a non-binding Security of Supply Arrangement, under which each side may ask the other to give its orders \
priority in the supply chain.

The Memorandum of Understanding updates a previous agreement and will support work on hypersonic defence, the \
Department of Defense said. Both stand beside the 1960 Treaty of Mutual Cooperation and Security.

Japan also has a Reciprocal Access Agreement with Australia, which was signed in January 2022, and will sign one with \
the Philippines.

The Department of Defense did not publicly release the texts of the documents.
"""
PUBLISHED = ("--published", "2023-01-18")


@pytest.fixture
def article(tmp_path: Path, other_store: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The article, and an empty register that the program finds without being told."""
    monkeypatch.setenv("TRACKER_STORE", str(other_store))
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


@pytest.fixture
def proposed(run: Run, article: Path) -> list[dict[str, Any]]:
    done = run("propose", article, *PUBLISHED, "--explain", "--json")
    assert done.code == 0, done.err
    return list(json.loads(done.out))


def _instruments(proposed: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [one for one in proposed if one["proposal"]["kind"] == "instrument"]


def _sentence(one: dict[str, Any], path: str) -> str:
    return next(str(value["sentence"]) for value in one["proposal"]["values"] if value["path"] == path)


def test_two_instruments_come_out_each_on_its_own_sentence(proposed: list[dict[str, Any]]):
    memorandum, arrangement = _instruments(proposed)
    assert memorandum["instrument_type"] == "memorandum_of_understanding"
    assert arrangement["instrument_type"] == "security_of_supply_arrangement"
    for one in (memorandum, arrangement):
        assert [event["date"] for event in one["events"] if event["kind"] == "signed"] == ["2023-01-12"]
        assert {party["code"] for party in one["parties"]} == {"JPN", "USA"}
        assert {item["person"]["name"]: item["party"] for item in one["signatories"]} == {
            "Lloyd J. Austin III": "USA",
            "Hamada Yasukazu": "JPN",
        }
        assert one["text_access"] == "not_released"
    assert (memorandum["binding_status"], arrangement["binding_status"]) == ("binding", "non_binding")
    assert "legally-binding" in _sentence(memorandum, "binding_status")
    assert "non-binding" in _sentence(arrangement, "binding_status")
    assert "hypersonic_defence" in memorandum["focus_areas"]
    assert "supply_chain" in arrangement["focus_areas"]
    assert [item["type"] for item in memorandum["relations"]] == ["updates"]


def test_every_quotation_is_literal(proposed: list[dict[str, Any]]):
    for one in proposed:
        for value in one["proposal"]["values"]:
            assert ARTICLE[value["start"] : value["end"]] == value["sentence"]
            assert value["rule"]
            assert value["why"]


def test_the_other_agreements_are_mentions(proposed: list[dict[str, Any]]):
    mentions = " ".join(one["title"] for one in proposed if one["proposal"]["kind"] == "mention")
    for words in ("Treaty of Mutual Cooperation and Security", "Reciprocal Access Agreement"):
        assert words in mentions


def test_accepted_it_is_the_comparison_of_the_two(run: Run, article: Path):
    done = run("propose", article, *PUBLISHED, "--accept", "all")
    assert done.out.split() == ["us-jp-mou-2023", "us-jp-sosa-2023"], done.err
    listed = json.loads(run("list", "signed:2023-01-12", "--json").out)
    assert {one["ref"]: one["binding_status"] for one in listed} == {
        "us-jp-mou-2023": "binding",
        "us-jp-sosa-2023": "non_binding",
    }
    assert "legally-binding" in run("why", "us-jp-mou-2023").out


def test_a_page_says_where_the_day_of_publication_was_read(run: Run, article: Path, tmp_path: Path):
    assert "published  2023-01-18\n" in run("propose", article, *PUBLISHED).out
    title, _, rest = ARTICLE.partition("\n")
    dated = tmp_path / "dated.txt"
    dated.write_text(f"{title}\n\nPublished: 18 January 2023\n{rest}", encoding="utf-8")
    done = run("propose", dated)
    assert "published  2023-01-18, as the text says itself\n" in done.out
    assert done.out.count("2023-01-12") == 2
