"""Queries and reports saved under a name: ``queries.toml`` and ``reports.toml`` in the user's configuration folder."""

from tracker.files.named_lines import NamedLines

QUERIES = NamedLines(
    file="queries.toml",
    noun="saved query",
    plural="saved queries",
    example="party:JPN",
    way="tracker query save {name} 'party:JPN'",
    listing="tracker query list",
)


def queries() -> dict[str, str]:
    """Return all saved queries by name. Raises InvalidValue for a file that cannot be read."""
    return QUERIES.load()


def query(name: str) -> str:
    """Return the text of a saved query; raises InvalidValue with the nearest names."""
    return QUERIES.text(name, queries())


REPORTS = NamedLines(
    file="reports.toml",
    noun="saved report",
    plural="saved reports",
    example="changes --during -7d.. party:JPN",
    way="tracker report changes --save {name}",
    listing="tracker report",
)
