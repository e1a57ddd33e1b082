"""A removal asks first, lets others write meanwhile, and removes what was asked about."""

import os
import sqlite3

from terminals import said

REF = "us-jp-sosa-2023"


def test_others_can_write_while_a_removal_is_asked_about(on_terminal, run, store) -> None:
    run("add", "First", "--ref", "first-2020")
    run("add", "Second", "--ref", "second-2020")
    with on_terminal("remove", "first-2020", "second-2020") as (process, controller):
        said(process, "Remove 2 agreements")
        other = sqlite3.connect(store, isolation_level=None, timeout=0)
        other.execute("BEGIN IMMEDIATE")
        other.execute("ROLLBACK")
        other.close()
        os.write(controller, b"y\n")
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out) == (0, b"first-2020\nsecond-2020\n"), err


def test_only_what_was_asked_about_is_removed(on_terminal, run, store) -> None:
    """A beginning may lead to another agreement after the question than before it."""
    run("add", "First", "--ref", "first-2020")
    run("add", "Second", "--ref", "second-2020")
    with on_terminal("remove", "first", "second") as (process, controller):
        said(process, "Remove 2 agreements")
        assert run("remove", "second-2020").code == 0
        assert run("add", "Another", "--ref", "second-2021").code == 0
        os.write(controller, b"y\n")
        _, err = process.communicate(timeout=20)
    assert process.returncode == 1
    assert b"changed meanwhile" in err
    assert run("show", "first-2020").code == run("show", "second-2021").code == 0


def test_a_removal_that_nobody_can_be_asked_about_is_declined(run, store) -> None:
    outcome = run("remove", REF, "us-jp-rdte-mou-2023")
    assert outcome.code == 1
    assert "--yes" in outcome.err
    assert run("show", REF).code == 0


def test_what_a_query_finds_only_possibly_is_told_before_it_is_removed(run, store) -> None:
    """Estonia's was signed on some day from 10 to 20 October 2023, that of Korea by 17 November."""
    query = ("family:sosa", "signed:2023-10-15")
    told = "2 agreements, 2 of them only possibly"
    declined = run("remove", *query)
    assert declined.code == 1
    assert f"this would remove {told}: us-ee-sosa-2023, us-kr-sosa-2023; add --yes" in declined.err
    assert f"would be removed: {told}" in run("remove", *query, "--dry-run").err
    assert run("show", "us-ee-sosa-2023").code == 0
    assert f"removed: {told}" in run("remove", *query, "--yes").err
