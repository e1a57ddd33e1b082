"""Drafts of the public sets, held against the maps that ship for them: right or left open, never wrong."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.corpus

ROOT = Path(__file__).parents[2]


def test_no_draft_of_a_public_set_is_wrong() -> None:
    command = [sys.executable, str(ROOT / "benchmarks" / "drafts.py"), os.environ["TRACKER_CORPORA"]]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert "un-status/treaties" in done.stdout
