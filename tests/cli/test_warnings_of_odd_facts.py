"""Odd facts are true in real data: the program says so and records them (VCLT 14 and 24 give the usual order)."""

from running import Run


def test_entry_into_force_before_signature_is_recorded_with_a_warning(run: Run):
    done = run("add", "A", "--party", "JPN", "--binding", "binding", "--signed", "2023", "--in-force", "2020-05")
    assert done.code == 0
    assert "entered into force 2020-05 is before the signature 2023" in done.err


def test_what_may_be_in_order_is_not_odd(run: Run):
    done = run("add", "A", "--party", "JPN", "--signed", "2023", "--in-force", "2023-05")
    assert (done.code, "warning" in done.err) == (0, False)


def test_an_act_of_a_stranger_is_told_once(run: Run, store):
    done = run("event", "us-jp-sosa-2023", "ratified", "2022", "--party", "KOR")
    assert done.code == 0
    assert "KOR acts in it and is not among its parties" in done.err
    assert "ratified 2022 is before the signature 2023-01-12" in done.err
    again = run("edit", "us-jp-sosa-2023", "--add", "notes=seen")
    assert (again.code, "KOR" in again.err) == (0, False)


def test_contested_needs_two_that_oppose_each_other(run: Run, store):
    done = run("edit", "us-jp-sosa-2023", "--set", "binding=contested")
    assert done.code == 0
    assert "no two pieces of evidence or views oppose each other" in done.err


def test_an_end_that_takes_effect_before_it_was_decided_is_told(run: Run, store):
    done = run("event", "us-jp-sosa-2023", "terminated", "2025-01-01", "--effective", "2024-01-01")
    assert done.code == 0
    assert "terminated 2025-01-01 takes effect before that day, on 2024-01-01" in done.err


def test_of_several_each_signs_in_its_own_time(run: Run, other_store):
    """Who signs late makes nothing odd of the consent of others; each is held against its own signature."""
    parties = [argument for code in ("USA", "JPN", "GBR") for argument in ("--party", code)]
    assert run("add", "Treaty on ropes", "--ref", "ropes", *parties).code == 0
    for kind, date, code in (("signed", "1999-01-01", "USA"), ("signed", "2001-01-01", "GBR")):
        assert run("event", "ropes", kind, date, "--party", code).code == 0
    done = run("event", "ropes", "ratified", "2000-01-01", "--party", "USA")
    assert (done.code, "before the signature" in done.err) == (0, False)
    done = run("event", "ropes", "accepted", "2000-01-01", "--party", "GBR")
    assert "accepted 2000-01-01 is before the signature 2001-01-01" in done.err
