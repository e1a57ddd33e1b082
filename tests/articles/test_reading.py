"""Texts out of files: title, body and day of pages and Markdown, and one clear line for what is no text."""

import time

import pytest

from tracker.articles import markdown, markup, reading
from tracker.articles.reading import decoded
from tracker.errors import UnreadableFile

PAGE = """<!DOCTYPE html>
<html lang="en"><head><title>Ministers sign | Ministry</title>
<meta property="article:published_time" content="2023-01-18T09:00:00Z">
<link rel="canonical" href="https://example.org/news/1"><script>var p = "<p>no</p>";</script></head>
<body><nav><a href="/">Home</a><a href="/x">News</a></nav>
<article><h1>Ministers sign</h1>
<p>The two ministers signed an arrangement on&nbsp;ropes last week, the ministry said in a statement
on <b>Tuesday</b>.</p>
<!-- <p>a comment</p> -->
<ul><li>It does not bind.</li><li>It covers cables &amp; pulleys, and further work follows.</li></ul>
<table><tr><td>For Japan</td><td>For the United Kingdom</td></tr></table></article>
<footer>Cookies</footer></body></html>"""

SAID = [
    "The two ministers signed an arrangement on ropes last week, the ministry said in a statement on Tuesday.",
    "It does not bind.",
    "It covers cables & pulleys, and further work follows.",
    "For Japan    For the United Kingdom",
]


def test_a_page_by_its_title_and_paragraphs():
    article = markup.read_plainly(PAGE)
    assert article.title == "Ministers sign"
    assert article.body.split("\n\n") == SAID
    assert (article.published, article.language) == ("2023-01-18", "en")
    assert article.url == "https://example.org/news/1"
    assert article.text.startswith("Ministers sign\n\nThe two")


def test_a_page_without_the_library_is_read_and_that_is_said(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(markup, "_library", lambda: None)
    article = reading.read(PAGE.encode(), "page.html")
    assert article.body.split("\n\n") == SAID
    assert article.remarks == (f"page.html: {markup.WITHOUT}",)


def test_a_page_with_the_library():
    pytest.importorskip("trafilatura")
    article = reading.read(PAGE.encode(), "page.html")
    assert SAID[0] in article.body
    assert "Cookies" not in article.body
    assert (article.title, article.published, article.remarks) == ("Ministers sign", "2023-01-18", ())


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ('<meta name="DC.date.issued" content="2020-02-03">', "2020-02-03"),
        ("<time itemprop='datePublished' datetime='2020-02-03T10:00'>", "2020-02-03"),
        ('<script type="application/ld+json">{"datePublished": "2020-02-03T00:00Z"}</script>', "2020-02-03"),
        ('<meta name="date" content="yesterday">', None),
        ("", None),
    ],
)
def test_the_day_that_a_page_says(head: str, day: str | None):
    assert markup.read_plainly(f"<html><head>{head}</head><body><p>Text.</p></body></html>").published == day


def test_a_page_in_pieces_is_read_as_far_as_it_goes():
    assert markup.read_plainly("<p>One<p>Two<br>lines<div>Three").body == "One\n\nTwo\nlines\n\nThree"
    assert markup.read_plainly("<body>1 < 2 and <b").body == "1 < 2 and <b"
    assert markup.read_plainly("<nav>All there is").body == "All there is"


def test_markdown_without_its_marks():
    text = "\n".join(
        (
            *("---", "title: 'Two sign'", "date: 2023-01-02T00:00", "lang: en", "---", "# Two sign", ""),
            *("They **signed** [a treaty](https://example.org) on `ropes`; snake_case stays.", ""),
            *("> It binds.", "", "## Article 1", "", "| For Japan | For Chad |", "|---|---|", "| A | B |"),
        )
    )
    article = markdown.read(text)
    assert (article.title, article.published, article.language) == ("Two sign", "2023-01-02", "en")
    assert article.body.split("\n\n") == [
        "They signed a treaty on ropes; snake_case stays.",
        *("It binds.", "Article 1", "For Japan    For Chad", "A    B"),
    ]


def test_a_plain_text_stays_as_it_is():
    text = "Title of it\n\nA sentence with  two blanks.\n"
    assert reading.read(text.encode(), "text.txt").text == text.strip("\n")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"%PDF-1.7 ...", "is a PDF, which is not read; take its text out first"),
        (b"PK\x03\x04....", "is a packed file"),
        (b"{\\rtf1 ...", "is RTF"),
        (b"MZ\x00\x01binary", "is no text but a binary file"),
        (b"caf\xe9 au lait", "is no UTF-8 text (byte 3); convert it first"),
        (b"<meta charset=zip>\xe9", "is no UTF-8 text"),
        (b"<meta charset=shift_jis>\xff\xfe\xfd", "says it is shift_jis, but byte"),
        (b"", "is empty"),
        (b" \n\t", "is empty"),
        (b"\x01\x02", "is empty"),
    ],
)
def test_what_is_no_text_is_refused_in_one_line(data: bytes, told: str):
    with pytest.raises(UnreadableFile) as refusal:
        reading.read(data, "file.txt")
    assert told in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_text_that_is_too_long_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("tracker.articles.reading.LONGEST", 1 << 20)
    with pytest.raises(UnreadableFile, match="longer than 1 MiB"):
        reading.read(b"a" * ((1 << 20) + 1), "long.txt")


def test_encodings_that_are_declared_and_controls():
    assert decoded("日本".encode("utf-16"), "f")[0] == "日本"
    text, remarks = decoded(b'<meta charset="windows-1252"><p>caf\xe9', "f")
    assert text.endswith("café")
    assert remarks == ["f: read as cp1252, which it says it is"]
    text, remarks = decoded(b"a\x1b[31mb\r\nc\xe2\x80\xa8d", "f")
    assert text == "a [31mb\nc\nd"
    assert remarks == ["f: one control character was read as a blank"]
    assert decoded("שלום \u202eעולם".encode(), "f")[0] == "שלום \u202eעולם"


HOSTILE = {
    "deep": "<div>",
    "comments": "<!--",
    "quotes": "<a b='",
    "ends": "</",
    "open": "<",
    "declarations": "<!",
    "entities": "&amp;",
    "scripts": "<script>",
    "headings": "<h1>a",
    "breaks": "<br>x<p>",
    "stars": "*a ",
    "brackets": "[a](",
    "pipes": "|-",
    "dashes": "- ",
    "hashes": "# #",
    "quoted": "> ",
}


@pytest.mark.long
@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("read", [markup.read_plainly, markdown.read])
def test_the_time_grows_with_the_length_and_no_faster(read, piece: str):
    def spent(count: int) -> float:
        begun = time.process_time()
        read(piece * count)
        return time.process_time() - begun

    few = spent(4_000)
    assert spent(16_000) < 12 * few + 0.1
