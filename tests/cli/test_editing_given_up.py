"""Who gives up editing is told where the text is kept."""

import os
import signal
from pathlib import Path

import pytest
from terminals import said

REF = "us-jp-sosa-2023"


def keeps(home: Path) -> Path:
    (file,) = (home / ".local/state/tracker/refused").glob("*")
    return file


@pytest.mark.sampled(2)
@pytest.mark.parametrize("by", ["the key", "the end of input"])
def test_giving_up_by_an_interrupt_names_the_kept_text(on_terminal, home, monkeypatch, tmp_path, by) -> None:
    monkeypatch.setenv("EDITOR", f"sh {tmp_path / 'pen.sh'}")
    (tmp_path / "pen.sh").write_text('echo \'{"titel": "x"}\' > "$1"\n')
    with on_terminal("edit", REF) as (process, controller):
        said(process, "Edit again?")
        if by == "the key":
            process.send_signal(signal.SIGINT)
        else:
            os.write(controller, b"\x04")
        _, err = process.communicate(timeout=20)
    assert process.returncode == (130 if by == "the key" else 2)
    assert f"--resume {keeps(home)}\n" in err.decode()
    assert "titel" in keeps(home).read_text()
