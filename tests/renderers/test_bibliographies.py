"""``cite`` as CSL-JSON, RIS and BibTeX, read back by readers of other makers."""

import json
from pathlib import Path
from typing import Any

import pytest
import rispy
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from pybtex.database import Person, parse_string
from running import Run

MOU, SOSA, ACSA = "us-jp-rdte-mou-2023", "us-jp-sosa-2023", "us-jp-acsa-1996"
PARTIES = ["United States of America", "Japan"]

STYLE = """<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0">
<info><title>One</title><id>one</id><updated>2023-01-01T00:00:00+00:00</updated></info>
<citation><layout delimiter=" "><names variable="author"><name/></names><text variable="title" prefix=": "/>
<date variable="issued" form="text" prefix=", "/></layout></citation></style>"""


def cited(run: Run, form: str, *refs: str, store: Path | None = None) -> str:
    place = ("--store", store) if store else ()
    done = run(*place, "cite", *refs, "-f", form)
    assert (done.code, done.err) == (0, "")
    return str(done.out)


def items(run: Run, *refs: str, store: Path | None = None) -> list[dict[str, Any]]:
    return list(json.loads(cited(run, "csl-json", *refs, store=store)))


def entries(run: Run, *refs: str, store: Path | None = None) -> list[dict[str, Any]]:
    return list(rispy.loads(cited(run, "ris", *refs, store=store)))


def test_only_what_binds_is_called_a_treaty(run: Run, store: Path) -> None:
    assert [item["type"] for item in items(run, MOU, SOSA)] == ["treaty", "document"]
    assert [entry["type_of_reference"] for entry in entries(run, MOU, SOSA)] == ["STAT", "RPRT"]


def test_a_style_prints_parties_title_and_day(run: Run, store: Path, tmp_path: Path) -> None:
    style = tmp_path / "one.csl"
    style.write_text(STYLE)
    found = items(run, MOU)
    read = CitationStylesBibliography(
        CitationStylesStyle(str(style), validate=False), CiteProcJSON(found), formatter.plain
    )
    citation = Citation([CitationItem(MOU)])
    read.register(citation)
    printed = str(read.cite(citation, lambda _: None))
    assert all(party in printed for party in PARTIES)
    assert found[0]["title"] in printed
    assert "2023" in printed


def test_ris_tells_what_the_record_holds(run: Run, store: Path) -> None:
    (entry,) = entries(run, MOU)
    record = json.loads(run("show", MOU, "--json").out)
    assert entry["title"] == record["title"]
    assert entry["authors"] == PARTIES
    assert entry["date"] == "2023/01/12/"
    assert entry["urls"] == [items(run, MOU)[0]["URL"]]
    assert "Hypersonic defence" in entry["keywords"]
    assert entry["notes"] == [items(run, MOU)[0]["note"]]


def test_bibtex_tells_what_the_record_holds(run: Run, store: Path) -> None:
    entry = parse_string(cited(run, "bibtex", MOU), "bibtex").entries[MOU]
    record = json.loads(run("show", MOU, "--json").out)
    assert entry.fields["title"] == f"{{{record['title']}}}"
    assert entry.persons["author"] == [Person(f"{{{party}}}") for party in PARTIES]
    assert (entry.fields["year"], entry.fields["day"]) == ("2023", "12")
    assert entry.fields["month"].lower().startswith("jan")


def test_a_month_stays_a_month(run: Run, store: Path) -> None:
    assert items(run, ACSA)[0]["issued"] == {"date-parts": [[1996, 4]]}
    assert entries(run, ACSA)[0]["date"] == "1996/04//"
    assert "day" not in parse_string(cited(run, "bibtex", ACSA), "bibtex").entries[ACSA].fields


@pytest.mark.parametrize(
    ("typed", "issued", "note"),
    [
        ("2020-03~", {"date-parts": [[2020, 3]], "circa": True}, "the date is not certain"),
        ("2020-03-01/2020-03-05", {"literal": "between 1 March 2020 and 5 March 2020"}, "date: between 1 March 2020"),
        ("../2020", {"literal": "on or before 2020"}, "date: on or before 2020"),
    ],
)
def test_a_date_is_no_more_exact_than_it_is_known(
    run: Run, other_store: Path, typed: str, issued: dict[str, Any], note: str
) -> None:
    ref = run("--store", other_store, "add", "Rope treaty", "--party", "JPN", "--signed", typed).out.strip()
    assert items(run, ref, store=other_store)[0]["issued"] == issued
    assert note in entries(run, ref, store=other_store)[0]["notes"][0]
    fields = parse_string(cited(run, "bibtex", ref, store=other_store), "bibtex").entries[ref].fields
    assert note in fields["note"]
    assert ("year" in fields) == ("literal" not in issued)


HOSTILE = "Ropes} @evil{x, title={y}\nER  - \nTY  - BOOK\r\nTI  - \x1b[31mred & 100% #1 $x_1^2~ \\input{/etc/passwd}"


def test_text_of_the_register_is_never_a_field_of_its_own(run: Run, other_store: Path, tmp_path: Path) -> None:
    file = tmp_path / "one.ndjson"
    record = {"record": "agreement", "ref": "ropes-1", "title": HOSTILE, "notes": [HOSTILE]}
    file.write_text(json.dumps(record) + "\n")
    assert run("--store", other_store, "import", file).code == 0
    (entry,) = entries(run, "ropes-1", store=other_store)
    assert (entry["type_of_reference"], entry["id"]) == ("RPRT", "ropes-1")
    printed = cited(run, "bibtex", "ropes-1", store=other_store)
    assert list(parse_string(printed, "bibtex").entries) == ["ropes-1"]
    assert r"\textbackslash{}input\{/etc/passwd\}" in printed
    assert "\x1b" not in printed + cited(run, "ris", "ropes-1", store=other_store)
    assert items(run, "ropes-1", store=other_store)[0]["title"] == HOSTILE


@pytest.mark.parametrize("form", ["csl-json", "ris", "bibtex"])
def test_an_answer_without_agreements_to_cite_is_no_bibliography(run: Run, store: Path, form: str) -> None:
    done = run("list", "-f", form)
    assert done.code == 2
    assert f"ask `tracker cite REF -f {form}`" in done.err


def test_the_ending_of_a_file_implies_the_format(run: Run, store: Path, tmp_path: Path) -> None:
    for name, reader in (("a.ris", rispy.loads), ("a.csljson", json.loads)):
        assert run("cite", MOU, SOSA, "-o", tmp_path / name).code == 0
        assert len(reader((tmp_path / name).read_text())) == 2
    assert run("cite", MOU, SOSA, "-o", tmp_path / "a.bib").code == 0
    assert len(parse_string((tmp_path / "a.bib").read_text(), "bibtex").entries) == 2
