"""Paths: what they name in a record, how they write to it, and the columns made of them."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.record import edits
from tracker.record.document import KEYS, complete
from tracker.record.values import DEFAULT_COLUMNS, PathError, canonical, column, column_names, exists, get, parse

RECORD = complete(
    {
        "record": "agreement",
        "ref": "us-jp-sosa-2023",
        "title": "Security of Supply Arrangement",
        "titles": {"ja": "供給保証取決め"},
        "aliases": ["SOSA", "SOSA [2023]"],
        "instrument_type": "security_of_supply_arrangement",
        "binding_status": "non_binding",
        "parties": [
            {"code": "USA", "name": "United States of America", "entity": "Department of Defense"},
            {"code": "JPN", "name": "Japan", "entity": "Ministry of Defense"},
            {"code": "JPN", "name": "Japan", "entity": "Cabinet Office"},
        ],
        "signatories": [{"id": "s2", "person": "hamada-yasukazu", "name": "Hamada Yasukazu", "office": "Minister"}],
        "focus_areas": ["defence_industry", "supply_chain"],
        "families": [{"family": "sosa", "note": "18th"}],
        "events": [
            {"id": "e1", "kind": "signed", "date": "2023-01-12", "places": ["Pentagon"]},
            {"id": "e2", "kind": "other", "kind_raw": "toasted"},
        ],
        "terms": {
            "duration": {"kind": "fixed_term", "until": "2030"},
            "notices": [{"kind": "withdrawal", "period": "P90D"}],
        },
        "relations": [
            {"type": "updates", "target": "us-jp-pcr-mou", "confidence": "low"},
            {"type": "related_to", "target": None, "target_title": "Roadmap"},
        ],
        "identifiers": [{"scheme": "TIAS", "value": "23-101"}],
        "sources": [{"source": "pacom", "locator": None, "title": "T", "url": None}],
        "extra": {"owner": "me", "desk.no": 7, "done": True},
        "derived": {
            "status": "signed",
            "status_certain": False,
            "flags": ["no_end_recorded"],
            "signed": {"edtf": "2023-01-12", "earliest": "2023-01-12", "latest": "2023-01-12"},
            "revision": 17,
        },
    },
)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("title", "Security of Supply Arrangement"),
        ("terms.duration.until", "2030"),
        ("expires", "2030"),
        ("parties[USA].entity", "Department of Defense"),
        ("party[USA].entity", "Department of Defense"),
        ("parties[JPN Cabinet Office].name", "Japan"),
        ("events[e1].date", "2023-01-12"),
        ("signatories[s2].office", "Minister"),
        ("families[sosa].note", "18th"),
        ("relations[updates us-jp-pcr-mou].confidence", "low"),
        ("relations[related_to Roadmap].type", "related_to"),
        ("relations[0].type", "updates"),
        ("terms.notices[withdrawal].period", "P90D"),
        ("identifiers[TIAS]", "23-101"),
        ("titles[ja]", "供給保証取決め"),
        ("aliases[SOSA [2023]]", "SOSA [2023]"),
        ("focus_areas[supply_chain]", "supply_chain"),
        ("extra.owner", "me"),
        ("x.desk.no", 7),
        ("signed", "2023-01-12"),
        ("status", "signed"),
        ("binding", "non_binding"),
        ("type", "security_of_supply_arrangement"),
        ("in_force_from", None),
        ("events[e9].date", None),
        ("terms.survival.scope", None),
        ("events.kind", ["signed", "other"]),
    ],
)
def test_every_form_of_path_reaches_its_value(path, value):
    assert get(RECORD, path) == value


def test_two_items_of_one_name_are_not_guessed_between():
    with pytest.raises(PathError, match="2 items bear that name"):
        get(RECORD, "parties[JPN].entity")


def test_existing_and_null_differ():
    assert exists(RECORD, "events[e2].date")
    assert not exists(RECORD, "events[e9]")


@pytest.mark.parametrize(
    ("path", "nearest"),
    [
        ("titel", "title"),
        ("events[e1].dat", "events[e1].date"),
        ("terms.duratoin.until", "terms.duration"),
        ("sined", "signed"),
        ("title[x]", "write title"),
        ("title.x", "no fields inside"),
        ("events[e1", "not closed"),
        ("events..x", "a name is missing"),
        ("", "a name is missing"),
    ],
)
def test_a_path_that_leads_nowhere_is_answered_with_the_nearest(path, nearest):
    with pytest.raises(PathError) as caught:
        parse(path)
    assert nearest in str(caught.value)


@given(st.text(max_size=30))
def test_any_text_is_a_path_or_a_path_error(text):
    try:
        path = parse(text)
    except PathError:
        return
    assert parse(path.text) == path


@pytest.mark.parametrize("path", [f"{shape}.{key}" for shape, keys in KEYS.items() for key in keys])
def test_every_key_of_the_record_can_be_named(path):
    kind, _, rest = path.partition(".")
    assert parse(rest, kind).text == rest


def test_claims_compare_by_the_full_path():
    assert canonical("expires") == canonical("terms.duration.until") == "terms.duration.until"
    assert canonical("signed") == "signed"
    assert canonical("x.owner") == "extra.owner"
    assert canonical("topic:headquarters") == "topic:headquarters"
    for field in ("topic:", "topic:A B", "derived.revision", "parties[JPN].name"):
        with pytest.raises(PathError):
            canonical(field)


def edited(edit, *arguments):
    record = copy.deepcopy(RECORD)
    edit(record, *arguments)
    return record


@pytest.mark.parametrize(
    ("path", "value", "at"),
    [
        ("title", "New", "title"),
        ("binding", None, "binding_status"),
        ("terms.survival.scope", "all", "terms.survival.scope"),
        ("terms.duration", None, "terms.duration"),
        ("parties[USA].entity", None, "parties[USA].entity"),
        ("x.new", 5, "extra.new"),
        ("identifiers[TIAS]", "24-1", "identifiers[TIAS]"),
        ("identifiers[UNTS]", "777", "identifiers[UNTS]"),
        ("titles[fr]", "T", "titles[fr]"),
        ("aliases", None, "aliases"),
    ],
)
def test_setting_a_path_sets_what_reading_it_returns(path, value, at):
    default = {"binding": "not_assessed", "aliases": []}
    assert get(edited(edits.set_, path, value), at) == (default.get(path) if value is None else value)


def test_setting_a_missing_part_begins_the_whole_part():
    record = edited(edits.set_, "terms.entry_into_force.number", 3)
    assert list(record["terms"]["entry_into_force"]) == list(KEYS["agreement.terms.entry_into_force"])


@pytest.mark.parametrize("path", ["signed", "status", "derived.revision", "parties[USA].name", "sources[pacom].url"])
def test_what_is_derived_cannot_be_set(path):
    with pytest.raises(PathError, match="cannot be set"):
        edited(edits.set_, path, "x")


def test_an_item_that_is_not_there_cannot_be_set_and_the_message_lists_those_that_are():
    with pytest.raises(PathError, match="holds e1, e2"):
        edited(edits.set_, "events[e7].date", "2020")


def test_adding_takes_objects_and_the_short_text_of_an_item():
    record = edited(edits.add, "parties", "AUS: Department of Defence")
    assert record["parties"][-1] == {"code": "AUS", "entity": "Department of Defence", "role": None}
    assert edited(edits.add, "identifiers", "UNTS 123")["identifiers"][-1] == {"scheme": "UNTS", "value": "123"}
    assert edited(edits.add, "focus", "cyber")["focus_areas"][-1] == "cyber"
    assert edited(edits.add, "family", "pcr")["families"][-1] == {"family": "pcr", "note": None, "sources": []}
    assert edited(edits.add, "events[e1].places", "Tokyo")["events"][0]["places"] == ["Pentagon", "Tokyo"]
    event = edited(edits.add, "events", {"kind": "ratified"})["events"][-1]
    assert list(event) == list(KEYS["agreement.events"])


def test_adding_refuses_doubles_and_what_is_no_list():
    for path, value in (("aliases", "SOSA"), ("titles[ja]", "x"), ("title", "x")):
        with pytest.raises(PathError):
            edited(edits.add, path, value)


def test_removing_takes_items_names_and_values_away():
    assert "owner" not in edited(edits.remove, "extra.owner")["extra"]
    assert edited(edits.remove, "aliases", "SOSA")["aliases"] == ["SOSA [2023]"]
    assert edited(edits.remove, "families[sosa]")["families"] == []
    assert edited(edits.remove, "relations[updates us-jp-pcr-mou]")["relations"][0]["type"] == "related_to"
    assert edited(edits.remove, "expires")["terms"]["duration"]["until"] is None
    for path in ("events[e9]", "extra.none", "parties[JPN]", "title[x]"):
        with pytest.raises(PathError):
            edited(edits.remove, path)


@pytest.mark.parametrize(
    ("path", "text", "value"),
    [
        ("title", "  ", None),
        ("title", "[Draft] 5", "[Draft] 5"),
        ("extra.n", "12", 12),
        ("extra.n", "-3", -3),
        ("extra.n", "007", "007"),
        ("extra.n", "0.10", "0.10"),
        ("extra.n", "9223372036854775808", "9223372036854775808"),
        ("extra.n", "true", True),
        ("events[e1].verified", "yes", True),
        ("terms.entry_into_force.number", "50", 50),
        ("focus_areas", "cyber, space", ["cyber", "space"]),
        ("aliases", "One, Two", "One, Two"),
        ("aliases", '["One", "Two"]', ["One", "Two"]),
        ("terms.duration", '{"kind": "indefinite"}', {"kind": "indefinite"}),
        ("signatories[s2].office", "12", "12"),
    ],
)
def test_typed_text_becomes_the_value_that_the_path_takes(path, text, value):
    read = edits.value_from_text(path, text)
    assert (read, type(read)) == (value, type(value))


@pytest.mark.parametrize(
    ("path", "text", "told"),
    [
        ("events[e1].verified", "maybe", "'maybe' is not true or false"),
        ("aliases", "[1", "aliases"),
        ("terms.entry_into_force.number", "x", "'x' is not a whole number"),
    ],
)
def test_typed_text_that_does_not_fit_is_refused_with_what_was_expected(path, text, told):
    with pytest.raises(PathError) as error:
        edits.value_from_text(path, text)
    assert told in str(error.value)


def test_default_columns_show_doubt_and_join_nothing():
    cells = {name: getter(RECORD) for name, _, getter in map(column, column_names(None))}
    assert tuple(cells) == DEFAULT_COLUMNS
    assert cells["status"] == "signed?"
    assert cells["signed"] == "2023-01-12"
    assert cells["parties"] == ["USA", "JPN", "JPN"]


@pytest.mark.parametrize(
    ("name", "kind", "cell"),
    [
        ("signatory", "list", ["Hamada Yasukazu"]),
        ("focus", "list", ["defence_industry", "supply_chain"]),
        ("family", "list", ["sosa"]),
        ("source", "list", ["pacom"]),
        ("flags", "list", ["no_end_recorded"]),
        ("events", "list", ["signed 2023-01-12", "toasted"]),
        ("events.kind", "list", ["signed", "other"]),
        ("expires", "date", "2030"),
        ("signed", "date", "2023-01-12"),
        ("in_force_from", "date", None),
        ("parties[USA].entity", "text", "Department of Defense"),
        ("x.owner", "text", "me"),
        ("x.desk.no", "text", "7"),
        ("x.done", "text", "true"),
        ("x.absent", "text", None),
        ("revision", "count", 17),
        ("identifiers", "list", ["TIAS 23-101"]),
        ("terms.survival", "text", None),
        ("titles", "text", '{"ja": "供給保証取決め"}'),
    ],
)
def test_columns_are_typed(name, kind, cell):
    heading, found, getter = column(name)
    assert (heading, found, getter(RECORD)) == (name, kind, cell)


def test_an_unknown_column_is_answered_with_the_nearest():
    with pytest.raises(PathError, match="did you mean parties"):
        column("partis")
