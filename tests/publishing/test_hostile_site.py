"""Texts that try to act stand in a site as texts, in whatever field they are."""

import json
import re
from html import unescape

import pytest
from site_reader import tree, ways

ATTACKS = (
    "<script>document.title='taken'</script>",
    '"><img src=x onerror=document.title=1>',
    "</table></main><style>*{display:none}</style>",
    "' onmouseover='document.title=1",
    "javascript:document.title=1",
    "]]><x xmlns='http://www.w3.org/1999/xhtml'/><!--",
    "&lt;script&gt;1&lt;/script&gt;",
    "\u202ereversed\u2066",
    "{{7*7}}${7*7}",
)


def record(number, text):
    return {
        "record": "agreement", "ref": f"hostile-{number}", "title": f"T{number} {text}", "short_title": text,
        "aliases": [text], "title_term": text, "notes": [text], "extra": {text: text}, "open_questions": [text],
        "parties": [{"code": "JPN", "entity": text}, {"code": "org-hostile", "entity": text}],
        "families": [{"family": {"record": "family", "id": f"family-{number}", "name": text, "description": text}}],
        "events": [
            {"kind": "other", "kind_raw": text, "date": "2020", "places": [text], "note": text, "provision": text},
        ],
        "evidence": [{"kind": "party_statement", "supports": "binding", "authority": text, "text": text}],
        "relations": [{"type": "related_to", "target_title": text, "word": text}],
        "identifiers": [{"scheme": "X", "value": text}],
        "sources": [
            {"source": {"record": "source", "id": f"s-{number}", "title": text, "url": text}, "locator": text},
        ],
        "origin": {"set": text, "key": str(number), "file": text.replace("/", ""), "row": 1},
    }  # fmt: skip


@pytest.fixture
def hostile(run, few, tmp_path):
    party = {
        "record": "party",
        "code": "org-hostile",
        "kind": "organisation",
        "name": ATTACKS[0],
        "aliases": list(ATTACKS),
    }
    documents = [{"record": "tracker", "format": 1}, party, *(record(at, text) for at, text in enumerate(ATTACKS))]
    path = tmp_path / "hostile.ndjson"
    path.write_text("\n".join(json.dumps(one) for one in documents))
    done = run("import", path)
    assert done.code == 0, done.err
    for name in ("title", "header", "footer"):
        assert run("config", "set", f"site.{name}", ATTACKS[1]).code == 0
    return few


ALLOWED = {
    *("html", "head", "meta", "link", "title", "body", "a", "header", "p", "nav", "ul", "li", "main", "h1", "h2", "h3"),
    *(
        "section",
        "dl",
        "dt",
        "dd",
        "table",
        "caption",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "th",
        "td",
        "div",
        "wbr",
        "footer",
    ),
    *("time", "data", "span", "figure", "figcaption", "svg", "desc", "rect", "text", "path", "g", "details", "summary"),
    *("form", "label", "input", "select", "option", "button", "script"),
}


def test_no_text_becomes_markup_in_any_page(published, hostile):
    site = published("--with", "notes,x,origin,files")
    for name, text in site.pages().items():
        page = ways(text)
        assert {tag for tag, _ in page.tags} <= ALLOWED, name
        assert text.count("<script") == (name == "index.html")
        for _, said in page.tags:
            assert not [key for key in said if key.startswith("on") or key == "style"], name
        assert all(re.match(r"(https?://|data:,|#|[\w./-]+(#|$))", href) for href in page.hrefs), name
        assert not [href for href in page.hrefs if href.lower().startswith("javascript")]
    assert site.broken() == []


def test_every_attack_is_there_to_be_read(published, hostile):
    site = published("--with", "notes,x")
    for at, text in enumerate(ATTACKS):
        page = (site.folder / "agreement" / f"hostile-{at}.html").read_text().replace("<wbr>", "")
        shown = text.replace("\u202e", "\\u202e").replace("\u2066", "\\u2066")
        assert unescape(page).count(shown) > 8 or "\\u202e" in shown, text


def test_the_feed_is_xml_and_its_texts_are_texts(published, hostile):
    root = tree(published().folder / "feed.xml")
    assert {one.tag.rpartition("}")[2] for one in root.iter()} == {
        *("feed", "id", "title", "updated", "author", "name", "link", "entry", "content"),
    }
    for content in root.iter("{http://www.w3.org/2005/Atom}content"):
        assert set(re.findall(r"<(\w+)", content.text)) <= {"p", "ul", "li"}


def test_names_of_files_are_harmless_whatever_an_id_is():
    from tracker.publishing.addresses import page

    for key in ("../../etc/passwd", "a/b", "", ".", "..", "x" * 300, "a b", "\x00", "é", "-rf", "CON.html"):
        for kind in ("agreement", "party", "source"):
            assert re.fullmatch(r"[a-z]+/-?[A-Za-z0-9_-]{1,210}\.html", page(kind, key)), key
    assert page("party", "usa") != page("party", "USA").lower()
