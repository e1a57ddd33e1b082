"""An importer of the tests' own: each line the draft of an agreement, as those of data sets are."""

import json
from collections.abc import Iterator
from typing import BinaryIO

from tracker.importers import Draft, Entry

SUMMARY = "Drafts, one a line"
SUFFIXES = (".drafts",)


def matches(head: bytes) -> bool:
    """Tell nothing: the format is named."""
    return False


def read(stream: BinaryIO, name: str) -> Iterator[Entry]:
    """Yield a draft a line."""
    for number, line in enumerate(stream, 1):
        yield Draft(f"{name}, row {number}", json.loads(line))
