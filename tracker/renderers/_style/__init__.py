"""The one look of pages, reports and sites: colours that mean something, and the style sheet made of them.

Colours are kept by what they are for, each for light and dark screens and for paper. Those of binding status hold for
readers who see few colours: blue binds, orange does not, and each status has a mark of its own shape beside its word.
Texts keep 4.5:1 against their ground (WCAG 2.2, 1.4.3), marks 3:1 or a frame that does (1.4.11); tests measure both. No
part of the sheet depends on data.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple


class Token(NamedTuple):
    """A colour on a light screen, on a dark one, and on paper."""

    light: str
    dark: str
    paper: str


TOKENS: Final[Mapping[str, Token]] = {
    "ink": Token("#1a1d21", "#e8eaed", "#000"),
    "dim": Token("#555d66", "#a8b0b8", "#444"),
    "paper": Token("#fff", "#15181b", "#fff"),
    "soft": Token("#f3f5f7", "#20252a", "#fff"),
    "rule": Token("#c9d0d6", "#454d55", "#999"),
    "link": Token("#0b57a4", "#8ab8f0", "#000"),
    "p0": Token("#14569c", "#4f94dc", "#14569c"),
    "p1": Token("#7fb2e5", "#a9cdf0", "#7fb2e5"),
    "p2": Token("#e08a1e", "#f0a94e", "#e08a1e"),
    "p3": Token("#7a4fa3", "#b08fd6", "#7a4fa3"),
    "p4": Token("#c4354b", "#ea6f80", "#c4354b"),
    "p5": Token("#8a929a", "#9aa2aa", "#8a929a"),
    "p6": Token("#c8cdd2", "#5b636b", "#c8cdd2"),
    "p7": Token("#3f8f6b", "#67b894", "#3f8f6b"),
    "m1": Token("#cfe2f5", "#1f3a57", "#cfe2f5"),
    "m2": Token("#8fbce8", "#2b5d90", "#8fbce8"),
    "m3": Token("#3f82c4", "#5b9ada", "#3f82c4"),
    "m4": Token("#14569c", "#a9cdf0", "#14569c"),
}
"""Name to colour: of texts and grounds, of the parts of a whole (``p0``...), of the weights of a matrix (``m1``...)."""

Shape = str
"""How a mark is filled: ``full``, ``ring``, ``half``, ``stripes``, ``cross``, ``dot`` or ``none``."""


class Mark(NamedTuple):
    """What stands before the word of a binding status: a colour of the parts of a whole, and a shape."""

    part: str
    shape: Shape


MARKS: Final[Mapping[str, Mark]] = {
    "binding": Mark("p0", "full"),
    "binding_domestic_law": Mark("p1", "stripes"),
    "non_binding": Mark("p2", "ring"),
    "mixed": Mark("p3", "half"),
    "contested": Mark("p4", "cross"),
    "undetermined": Mark("p5", "dot"),
    "not_assessed": Mark("p6", "none"),
}
"""Binding status to its mark; the parts stand in the order in which comparisons have the statuses."""

OWN: Final = {"accent": "link", "binding": "p0", "non_binding": "p2"}
"""What users may colour by settings of their own, and the token that it is."""

FOLDER = Path(__file__).parent
PARTS = ("screen", "marks", "paper")
"""Files of rules, in their order."""


def _with_own(own: Mapping[str, str]) -> dict[str, Token]:
    """Return the tokens with colours of the user's: ``accent``, and ``accent_dark`` for dark screens."""
    tokens = dict(TOKENS)
    for name, place in OWN.items():
        before = tokens[place]
        light = own.get(name, before.light)
        paper = light if name in own and place != "link" else before.paper
        tokens[place] = Token(light, own.get(f"{name}_dark", before.dark), paper)
    return tokens


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21, as WCAG 2.2 defines it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def channels(colour: str) -> tuple[float, float, float]:
    """Return red, green and blue of ``#rgb`` or ``#rrggbb``, each from 0 to 1."""
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(2 * digit for digit in digits)
    red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


def _luminance(colour: str) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@cache
def sheet() -> str:
    """Return the style sheet of pages that stand alone."""
    return f"\n{_variables(TOKENS)}{rules(*PARTS)}"


def own_sheet(own: Mapping[str, str], more: str = "") -> str:
    """Return a style sheet with colours of the user's own, and more rules."""
    return f"{_variables(_with_own(own))}{rules(*PARTS)}{more}"


def _variables(tokens: Mapping[str, Token]) -> str:
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
