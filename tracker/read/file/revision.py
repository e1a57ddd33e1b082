"""The revision of the schema: the number of the last migration."""

import os
from pathlib import Path

PACKAGED = Path(__file__).parents[2] / "migrations"
"""Where the migrations lie in an installed wheel."""

CHECKOUT = Path(__file__).parents[3] / "migrations"
"""Where they lie in a checkout."""

DIGITS = 4
"""A migration begins with so many: ``0001_first.py``."""


def folder() -> Path:
    """Return the folder of the migrations: inside the wheel, or at the top of a checkout."""
    return PACKAGED if PACKAGED.is_dir() else CHECKOUT


def last() -> str:
    """Return the revision that this program reads and writes."""
    return max(name[:DIGITS] for name in os.listdir(folder() / "versions") if name[:DIGITS].isdecimal())  # noqa: PTH208 - iterdir makes a Path of each
