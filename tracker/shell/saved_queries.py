"""Queries saved under a name: ``queries.toml`` in the user's configuration folder, one line each, never in a store."""

import os
from pathlib import Path

from tracker.errors import InvalidValue, NotFound, StoreUnwritable
from tracker.query.parsing import is_name
from tracker.shell import config

FILE = "queries.toml"
COMMENT = '# Saved queries of tracker: name = "query". Used as @name; changed by `tracker query save` and `remove`.\n'


def place() -> Path:
    """Where the saved queries lie."""
    return config.config_file().with_name(FILE)


def load() -> dict[str, str]:
    """Return all saved queries by name. Raises InvalidValue for a file that cannot be read."""
    file = place()
    try:
        text = file.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidValue(f"cannot read the saved queries in {file}: {error}") from error
    import tomllib

    try:
        held = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InvalidValue(f"the saved queries in {file} are no TOML: {error}") from error
    for name, query in held.items():
        if not isinstance(query, str) or not is_name(name):
            raise InvalidValue(f'{file}: {name!r}: expected a line such as mine = "party:JPN"')
    return held


def text(name: str) -> str:
    """Return the text of a saved query; raises InvalidValue with the nearest names."""
    held = load()
    if name in held:
        return held[name]
    from tracker.text.names import suggest

    near = suggest(name, held)
    if near:
        hint = f"did you mean {' or '.join(f'@{one}' for one in near)}?"
    else:
        hint = f"save one with: tracker query save {name} 'party:JPN'"
    raise InvalidValue(f"no saved query @{name}; {hint}")


def save(name: str, query: str) -> str | None:
    """Keep a query under a name; return the text that stood there before."""
    if not is_name(name):
        raise InvalidValue(f"{name!r} is no name for a query: expected letters, digits, - and _, such as due-soon")
    held = load()
    before = held.get(name)
    _write({**held, name: query})
    return before


def remove(name: str) -> None:
    """Forget a saved query; raises NotFound."""
    held = load()
    if name not in held:
        raise NotFound(f"no saved query @{name}; `tracker query list` shows them")
    del held[name]
    _write(held)


def _write(held: dict[str, str]) -> None:
    """Write the file anew beside the old one, and put it in its place."""
    import json

    file = place()
    lines = [f"{name} = {json.dumps(query)}\n" for name, query in sorted(held.items())]
    beside = file.with_name(f".{FILE}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(COMMENT + "".join(lines), encoding="utf-8")
        beside.replace(file)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise StoreUnwritable(f"cannot write the saved queries in {file}: {error.strerror}") from error
