"""What proves the figures of a report: the hash of the bytes that an export of the same query writes.

``tracker export QUERY -f ndjson`` writes them: whoever has the same export counts the same agreements, and a figure can
be made again. Most reports never show it; the export is loaded where the hash is made.
"""

from functools import partial

from tracker.read.file.connection import Reader
from tracker.read.query.selection import Selection
from tracker.table import Proof

MOST = 20_000
"""Agreements that are hashed, which takes a second (48 microseconds each, measured); the report itself takes less."""


def proof(reader: Reader, selection: Selection) -> Proof:
    """Return what proves the figures of a report, made when it is asked for."""
    return Proof(partial(selection.count, reader), partial(sha256, reader, selection))


def sha256(reader: Reader, selection: Selection) -> str:
    """Return the hash, in hexadecimal, of the NDJSON export of what a selection holds."""
    from hashlib import sha256 as algorithm

    from tracker.read.lists.export import export_lines
    from tracker.renderers.json import encoded

    digest = algorithm()
    for line in export_lines(reader, selection.filters):
        digest.update(encoded(line) + b"\n")
    return digest.hexdigest()


def hash_line(proved: Proof) -> str:
    """Return the line of a footer that tells the hash; of very many agreements, why there is none."""
    if proved.number() > MOST:
        return f"hash not made for more than {MOST:,} agreements; --hash makes it"
    return hash_in_words(proved.hash())


def hash_in_words(hexadecimal: str) -> str:
    """Return a hash in words."""
    return f"hash {hexadecimal} (SHA-256 of tracker export -f ndjson for the same)"
