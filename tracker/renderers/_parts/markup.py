"""Text from data inside HTML, SVG and XML: never markup, never a character that these cannot hold."""

from typing import Final

from tracker.text.safety import visible

_MARKUP: Final = {
    ord("&"): "&amp;",
    ord("<"): "&lt;",
    ord(">"): "&gt;",
    ord('"'): "&quot;",
    ord("'"): "&#39;",
    0xFFFE: "\\ufffe",
    0xFFFF: "\\uffff",
}
"""Markup, and the two code points that XML 1.0 excludes besides the controls (section 2.2)."""


def escape(text: str, *, keep_lines: bool = False) -> str:
    r"""Text for content and for quoted attributes; controls are shown (``\x1b``), with ``keep_lines`` lines stay."""
    return visible(text, keep_lines=keep_lines).translate(_MARKUP)


def is_address(text: str) -> bool:
    """Tell whether a text is a web address and nothing else, with no character that ends one in HTML or Markdown."""
    begins = text.startswith(("https://", "http://"))
    return begins and text.isprintable() and not any(char in text for char in " \"'<>\\|`")
