"""Every name by which a text may call a party: of the register, and of other languages where no party is called so."""

import json
from collections.abc import Iterator

from tracker.read.file.connection import Reader
from tracker.read.lookup import by_language


def every_name(reader: Reader) -> Iterator[tuple[str, str]]:
    """Yield names with the code of their party; a name that several bear comes once for each of them."""
    for code, name, names, aliases in reader.tuples("SELECT code, name, names, aliases FROM parties ORDER BY code"):
        for spelling in (name, *json.loads(names or "{}").values(), *json.loads(aliases or "[]")):
            yield spelling, code
    yield from by_language.every()
