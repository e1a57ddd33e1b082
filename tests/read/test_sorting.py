"""Lists are in the order of the column that they are sorted by, as it is printed; what has no value stands last."""

import csv
import io
import json
from itertools import pairwise

import pytest
from running import called

from tracker.dates.edtf import bounds
from tracker.read.query import sorting
from tracker.record.values import column

AS_OF = "2024-06-01"
DATES = ("signed", "concluded", "in_force_from", "in_force_until", "expires", "terms.duration.until")
CONFIDENCES = ("low", "medium", "high")
LATERALITIES = ("unknown", "unilateral", "bilateral", "plurilateral", "multilateral")
KEYS = [*sorting.names(), "x.owner"]


def record(ref, *events, **fields):
    numbered = [
        {"id": f"e{number}", "kind": kind, "date": date, "parties": parties}
        for number, (kind, date, *parties) in enumerate(events, start=1)
    ]
    return {"record": "agreement", "ref": ref, "title": f"Title of {ref}", "events": numbered, **fields}


def parties(*codes):
    return [{"code": code} for code in codes]


MADE = [
    record(
        "suspended-and-resumed",
        *(("entered_into_force", "2000-01-01"), ("suspended", "2005-01-01"), ("resumed", "2010-01-01")),
        binding_status="binding", parties=parties("USA", "JPN"), confidence="high", extra={"owner": "b"},
        focus_areas=["supply_chain", "defence_industry"], instrument_type="agreement", short_title="Zulu",
    ),
    record(
        "in-force-2003", ("entered_into_force", "2003-01-01"), ("terminated", "2020-05"), binding_status="binding",
        parties=parties("JPN", "GBR"), confidence="low", extra={"owner": "a"}, focus_areas=["supply_chain"],
        identifiers=[{"scheme": "UNTS", "value": "2"}, {"scheme": "TIAS", "value": "10"}],
    ),
    record(
        "ratified-by-one", ("signed", "2015-03-01"), ("ratified", "2016-03-01", "JPN"), binding_status="binding",
        parties=parties("USA", "JPN", "GBR"), confidence="medium",
        identifiers=[{"scheme": "TIAS", "value": "9"}], title_term="Protocol",
    ),
    record(
        "applied-provisionally", ("signed", "2014"), ("provisional_application_started", "2014-06-01"),
        binding_status="binding", parties=parties("GBR", "CAN"), text_access="public", short_title="Alpha",
    ),
    record(
        "under-notice", ("signed", "2013-01"), ("entered_into_force", "2014-01/2014-03"),
        ("notice_of_withdrawal_given", "2024-05-01"), binding_status="binding", parties=parties("AUS", "CAN"),
        focus_areas=["defence_industry"], terms={"duration": {"kind": "fixed_term", "until": "2030"}},
    ),
    record("in-doubt", ("became_operative", "2020?"), ("signed", "2021"), binding_status="non_binding",
           terms={"duration": {"kind": "fixed_term", "until": "2026-06-30"}}),
    record("expired", ("entered_into_force", "1990-06"), binding_status="binding",
           terms={"duration": {"kind": "fixed_term", "until": "2010-12-31"}}),
    record("revived", ("entered_into_force", "1980-01-01"), ("terminated", "1990-01-01"),
           ("entered_into_force", "2001-01-01"), binding_status="binding", parties=parties("FRA")),
    record("announced", ("announced", "2024-01-01")),
    record("nothing-known"),
]  # fmt: skip


@pytest.fixture(scope="module")
def made_store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    lines = folder / "made.ndjson"
    lines.write_text("".join(json.dumps(document) + "\n" for document in MADE))
    code, _, err = called(["--no-config", "--store", str(folder / "made.db"), "import", str(lines)], b"")
    assert code == 0, err
    return folder / "made.db"


@pytest.fixture(params=["made", "samples"])
def store(request):
    return request.getfixturevalue("made_store" if request.param == "made" else "sample_store")


def printed(run, store, key, *options):
    """The column as it is printed in the list sorted by it, with the refs."""
    done = run(
        "--store", store, "list", "--sort", key, "--columns", f"ref,{key}", "--as-of", AS_OF, "-f", "csv", *options
    )
    assert done.code == 0, done.err
    return [(row[0], row[1]) for row in list(csv.reader(io.StringIO(done.out)))[1:]]


def place(key, cell):
    """What a cell is compared by."""
    if key in DATES:
        return bounds(cell)[0] or ""
    if key == "confidence":
        return CONFIDENCES.index(cell)
    if key == "laterality":
        return LATERALITIES.index(cell)
    if key == "revision":
        return int(cell)
    return cell.removesuffix("?") if key == "status" else cell.split("; ") if column(key)[1] == "list" else cell


@pytest.mark.sampled(12)
@pytest.mark.parametrize("key", KEYS)
def test_a_list_is_in_the_order_of_the_printed_column(run, store, key):
    for options in ((), ("--reverse",)):
        rows = printed(run, store, key, *options)
        known = [(place(key, cell), ref) for ref, cell in rows if cell and place(key, cell) != ""]
        assert [cell for _, cell in rows[len(known) :] if cell and place(key, cell) != ""] == []
        cells = [cell for cell, _ in known]
        assert cells == sorted(cells, reverse=bool(options))
        if key == "laterality":
            continue  # within one word the number of parties decides
        for (cell, ref), (next_cell, next_ref) in pairwise(known):
            assert cell != next_cell or (ref < next_ref) is not bool(options)


def test_a_flag_is_no_status(run, made_store):
    """What some have ratified is adopted or signed, and stands there."""
    rows = dict(printed(run, made_store, "status"))
    order = list(rows)
    assert (rows["ratified-by-one"], rows["applied-provisionally"]) == ("signed", "provisionally_applied")
    assert order.index("applied-provisionally") < order.index("ratified-by-one")
    assert rows["under-notice"] == "in_force"


def test_a_suspension_does_not_begin_the_force_anew(run, made_store):
    order = [ref for ref, _ in printed(run, made_store, "in_force_from")]
    assert order.index("suspended-and-resumed") < order.index("in-force-2003")
    found = run("--store", made_store, "list", "in_force_from:2000", "--as-of", AS_OF, "-f", "csv", "--columns", "ref")
    assert found.out.split() == ["ref", "suspended-and-resumed"]


def test_the_end_of_a_term_is_found_by_its_last_day(run, made_store):
    """The term ran to 31 December 2010, and that is printed; in force no more is it from the day after."""
    asked = ("--as-of", AS_OF, "-f", "csv", "--columns", "ref,in_force_until")
    found = run("--store", made_store, "list", "in_force_until:2010", *asked)
    assert found.out.splitlines() == ["ref,in_force_until", "expired,2010-12-31"]
