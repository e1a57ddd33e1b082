"""Maps: TOML files that say which column of a sheet is which field (``docs/importing.md``). Data, never code."""

from pathlib import Path

from tracker.importers.mapping.reading import Mapped

__all__ = ["PROFILES", "Mapped", "importer", "shipped"]

PROFILES = Path(__file__).parents[1] / "profiles"
"""The maps of public data sets that are shipped, ``NAME.toml``."""


def importer(path: Path) -> Mapped:
    """An importer for a map file of the user's own; raises UnreadableFile or InvalidValue naming file, line and key."""
    return Mapped(path)


def shipped(name: str) -> Mapped:
    """The importer of a public data set whose map is shipped."""
    return Mapped(PROFILES / f"{name}.toml")
