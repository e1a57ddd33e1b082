"""What a site tells of changes: as a page, as text, as data and as a feed."""

import json
import re

import pytest
from site_reader import tree

from tracker import clock

pytestmark = pytest.mark.long

ATOM = "{http://www.w3.org/2005/Atom}"


def entries(site):
    root = tree(site.folder / "feed.xml")
    assert root.tag == f"{ATOM}feed"
    for one in (root, *root.iter(f"{ATOM}entry")):
        assert one.findtext(f"{ATOM}id").startswith("urn:uuid:")
        assert one.findtext(f"{ATOM}title")
        assert one.findtext(f"{ATOM}updated")[10] == "T"
    return list(root.iter(f"{ATOM}entry"))


@pytest.fixture
def edited(run, few):
    """A register in which two records were changed after the import."""
    assert run("edit", "us-jp-sosa-2023", "--set", "short_title=The <SOSA> & more").code == 0
    assert run("party", "edit", "JPN", "--add", "aliases=Nippon").code == 0
    return few


def test_each_changed_record_is_an_entry_that_leads_to_its_page(published, edited):
    site = published()
    party, agreement, *before = entries(site)
    assert agreement.findtext(f"{ATOM}title").endswith("(changed)")
    assert agreement.find(f"{ATOM}link").get("href") == "agreement/us-jp-sosa-2023.html"
    assert "short title: US-Japan SOSA (2023) → The &lt;SOSA&gt; &amp; more" in agreement.findtext(f"{ATOM}content")
    assert party.find(f"{ATOM}link").get("href") == "party/JPN.html"
    assert {one.findtext(f"{ATOM}title").rpartition(" ")[2] for one in before} == {"(new)"}
    assert site.broken() == []


def test_ids_stay_and_are_all_different(published, run, edited):
    before = [one.findtext(f"{ATOM}id") for one in entries(published())]
    assert run("edit", "att-2013", "--set", "confidence=low").code == 0
    after = [one.findtext(f"{ATOM}id") for one in entries(published())]
    assert after[1:] == before
    assert len(set(after)) == len(after)


def test_addresses_are_whole_where_the_address_of_the_site_is_set(published, run, edited):
    assert run("config", "set", "site.url", "https://example.org/register").code == 0
    root = tree(published().folder / "feed.xml")
    links = [one.get("href") for one in root.iter(f"{ATOM}link")]
    assert all(link.startswith("https://example.org/register/") for link in links)


def test_data_page_and_text_tell_the_same(published, edited):
    site = published()
    rows = site.json("changes.json")["rows"]
    assert [(row["record"], row["id"], row["path"]) for row in rows[:2]] == [
        ("party", "JPN", "aliases"),
        ("agreement", "us-jp-sosa-2023", "short_title"),
    ]
    page = site.page("changes.html")
    cells = {row[0][0] for table in page.tables for row in table[1:]}
    assert cells == {row["id"] for row in rows}
    text = (site.folder / "changes.md").read_text()
    assert "us-jp-sosa-2023" in text
    assert "The \\<SOSA\\>" in text


def test_since_tells_only_what_changed_after(published, run, few):
    with clock.replaced(lambda: clock_at("2027-01-03T12:00:00Z")):
        assert run("edit", "att-2013", "--set", "confidence=low", "--today", "2027-01-03").code == 0
        site = published("--since", "2027-01-01", "--today", "2027-01-03")
        assert [row["id"] for row in site.json("changes.json")["rows"]] == ["att-2013"]
        assert "Changes since 2027-01-01" in (site.folder / "changes.html").read_text()
        assert len(entries(site)) == 1
        quiet = published("--since", "2027-01-04", "--today", "2027-01-05", into="quiet")
        assert quiet.json("changes.json")["rows"] == []
        assert entries(quiet) == []
        assert "Nothing changed since 2027-01-04." in (quiet.folder / "changes.md").read_text()


def clock_at(text):
    from datetime import datetime

    return datetime.fromisoformat(text)


def test_a_new_and_a_removed_record_are_told(published, run, few):
    assert run("add", "Arrangement on ropes", "--party", "JPN", "--party", "AUS").code == 0
    assert run("remove", "att-2013", "--yes").code == 0
    rows = published().json("changes.json")["rows"]
    assert [row["what"] for row in rows[:2]] == ["removed", "new"]
    assert rows[0]["id"] == "att-2013"


def test_a_site_of_a_query_tells_no_other_changes(published, run, edited):
    assert run("edit", "att-2013", "--set", "confidence=low").code == 0
    rows = published("ref:us-jp-sosa-2023").json("changes.json")["rows"]
    assert {row["id"] for row in rows if row["record"] == "agreement"} <= {"us-jp-sosa-2023", None}
    assert "att-2013" not in json.dumps(rows)


def test_very_many_records_at_once_are_told_in_one_sentence(published, store):
    (entry,) = entries(published("party:JPN"))
    assert re.match(r"\d+ agreements, 1 family, \d+ sources at once", entry.findtext(f"{ATOM}title"))


def test_since_that_is_no_time_is_refused(run, few, tmp_path):
    done = run("publish", tmp_path / "site", "--since", "tomorrowish")
    assert done.code == 2
    assert "--since" in done.err
