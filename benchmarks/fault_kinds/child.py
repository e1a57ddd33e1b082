"""Run the program with a fault inside its own process. The first argument is a JSON object, the rest is the program's.

``file_size``: no file may grow beyond so many bytes (RLIMIT_FSIZE). ``wait``: seconds to wait for a lock, in place of
the program's own. ``statement``: kill -9 before this SQL statement, counted from 1 over all connections. ``tally``:
a file to write the number of statements to.
"""

import atexit
import json
import os
import resource
import signal
import sqlite3
import sys
from pathlib import Path
from typing import Any


class Statements:
    """Counts the statements of all connections, and ends the process before one of them."""

    def __init__(self, last: int | None) -> None:
        self.last = last
        self.seen = 0
        self.connect = sqlite3.connect

    def connected(self, *arguments: Any, **options: Any) -> sqlite3.Connection:
        """Open a connection whose statements are counted."""
        connection: sqlite3.Connection = self.connect(*arguments, **options)
        connection.set_trace_callback(self.step)
        return connection

    def step(self, _: str) -> None:
        """Count a statement that is about to run."""
        self.seen += 1
        if self.seen == self.last:
            os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    """Lay the fault, then start the program as ``python -m tracker`` does."""
    fault = json.loads(sys.argv.pop(1))
    sys.dont_write_bytecode = True
    if "file_size" in fault:
        resource.setrlimit(resource.RLIMIT_FSIZE, (fault["file_size"], fault["file_size"]))
    if "wait" in fault:
        from tracker.read.file import connection

        connection.BUSY_SECONDS = fault["wait"]
    if "statement" in fault or "tally" in fault:
        statements = Statements(fault.get("statement"))
        vars(sqlite3)["connect"] = statements.connected
        if "tally" in fault:
            atexit.register(lambda: Path(fault["tally"]).write_text(str(statements.seen), encoding="ascii"))
    from tracker.__main__ import main as run

    run()


if __name__ == "__main__":
    main()
