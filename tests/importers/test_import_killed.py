"""An import that is killed leaves the store as it was."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from running import ROOT, Run


@pytest.mark.long
def test_a_killed_import_leaves_the_store_as_it_was(run: Run, other_store: Path, tmp_path: Path) -> None:
    """The pipe stays open, so the import is under way, with batches written, when it is killed."""
    assert run("--store", other_store, "add", "Arrangement on Parts", "--ref", "parts").code == 0
    before = run("--store", other_store, "export").out
    program = [sys.executable, "-m", "tracker", "--store", str(other_store), "import", "-", "--from", "ndjson"]
    with subprocess.Popen(
        program, stdin=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)}
    ) as process:
        assert process.stdin is not None
        for number in range(3_000):
            process.stdin.write(b'{"record": "agreement", "ref": "xx-%d", "title": "X"}\n' % number)
        process.stdin.flush()
        time.sleep(1)
        assert process.poll() is None
        process.send_signal(signal.SIGKILL)
    assert run("--store", other_store, "export").out == before
    assert run("--store", other_store, "add", "Another", "--ref", "another").code == 0
