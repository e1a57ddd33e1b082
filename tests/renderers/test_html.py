"""HTML pages as their parser sees them: self-contained, accessible, and nothing in the data is markup."""

import re
from base64 import b64encode
from hashlib import sha256
from io import BytesIO

import nasty_answers
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from page_reader import Page

from tracker.renderers import RenderOptions, html
from tracker.renderers._parts.words import in_words, path_in_words
from tracker.table import Column, LeftOut, Records, Section, Table
from tracker.table import Page as Answer
from tracker.text.safety import visible


def source(answer):
    out = BytesIO()
    html.render(answer, out, RenderOptions())
    return out.getvalue().decode()


def read(answer):
    return Page(source(answer))


@pytest.mark.parametrize("answer", nasty_answers.everything_by_name().values())
def test_a_page_needs_nothing_from_anywhere(answer):
    page = read(answer())
    names = {name for name, _ in page.tags}
    assert not names & {"script", "img", "iframe", "object", "embed", "form", "base", "audio", "video", "use", "image"}
    loading = [(name, found) for name, found in page.tags if {"src", "srcset", "style", "xlink:href"} & set(found)]
    assert loading == []
    assert [found["href"] for name, found in page.tags if name == "link"] == ["data:,"]
    assert "url(" not in page.texts["style"]
    assert "@import" not in page.texts["style"]
    assert not [key for _, found in page.tags for key in found if key.startswith("on")]


def test_the_policy_allows_the_one_style_sheet_and_nothing_else():
    page = read(nasty_answers.table())
    (policy,) = [found["content"] for name, found in page.tags if found.get("http-equiv") == "Content-Security-Policy"]
    digest = b64encode(sha256(page.texts["style"].encode()).digest()).decode()
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    )


def test_tables_have_a_caption_and_headings_with_their_scope():
    page = read(nasty_answers.table())
    assert page.count("caption") == page.count("table") == 1
    assert page.count("th", scope="col") == len(page.tables[0][0])
    assert page.count("th", scope="row") == len(nasty_answers.TEXTS) + 1
    assert page.count("th") == page.count("th", scope="col") + page.count("th", scope="row")
    assert page.count("html", lang="en") == page.count("main") == page.count("h1") == 1


def test_every_text_is_there_as_it_is_read():
    cells = [row[1][0] for row in read(nasty_answers.table()).tables[0][1:]]
    shown = [visible(text, keep_lines=True).replace("\r\n", "\n") for text in nasty_answers.TEXTS]
    assert cells[: len(shown)] == shown


@given(st.text())
@example("reservation_modified")  # a code, which is said in words
def test_no_text_breaks_out_of_a_cell(text):
    page = read(Table("t", [Column(text), Column("b")], [(text, [text])], text, footer=[text], filters={"f": text}))
    assert page.count("table") == page.count("tbody") == 1
    assert [len(row) for row in page.tables[0]] == [2, 2]
    shown = visible(in_words(text), keep_lines=True).replace("\ufffe", "\\ufffe").replace("\uffff", "\\uffff")
    assert page.tables[0][1][0][0] == shown


def test_numbers_carry_their_exact_value():
    columns = [
        Column("k"),
        Column("n", "count"),
        Column("s", "share", beside="n"),
        Column("f", "flag"),
        Column("x", "share"),
    ]
    page = read(Table("t", columns, [("a", 1, 0.3333333, True, 0.5), ("b", 0, 0.0, None, None)]))
    assert page.tables[0][1] == [
        ("a", []), ("1 (33.3%)", ["1", "0.333333"]), ("yes", ["true"]), ("50.0%", ["0.5"]),
    ]  # fmt: skip
    assert page.tables[0][2] == [("b", []), ("0", ["0"]), ("", []), ("", [])]


def test_only_a_whole_web_address_is_a_link():
    texts = [
        "https://a.org/x?b=1&c=2",
        "see https://a.org",
        "javascript:alert(1)",
        'https://a.org/"x',
        "data:text/html,x",
    ]
    page = read(Table("t", [Column("a")], [(text,) for text in texts]))
    assert [found for name, found in page.tags if name == "a"] == [{"href": texts[0], "rel": "noopener noreferrer"}]
    assert [row[0][0] for row in page.tables[0][1:]] == texts


def test_the_footer_says_what_was_asked_and_what_was_left_out():
    table = Table(
        "t", [Column("a")], [("x",)], filters={"party": ["JPN", "USA"], "certain": True}, as_of="2024-03-01",
        left_out=[LeftOut("signed: no date", 3)], footer=["16 agreements", "hash: abc"],
    )  # fmt: skip
    text = re.sub(r"<[^>]+>", "|", source(table).partition("<footer>")[2])
    for said in ("party: JPN; USA; certain: true", "2024-03-01", "3 (signed: no date)", "16 agreements", "hash: abc"):
        assert f"|{said}|" in text


def test_a_long_list_is_written_without_a_picture_and_without_being_held():
    """More rows than a person looks through: the first piece of the page comes before the last row is read."""
    seen = []

    def rows():
        for number in range(html.DRAWN * 3):
            seen.append(number)
            yield f"r-{number}", "2020"

    pieces = html._document(Table("t", [Column("ref"), Column("d", "date")], rows()), RenderOptions())
    head = [next(pieces) for _ in range(10)]
    assert len(seen) <= html.DRAWN + 1
    assert not [piece for piece in head if "<figure" in piece]
    assert sum("<tr>" in piece for piece in pieces) >= html.DRAWN * 3


def test_the_title_says_what_the_page_is():
    for answer, title in (
        (nasty_answers.page(), "SOSA [i]2023[/i]"),
        (Records("party", [], columns=[(Column("a"), str)]), "List of parties"),
        (Table("gaps", [Column("a")], []), "gaps"),
    ):
        page = read(answer)
        assert page.texts["title"] == page.texts["h1"] == title


def hrefs(page):
    return [found["href"] for name, found in page.tags if name == "a"]


def ids(page):
    return {found["id"]: name for name, found in page.tags if "id" in found and name in ("td", "th", "dd")}


def of_sections(*sections):
    return read(Answer("two records", sections, Records("agreement", []), whole=True))


def test_refs_lead_to_records_and_sources_that_are_on_the_page():
    sources = Table("sources", [Column("id"), Column("title")], [("<s 1>", "a text")])
    acts = Table("t", [Column("id"), Column("what"), Column("sources", "list")], [("e1", "signed", ["<s 1>", "s2"])])
    because = Table("w", [Column("why"), Column("event")], [("so", "e1"), ("thus", "e9")])
    page = of_sections(
        Section("One", facts=[("ref", "one")], level=1),
        Section("Acts", table=acts),
        Section("Why", table=because),
        Section("Relations", table=Table("r", [Column("relation"), Column("agreement")], [("amends", "one")])),
        Section("Sources", table=sources),
    )
    targets = [href.removeprefix("#") for href in hrefs(page)]
    assert len(targets) == 3
    assert set(targets) == set(ids(page))
    assert page.tables[0][1][2][0] == "<s 1>; s2"


def test_items_of_one_record_are_not_those_of_another():
    acts = Table("t", [Column("id"), Column("what")], [("e1", "signed")])
    because = Table("w", [Column("why"), Column("event")], [("so", "e1")])
    page = of_sections(
        Section("One", level=1, table=acts), Section("Why", table=because),
        Section("Two", level=1, table=acts), Section("Why", table=because),
    )  # fmt: skip
    assert len(set(hrefs(page))) == len(ids(page)) == 2


def test_paths_are_said_in_words_and_kept_as_they_are():
    columns = [Column("ref"), Column("field")]
    text = source(Table("t", columns, [("a", "events[e1].date"), ("b", "x.own.key"), ("c", "signed on 1.2.")]))
    assert '<data value="events[e1].date" title="events[e1].date">date of event e1</data>' in text
    assert text.count("title=") == 1


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("parties[JPN].entity", "entity of party JPN"),
        ("terms.duration.until", "until of duration of terms"),
        ("evidence[v1].supports", "supports of evidence v1"),
        ("title", None),
        ("x.a[b]", None),
        ("events[<b>].date", None),
    ],
)
def test_what_a_path_is_in_words(path, words):
    assert path_in_words(path) == words


def test_the_first_lines_say_what_the_page_was_made_from():
    table = Table("t", [Column("a")], [("x",)], filters={"party": "JPN"}, as_of="2024-03-01")
    out = BytesIO()
    html.render(table, out, RenderOptions(register="a<b.db", author="M. & N.", today="2024-04-01"))
    assert (
        Page(out.getvalue().decode())
        .texts["p"]
        .startswith("register a<b.db · by M. & N. · as of 2024-03-01 · party: JPN")
    )


def test_addresses_in_footnotes_are_links():
    lines = ["- cited, in <https://example.org/a_b>", "- <javascript:alert(1)> <https://a b>"]
    page = of_sections(Section("Notes", lines=lines))
    assert hrefs(page) == ["https://example.org/a_b"]
    assert page.texts["li"] + page.texts["a"] == "cited, in <>" + lines[1][2:] + "https://example.org/a_b"


def test_lines_without_a_bullet_are_paragraphs():
    page = of_sections(Section(lines=["A footnote.", "- one", "- two", "The end."]))
    assert (page.count("p", dir="auto"), page.count("li"), page.count("ul")) == (2, 2, 1)


def test_rows_of_texts_are_cards_on_a_narrow_screen_with_the_headings_of_what_they_say():
    texts = read(Table("t", [Column("a"), Column("b"), Column("c")], [("x", "y", None)]))
    assert texts.count("div", **{"class": "scroll cards"}) == 1
    assert [tag["data-of"] for name, tag in texts.tags if "data-of" in tag] == ["b"]
    figures = read(Table("t", [Column("a"), Column("b"), Column("c", "count")], [("x", "y", 1)]))
    assert figures.count("div", **{"class": "scroll"}) == 1


def test_refs_are_not_broken():
    ref = "us-jp-a-very-long-reference-2023"
    text = source(Table("t", [Column("ref", "code"), Column("b")], [(ref, "c")]))
    assert f">{ref}</th>" in text


def test_a_wide_table_lies_across_on_paper_and_zeros_stand_back():
    columns = [Column("a"), *(Column(f"n{at}", "count") for at in range(6))]
    wide = read(Table("t", columns, [("x", 0, 1, 2, 3, 4, 5)]))
    assert wide.count("body", **{"class": "across"}) == 1
    assert wide.count("td", **{"class": "number zero"}) == 1
    assert read(Table("t", columns[:3], [])).count("body", **{"class": "across"}) == 0
