"""Queries saved under a name: how one is kept, and forgotten. Reading them is ``tracker.read.lookup.saved_queries``."""

from tracker.errors import InvalidValue, NotFound, StoreUnwritable
from tracker.files.aside import replacing
from tracker.query.parsing import is_name
from tracker.read.lookup import saved_queries as reading

COMMENT = '# Saved queries of tracker: name = "query". Used as @name; changed by `tracker query save` and `remove`.\n'


def save(name: str, query: str) -> str | None:
    """Keep a query under a name; return the text that stood there before."""
    if not is_name(name):
        raise InvalidValue(f"{name!r} is no name for a query: expected letters, digits, - and _, such as due-soon")
    queries = reading.load()
    before = queries.get(name)
    _write({**queries, name: query})
    return before


def remove(name: str) -> None:
    """Forget a saved query; raises NotFound."""
    queries = reading.load()
    if name not in queries:
        raise NotFound(f"no saved query @{name}; `tracker query list` shows them")
    del queries[name]
    _write(queries)


def _write(queries: dict[str, str]) -> None:
    import json

    file = reading.location()
    lines = [f"{name} = {json.dumps(query)}\n" for name, query in sorted(queries.items())]
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with replacing(file) as out:
            out.write((COMMENT + "".join(lines)).encode())
    except OSError as error:
        raise StoreUnwritable(f"cannot write the saved queries in {file}: {error.strerror}") from error
