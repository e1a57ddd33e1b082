"""A published site: whole, at rest, and in every cell what ``--json`` says."""

import json
import re
from collections import defaultdict

import pytest
from site_reader import ways

from tracker.publishing.pages import COMPARISONS
from tracker.read.records.paths_in_words import in_words
from tracker.renderers._parts.words import all_in_words

WORD = re.compile(r"[^\W_]+")


@pytest.fixture(scope="module")
def records(sample_store):
    """The agreements as ``--json`` prints them, by their refs."""
    from running import TODAY, called

    code, out, _ = called(["--no-config", "--store", str(sample_store), "--today", TODAY, "list", "--json"], b"")
    assert code == 0
    return {record["ref"]: record for record in json.loads(out)}


def leaves(value):
    if isinstance(value, dict):
        for inner in value.values():
            yield from leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner)
    elif value is not None:
        yield str(value).lower() if isinstance(value, bool) else str(value)


def words_of(texts):
    return {word.lower() for text in texts for word in WORD.findall(all_in_words(text))}


def main_of(page):
    return re.sub(r"<[^>]+>", " ", page.partition("<main")[2].partition("</main>")[0])


def test_no_way_leads_nowhere(sample_site):
    assert sample_site.broken() == []


def test_there_is_a_page_for_each_object_and_no_other(sample_site, records):
    pages = set(sample_site.pages())
    parties = {party["code"] for record in records.values() for party in record["parties"]}
    families = {item["family"] for record in records.values() for item in record["families"]}
    assert {name for name in pages if name.startswith("agreement/")} == {f"agreement/{ref}.html" for ref in records}
    assert {name for name in pages if name.startswith("party/")} == {f"party/{code}.html" for code in parties}
    assert {name for name in pages if name.startswith("family/")} == {f"family/{key}.html" for key in families}
    assert {name for name in pages if name.startswith("comparison/")} == {f"comparison/{it}.html" for it in COMPARISONS}


def test_pages_load_the_style_sheet_alone_and_the_index_has_the_one_script(sample_site):
    for name, text in sample_site.pages().items():
        page = ways(text)
        up = "../" * name.count("/")
        assert page.loaded == ["data:,", f"{up}style.css", f"{up}feed.xml"], name
        (policy,) = [said["content"] for tag, said in page.tags if said.get("http-equiv") == "Content-Security-Policy"]
        assert policy.startswith("default-src 'none';")
        assert "unsafe" not in policy
        assert text.count("<script") == ("script-src" in policy) == (name == "index.html")
        assert not [said for _, said in page.tags if any(key.startswith("on") or key == "style" for key in said)]
        assert text.count("<h1") == text.count("<main") == 1
        outside = [said for tag, said in page.tags if tag == "a" and str(said.get("href")).startswith("http")]
        assert all("noopener" in str(said["rel"]) for said in outside)


PAGE_WORDS = {
    *("as", "of", "day", "unknown", "effective", "titled", "in", "none", "yes", "no", "at", "until", "known"),
    *("from", "and", "or", "the", "confidence", "x", "event", "signatory", "party", "relation", "identifier", "entry"),
    *("day", "days", "week", "weeks", "month", "months", "year", "years"),
}
"""Words of the page's own inside its cells: around facts, and of paths."""


def test_every_cell_of_an_agreement_is_what_json_says(sample_site, records):
    """No cell says what the record does not, and what the record says of itself is there."""
    labels = {area["code"]: area["label"] for area in sample_site.json("focus-areas.json")}
    for ref, record in records.items():
        text = (sample_site.folder / "agreement" / f"{ref}.html").read_text(encoding="utf-8")
        areas = [labels[code] for code in record["focus_areas"]]
        paths = [in_words(record, claim["field"]) for claim in record["claims"]]
        periods = re.findall(r"\d+", " ".join(leaves(record["terms"])))
        said = words_of([*leaves(record), *keys_of(record), *areas, *paths, *periods]) | PAGE_WORDS
        page = sample_site.page(f"agreement/{ref}.html")
        cells = [cell for table in page.tables for row in table[1:] for cell, _ in row]
        facts = re.findall(r"<dd[^>]*>(.*?)</dd>", text, re.DOTALL)
        cells += [re.sub("<[^>]+>", "", fact.replace("<wbr>", "")) for fact in facts]
        for cell in cells:
            assert words_of([unescaped(cell)]) <= said, (ref, cell)
        shown = words_of([unescaped(main_of(text.replace("<wbr>", "")))])
        for key in TOLD:
            assert words_of(leaves(record[key])) <= shown | NOT_TOLD, (ref, key)
        signed = [[item["name"], item["office"]] for item in record["signatories"]]
        assert words_of(leaves(signed)) <= shown, ref
        assert all(words_of([code]) <= shown or words_of([labels[code]]) <= shown for code in record["focus_areas"])


TOLD = (
    *(
        "ref",
        "title",
        "short_title",
        "aliases",
        "titles",
        "instrument_type",
        "binding_status",
        "text_access",
        "languages",
    ),
    *("parties", "families", "relations", "identifiers", "open_questions", "notes", "extra"),
    "sources",
)
"""Keys of which every word stands on the page."""

NOT_TOLD = {"true", "false"}
"""Values that the page leaves out: what was checked."""


def keys_of(value):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key.replace("_", " ")
            yield from keys_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys_of(inner)


def unescaped(text):
    from html import unescape

    return unescape(text)


def test_every_row_of_the_index_is_what_json_says(sample_site, records):
    (table,) = sample_site.page("index.html").tables
    assert len(table) == len(records) + 1
    by_title = defaultdict(list)
    for record in records.values():
        by_title[record["title"]].append(record)
    for row in table[1:]:
        title, parties, kind, binding, status, signed = (cell for cell, _ in row)
        assert (parties, kind, binding, status, signed) in [expected(record) for record in by_title[title]]


def expected(record):
    names = list(dict.fromkeys(party["name"] for party in record["parties"]))
    shown = names if len(names) <= 6 else [*names[:5], f"{len(names) - 5} more"]
    derived = record["derived"]
    status = derived["status"] + ("" if derived["status_certain"] else "?")
    return (
        "; ".join(shown),
        all_in_words(record["instrument_type"]),
        all_in_words(record["binding_status"]),
        all_in_words(status),
        derived["signed"]["edtf"] if derived["signed"] else "",
    )


NAMED_BY = {
    "party": lambda record: {party["code"] for party in record["parties"]},
    "family": lambda record: {item["family"] for item in record["families"]},
    "focus": lambda record: set(record["focus_areas"]),
    "source": lambda record: set(sources_in(record)),
}


def sources_in(value):
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "source":
                yield inner
            elif key == "sources" and inner and isinstance(inner[0], str):
                yield from inner
            else:
                yield from sources_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from sources_in(inner)


def test_pages_of_objects_list_their_agreements_with_the_cells_of_json(sample_site, records):
    seen = 0
    for name in sample_site.pages():
        folder, _, file = name.partition("/")
        if folder not in NAMED_BY:
            continue
        key = file.removesuffix(".html")
        wanted = {ref for ref, record in records.items() if key in NAMED_BY[folder](record)}
        table = sample_site.page(name).tables[-1]
        assert {row[0][0] for row in table[1:]} == wanted, name
        for row in table[1:]:
            ref, title, kind, binding, signed = (cell for cell, _ in row[:5])
            record = records[ref]
            own = expected(record)
            assert title in (record["title"], record["short_title"]), (name, ref)
            assert (kind, binding, signed) == (own[1], own[2], own[4]), (name, ref)
            seen += 1
    assert seen > len(records)


@pytest.mark.sampled(3)
@pytest.mark.parametrize("by", ["year", "party", "type", "focus", "family", "status"])
def test_comparisons_have_the_numbers_of_json(sample_site, run, store, by):
    answer = json.loads(run("compare", "binding", "--by", by, "--json").out)
    table = sample_site.page(f"comparison/binding-by-{by}.html").tables[0]
    rows = [*answer["rows"], answer["totals"]]
    assert len(table) == len(rows) + 1
    for row, said in zip(table[1:], rows, strict=True):
        counts = [value for key, value in said.items() if isinstance(value, int) and not key.endswith("_share")]
        assert [values[0] for _, values in row if values] == [str(count) for count in counts]


def test_the_data_is_what_json_says(sample_site, run, store, records):
    assert sample_site.json("agreements.json") == list(records.values())
    assert (sample_site.folder / "data" / "agreements.csv").read_text() == run("list", "-f", "csv").out
    parties = {one["code"]: one for one in json.loads(run("party", "list", "--json").out)}
    for one in sample_site.json("parties.json"):
        assert one == parties[one["code"]]


def test_the_register_can_be_taken_in_again(sample_site, run, other_store, records):
    file = sample_site.folder / "data" / "register.ndjson"
    assert run("--store", other_store, "import", file).code == 0
    again = json.loads(run("--store", other_store, "list", "--json").out)
    for record in again:
        for key in ("events", "evidence", "claims", "sources", "notes", "relations"):
            assert record[key] == records[record["ref"]][key]


def test_a_site_of_a_query_holds_nothing_else(published, run, store):
    site = published("party:AUS", "signed:2020..")
    refs = {record["ref"] for record in json.loads(run("list", "party:AUS", "signed:2020..", "--json").out)}
    assert {name for name in site.pages() if name.startswith("agreement/")} == {f"agreement/{ref}.html" for ref in refs}
    assert site.broken() == []
    assert {one["ref"] for one in site.json("agreements.json")} == refs
    for record in site.json("agreements.json"):
        assert all(item["source_ref"] in refs for item in record["derived"]["inverse_relations"])
    lines = (site.folder / "data" / "register.ndjson").read_text().splitlines()
    found = [json.loads(line) for line in lines]
    assert {one["ref"] for one in found if one["record"] == "agreement"} == refs
    assert "party:AUS" in (site.folder / "index.html").read_text()


def test_the_register_of_a_query_can_be_taken_in_alone(published, run, store, other_store):
    site = published("party:AUS")
    done = run("--store", other_store, "import", site.folder / "data" / "register.ndjson")
    assert done.code == 0, done.err


def test_the_site_has_the_look_that_settings_ask_for(published, run, few, home, tmp_path):
    (tmp_path / "mark.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>")
    for name, value in {
        "title": "Treaties & <more>",
        "header": "A project of <https://example.org/us>",
        "footer": "CC BY 4.0",
        "logo": tmp_path / "mark.svg",
        "accent": "#7a0019",
    }.items():
        assert run("config", "set", f"site.{name}", value).code == 0
    site = published()
    text = (site.folder / "party" / "JPN.html").read_text()
    assert "<title>Japan · Treaties &amp; &lt;more&gt;</title>" in text
    assert '<a href="https://example.org/us" rel="noopener noreferrer">' in text
    assert "CC BY 4.0" in text
    assert '<img src="../logo.svg" alt=""' in text
    assert "--link:#7a0019" in (site.folder / "style.css").read_text()
    assert site.broken() == []


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("accent", "red", "expected a colour such as"),
        ("accent", "#ff0", "its contrast with #fff is 1.1"),
        ("accent_dark", "#300", "take a lighter one"),
        ("non_binding", "#300", "its contrast with #111"),
        ("url", "javascript:alert(1)", "expected an address"),
        ("logo", "page.html", "expected a picture"),
        ("logo", "absent.png", "cannot read"),
    ],
)
def test_a_look_that_cannot_be_is_refused_before_anything_is_written(run, few, tmp_path, name, value, said):
    assert run("config", "set", f"site.{name}", value).code == 0
    done = run("publish", tmp_path / "site")
    assert done.code == 2
    assert f"site.{name}" in done.err
    assert said in done.err
    assert not (tmp_path / "site").exists()


def test_a_project_file_takes_no_logo_from_elsewhere(run, few, tmp_path, monkeypatch):
    folder = tmp_path / "project"
    folder.mkdir()
    (tmp_path / "secret.png").write_bytes(b"secret")
    (folder / ".tracker.toml").write_text('site.logo = "../secret.png"\nsite.title = "Ours"\n')
    monkeypatch.chdir(folder)
    done = run("publish", "site")
    assert done.code == 0
    assert "lies outside of" in done.err
    assert not list((folder / "site").glob("logo*"))
    assert "<title>Ours</title>" in (folder / "site" / "index.html").read_text()
