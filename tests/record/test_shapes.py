"""The declaration of the record: sound in itself, and good for what reads it."""

import re
from collections import defaultdict

import pytest

from tracker.record import kinds, shapes, types
from tracker.record.document import blank
from tracker.store.validation.models import validate

EVERY = [(address, field) for address, shape in shapes.at().items() for field in shape.fields]
NEEDED = {
    "agreement": {"ref": "a", "title": "T"},
    "party": {"code": "JPN", "name": "Japan"},
    "person": {"name": "N"},
    "family": {"name": "N"},
    "focus_area": {"code": "f", "label": "L"},
    "source": {"title": "T"},
}


def named(pair):
    address, field = pair
    return f"{address}.{field.key}"


@pytest.mark.parametrize(("address", "shape"), shapes.at().items(), ids=list(shapes.at()))
def test_a_shape_names_only_keys_that_it_has(address, shape):
    assert len(set(shape.keys)) == len(shape.keys)
    assert shape.meaning
    assert set(shape.identity) <= set(shape.keys)
    assert set(filter(None, shape.typed or ())) <= set(shape.keys)


def test_a_row_of_a_declaration_says_only_what_its_kind_of_row_can_say():
    rows = [*kinds.KINDS, *shapes.at().values(), *(row for _, field in EVERY for row in (field, field.type))]
    assert {word for row in rows for word in vars(row) if word not in type(row).__annotations__} == set()


@pytest.mark.parametrize("pair", EVERY, ids=named)
def test_a_field_says_what_it_means_and_what_may_stand_there(pair):
    address, field = pair
    assert field.meaning
    assert field.label
    if field.type.kind == "record":
        assert field.default == address
    elif field.type.kind == "code":
        assert set(field.type.printed_words) <= set(field.type.words)
        assert field.default in (None, *field.type.words)
    elif field.type.kind == "item":
        assert re.match(field.type.pattern, f"{field.type.pattern[1]}1")
    else:
        assert field.type.pattern in types.EXPECTED


def test_a_key_that_is_a_list_in_one_object_is_one_in_all():
    many = defaultdict(set)
    for _, field in EVERY:
        many[field.key].add(field.type.many)
    assert {key: some for key, some in many.items() if len(some) > 1} == {}


def test_a_query_name_stands_for_one_path():
    names = [field.short for _, field in EVERY if field.short]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("pair", [pair for pair in EVERY if pair[1].example is not None], ids=named)
def test_an_example_is_taken_where_it_is_given(pair):
    address, field = pair
    kind, *inner = address.split(".")
    if "derived" in inner or field.printed:
        return
    document = {"record": kind, **NEEDED[kind]}
    holder = document
    for depth, key in enumerate(inner):
        step = shapes.fields(".".join((kind, *inner[:depth])))[key]
        made = required(".".join((kind, *inner[: depth + 1])))
        holder[key] = [made] if step.listed else made
        holder = made
    holder[field.key] = field.example
    if field.key == "event":
        document["events"] = [{"id": "e1", "kind": "signed"}]
    if field.key == "evidence" and inner:
        document["evidence"] = [{"id": "v1", "kind": "party_statement", "supports": "non_binding"}]
    if field.key == "adopted":
        document["title_term"] = holder["value"] = "Arrangement"
    assert validate(document, "example")


def required(address):
    """The least that an object inside a record has to hold, by the examples of its keys."""
    made = {field.key: field.example for field in shapes.fields(address).values() if field.required}
    if address.endswith((".binding_views", ".evidence")):
        made["authority"] = "A"
    if address.endswith(".signatories"):
        made["office"] = "O"
    if address.endswith(".depositaries"):
        made["name"] = "N"
    if address.endswith(".relations"):
        made["target_title"] = "T"
    if address.endswith(".events"):
        made["kind"] = "other"
    return made


def test_blank_objects_hold_what_missing_keys_stand_for():
    assert blank("agreement")["binding_status"] == "not_assessed"
    assert blank("agreement.claims")["adopted"] is False
    assert blank("agreement.terms.duration")["kind"] == "unknown"
    assert "name" not in blank("agreement.parties")
