"""Every declared field, wherever a register carries it: nothing that is declared is lost on the way.

Values come from the examples of the declaration, so a new field is tested from the line that declares it.
"""

import csv
import io
import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest
from declared_values import Document, Place, flat, items, made, otherwise, places, reached, skeleton, value
from running import Outcome, called

from tracker import clock
from tracker.record import shapes
from tracker.record.values import spelled
from tracker.record.vocabulary import FOCUS_AREAS
from tracker.renderers._parts.words import in_words

LABELS = {code: label for code, (label, _) in FOCUS_AREAS.items()}
PLACES = list(places())
OF_AGREEMENTS = [place for place in PLACES if place.kind == "agreement"]
TOP = [place for place in OF_AGREEMENTS if place.address == "agreement"]
UNITED = [
    place for place in OF_AGREEMENTS if not place.is_identity and not place.address.startswith("agreement.claims")
]

Tracker = Callable[..., Outcome]
WHOLE = made(shapes.AGREEMENT)
BARE = {"record": "agreement", "ref": "bare", "title": "Exchange of letters"}
OBJECTS = [made(shapes.OBJECTS[kind]) for kind in ("focus_area", "party", "person", "source", "family")]

named = pytest.mark.parametrize


def written(*documents: Document) -> bytes:
    return "".join(json.dumps(document, ensure_ascii=False) + "\n" for document in documents).encode()


@pytest.fixture(scope="module")
def tracker(blank_store_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Tracker]:
    """Make a store of a name with the objects that the agreements refer to; return what runs commands on it."""
    folder = tmp_path_factory.mktemp("stores")

    def opened(name: str) -> Tracker:
        path = folder / f"{name}.db"
        begun = path.exists()
        if not begun:
            shutil.copy(blank_store_file, path)

        def run(*arguments: object, stdin: bytes = b"", fails: bool = False) -> Outcome:
            given = ["--no-config", "--store", str(path), "--today", "2026-11-22", "--actor", "tester"]
            code, out, err = called([*given, *map(str, arguments)], stdin)
            assert fails or code == 0, err.decode()
            return Outcome(code, out.decode(), err.decode())

        if not begun:
            run("import", "-", "--from", "ndjson", stdin=written(*OBJECTS, BARE))
        return run

    return opened


def shown(tracker: Tracker, ref: str = "whole", *options: str) -> Document:
    return dict(json.loads(tracker("show", ref, "--json", *options).out))


def taken(tracker: Tracker, *documents: Document) -> None:
    tracker("import", "-", "--from", "ndjson", stdin=written(*documents))


def lacks(document: Document, place: Place, wanted: Document = WHOLE) -> list[Any]:
    """Return the values under a field that a document has not got."""
    held = flat(reached(document, place.keys))
    return [one for one in flat(reached(wanted, place.keys)) if one not in held]


@pytest.fixture(scope="module")
def whole(tracker: Callable[[str], Tracker]) -> Tracker:
    """A store with an agreement that says something under every key, one that says something else, and a bare one."""
    run = tracker("whole")
    taken(run, WHOLE, {**otherwise(shapes.AGREEMENT, WHOLE), "ref": "other", "claims": []})
    return run


@pytest.fixture(scope="module")
def whole_shown(whole: Tracker) -> Document:
    return shown(whole)


@named("place", OF_AGREEMENTS, ids=str)
def test_it_is_shown(place: Place, whole_shown: Document) -> None:
    assert lacks(whole_shown, place) == []


@pytest.fixture(scope="module")
def exports(whole: Tracker, tracker: Callable[[str], Tracker]) -> list[list[Document]]:
    """All that two stores export: the whole one, and one with the objects alone."""
    outs = [store("export", "-f", "ndjson").out for store in (whole, tracker("objects"))]
    return [[json.loads(line) for line in out.splitlines()] for out in outs]


@named("place", [place for place in PLACES if place.kind != "agreement"], ids=str)
def test_an_object_keeps_it_through_an_export(place: Place, exports: list[list[Document]]) -> None:
    wanted = next(document for document in OBJECTS if document["record"] == place.kind)
    for held in exports:
        key = shapes.OBJECTS[place.kind].fields[1].key
        same = [one for one in held if one["record"] == place.kind and one.get(key) == wanted[key]]
        assert lacks(same[0], place, wanted) == []


@named("place", OF_AGREEMENTS, ids=str)
def test_it_comes_out_of_an_export_into_another_store(place: Place, exported: Document) -> None:
    assert lacks(exported, place) == []


@pytest.fixture(scope="module")
def exported(whole: Tracker, tracker: Callable[[str], Tracker]) -> Document:
    copy = tracker("copy")
    copy("import", "-", "--from", "json", stdin=whole("export", "-f", "json").out.encode())
    return shown(copy)


@pytest.fixture(scope="module")
def merged(tracker: Callable[[str], Tracker]) -> dict[str, Document]:
    """The records that stay of merges: one that said nothing, one with bare items, one that said otherwise."""
    origin = {"set": "tests", "key": "1"}
    found = {}
    for name, kept in {
        "bare": {"record": "agreement", "ref": "kept", "title": WHOLE["title"]},
        "skeleton": {**skeleton(shapes.AGREEMENT, WHOLE), "claims": [], "ref": "kept"},
        "other": {**otherwise(shapes.AGREEMENT, WHOLE), "claims": [], "ref": "kept"},
    }.items():
        run = tracker(f"merged-{name}")
        taken(run, {**WHOLE, "claims": [], "origin": origin}, kept)
        run("merge", "kept", "whole", "--yes")
        found[name] = shown(run, "kept")
    return found


@named("place", UNITED, ids=str)
def test_a_merge_keeps_what_only_the_one_that_goes_says(place: Place, merged: dict[str, Document]) -> None:
    assert lacks(merged["bare"], place) == []
    if "evidence" not in place.keys or len(place.keys) != 2:  # ids of evidence are given anew
        assert lacks(merged["skeleton"], place) == []


@named("place", [place for place in UNITED if place.field.unite in ("claim", "join", "union")], ids=str)
def test_a_merge_makes_a_claim_of_what_both_say_otherwise(place: Place, merged: dict[str, Document]) -> None:
    held = merged["other"]
    about = [claim for claim in held["claims"] if claim["field"].startswith(place.keys[0])]
    claims = texts([claim["value"] for claim in about])
    values = texts(reached(held, place.keys))
    for said in texts(reached(WHOLE, place.keys)):
        joined = place.field.unite == "join" and any(said in str(one) for one in values)
        assert joined or said in values or said in claims


def texts(values: list[Any]) -> list[Any]:
    """Return values one by one, those of mappings too."""
    return [text for one in flat(values) for text in (one.values() if isinstance(one, dict) else [one])]


def drafts(tmp_path: Path, *contents: Document) -> Path:
    path = tmp_path / "set.drafts"
    path.write_bytes(written(*contents))
    return path


def drafted(document: Document) -> Document:
    origin = {"set": "tests", "key": "1", "file": "set.drafts", "row": 1}
    events = [{**event, "origin": origin} for event in document.get("events", ())]
    return {**document, "claims": [], "ref": "drafted", "events": events, "origin": origin}


@pytest.fixture(scope="module")
def drawn(tracker: Callable[[str], Tracker], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Document]:
    """What becomes of drafts: two of one agreement in one import, and a second import over the first."""
    patch = pytest.MonkeyPatch()
    entry = EntryPoint("drafts", "draft_format", "tracker.importers.v1")
    patch.setattr("tracker.plugins._guests", lambda group: [entry] if group == "importers" else [])
    folder = tmp_path_factory.mktemp("drafts")
    bones, whole = skeleton(shapes.AGREEMENT, WHOLE), WHOLE
    found = {}
    for name, imports in {
        "united": [[bones, whole]],
        "filled": [[bones], [whole]],
        "renewed": [[otherwise(shapes.AGREEMENT, WHOLE)], [whole]],
    }.items():
        run = tracker(f"drafts-{name}")
        for contents in imports:
            run("import", drafts(folder, *map(drafted, contents)), "--from", "drafts")
        found[name] = shown(run, "drafted")
    patch.undo()
    return found


@named("place", [place for place in UNITED if "origin" not in place.keys], ids=str)
def test_drafts_and_a_second_import_keep_it(place: Place, drawn: dict[str, Document]) -> None:
    for name in ("united", "filled"):
        if place.field.type.kind == "item":  # new ids may be given
            assert all(reached(drawn[name], place.keys)), name
        else:
            assert lacks(drawn[name], place) == [], name
    if place.field.unite in ("claim", "union"):
        assert lacks(drawn["renewed"], place) == []


@pytest.fixture(scope="module")
def history(tracker: Callable[[str], Tracker]) -> dict[str, Document]:
    """A record before and after a change that says everything of it, at both moments and when it is taken back."""
    with clock.replaced(lambda: datetime(2026, 1, 1, 12, tzinfo=UTC)):
        run = tracker("history")
        taken(run, {**skeleton(shapes.AGREEMENT, WHOLE), "claims": []})
    found = {"before": shown(run)}
    with clock.replaced(lambda: datetime(2026, 2, 1, 12, tzinfo=UTC)):
        taken(run, WHOLE)
    found["then"] = shown(run, "whole", "--known-at", "2026-01-15")
    found["now"] = shown(run, "whole", "--known-at", "2026-02-15")
    run("undo")
    found["undone"] = shown(run)
    return found


@named("place", OF_AGREEMENTS, ids=str)
def test_it_is_undone_and_known_when_it_was(place: Place, history: dict[str, Document]) -> None:
    assert lacks(history["now"], place) == []
    for name in ("then", "undone"):
        assert reached(history[name], place.keys) == reached(history["before"], place.keys)


EDITED = [place for place in TOP if not place.is_identity and place.field.key != "origin"]


@pytest.fixture(scope="module")
def edited(tracker: Callable[[str], Tracker]) -> Document:
    """A record whose fields were typed, each after its path."""
    typed = []
    for place in EDITED:
        key, found = place.field.key, WHOLE[place.field.key]
        if place.field.mapped:
            mark = "{}.{}" if key == "extra" else "{}[{}]"
            typed += [f"{mark.format(key, name)}={text}" for name, text in found.items()]
        else:
            typed.append(f"{key}={'; '.join(found) if isinstance(found, list) else found}")
    run = tracker("edited")
    run("edit", "bare", *(part for one in typed for part in ("--set", one)))
    return shown(run, "bare")


@named("place", EDITED, ids=str)
def test_it_is_set_by_its_path(place: Place, edited: Document) -> None:
    assert lacks(edited, place) == []


SHEET = [place for place in OF_AGREEMENTS if place.field.sheet]
MAPPED = [place for place in TOP if place.field.map]


@pytest.fixture(scope="module", params=["csv", "xlsx"])
def sheet(
    request: pytest.FixtureRequest,
    whole: Tracker,
    tracker: Callable[[str], Tracker],
    tmp_path_factory: pytest.TempPathFactory,
) -> Document:
    """The record of a sheet that our own list wrote, with the columns that sheets have."""
    columns = list(dict.fromkeys(["ref", *(place.field.short or place.field.key for place in SHEET)]))
    columns += [field.key for field in shapes.AGREEMENT.fields if field.sheet and field.key not in columns]
    path = tmp_path_factory.mktemp("sheets") / f"own.{request.param}"
    whole("list", "ref:whole", "--columns", ",".join(columns), "-o", path)
    run = tracker(f"sheet-{request.param}")
    run("import", path)
    return shown(run)


@named("place", SHEET, ids=str)
def test_a_sheet_of_our_own_columns_holds_it(place: Place, sheet: Document) -> None:
    assert lacks(sheet, place) == []


@named("field", [field for field in shapes.AGREEMENT.fields if field.sheet and field.type.kind == "object"],
       ids=lambda field: field.key)  # fmt: skip
def test_a_sheet_of_our_own_columns_names_the_items(field: Any, sheet: Document) -> None:
    first = field.type.shape.identity[0]
    assert flat(reached(sheet, [field.key, first])) == flat(reached(WHOLE, [field.key, first]))


@pytest.fixture(scope="module")
def read_by_map(tracker: Callable[[str], Tracker], tmp_path_factory: pytest.TempPathFactory) -> Document:
    """The record of a sheet of another, read by a map with a column for every field that a map can fill."""
    folder = tmp_path_factory.mktemp("maps")
    cells: dict[str, str] = {}

    def column(name: str, found: Any) -> str:
        cells[name] = found[0] if isinstance(found, list) else str(found)
        return json.dumps(name)

    lines = ["[mapping]", 'name = "tests"', "[source]", 'id = "un-treaty-collection"', 'title = "UN"', "[agreement]",
             'key = "No"', f"ref = {column('Ref', 'whole')}"]  # fmt: skip
    cells["No"] = "1"
    for place in MAPPED:
        key, said = place.field.key, WHOLE[place.field.key]
        if place.field.mapped:
            (name, text), *_ = said.items()
            lines.append(f"{key} = {{ {json.dumps(name)} = {column(key, text)} }}")
        else:
            lines.append(f"{key} = {column(key, said)}")
    lines.append(f"identifiers = {{ UNTS = {column('UNTS', 'I-12345')} }}")
    lines.append(f"expires = {column('expires', WHOLE['terms']['duration']['until'])}")
    for table, shape, more in (
        ("party", shapes.PARTICIPATION, ['column = "Party"', 'scheme = "code"']),
        ("event", shapes.EVENT, ['kind = "other"']),
        ("relation", shapes.RELATION, ['type = "amends"', 'key = "Other"', 'title = "Other"']),
    ):  # fmt: skip
        lines += [f"[[{table}]]", *more]
        lines += [f"{field.key} = {column(f'{table} {field.key}', value(shape, field))}" for field in shape.own_fields
                  if field.map]  # fmt: skip
    cells |= {"Party": "JPN", "Other": "2"}
    (folder / "map.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    out = io.StringIO()
    writer = csv.DictWriter(out, list(cells))
    writer.writeheader()
    writer.writerow(cells)
    (folder / "other.csv").write_text(out.getvalue(), encoding="utf-8")
    run = tracker("map")
    run("import", folder / "other.csv", "--map", folder / "map.toml")
    return shown(run)


@named("place", [place for place in OF_AGREEMENTS if place.field.map], ids=str)
def test_a_map_fills_it(place: Place, read_by_map: Document) -> None:
    wanted = flat(reached(WHOLE, place.keys))[:1]
    if place.field.key == "target_title":
        wanted = ["2"]
    assert [one for one in wanted if one not in flat(reached(read_by_map, place.keys))] == []


ASKED = [place for place in OF_AGREEMENTS if place.field.query and place.field.query != "claim"]


def quoted(text: object) -> str:
    return f'"{text}"' if " " in str(text) else str(text)


def refs(outcome: Outcome) -> list[str]:
    return [record["ref"] for record in json.loads(outcome.out)]


@named("place", ASKED, ids=str)
def test_a_query_finds_it(place: Place, whole: Tracker) -> None:
    said = flat(reached(WHOLE, place.keys))[0]
    if place.field.query == "x":
        terms = [f"x.{name}:{quoted(text)}" for name, text in said.items()]
    else:
        anything = [f"{place.field.query}:any"] if place.field.query != "title" else []  # there it is a word
        terms = [f"{place.field.query}:{quoted(said)}", *anything]
    for term in terms:
        found = refs(whole("list", term, "--json"))
        assert "whole" in found, term
        assert place.field.query in ("ref", "title") or "bare" not in found, term


RANKED = {"confidence": ["low", "medium", "high"]}
SORTED = [field for shape in (shapes.AGREEMENT, shapes.DERIVED) for field in shape.fields if field.sort]


@named("field", SORTED, ids=lambda field: field.key)
def test_a_list_is_sorted_as_it_is_printed(field: Any, whole: Tracker) -> None:
    for name in dict.fromkeys((field.key, field.short or field.key)):
        out = whole("list", "--columns", name, "--sort", name, "-f", "csv").out
        printed = [row[0] for row in csv.reader(io.StringIO(out))][1:]
        said = [text for text in printed if text]
        assert printed == said + [""] * (len(printed) - len(said))
        if field.type.many or field.type.kind in ("text", "date", "ref"):
            assert said == sorted(said)
        elif field.key in RANKED:
            assert said == sorted(said, key=RANKED[field.key].index)


COMPARED = [field for shape in (shapes.AGREEMENT, shapes.DERIVED) for field in shape.fields if field.compared]


@pytest.fixture(scope="module")
def compared(whole: Tracker) -> dict[str, Document]:
    return {row["field"]: row for row in json.loads(whole("compare", "whole", "other", "--json").out)["rows"]}


@named("field", COMPARED, ids=lambda field: field.key)
def test_two_agreements_are_compared_by_it(field: Any, compared: dict[str, Document]) -> None:
    if field.key == "signed":  # neither was
        return
    row = compared[field.label]
    assert row["whole"]
    if field.unite == "claim" and field in shapes.AGREEMENT.fields:
        assert row["differs"]


@pytest.fixture(scope="module")
def page(whole: Tracker) -> str:
    return " ".join(whole("show", "whole", "-f", "markdown").out.replace("\\", "").split())


@named("place", [place for place in TOP if place.field.page], ids=str)
def test_the_page_tells_it(place: Place, page: str) -> None:
    for said in flat([WHOLE[place.field.key]]):
        for text in said.values() if isinstance(said, dict) else [said]:
            assert LABELS.get(text, in_words(spelled(text))) in page


@named("place", [place for place in OF_AGREEMENTS if place.field.search and not place.field.type.names], ids=str)
def test_a_search_finds_its_words(place: Place, whole: Tracker) -> None:
    said = flat(reached(WHOLE, place.keys))[0]
    text = next(iter(said.values())) if isinstance(said, dict) else said
    for known in ((), ("--known-at", "2026-11-22")):
        assert "whole" in refs(whole("search", f'"{text}"', "--json", *known))


def test_items_are_made_for_every_list_of_objects() -> None:
    listed = [field for field in shapes.AGREEMENT.own_fields if field.listed and field.type.kind == "object"]
    assert all(items(field.type.shape) for field in listed)
