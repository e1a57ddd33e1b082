"""HTML pages as their parser sees them: self-contained, accessible, and nothing in the data is markup."""

import re
from base64 import b64encode
from hashlib import sha256
from io import BytesIO

import nasty_answers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from page_reader import Page

from tracker.renderers import RenderOptions, html
from tracker.table import Column, LeftOut, Records, Table
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
def test_no_text_breaks_out_of_a_cell(text):
    page = read(Table("t", [Column(text), Column("b")], [(text, [text])], text, footer=[text], filters={"f": text}))
    assert page.count("table") == page.count("tbody") == 1
    assert [len(row) for row in page.tables[0]] == [2, 2]
    assert page.tables[0][1][0][0] == visible(text, keep_lines=True).replace("\ufffe", "\\ufffe").replace(
        "\uffff", "\\uffff"
    )


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

    pieces = html._document(Table("t", [Column("ref"), Column("d", "date")], rows()))
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
