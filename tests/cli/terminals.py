"""A terminal on which the program asks a question."""

import os
import select
import subprocess
import time


def said(process: "subprocess.Popen[bytes]", until: str) -> str:
    """Read what the program says until it has said so much, ten seconds at most."""
    assert process.stderr is not None
    text, end = b"", time.monotonic() + 10
    while until.encode() not in text and time.monotonic() < end:
        if select.select([process.stderr], [], [], 0.1)[0]:
            text += os.read(process.stderr.fileno(), 4096)
    assert until in text.decode()
    return text.decode()
