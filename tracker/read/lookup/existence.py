"""From and until when parties existed, as the register holds it."""

from collections.abc import Iterable
from json import dumps

from tracker.read.file.connection import Reader

LIVES = (
    "SELECT code, exists_from, exists_until FROM parties WHERE code IN (SELECT value FROM json_each(:codes))"
    " AND (exists_from IS NOT NULL OR exists_until IS NOT NULL)"
)


def existence(reader: Reader, codes: Iterable[str]) -> dict[str, tuple[str | None, str | None]]:
    """Return the EDTF dates from and until which parties existed, for those of which one is recorded."""
    found = reader.tuples(LIVES, {"codes": dumps(sorted(set(codes)))})
    return {code: (begun, over) for code, begun, over in found}
