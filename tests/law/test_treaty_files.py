"""The files of treaties are right in themselves, whatever the program says to them."""

import json
from collections import defaultdict
from copy import deepcopy

import pytest
from treaty_files import FOLDER, POINTS, faults, treaties

FILES = sorted(FOLDER.glob("*.json"))

GOOD = {
    "title": "A treaty",
    "sources": ["Art. 1"],
    "points": [1],
    "documents": [
        {
            "record": "agreement",
            "ref": "a",
            "title": "A treaty",
            "parties": [{"code": "FRA"}],
            "events": [{"kind": "ratified", "date": "2001-01-01", "parties": ["FRA"]}],
            "terms": {"entry_into_force": {"condition": "nth_instrument", "met": {"date": "2001"}}, "notices": []},
        }
    ],
    "ask": [["status", "2001-01-01", "FRA", "in_force", "because"]],
}


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_every_file_is_right_in_itself(path):
    assert faults(path) == []


def test_every_point_has_two_treaties():
    by_point = defaultdict(set)
    for treaty in treaties():
        for point in treaty.points:
            by_point[point].add(treaty.name)
    assert [point for point in POINTS if len(by_point[point]) < 2] == []


def test_no_record_stands_in_two_files():
    refs = [document["ref"] for treaty in treaties() for document in treaty.documents]
    assert len(refs) == len(set(refs))


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("points",), [99]),
        (("sources",), []),
        (("ask", 0, 0), "stauts"),
        (("ask", 0, 1), "2001-02-30"),
        (("ask", 0, 2), "DEU"),
        (("ask", 0, 3), "in-force"),
        (("ask", 0, 4), ""),
        (("documents", 0, "events", 0, "date"), "2001-13"),
        (("documents", 0, "events", 0, "parties"), ["DEU"]),
        (("documents", 0, "terms", "entry_into_force", "period"), "90D"),
        (("documents", 0, "terms", "entry_into_force", "met", "date"), "soon"),
        (("documents", 0, "relations"), [{"type": "amends", "target": "b"}]),
    ],
)
def test_a_mistake_in_a_file_is_found(place, value, tmp_path):
    data = deepcopy(GOOD)
    path = tmp_path / "a.json"
    path.write_text(json.dumps(data))
    assert faults(path) == []
    inner = data
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = value
    path.write_text(json.dumps(data))
    assert faults(path)
