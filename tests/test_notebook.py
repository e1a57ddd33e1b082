"""``docs/notebook.md`` does what it says."""

import runpy
import shutil
from pathlib import Path

import pytest
from running import ROOT

pytestmark = [pytest.mark.long, pytest.mark.filterwarnings("default")]

PAGE = ROOT / "docs" / "notebook.md"


def test_the_notebook_makes_its_plot(store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pandas")
    pytest.importorskip("matplotlib")
    text = PAGE.read_text(encoding="utf-8")
    cells = [part.partition("```")[0] for part in text.split("```python\n")[1:]]
    assert len(cells) > 4
    script = tmp_path / "notebook.py"
    script.write_text("\n".join(cells), encoding="utf-8")
    shutil.copy(store, tmp_path / "demo.db")
    monkeypatch.chdir(tmp_path)
    done = runpy.run_path(str(script))
    assert (tmp_path / "binding.png").read_bytes().startswith(b"\x89PNG")
    assert done["counts"].to_numpy().sum() > 20
    assert done["by_party"].loc["Japan"].sum() > 10
