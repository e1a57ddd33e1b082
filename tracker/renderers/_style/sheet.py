"""The style sheet of a page, made from the tokens; no part of it depends on data."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from tracker.renderers._style.tokens import MARKS, TOKENS, Token, with_own

FOLDER = Path(__file__).parent
PARTS = ("screen", "marks", "paper")
"""Files of rules, in their order."""


@cache
def sheet() -> str:
    """Return the style sheet of pages that stand alone."""
    return f"\n{variables(TOKENS)}{rules(*PARTS)}"


def own_sheet(own: Mapping[str, str], more: str = "") -> str:
    """Return a style sheet with colours of the user's own, and more rules."""
    return f"{variables(with_own(own))}{rules(*PARTS)}{more}"


def variables(tokens: Mapping[str, Token]) -> str:
    """Return the colours, and the marks of binding status, as rules."""
    light, dark, paper = (
        ";".join(f"--{name}:{token[at]}" for name, token in tokens.items()) for at in range(len(Token._fields))
    )
    marks = "".join(f".s-{status}{{--mark:var(--{mark.part})}}\n" for status, mark in MARKS.items())
    return (
        f":root{{color-scheme:light dark;{light}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"
        f"@media print{{:root{{color-scheme:light;{paper}}}}}\n{marks}"
    )


def rules(*parts: str) -> str:
    """Return the rules of some files."""
    return "".join((FOLDER / f"{part}.css").read_text(encoding="utf-8") for part in parts)


def marked(status: str) -> str | None:
    """Return the classes of a word that is a binding status; None for any other."""
    mark = MARKS.get(status)
    return None if mark is None else f"mark {mark.shape} s-{status}"


@cache
def policy() -> str:
    """The Content Security Policy: no script, no request, no form, no frame, and no style but this sheet."""
    return f"default-src 'none'; style-src '{digest(sheet())}'; img-src data:; base-uri 'none'; form-action 'none'"


def digest(text: str) -> str:
    """Return the source by which a policy allows what stands between two tags."""
    from base64 import b64encode
    from hashlib import sha256

    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
