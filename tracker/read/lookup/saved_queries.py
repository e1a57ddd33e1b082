"""Queries saved under a name: ``queries.toml`` in the user's configuration folder, one line each, never in a store."""

from pathlib import Path

from tracker.errors import InvalidValue
from tracker.files.folders import config_folder
from tracker.query.parsing import is_name

FILE = "queries.toml"


def location() -> Path:
    """Where the saved queries lie."""
    return config_folder() / FILE


def load() -> dict[str, str]:
    """Return all saved queries by name. Raises InvalidValue for a file that cannot be read."""
    file = location()
    try:
        text = file.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidValue(f"cannot read the saved queries in {file}: {error}") from error
    import tomllib

    try:
        queries = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InvalidValue(f"the saved queries in {file} are no TOML: {error}") from error
    for name, query in queries.items():
        if not isinstance(query, str) or not is_name(name):
            raise InvalidValue(f'{file}: {name!r}: expected a line such as mine = "party:JPN"')
    return queries


def text(name: str) -> str:
    """Return the text of a saved query; raises InvalidValue with the nearest names."""
    queries = load()
    if name in queries:
        return queries[name]
    from tracker.text.names import suggest

    near = suggest(name, queries)
    if near:
        hint = f"did you mean {' or '.join(f'@{other}' for other in near)}?"
    else:
        hint = f"save one with: tracker query save {name} 'party:JPN'"
    raise InvalidValue(f"no saved query @{name}; {hint}")
