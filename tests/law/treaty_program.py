"""The program over the records of one treaty."""

import json
import shutil
from functools import cache
from pathlib import Path
from typing import Any

from running import called
from treaty_files import Treaty

TODAY = "2026-11-26"


class Program:
    """The program over a store of one file; the same command line is run once."""

    def __init__(self, folder: Path, treaty: Treaty, blank: Path):
        self.store = Path(shutil.copy(blank, folder / f"{treaty.name}.db"))
        source = folder / f"{treaty.name}.json"
        source.write_text(json.dumps(treaty.documents), encoding="utf-8")
        self.run = cache(self._run)
        self.refused = self.run("import", str(source))[2]

    def _run(self, *arguments: str) -> tuple[int, str, str]:
        globally = ("--no-config", "--no-input", "--quiet", "--store", str(self.store), "--today", TODAY)
        code, out, err = called([*globally, *arguments], b"")
        return code, out.decode(), err.decode()

    def rows(self, *arguments: str) -> list[dict[str, Any]]:
        """Return the rows of an answer as JSON; ``check`` leaves with 1 where it finds errors."""
        code, out, err = self.run(*arguments, "--json")
        assert code == 0 or (arguments[0] == "check" and out), f"tracker {' '.join(arguments)}: {err.strip()}"
        data = json.loads(out)
        if isinstance(data, list):
            return data
        return list(data.get("rows", [data]))
