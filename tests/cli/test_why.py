"""Why a field says what it says."""

import re
from pathlib import Path

from running import Run


def test_why_prints_the_fields_of_an_object_once(run: Run, store: Path) -> None:
    out = run("why", "jp-kr-gsomia-2016", "terms.survival", "-f", "table").out
    assert "{" not in out
    assert out.count("information stays protected after termination") == 1
    assert re.search(r"^terms\.survival\.scope +information$", out, re.MULTILINE)
    assert "Recorded with it" not in out
    notice = run("why", "jp-kr-gsomia-2016", "terms.notices[0]", "-f", "table").out
    assert re.search(r"^terms\.notices\[0\]\.period +P90D$", notice, re.MULTILINE)
    assert re.search(r"^terms\.notices\[0\] +ws-gsomia-p10$", notice, re.MULTILINE)
