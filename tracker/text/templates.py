r"""Templates of one line: text with names in braces, ``{ref}\t{title}``.

``{{`` and ``}}`` are braces, ``\t``, ``\n`` and ``\\`` what they are elsewhere; any other backslash stands for itself.
A name is looked up and nothing more: there are no attributes, indexes, conversions or widths as in ``str.format``.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple


class TemplateError(ValueError):
    """A template that cannot be read; the message says where it goes wrong."""


class Name(NamedTuple):
    """A place that is filled: the name of a column, or a path."""

    name: str


Part = str | Name

_ESCAPES = {"{{": "{", "}}": "}", r"\t": "\t", r"\n": "\n", r"\\": "\\"}
_TOKEN = re.compile(r"\{\{|\}\}|\\[tn\\]|\{(?P<name>[^{}]*)\}|[{}]")
_NAME = re.compile(r"\s*[^\s:!,{}]+(?: [^\s:!,{}]+)*\s*")


def parsed(template: str) -> Sequence[Part]:
    """Return the texts and names of a template in order. Raises TemplateError."""
    parts: list[Part] = []
    end = 0
    for token in _TOKEN.finditer(template):
        parts.append(template[end : token.start()])
        end = token.end()
        parts.append(_part(token, template))
    parts.append(template[end:])
    return [part for part in parts if part != ""]


def _part(token: re.Match[str], template: str) -> Part:
    name = token["name"]
    if name is None:
        if token[0] in _ESCAPES:
            return _ESCAPES[token[0]]
        brace = token[0]
        raise TemplateError(f"a single {brace} at {token.start() + 1} in {template!r}; write {brace * 2} for a brace")
    if not _NAME.fullmatch(name):
        raise TemplateError(f"{token[0]!r} names no column; expected a name alone, such as {{ref}}")
    return Name(name.strip())


def names(template: str) -> list[str]:
    """Return the names of a template, each once. Raises TemplateError, also where there is none."""
    found = list(dict.fromkeys(part.name for part in parsed(template) if isinstance(part, Name)))
    if not found:
        raise TemplateError(f"{template!r} names no column; expected some in braces, such as '{{ref}}\\t{{title}}'")
    return found
