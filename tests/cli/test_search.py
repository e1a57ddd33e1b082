"""``search``: where words are found, how they are folded, ranked and marked; the index follows every change."""

import json
from pathlib import Path

import pytest
from running import Run

SOSA, MOU = "us-jp-sosa-2023", "us-jp-rdte-mou-2023"


def found(run: Run, *arguments: str) -> list[str]:
    code, out, err = run("search", *arguments, "--json")
    assert code == 0, err
    return [record["ref"] for record in json.loads(out)]


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    "words",
    [
        ["us-jp-sosa-2023"],
        ["misnomer"],
        ["SUPPLY", "japan"],
        ["secur", "supply", "Hamada"],
        ["united", "states", "japanese", "supply"],
        ['"security of supply arrangement"'],
        ["mirage", "supply"],
        ["pentagon", "arlington", "supply"],
        ["party:JPN", "supply"],
        ["supply", "--party", "Japan"],
        ["japan", "sosa", "-signed:2022"],
        ["(supply or nothinglikethis)", "party:JPN"],
    ],
)
def test_words_are_found_wherever_they_stand(run: Run, store: Path, words: list[str]):
    assert SOSA in found(run, *words)


def test_words_that_are_not_there(run: Run, store: Path):
    assert found(run, "nothinglikethis") == []
    assert found(run, '"supply of security"') == []
    assert SOSA not in found(run, '"secur"')
    assert found(run, "supply", "not", "supply") == []
    assert run("search").code == 2
    assert run("search", "...").code == 2


def test_the_best_come_first(run: Run, store: Path):
    """A hit in the title weighs more than one in a source or a note."""
    assert run("add", "Zymurgy arrangement", "--ref", "z-title", "--yes").code == 0
    assert run("add", "Another one", "--ref", "a-note", "--yes").code == 0
    assert run("edit", "a-note", "--add", "notes=it mentions zymurgy once").code == 0
    assert found(run, "zymurgy") == ["z-title", "a-note"]
    assert found(run, "zymurgy", "--sort", "ref") == ["a-note", "z-title"]
    assert found(run, "zymurgy", "--limit", "1") == ["z-title"]


def test_accents_case_and_scripts(run: Run, store: Path):
    for ref, title in {
        "z-cz": "Dohoda o spolupráci v oblasti obrany",
        "z-pl": "Umowa o współpracy, Łódź",
        "z-ja": "日本国とアメリカ合衆国との間の相互協力及び安全保障条約",
        "z-ko": "대한민국 정부와 일본국 정부 간의 군사비밀정보의 보호에 관한 협정",
    }.items():
        assert run("add", title, "--ref", ref, "--yes").code == 0
    for words, ref in {
        "SPOLUPRACI": "z-cz",
        "lodz": "z-pl",
        "wspolpracy": "z-pl",
        "安全保障": "z-ja",
        "条約": "z-ja",
        "日": "z-ja",
        "障条約": "z-ja",
        "일본국": "z-ko",
        "비밀": "z-ko",
    }.items():
        assert found(run, words) == [ref], words
        assert ref in [record["ref"] for record in json.loads(run("list", words, "--json").out)], words
    assert found(run, "安障") == []


def test_hits_are_marked_where_people_read(run: Run, store: Path):
    out = run("search", "austin", "supply", "-f", "markdown").out
    row = next(line for line in out.splitlines() if SOSA in line)
    assert "Security of \\[Supply\\] Arrangement" in row or "Security of [Supply] Arrangement" in row
    assert "Lloyd J. " in row
    assert "signatory" in row
    assert "[" not in run("search", "austin", "supply", "-f", "tsv").out


def test_people_see_the_first_hits_and_how_many_there_are(run: Run, store: Path):
    out = run("search", "arrangement", "-f", "table").out
    assert "the first 20 of " in out
    assert "; see more with --limit" in out
    assert len(run("search", "arrangement", "-f", "tsv").out.splitlines()) > 21


def test_the_index_follows_changes(run: Run, store: Path):
    """What is edited, renamed, merged, removed and taken back is found as it is now."""
    assert run("edit", SOSA, "--set", "title=Qwerty arrangement").code == 0
    assert found(run, "qwerty") == [SOSA]
    assert run("signatory", "edit", "hamada-yasukazu", "--set", "name=Yasukazu Asdfgh").code == 0
    assert SOSA in found(run, "asdfgh")
    assert run("party", "alias", "JPN", "Zipangu").code == 0
    assert SOSA in found(run, "zipangu")
    assert run("undo", "--yes").code == 0
    assert found(run, "zipangu") == []
    assert run("remove", "us-sg-sosa-2023", "--yes").code == 0
    assert "us-sg-sosa-2023" not in found(run, "singapore")
    assert run("undo", "--yes").code == 0
    assert "us-sg-sosa-2023" in found(run, "singapore")


def test_the_past_is_searched_without_the_index(run: Run, store: Path):
    """The index knows the present only; what was known is folded and looked through."""
    assert run("edit", SOSA, "--set", "title=Qwerty arrangement").code == 0
    long_after = ["--known-at", "2090-01-01"]
    for words in (["qwerty"], ["austin"], ["japan", "sosa"], ['"security of supply agreement"'], ["mirage"]):
        assert set(found(run, *words)) == set(found(run, *words, *long_after)), words
    assert refs_listed(run, "qwerty", *long_after) == [SOSA]


def refs_listed(run: Run, *arguments: str) -> list[str]:
    return [record["ref"] for record in json.loads(run("list", *arguments, "--json").out)]


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    "query",
    [
        "supply or missile",
        "supply (missile or japan)",
        "supply (party:JPN or party:KOR)",
        "supply (title:security or place:Pentagon)",
        "supply precision:month,year",
        "missile or party:KOR",
    ],
)
def test_what_narrows_a_search_may_hold_an_or(run: Run, store: Path, query: str):
    """The index finds what the texts hold themselves, and each side of an ``or`` keeps to the other terms."""
    later = {record["ref"] for record in json.loads(run("search", query, "--known-at", "2090-01-01", "--json").out)}
    assert later
    code, out, err = run("search", query, "--json")
    assert (code, err) == (0, "")
    assert {record["ref"] for record in json.loads(out)} == later
