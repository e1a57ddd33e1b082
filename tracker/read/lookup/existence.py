"""From and until when parties existed, as the register holds it."""

from collections.abc import Iterable
from json import dumps, loads

from tracker.law.successors import Existence, Lifetime
from tracker.read.file.connection import Reader

LIVES = (
    "SELECT code, exists_from, exists_until, successors FROM parties"
    " WHERE (exists_from IS NOT NULL OR exists_until IS NOT NULL)"
)
OF_SOME = " AND code IN (SELECT value FROM json_each(:codes))"


def existence(reader: Reader, codes: Iterable[str] | None = None) -> Existence:
    """Return how long parties existed, for those of which it is recorded; None = of all in the register."""
    some = {} if codes is None else {"codes": dumps(sorted(set(codes)))}
    found = reader.tuples(LIVES + OF_SOME if some else LIVES, some)
    return {code: Lifetime(begun, over, tuple(loads(successors))) for code, begun, over, successors in found}
