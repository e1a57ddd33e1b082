"""The published JSON Schema: it fits what the program prints, and nothing else."""

import copy

import pytest
from example_record import AGREEMENT, FAMILY, FOCUS_AREA, OBJECTS, PARTY, PERSON, SOURCE
from jsonschema import Draft202012Validator

from tracker.record.document import KEYS, strip_read_only
from tracker.record.vocabulary import VocabularyError
from tracker.store.validation.document_schema import KINDS, json_schema

REPORT = {
    "report": "binding",
    "format": 2,
    "filters": {"party": ["JPN"], "certain": False},
    "as_of": "2024-01-01",
    "columns": ["binding_status", "count", "share", "parties"],
    "rows": [{"binding_status": "binding", "count": 3, "share": 0.5, "parties": ["JPN", "USA"]}],
    "totals": None,
    "left_out": [{"reason": "no date", "count": 2}],
    "hash": None,
}
EXPORT = {
    "record": "tracker",
    "format": 1,
    "focus_areas": [FOCUS_AREA],
    "parties": [PARTY],
    "people": [PERSON],
    "families": [FAMILY],
    "sources": [SOURCE],
    "agreements": [strip_read_only(AGREEMENT)],
}
OUTPUTS = [
    *OBJECTS,
    *([document] for document in OBJECTS),
    [],
    REPORT,
    EXPORT,
    {"record": "tracker", "format": 1},
    strip_read_only(AGREEMENT),
    REPORT["rows"][0],
]


@pytest.fixture(scope="module")
def everything():
    return Draft202012Validator(json_schema())


@pytest.mark.sampled(5)
@pytest.mark.parametrize("kind", [None, *KINDS])
def test_every_schema_is_a_valid_schema(kind):
    Draft202012Validator.check_schema(json_schema(kind))


def test_one_schema_covers_every_output(everything):
    for document in OUTPUTS:
        everything.validate(document)


@pytest.mark.parametrize("document", OBJECTS, ids=lambda document: document["record"])
def test_each_object_fits_the_schema_of_its_kind(document):
    Draft202012Validator(json_schema(document["record"])).validate(document)


def test_printed_and_exported_agreements_differ():
    assert not Draft202012Validator(json_schema("agreement")).is_valid(strip_read_only(AGREEMENT))
    exported = Draft202012Validator(json_schema("exported_agreement"))
    assert exported.is_valid(strip_read_only(AGREEMENT))
    assert not exported.is_valid(AGREEMENT)


def test_reports_and_exports_have_schemas():
    Draft202012Validator(json_schema("report")).validate(REPORT)
    Draft202012Validator(json_schema("export")).validate(EXPORT)
    assert not Draft202012Validator(json_schema("report")).is_valid({**REPORT, "rows": [{"a": {}}]})


def objects_inside(schema, name):
    """Every object of a schema with its keys in order."""
    if isinstance(schema, dict):
        if "properties" in schema:
            yield name, tuple(schema["properties"]), schema
        for key, value in schema.items():
            yield from objects_inside(value, key if key not in ("properties", "items", "anyOf") else name)
    elif isinstance(schema, list):
        for value in schema:
            yield from objects_inside(value, name)


def test_keys_and_their_order_are_those_of_the_record():
    definitions = json_schema()["$defs"]
    published = {keys for _, keys, _ in objects_inside(definitions, "")}
    assert [
        line for shape, keys in KEYS.items() if keys not in published for line in unlike(shape, keys, published)
    ] == []
    assert tuple(definitions["agreement"]["properties"]) == KEYS["agreement"]
    assert tuple(definitions["derived"]["properties"]) == KEYS["agreement.derived"]


def unlike(shape, keys, published):
    """Say in which keys the object of the schema that is most like a shape differs from it."""
    nearest = min(published, key=lambda others: len(set(others) ^ set(keys)))
    missing = [f"{shape}.{key} is missing from the schema" for key in keys if key not in nearest]
    unknown = [f"{shape} has no {key}, which stands in the schema" for key in nearest if key not in keys]
    return missing + unknown or [f"{shape}: the keys of the schema stand in another order: {', '.join(nearest)}"]


def test_a_missing_key_is_told_by_its_name():
    assert unlike("party.members", ("code", "from", "until"), {("a",), ("code", "until")}) == [
        "party.members.from is missing from the schema"
    ]


def test_every_object_requires_all_its_keys_and_no_others():
    for name, keys, schema in objects_inside(json_schema()["$defs"], ""):
        assert sorted(set(keys) ^ set(schema["required"])) == [], f"{name}: keys that are not required, or not there"
        assert tuple(schema["required"]) == keys, name
        assert schema["additionalProperties"] is False, name


def leaves(document, trail=()):
    if isinstance(document, dict):
        for key, value in document.items():
            yield from leaves(value, (*trail, key))
    elif isinstance(document, list):
        for place, value in enumerate(document):
            yield from leaves(value, (*trail, place))
    else:
        yield trail


FREE = {"extra", "titles", "value"}


def test_a_wrong_type_anywhere_is_found():
    validator = Draft202012Validator(json_schema("agreement"))
    for trail in leaves(AGREEMENT):
        if FREE & set(trail):
            continue
        spoiled = copy.deepcopy(AGREEMENT)
        holder = spoiled
        for step in trail[:-1]:
            holder = holder[step]
        holder[trail[-1]] = {"wrong": 1.5}
        assert not validator.is_valid(spoiled), trail


def test_an_unknown_document_is_answered_with_the_nearest():
    with pytest.raises(VocabularyError, match="did you mean agreement"):
        json_schema("agrement")
