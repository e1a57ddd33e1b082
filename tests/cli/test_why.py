"""Why a field says what it says."""

import re
from pathlib import Path

from running import Run


def test_why_prints_the_fields_of_an_object_once(run: Run, store: Path) -> None:
    out = run("why", "jp-kr-gsomia-2016", "terms.survival", "-f", "table").out
    assert "{" not in out
    assert out.count("information stays protected after termination") == 1
    assert re.search(r"^scope of the survival +information$", out, re.MULTILINE)
    assert "Recorded with it" not in out
    notice = run("why", "jp-kr-gsomia-2016", "terms.notices[0]", "-f", "table").out
    assert re.search(r"^period of the non-renewal notice +P90D$", notice, re.MULTILINE)
    assert re.search(r"^non-renewal notice +ws-gsomia-p10$", notice, re.MULTILINE)
