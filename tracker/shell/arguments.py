"""The command line before it is parsed: global options to the front, terms of queries kept from being options."""

from collections import deque
from collections.abc import Sequence

from tracker.errors import InvalidValue

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
    from tracker.shell import keys

    return keys.are_meant(word, before)


QUERIED = (
    *("list", "search", "export", "report", "compare", "due", "gaps", "conflicts", "check", "diff"),
    *("edit", "remove", "query"),
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
