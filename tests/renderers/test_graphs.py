"""GraphML, DOT and Mermaid: the lineage as it is recorded, whatever its titles hold."""

import os
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import nasty_answers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker import plugins
from tracker.errors import InvalidValue
from tracker.renderers import RenderOptions, dot, mermaid
from tracker.renderers._parts.graph import COLUMNS, from_rows
from tracker.table import Column, Page, Table

GOLDEN = Path(__file__).parent / "golden"
FORMATS = ("dot", "graphml", "mermaid")
XML = "{http://graphml.graphdrawing.org/xmlns}"
HOSTILE = "quotes \" and ' <b>&amp;</b> ]]> back\\slash \\N two\nlines `ticks` #35; \x1b[31m \u202e \ufffe {x} |y|"
ROWS = [
    (0, None, "root-2000", HOSTILE, "binding", "in_force", "2000-01-02", None, False),
    (1, "amends", "old-1990", "Old treaty", "binding", "superseded", "1990", "root-2000", False),
    (1, "implements", "old-1990", "Old treaty", "binding", "superseded", "1990", "root-2000", True),
    (1, "updates", None, "Treaty that nobody entered", None, None, None, "root-2000", False),
    (1, "amended_by", "new-2010", "日米覚書", "non_binding", "signed?", None, "root-2000", False),
    (2, "precursor_of", "newer-2020", "Newer", "contested", "unknown", None, "new-2010", False),
    (2, "amends", "root-2000", HOSTILE, "binding", "in_force", "2000-01-02", "new-2010", True),
]


def lineage(rows=ROWS):
    columns = [Column(name, "count" if name == "depth" else "text") for name in (*COLUMNS, "repeated")]
    return Page("Lineage of root-2000", [], Table("lineage", columns, rows, as_of="2024-01-01"))


def written(name, answer):
    out = BytesIO()
    plugins.load("renderers", name).render(answer, out, RenderOptions())
    return out.getvalue()


@pytest.mark.parametrize("name", FORMATS)
def test_bytes_are_those_of_the_golden_file(name):
    golden = GOLDEN / f"lineage{plugins.load('renderers', name).SUFFIXES[0]}"
    data = written(name, lineage())
    if os.environ.get("TRACKER_UPDATE_GOLDEN"):
        golden.write_bytes(data)
    assert data == golden.read_bytes()
    assert b"\x1b" not in data


def test_edges_go_from_the_one_that_acts_each_once():
    """As the register stores them: the passive side is the same edge, and so is a second way to a place."""
    graph = from_rows(lineage().data, ROWS, "t")
    names = {node.id: node.ref or node.title for node in graph.nodes}
    assert [(names[edge.source], edge.relation, names[edge.target]) for edge in graph.edges] == [
        ("root-2000", "amends", "old-1990"),
        ("root-2000", "implements", "old-1990"),
        ("root-2000", "updates", "Treaty that nobody entered"),
        ("new-2010", "amends", "root-2000"),
        ("new-2010", "precursor_of", "newer-2020"),
    ]
    assert next(place.relations for place in graph.places if place.depth == 1) == ("amends", "implements")


def test_graphml_is_read_back_by_an_xml_parser():
    root = ET.fromstring(written("graphml", lineage()))  # noqa: S314 - our own file
    nodes = root.findall(f".//{XML}node")
    facts = {data.get("key"): data.text for data in nodes[0]}
    assert facts["title"] == HOSTILE.replace("\x1b", "\\x1b").replace("\u202e", "\\u202e").replace("\ufffe", "\\ufffe")
    assert (facts["binding_status"], facts["status"], facts["signed"]) == ("binding", "in_force", "2000-01-02")
    ids = {node.get("id") for node in nodes}
    edges = root.findall(f".//{XML}edge")
    assert len(ids) == len(nodes) == 5
    assert {end for edge in edges for end in (edge.get("source"), edge.get("target"))} <= ids
    assert [edge[0].text for edge in edges] == ["amends", "implements", "updates", "amends", "precursor_of"]


@given(st.text())
def test_a_dot_string_ends_where_it_should(text):
    """The rule of the language: a quote ends a string unless an odd number of backslashes stands before it."""
    quoted = dot.quoted(text)
    inside = quoted[1:-1]
    at = 0
    while at < len(inside):
        assert inside[at] not in '"\n'
        at += 2 if inside[at] == "\\" else 1
    assert at == len(inside)


@given(st.text())
def test_a_mermaid_label_holds_no_markup(text):
    inside = mermaid.label(text)[1:-1].replace("<br/>", "")
    assert not set(inside) & set('"<>`\n&')


@pytest.mark.parametrize("name", FORMATS)
def test_an_answer_without_a_graph_is_refused_with_the_formats_that_fit(name):
    out = BytesIO()
    with pytest.raises(InvalidValue, match=rf"lineage REF -f {name}.*csv, html, json, .* and xlsx"):
        plugins.load("renderers", name).render(nasty_answers.table(), out, RenderOptions())
    assert out.getvalue() == b""


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=pytest.mark.long if name == "parquet" else ())  # loads a package of 90 MB
        for name in plugins.for_any_answer()
    ],
)
def test_the_formats_that_are_named_go_with_any_answer(name):
    if name == "parquet":
        pytest.importorskip("pyarrow")
    for answer in nasty_answers.everything():
        assert written(name, answer)


def test_a_recorded_lineage_is_drawn_in_each_format(run, store):
    for name, mark in (("dot", "n1 -> n0"), ("graphml", "concluded_under"), ("mermaid", "n1 --")):
        found = run("lineage", "us-jp-sofa-1960", "-f", name)
        assert found.code == 0
        assert "us-jp-security-treaty-1951" in found.out
        assert mark in found.out or name != "graphml"
    refused = run("list", "-f", "dot")
    assert (refused.code, refused.out) == (2, "")
