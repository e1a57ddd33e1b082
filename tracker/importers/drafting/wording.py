"""Texts, lists and names as a map writes them, and cells as its comments show them."""

import json
from collections.abc import Sequence

from tracker.importers.drafting.findings import Column, Sheet
from tracker.text.safety import visible

SHOWN = 3
"""Values of a column that a comment shows."""

ASKED = "# ? "
"""Before what has to be answered."""


def series(given: Sequence[Column], sheet: Sheet) -> list[str]:
    """Names of columns; of many that stand side by side the first and the last: ``c1..c91``."""
    names = [column.name for column in sheet.columns]
    called = [column.name for column in given]
    start = names.index(called[0])
    if len(called) > 3 and names[start : start + len(called)] == called:
        return [f"{called[0]}..{called[-1]}"]
    return called


def seen(column: Column) -> str:
    """Show the first values of a column, as a comment."""
    shown = joined(list(dict.fromkeys(column.values))[:SHOWN])
    return f"  # {shown}" if shown else "  # empty"


def joined(values: Sequence[str]) -> str:
    """Show values one behind the other, long ones cut."""
    return " | ".join(visible(value if len(value) <= 40 else f"{value[:40]}...") for value in values)


def named(names: Sequence[str], word: str = "or") -> str:
    """Name columns in a sentence."""
    marked = [f"'{visible(name)}'" for name in names]
    return f" {word} ".join([", ".join(marked[:-1]), marked[-1]] if len(marked) > 1 else marked)


def more(values: Sequence[object], shown: int) -> str:
    """Say how many values are not shown."""
    return f" and {len(values) - shown} more" if len(values) > shown else ""


def listed(texts: Sequence[str]) -> str:
    """A TOML list of texts."""
    return f"[{', '.join(map(quoted, texts))}]"


def quoted(text: str) -> str:
    """A TOML text; JSON writes the same but for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
