"""Whether the word behind ``--json`` names keys of objects, and cannot be meant otherwise."""

import re
from collections.abc import Sequence

OF_AGREEMENTS = ("list", "search", "export")
"""Commands whose keys are paths of the record."""

OF_QUERIES = ("report", "compare", "due", "gaps", "conflicts", "check", "diff")
"""Commands that take words of a query and answer with a table of their own."""

WITHOUT_WORDS = (
    "formats",
    "party list",
    "focus list",
    "family list",
    "signatory list",
    "source list",
    "query list",
    "config list",
)
"""Commands that take no word at all, so that one behind ``--json`` is a key."""

_NAME = re.compile(r"[A-Za-z_][\w.]*(?:\[[^\[\],]+\][\w.]*)*")


def are_meant(word: str, before: Sequence[str]) -> bool:
    """Tell whether a word behind ``--json`` names keys.

    It has to hold a comma, or the command takes no words; and where the command takes a query, in which such a word may
    stand, each part has to be a column that the program knows.
    """
    parts = word.split(",")
    command = next(iter(before), "")
    if not all(map(_NAME.fullmatch, parts)):
        return False
    if len(parts) == 1:
        return " ".join(before[:2]) in WITHOUT_WORDS or command in WITHOUT_WORDS
    if command in OF_AGREEMENTS:
        return all(map(_is_path, parts))
    return command not in OF_QUERIES or set(parts) <= COLUMNS


def _is_path(name: str) -> bool:
    from tracker.record import paths

    try:
        paths.parse(name)
    except paths.PathError:
        return False
    return True


COLUMNS = frozenset(
    """
    adopted after agreements before binding binding_domestic_law binding_domestic_law_share binding_share
    binding_status both certain claim classified classified_share contested contested_share count date days days_max
    days_min days_since days_since_max days_since_min decade depositary differs earliest effect event family field
    finding first focus from held_by id kind last laterality latest leaked leaked_share level max median member min
    mixed mixed_or_contested mixed_or_contested_share mixed_share n name new non_binding non_binding_of_assessed
    non_binding_share not_assessed not_assessed_share not_certain not_released not_released_share note office
    offices old open over overlap p90 part parties partner party path period person public public_partly
    public_partly_share public_share reached reason record recorded ref rule second section share side signed
    sources stage status stayed text_access title to total type undetermined undetermined_share unknown
    unknown_share value views_differ what whose with withheld withheld_share year
    """.split()  # noqa: SIM905 - a text reads better than a hundred quoted words
)
"""Columns of the tables with which commands that take a query answer."""
