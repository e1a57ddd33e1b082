"""Pages as a real browser shows them: quiet, offline, usable on a telephone, deaf to what data tries."""

from io import BytesIO

import nasty_answers
import pytest

from tracker.renderers import RenderOptions, html
from tracker.table import Column, Table

pytestmark = pytest.mark.long

ATTACKS = [
    "<script>document.title = 'taken'</script>",
    '"><img src=x onerror="document.title=\'taken\'">',
    "</style><script>document.title = 'taken'</script><style>",
    "</title><script>document.title = 'taken'</script>",
    "</svg><svg onload=document.title='taken'>",
    "<style>body{display:none}</style><link rel=stylesheet href=https://example.org/x.css>",
    "<iframe src=https://example.org></iframe><meta http-equiv=refresh content='0;url=https://example.org'>",
    "javascript:document.title='taken'",
    "https://example.org/\"onmouseover=\"document.title='taken'",
    "data:text/html,<script>document.title='taken'</script>",
    "&lt;script&gt;document.title = 'taken'&lt;/script&gt;",
]


@pytest.fixture
def shown(browser, tmp_path):
    """Open an answer as a page in the browser; a string is the file of a page that is there."""

    def show(answer, **window):
        path = tmp_path / "answer.html"
        with path.open("wb") as out:
            html.render(answer, out, RenderOptions())
        browser.open(path, **window)
        return browser, path

    return show


@pytest.fixture
def reported(browser, run, store, tmp_path):
    """Open what a command answers as a page."""

    def show(*arguments, **window):
        path = tmp_path / "report.html"
        assert run(*arguments, "-o", path).code == 0
        browser.open(path, **window)
        return browser, path

    return show


def attacked():
    """A comparison, a matrix of parts and a page whose every text attacks."""
    columns = [Column(text, heading=text) for text in ATTACKS[:1]]
    parts = [(Column(text, "count"), Column(f"s{at}", "share", beside=text)) for at, text in enumerate(ATTACKS)]
    columns += [column for pair in parts for column in pair]
    rows = [(text, *(1, 0.5) * len(ATTACKS)) for text in ATTACKS]
    return Table(
        ATTACKS[1], columns, rows, title=ATTACKS[0], filters={text: text for text in ATTACKS}, as_of=ATTACKS[1],
        totals=("all", *(11, 1.0) * len(ATTACKS)), footer=ATTACKS,
    )  # fmt: skip


QUIET = ("compare binding --by party", "compare binding --by year", "lineage us-jp-security-treaty-1960")


@pytest.mark.parametrize("command", QUIET)
def test_a_report_is_quiet_asks_for_nothing_and_has_its_chart(reported, command):
    """No console error, no request but for the file itself; on a telephone nothing is wider than the screen."""
    browser, path = reported(*command.split(), width=360, height=740)
    assert browser.said() == []
    assert browser.asked() == [path.as_uri()]
    charts = (
        "return [...document.querySelectorAll('figure svg[role=img]')].map(one => one.getBoundingClientRect().height)"
    )
    (height,) = browser.run(charts)
    assert height > 50
    assert browser.run("return document.documentElement.scrollWidth") == 360
    assert browser.run("return document.querySelectorAll('figure svg[role=img] > title, svg > desc').length") == 2


def test_text_of_table_and_chart_can_be_selected(reported):
    browser, _ = reported("compare", "binding", "--by", "party")
    selected = browser.run(
        "getSelection().selectAllChildren(document.querySelector('main')); return String(getSelection())"
    )
    assert "United States of America" in selected
    assert "undetermined" in selected
    found = "return [...document.querySelectorAll('svg text')].map(one => getComputedStyle(one).userSelect)"
    assert set(browser.run(found)) <= {"auto", "text"}


def test_colours_follow_the_scheme_and_print_is_dark_on_white(reported):
    colours = "return [getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]"
    browser, _ = reported("compare", "binding", "--by", "party", scheme="light")
    assert browser.run(colours)[0] == "rgb(255, 255, 255)"
    browser, _ = reported("compare", "binding", "--by", "party", scheme="dark")
    assert browser.run(colours)[0] == "rgb(21, 24, 27)"
    browser.devtools("Emulation.setEmulatedMedia", media="print", features=[])
    assert browser.run(colours) == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]
    assert browser.devtools("Page.printToPDF")["data"].startswith("JVBERi0")  # %PDF-
    browser.devtools("Emulation.setEmulatedMedia", media="", features=[])


def test_the_style_sheet_is_the_one_that_the_policy_allows(reported):
    """A wrong hash would show as a page without style, and as an error in the console."""
    browser, _ = reported("list", "--limit", "5")
    assert browser.said() == []
    assert browser.run("return getComputedStyle(document.querySelector('table')).borderCollapse") == "collapse"


@pytest.mark.parametrize("answer", [attacked, *nasty_answers.everything_by_name().values()])
def test_hostile_text_is_shown_and_does_nothing(shown, answer):
    browser, path = shown(answer(), width=360, height=740)
    assert "taken" not in browser.run("return document.title").replace("'taken'", "")
    assert browser.run("return document.scripts.length + document.images.length + document.styleSheets.length") == 1
    assert (
        browser.run("return document.querySelectorAll('iframe, link[rel=stylesheet], [onerror], [onload]').length") == 0
    )
    browser.run("document.querySelectorAll('a').forEach(one => one.href.startsWith('http') || one.click())")
    assert browser.said() == []
    assert browser.asked() == [path.as_uri()]
    assert browser.run("return document.documentElement.scrollWidth") == 360


def test_every_attack_is_there_to_be_read(shown):
    browser, _ = shown(attacked())
    read = browser.run("return document.body.textContent")
    for text in ATTACKS:
        assert text in read
    assert browser.run("return [...document.links].map(one => one.protocol)") in ([], ["https:"])


def test_a_script_that_got_in_would_not_run(browser, tmp_path):
    """The policy holds even where escaping would fail: a script put into the page does nothing."""
    out = BytesIO()
    html.render(Table("t", [Column("a")], [("x",)]), out, RenderOptions())
    page = out.getvalue().replace(
        b"<main>", b"<main><script>document.title='taken'</script><img src=https://example.org/x>"
    )
    path = tmp_path / "broken.html"
    path.write_bytes(page)
    browser.open(path)
    assert browser.run("return document.title") == "t"
    assert browser.asked() == [path.as_uri()]
    assert any("Content Security Policy" in line for line in browser.said())
