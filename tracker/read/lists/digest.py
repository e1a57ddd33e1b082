"""The hash in the footer of a report: SHA-256 of the export of what was counted, so that a figure can be made again.

It is the hash of the bytes that ``tracker export QUERY -f ndjson`` writes for the same query: whoever has the same
export counts the same agreements.
"""

from collections.abc import Iterator

from tracker.read.file.connection import Reader
from tracker.read.lists.export import export_documents
from tracker.read.query.selection import Selection

MOST = 20_000
"""Agreements that are hashed, which takes a second (48 microseconds each, measured); the report itself takes less."""


def sha256(reader: Reader, selection: Selection) -> str:
    """Return the hash, in hexadecimal, of the NDJSON export of what a selection holds."""
    from hashlib import sha256 as algorithm
    from json import JSONEncoder

    from tracker.renderers.json import encoded

    encode = JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode
    digest = algorithm()
    for document in export_documents(reader, selection.filters):
        digest.update(encoded(encode(document)) + b"\n")
    return digest.hexdigest()


def line(reader: Reader, selection: Selection) -> Iterator[str]:
    """Yield the line of a footer that tells the hash, or why there is none."""
    if selection.count(reader) > MOST:
        yield f"hash not made for more than {MOST:,} agreements; it is that of tracker export -f ndjson for the same"
    else:
        yield f"hash {sha256(reader, selection)} (SHA-256 of tracker export -f ndjson for the same)"
