"""A merge of what may be two agreements asks first, and does what was answered."""

import os

import pytest
from terminals import said

TREATY, MOU = "us-treaty-ropes-2020", "us-mou-ropes-2020"


@pytest.mark.sampled(1)
@pytest.mark.parametrize(("answer", "stays"), [(b"y\n", False), (b"n\n", True), (b"\n", True)])
def test_the_person_says_whether_two_are_one(on_terminal, run, store, answer: bytes, stays: bool) -> None:
    for ref, kind in ((TREATY, "treaty"), (MOU, "mou")):
        assert run("add", "Ropes", "--ref", ref, "--type", kind, "--party", "USA", "--yes").code == 0
    with on_terminal("merge", TREATY, MOU) as (process, controller):
        said(process, "Merge them all the same?")
        os.write(controller, answer)
        _, err = process.communicate(timeout=20)
    assert process.returncode == stays, err
    assert (run("show", MOU).code == 0) is stays
    assert (b"nothing was merged" in err) is stays
