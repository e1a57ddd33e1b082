"""Text from data never acts, in any format: the register holds the worst texts there are, and is read in every way.

Formats are found as the program finds them, so a new one is covered by itself. A second register holds the same
records with harmless texts: whatever the data says, the answer has the same structure.
"""

import csv
import io
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from attempts import Place, refuse_acting
from hostile_texts import FORMULAS, MARKUP, SQL, TERMINAL
from running import TODAY, called

from tracker import plugins
from tracker.shell import streams
from tracker.text.safety import FORMULA_STARTS, unguard, visible

FORMATS = plugins.names("renderers")
BINARY = [name for name in FORMATS if getattr(plugins.load("renderers", name), "BINARY", False)]
WORST = [text for text in (*SQL, *TERMINAL, *MARKUP, *FORMULAS) if text.strip() == text]
ANSWERS = (
    ("list", "--columns", "ref,title,short_title,notes,x.owner,signatories,signed,parties"),
    ("show", "h-0"),
    ("lineage", "h-0"),
    ("timeline", "h-0"),
    ("why", "h-0"),
    ("conflicts",),
    ("due", "--within", "9999d"),
    ("compare", "binding", "--by", "family"),
    ("source", "list"),
    ("signatory", "list"),
    ("cite", "h-0"),
)
"""Commands whose answers hold the texts: tables, records, pages, graphs, dates."""


def records(texts: list[str]) -> str:
    """Return agreements that hold each text in every place where a text may stand."""
    lines = []
    for number, text in enumerate(texts):
        source = {"id": f"s-{number}", "title": text, "author": text, "publisher": text, "note": text}
        other = {"sources": [source["id"]], "locator": text, "confidence": "low"}
        lines += [source | {"record": "source", "url": f"https://example.org/{number}?a=b&c"}]
        lines += [{"record": "family", "id": f"f-{number}", "name": text, "description": text, "notes": [text]}]
        lines += [{"record": "person", "id": f"p-{number}", "name": text, "aliases": [text], "note": text}]
        lines.append(
            {
                "record": "agreement",
                "ref": f"h-{number}",
                "title": text,
                "short_title": text,
                "title_term": text,
                "aliases": [text],
                "titles": {"en": text},
                "binding_status": "binding",
                "evidence": [{"kind": "title_wording", "supports": "binding", "text": text}],
                "parties": [{"code": "JPN", "entity": text}, {"code": "USA"}],
                "signatories": [{"person": f"p-{number}", "office": text, "party": "JPN", "note": text}],
                "families": [{"family": f"f-{number}", "note": text}],
                "events": [{"kind": "other", "kind_raw": text, "date": "2020-02-03", "places": [text], "note": text}],
                "terms": {"duration": {"kind": "fixed_term", "until": "2030", "note": text}},
                "relations": [{"type": "related_to", "target_title": text, "word": text, "note": text}]
                + [{"type": "amends", "target": f"h-{number + 1}", "note": text}] * (number + 1 < len(texts)),
                "identifiers": [{"scheme": "x", "value": text}],
                "sources": [{"source": f"s-{number}", "locator": text}],
                "claims": [{"field": "title_term", "value": value, **other} for value in (text, f"{text}!")],
                "open_questions": [text],
                "notes": [text],
                "extra": {"owner": text},
            }
        )
    return "\n".join(json.dumps(line) for line in lines)


@pytest.fixture(scope="module")
def registers(place: Place, blank_store_file: Path) -> dict[str, Path]:
    """A register with the worst texts, and its twin with harmless ones of as many lines."""
    found = {}
    harmless = ["\n".join("plain" for _ in visible(text, keep_lines=True).split("\n")) for text in WORST]
    for name, texts in (("worst", WORST), ("harmless", [f"{text} {n}" for n, text in enumerate(harmless)])):
        found[name] = Path(shutil.copy(blank_store_file, place.folder / f"{name}.db"))
        done = place.free_attempt("--store", str(found[name]), "import", "-", stdin=records(texts).encode())
        assert done.code == 0, done.err
    return found


def answers(store: Path, name: str) -> Iterator[tuple[tuple[str, ...], bytes]]:
    """Yield each answer that can be had in a format."""
    for line in ANSWERS:
        code, out, err = called(["--no-config", "--store", str(store), "--today", TODAY, *line, "-f", name], b"")
        assert code in {0, 2}, err
        if code == 0:
            yield line, out


def the_answers(store: Path, name: str) -> list[tuple[tuple[str, ...], bytes]]:
    found = list(answers(store, name))
    assert found, f"none of the answers can be had as {name}: add one to ANSWERS"
    return found


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=() if name == "table" else pytest.mark.long)  # the one that is made for a terminal
        for name in FORMATS
        if name not in BINARY
    ],
)
def test_nothing_acts_on_a_terminal(name: str, registers: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even where colours are wanted: only colours of our own come out."""
    monkeypatch.setattr(streams, "is_terminal", lambda: True)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("FORCE_COLOR", "1")
    for _, out in the_answers(registers["worst"], name):
        assert b"\x1b[31mred" not in out
        text = re.sub(r"\x1b\[[0-9;]*m", "", out.decode())
        refuse_acting(text, allowed="\n\t\r" if name in {"ics", "tsv"} else "\n")


@pytest.mark.parametrize("name", BINARY)
def test_what_is_not_for_a_terminal_is_not_sent_to_one(
    name: str, registers: dict[str, Path], monkeypatch: pytest.MonkeyPatch, place: Place
) -> None:
    monkeypatch.setattr(streams, "is_terminal", lambda: True)
    done = place.free_attempt("--store", str(registers["worst"]), "list", "-f", name)
    assert (done.code, done.out) == (2, "")


def test_markup_of_rich_stays_text(registers: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "is_terminal", lambda: True)
    monkeypatch.setenv("COLUMNS", "1000")
    (text,) = [out.decode() for line, out in answers(registers["worst"], "table") if line[0] == "list"]
    assert MARKUP[0] in re.sub(r"\x1b\[[0-9;]*m", "", text)


@pytest.mark.parametrize("way", ["pipe", "file"])
def test_no_cell_of_a_sheet_is_a_formula_and_every_text_comes_back(
    way: str, place: Place, registers: dict[str, Path], blank_store_file: Path
) -> None:
    """All but blanks at the ends of a cell, which the import of a sheet takes away."""
    file = place.folder / "sheet.csv"
    line = ["--store", str(registers["worst"]), "list", "--columns", "ref,title,short_title,x.owner"]
    done = place.free_attempt(*line, *(["-o", str(file)] if way == "file" else ["-f", "csv"]))
    text = file.read_bytes().decode() if way == "file" else done.out
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert len(rows) == len(WORST) + 1
    for row in rows:
        assert not [cell for cell in row if cell[:1] and cell[0] in FORMULA_STARTS]
    held = {row[0]: unguard(row[1]) for row in rows[1:]}
    assert [held[f"h-{number}"] for number in range(len(WORST))] == WORST
    other = Path(shutil.copy(blank_store_file, place.folder / "other.db"))
    back = place.free_attempt("--store", str(other), "import", "-", "--from", "csv", stdin=text.encode())
    assert back.code == 0, back.err
    found = json.loads(called(["--store", str(other), "list", "--json"], b"")[1])
    by_ref = {record["ref"]: record for record in found}
    for number, worst in enumerate(WORST):
        record = by_ref[f"h-{number}"]
        assert [record["title"], record["short_title"], record["extra"]["owner"]] == [worst] * 3


def test_a_line_of_tsv_is_a_record(registers: dict[str, Path]) -> None:
    (text,) = [out.decode() for line, out in answers(registers["worst"], "tsv") if line[0] == "list"]
    assert len(text.splitlines()) == len(WORST) + 1
    assert {line.count("\t") for line in text.splitlines()} == {7}


class Structure(HTMLParser):
    """The tags and attributes of a page, and where its links lead; neither its texts nor its styles."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.links: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in {"br", "wbr"}:
            self.tags.append((tag, tuple(name for name, _ in attrs)))
        self.links += [value or "" for name, value in attrs if name in {"href", "src", "xlink:href", "action", "data"}]
        assert not [name for name, _ in attrs if name.startswith("on")]


@pytest.mark.skipif("html" not in FORMATS, reason="there is no such format")
def test_a_page_says_what_the_data_says_and_runs_nothing(registers: dict[str, Path]) -> None:
    for (line, worst), (_, harmless) in zip(
        the_answers(registers["worst"], "html"), the_answers(registers["harmless"], "html"), strict=True
    ):
        found, expected = Structure(worst.decode()), Structure(harmless.decode())
        assert sorted(set(found.tags)) == sorted(set(expected.tags)), line
        assert not {tag for tag, _ in found.tags} & {"script", "img", "iframe", "object", "embed", "form", "base"}
        assert [
            link for link in found.links if not link.startswith(("https://example.org/", "#", "data:,", "data:image/"))
        ] == []
        assert "Content-Security-Policy" in worst.decode()


def shape(data: bytes) -> list[tuple[str, list[str]]]:
    """Return the elements of an XML document and the names of their attributes, in order."""
    return [(node.tag, sorted(node.attrib)) for node in ET.fromstring(data).iter()]  # noqa: S314 - our own output


@pytest.mark.parametrize("name", [name for name in FORMATS if name in {"graphml", "svg"}])
def test_xml_has_the_structure_that_harmless_texts_give_it(name: str, registers: dict[str, Path]) -> None:
    for (line, worst), (_, harmless) in zip(
        the_answers(registers["worst"], name), the_answers(registers["harmless"], name), strict=True
    ):
        assert b"<!DOCTYPE" not in worst
        assert shape(worst) == shape(harmless), line


@pytest.mark.skipif("xlsx" not in FORMATS, reason="there is no such format")
def test_a_workbook_holds_no_formula_and_leads_nowhere_but_to_web_addresses(registers: dict[str, Path]) -> None:
    for line, worst in the_answers(registers["worst"], "xlsx"):
        with zipfile.ZipFile(io.BytesIO(worst)) as archive:
            parts = {name: archive.read(name).decode() for name in archive.namelist()}
        assert not [name for name in parts if name.startswith("/") or ".." in name], line
        for name, text in parts.items():
            root = ET.fromstring(text)  # noqa: S314 - our own output
            tags = {node.tag.rpartition("}")[2] for node in root.iter()}
            assert not tags & {"f", "externalReference", "oleObject", "control"}, (line, name)
            outside = [node.attrib for node in root.iter() if node.get("TargetMode") == "External"]
            assert all(link["Target"].startswith(("https://", "http://")) for link in outside), (line, name)
            assert all(link["Type"].endswith("/hyperlink") for link in outside), (line, name)
        assert any(visible(MARKUP[0]) in text for text in parts.values()) or line[0] != "list"


@pytest.mark.sampled(6)
@pytest.mark.parametrize("name", FORMATS)
def test_the_names_of_files_are_never_taken_from_the_data(name: str, place: Place) -> None:
    """Reading, exporting and reporting make no file but the one that ``-o`` names."""
    before = {file.name for file in place.folder.iterdir()}
    for line in (("list",), ("export",), ("show", "us-jp-sosa-2023"), ("lineage", "us-jp-sosa-2023")):
        place.attempt(*line, "-f", name, "-o", f"made.{name}")
    made = {file.name for file in place.folder.iterdir()} - before
    assert made <= {f"made.{name}", "register.db-wal", "register.db-shm"}
    assert place.strays() <= {"outer/x"}
