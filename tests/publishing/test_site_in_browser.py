"""A site in a real browser: quiet, asking nobody, filtered by hand and key, readable by all, with and without script.

``TRACKER_AXE`` names the file of axe-core (``axe.min.js``), whose rules of accessibility are then held.
"""

import contextlib
import functools
import http.server
import os
import quopri
import threading
from pathlib import Path

import pytest
from test_hostile_site import hostile  # noqa: F401 - a fixture

pytestmark = pytest.mark.long

KINDS = (
    *("index.html", "parties.html", "sources.html", "comparisons.html", "changes.html", "data.html"),
    *(
        "agreement/us-jp-sosa-2023.html",
        "agreement/us-jp-security-treaty-1960.html",
        "party/JPN.html",
        "family/sosa.html",
    ),
    *("focus/defence_industry.html", "comparison/binding-by-year.html", "comparison/binding-by-party.html"),
    *("comparison/overview.html", "comparison/transparency.html"),
)
"""A page of each kind."""

EACH = 5
"""Of all pages, each of so many is opened."""

ROWS = "[...document.querySelectorAll('.register tbody tr')]"
SHOWN = f"return {ROWS}.filter(row => row.getClientRects().length).map(row => row.cells[0].textContent)"


@pytest.fixture
def index(browser, sample_site):
    """The index of the samples, in a window of usual size."""
    browser.open(sample_site.folder / "index.html", width=1280, height=900)
    return browser


def choose(browser, name, value):
    browser.run(
        "const field = document.getElementById(arguments[0]); field.value = arguments[1];"
        "field.dispatchEvent(new Event('change', {bubbles: true}))",
        name,
        value,
    )


def search(browser, text):
    browser.run("document.getElementById('words').focus(); document.getElementById('words').value = ''")
    browser.devtools("Input.insertText", text=text)
    wait(browser, 300)
    return browser.run("return document.getElementById('found').textContent")


def wait(browser, milliseconds):
    """Let the page do what it does after a while."""
    browser.run("return new Promise(done => setTimeout(done, arguments[0]))", milliseconds)


def test_pages_are_quiet_ask_for_their_own_files_alone_and_fit_a_telephone(browser, sample_site):
    root = sample_site.folder.as_uri()
    style = f"{root}/style.css"
    pages = list(sample_site.pages())
    for name in dict.fromkeys([*KINDS, *pages[::EACH]]):
        browser.open(sample_site.folder / name, width=360, height=740)
        assert browser.said() == [], name
        assert set(browser.asked()) <= {f"{root}/{name}", style}, name
        assert browser.run("return document.documentElement.scrollWidth") == 360, name


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_rule_of_accessibility_is_broken(browser, sample_site, name, scheme):
    source = os.environ.get("TRACKER_AXE")
    if not source:
        pytest.skip("TRACKER_AXE names no axe-core; .ci/run fetches it")
    for width in (1280, 360):
        browser.open(sample_site.folder / name, width=width, height=900, scheme=scheme)
        found = browser.run(
            f"{Path(source).read_text(encoding='utf-8')}; return axe.run(document).then(done => done.violations"
            ".map(one => [one.id, one.help, one.nodes.slice(0, 3).map(node => node.html)]))"
        )
        assert found == [], (name, width)


def test_words_and_filters_find_what_the_query_finds(index, run, store, sample_site):
    import json

    def listed(*query):
        return sorted(one["title"] for one in json.loads(run("list", *query, "--json").out))

    whole = index.run(SHOWN)
    assert sorted(whole) == listed()
    choose(index, "party", "JPN")
    choose(index, "binding", "non_binding")
    assert sorted(index.run(SHOWN)) == listed("party:JPN", "binding:non_binding")
    assert index.run("return document.getElementById('found').textContent").endswith("of 82 agreements")
    choose(index, "binding", "")
    choose(index, "focus", "technology")
    assert sorted(index.run(SHOWN)) == listed("party:JPN", "focus:technology")
    index.run("document.querySelector('#filters button[type=reset]').click()")
    wait(index, 100)
    assert index.run(SHOWN) == whole
    assert search(index, "AUSTIN supply").endswith("of 82 agreements")
    found = index.run(SHOWN)
    assert found
    assert all("supply" in title.lower() for title in found)
    search(index, "nothing is called so")
    assert index.run(SHOWN) == []
    assert index.said() == []


def test_accents_and_names_of_parties_and_people_are_found(index):
    search(index, "HAMADA yasukazu")
    assert any("Supply" in title for title in index.run(SHOWN))
    search(index, "us-jp-sosa-2023")
    assert len(index.run(SHOWN)) == 1


def test_the_order_can_be_chosen(index):
    signed = f"return {ROWS}.map(row => row.cells[5].textContent).filter(Boolean)"
    newest = index.run(signed)
    choose(index, "order", "oldest")
    assert index.run(signed) == newest[::-1]
    choose(index, "order", "title")
    titles = index.run(SHOWN)
    assert titles == sorted(titles, key=str.lower)


def test_a_filtered_list_has_an_address(browser, sample_site):
    browser.open(sample_site.folder / "index.html")
    choose(browser, "party", "AUS")
    search(browser, "nuclear")
    address, found = browser.run("return location.href"), browser.run(SHOWN)
    assert address.endswith("#words=nuclear&party=AUS")
    browser.open(sample_site.folder / "data.html")
    browser.run("location.href = arguments[0]", address)
    wait(browser, 300)
    assert browser.run(SHOWN) == found
    browser.run("location.hash = '#party=nobody&binding=<b>&order=9'")
    wait(browser, 100)
    assert len(browser.run(SHOWN)) == 82
    assert browser.said() == []


def test_without_the_script_the_whole_list_is_read(browser, sample_site):
    browser.devtools("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.open(sample_site.folder / "index.html", width=1280)
        text = quopri.decodestring(browser.devtools("Page.captureSnapshot")["data"].encode()).decode("utf-8", "replace")
    finally:
        browser.devtools("Emulation.setScriptExecutionDisabled", value=False)
    browser.open(sample_site.folder / "index.html", width=1280)
    assert text.count("<tr data-") == 82
    assert 'id="filters"' not in text  # what is hidden is not written down


def test_all_is_reached_by_key(index):
    """The first stop leads past the ways to the content; then come ways, search, filters and rows in their order."""
    focused = "return document.activeElement.id || document.activeElement.textContent"
    index.run("document.activeElement.blur()")
    stops = []
    for _ in range(22):
        index.press("Tab", code=9)
        stops.append(index.run(focused))
        outline = index.run("return getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", stops
    assert stops[:3] == ["To the content", "Register of international agreements", "Agreements"]
    at = stops.index("words")
    assert stops[at : at + 4] == ["words", "party", "binding", "type"]
    assert "Clear" in stops


def test_more_rows_are_shown_on_demand(browser, sample_site, tmp_path):
    """A page of more rows than are shown at once."""
    text = (sample_site.folder / "index.html").read_text(encoding="utf-8")
    row = text[text.index("<tr data-party") : text.index("</tr>", text.index("<tr data-party")) + 5]
    many = text.replace("</tbody>", row * 250 + "</tbody>", 1)
    (tmp_path / "index.html").write_text(many, encoding="utf-8")
    browser.open(tmp_path / "index.html")
    assert len(browser.run(SHOWN)) == 100
    browser.run("document.getElementById('more').click()")
    assert len(browser.run(SHOWN)) == 200
    assert browser.run("return document.activeElement.tagName") == "A"
    browser.run("document.getElementById('more').click(); document.getElementById('more').click()")
    assert len(browser.run(SHOWN)) == 332
    assert browser.run("return document.getElementById('more').hidden")


def test_hostile_texts_do_nothing(browser, published, hostile):  # noqa: F811 - the fixture
    site = published("--with", "notes,x,origin,files")
    for name in site.pages():
        if name.startswith(("agreement/hostile", "family", "index", "changes", "party/org", "sources", "parties")):
            browser.open(site.folder / name, width=360, height=740)
            browser.run("document.querySelectorAll('a').forEach(one => one.dispatchEvent(new MouseEvent('mouseover')))")
            assert "taken" not in browser.run("return document.title").replace("'taken'", ""), name
            assert browser.said() == [], name
            assert all(address.startswith("file://") for address in browser.asked()), name
            assert browser.run("return document.images.length + document.querySelectorAll('iframe').length") == 0
            assert browser.run("return document.documentElement.scrollWidth") == 360, name


@contextlib.contextmanager
def served(folder):
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_web_server_serves_it_as_it_is(browser, sample_site):
    with served(sample_site.folder) as root:
        for name in KINDS:
            browser.open(f"{root}/{name}")
            assert browser.said() == [], name
            assert {address.rpartition("/")[0].startswith(root) for address in browser.asked()} == {True}, name
        browser.open(f"{root}/index.html")
        choose(browser, "party", "JPN")
        assert 0 < len(browser.run(SHOWN)) < 82


@pytest.mark.parametrize("name", KINDS)
def test_paper_takes_every_page(browser, sample_site, name):
    browser.open(sample_site.folder / name, scheme="dark")
    browser.devtools(
        "Emulation.setEmulatedMedia", media="print", features=[{"name": "prefers-color-scheme", "value": "dark"}]
    )
    colours = "return [getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]"
    assert browser.run(colours) == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]
    assert browser.run("return getComputedStyle(document.querySelector('nav')).display") == "none"
    assert browser.devtools("Page.printToPDF")["data"].startswith("JVBERi0")  # %PDF-
    browser.devtools("Emulation.setEmulatedMedia", media="", features=[])
