"""What an import counts and which line it names, where records touch each other."""

import json

REF = "us-jp-sosa-2023"


def test_a_record_that_receives_relations_counts_once(run, store) -> None:
    """A relation said from the passive side is stored in the other record, which may come in the same import."""
    records = [
        {"record": "agreement", "ref": "new-2021", "title": "New"},
        *(
            {
                "record": "agreement",
                "ref": f"old-{year}",
                "title": "Old",
                "relations": [{"type": "amended_by", "target": "new-2021"}],
            }
            for year in (2018, 2019)
        ),
    ]
    lines = "\n".join(map(json.dumps, records))
    outcome = run("import", "-", "--dry-run", "--json", stdin=lines)
    assert outcome.code == 0, outcome.err
    assert [(row["what"], row["id"]) for row in json.loads(outcome.out)["rows"]] == [
        ("new", "new-2021"),
        ("new", "old-2018"),
        ("new", "old-2019"),
    ]
    err = run("import", "-", stdin=lines).err
    assert "imported 3 records (3 agreements): 3 new, 0 changed, 0 unchanged" in err
    err = run("import", "-", stdin=lines).err
    assert "imported 3 records (3 agreements): 0 new, 0 changed, 3 unchanged" in err


def test_a_stored_record_that_receives_a_relation_is_changed(run, store) -> None:
    record = {"ref": "old-2018", "title": "Old", "relations": [{"type": "amended_by", "target": REF}]}
    err = run("import", "-", stdin=json.dumps(record)).err
    assert "imported 2 records (2 agreements): 1 new, 1 changed, 0 unchanged" in err


def test_a_bad_record_is_placed_also_where_another_kind_bears_its_id(run, store) -> None:
    assert run("add", "Kin", "--ref", "kin").code == run("remove", "kin").code == 0
    records = [{"record": "agreement", "ref": "kin", "title": "Kin"}, {"record": "family", "id": "kin", "name": "Kin"}]
    outcome = run("import", "-", stdin="\n".join(map(json.dumps, records)))
    assert outcome.code == 1
    assert "standard input, line 1: " in outcome.err
