"""Queries saved under a name: ``queries.toml`` in the user's configuration folder."""

from tracker.files.named_lines import NamedLines

QUERIES = NamedLines(
    file="queries.toml",
    noun="saved query",
    plural="saved queries",
    example="party:JPN",
    way="tracker query save {name} 'party:JPN'",
    listing="tracker query list",
)


def load() -> dict[str, str]:
    """Return all saved queries by name. Raises InvalidValue for a file that cannot be read."""
    return QUERIES.load()


def text(name: str) -> str:
    """Return the text of a saved query; raises InvalidValue with the nearest names."""
    return QUERIES.text(name, load())
