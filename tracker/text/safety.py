r"""Text from data never acts: control characters made visible, formulas disarmed.

Visible means a backslash escape (``\x1b``, ``\u202e``, ``\n``), so that nothing is lost and nothing is hidden.
Which characters: C0, DEL and C1 controls (ECMA-48, the terminal's language), the bidirectional controls of Unicode
Annex 9 (they reorder the text around them, CVE-2021-42574), the line and paragraph separators, and lone surrogates,
which UTF-8 cannot hold.
"""

from typing import Final

_BIDI: Final = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x2070))
_SEPARATORS: Final = (0x2028, 0x2029)

REORDERING: Final = f"[{''.join(map(chr, (*_BIDI, *_SEPARATORS)))}]"
"""A pattern of the characters that are no controls but change how the text around them is laid out."""


_VISIBLE: Final = (
    {code: f"\\x{code:02x}" for code in (*range(0x20), *range(0x7F, 0xA0))}
    | {code: f"\\u{code:04x}" for code in (*_BIDI, *_SEPARATORS)}
    | {ord("\t"): "\\t", ord("\n"): "\\n", ord("\r"): "\\r"}
)
_LINES: Final = {**_VISIBLE, ord("\n"): "\n"}
_REVERSIBLE: Final = {**_VISIBLE, ord("\\"): "\\\\"}

FORMULA_STARTS: Final = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"
"""Characters with which a spreadsheet begins a formula, full-width forms included (OWASP, CSV injection)."""

_GUARDED: Final = frozenset(f"'{FORMULA_STARTS}")


def visible(text: str, *, keep_lines: bool = False) -> str:
    """Text without a character that acts on a terminal; with ``keep_lines`` lines stay lines."""
    # Everything that the tables hold is unprintable to Python too, and this test runs in C.
    if text.isprintable():
        return text
    return _escaped(text.replace("\r\n", "\n"), _LINES) if keep_lines else _escaped(text, _VISIBLE)


def one_line(text: str) -> str:
    """Text as one line without tabs, from which the original can be read back: the backslash is doubled."""
    if text.isprintable() and "\\" not in text:
        return text
    return _escaped(text, _REVERSIBLE)


def guard(text: str) -> str:
    """Text that a spreadsheet takes as text: a leading apostrophe where it would take it for a formula.

    A text that already begins with apostrophes and such a character gets one more, so ``unguard`` is exact.
    """
    return f"'{text}" if text[:1] in _GUARDED and _is_formula(text) else text


def unguard(text: str) -> str:
    """The text that ``guard`` was given."""
    return text[1:] if text.startswith("'") and _is_formula(text[1:]) else text


def _escaped(text: str, table: dict[int, str]) -> str:
    return text.translate(table).encode("utf-8", "backslashreplace").decode()


def _is_formula(text: str) -> bool:
    bare = text.lstrip("'")
    return bare != "" and bare[0] in FORMULA_STARTS
