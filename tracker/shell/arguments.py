"""The command line before it is parsed: global options to the front, terms of queries kept from being options."""

import re
from collections import deque
from collections.abc import Sequence

from tracker.errors import InvalidValue

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

_NAME = r"[A-Za-z_][\w.]*(?:\[[^\[\],]+\][\w.]*)*"


def are_meant(word: str, before: Sequence[str]) -> bool:
    """Tell whether a word behind ``--json`` names keys.

    It has to hold a comma, or the command takes no words; and where the command takes a query, in which such a word may
    stand, each part has to be a column that the program knows.
    """
    parts = word.split(",")
    command = next(iter(before), "")
    if not all(re.fullmatch(_NAME, part) for part in parts):
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


EXAMPLES = {
    "--store": "register.db",
    "--today": "2026-11-22",
    "--known-at": "2023-01-20",
    "--actor": "me",
    "--config": "config.toml",
    "--color": "always",
}
VALUE_OPTIONS = tuple(EXAMPLES)
FLAG_OPTIONS = ("--no-color", "--no-pager", "--quiet", "--debug", "--no-config", "--no-input")


def fronted(arguments: Sequence[str]) -> list[str]:
    """Move the global options to the front, so that they may stand anywhere on the line; not after ``--``."""
    if any("\0" in argument for argument in arguments):
        raise InvalidValue("a NUL character stands on the command line; take it out")
    front: list[str] = []
    rest: list[str] = []
    pending = deque(arguments)
    while pending:
        argument = pending.popleft()
        if argument == "--":
            rest += [argument, *pending]
            break
        if argument in VALUE_OPTIONS:
            value = pending.popleft() if pending else None
            if value is None:
                raise InvalidValue(f"{argument} needs a value, such as {argument}={EXAMPLES[argument]}")
            front += [argument, value]
        elif argument in FLAG_OPTIONS or argument.partition("=")[0] in VALUE_OPTIONS:
            front.append(argument)
        elif argument == "--json" or argument.startswith("--json="):
            rest += _json(argument, rest, pending)
        else:
            rest.append(_as_term(argument, rest))
    return front + rest


def before_command(arguments: Sequence[str]) -> list[str]:
    """Return what stands before the name of the command, on a line whose global options are at the front."""
    found: list[str] = []
    pending = iter(arguments)
    for argument in pending:
        if not argument.startswith("-"):
            break
        found.append(argument)
        if argument in VALUE_OPTIONS:
            next(pending, None)
    return found


def _json(argument: str, before: Sequence[str], after: deque[str]) -> list[str]:
    """Return ``--json`` and the keys that go with it: behind an equals sign, or a word that can be nothing else.

    Elsewhere the word behind ``--json`` stays what it is: a ref, a query, a name.
    """
    _, equals, keys = argument.partition("=")
    if not equals:
        if not (after and _are_keys(after[0], before)):
            return ["--json"]
        keys = after.popleft()
    return ["--json", f"--columns={keys}"]


def _are_keys(word: str, before: Sequence[str]) -> bool:
    """Whether a word can only mean keys: all of it columns, with a comma unless the command takes no words at all."""
    if word.startswith("-"):
        return False

    return are_meant(word, before)


QUERIED = (
    *("list", "search", "export", "report", "compare", "due", "gaps", "conflicts", "check", "diff"),
    *("edit", "remove", "query", "publish"),
)
"""Commands that take a query."""

WITH_TEXT = ("--set", "--add", "--remove", "--note")
"""Options whose value may begin with a hyphen and hold a colon."""


def _as_term(argument: str, before: Sequence[str]) -> str:
    """Turn ``-focus:trade`` into the same term without the hyphen, so that it is never taken for ``-f``."""
    name, colon, _ = argument.removeprefix("-").partition(":")
    is_term = argument[:1] == "-" and colon and name[:1].isalpha() and name.replace("_", "").replace("-", "").isalnum()
    is_own = argument.startswith(("-x.", "-extra.")) and colon
    if not (is_term or is_own) or not before or before[0] not in QUERIED or before[-1] in WITH_TEXT:
        return argument
    return f"not {argument[1:]}"
