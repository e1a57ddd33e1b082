"""Markdown as plain text: its front matter read, marks of emphasis, links and headings taken away.

Line by line, so that the time grows with the length of a text and nothing else.
"""

import re
from html import unescape

from tracker.articles import Article

LONGEST_LINE = 4_000
"""Characters of a line from which marks are taken; a longer one stays as it is."""

LONGEST_FRONT = 200
"""Lines of front matter."""

_KEY = re.compile(r"([A-Za-z_]{1,40})[ \t]*:[ \t]*(\S.*)")
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)[ \t#]*")
_RULE = re.compile(r"[ \t]*(?:=+|-{3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})[ \t]*")
_OF_TABLE = re.compile(r"[ \t]*\|?[ \t:|-]*-{3,}[ \t:|-]*")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")

_MARKS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?: {0,3}>[ \t]?)+"), ""),
    (re.compile(r"<!--.{0,500}?-->|</?[A-Za-z][^<>]{0,500}>"), ""),
    (re.compile(r"!\[[^\[\]]{0,200}\]\([^()]{0,500}\)"), ""),
    (re.compile(r"\[([^\[\]]{1,500})\](?:\([^()]{0,500}\)|\[[^\[\]]{0,100}\])"), r"\1"),
    (re.compile(r"<(https?://[^<>\s]{1,500})>"), r"\1"),
    (re.compile(r"(?<![\w*])(\*{1,3})(?=[^\s*])([^*]{1,1000}?)(?<=\S)\1(?![\w*])"), r"\2"),
    (re.compile(r"(?<![\w_])(_{1,3})(?=[^\s_])([^_]{1,1000}?)(?<=\S)\1(?![\w_])"), r"\2"),
    (re.compile(r"(`{1,2})([^`]{1,500})\1"), r"\2"),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!|<>-])"), r"\1"),
)
"""What is taken away or put in its place, in order; the first stands at the beginning of a line."""

_TITLES, _LANGUAGES, _ADDRESSES = ("title",), ("lang", "language"), ("url", "permalink")
_DAYS = ("date", "published", "pubdate")
"""Keys of front matter, as makers of sites name them."""


def read(text: str) -> Article:
    """Return what a Markdown text says."""
    lines = text.split("\n")
    front, lines = _front_matter(lines)
    title = _first(front, _TITLES)
    lines, heading = _without_heading(lines)
    title = _plain(title) if title else heading
    paragraphs = "\n".join(_lines([] if title == heading or not heading else [heading, ""], lines))
    body = re.sub(r"\n{3,}", "\n\n", paragraphs).strip()
    day = _DAY.match(_first(front, _DAYS) or "")
    address = _first(front, _ADDRESSES) or ""
    is_whole = address.startswith(("http://", "https://"))
    return Article(title, body, day[0] if day else None, _first(front, _LANGUAGES), address if is_whole else None)


def _first(front: dict[str, str], keys: tuple[str, ...]) -> str | None:
    return next((front[key] for key in keys if front.get(key)), None)


def _front_matter(lines: list[str]) -> tuple[dict[str, str], list[str]]:
    """Take the keys before the text away from it."""
    if not lines or lines[0].rstrip() != "---":
        return {}, lines
    end = next((at for at, line in enumerate(lines[1:LONGEST_FRONT], 1) if line.rstrip() in ("---", "...")), None)
    if end is None:
        return {}, lines
    front: dict[str, str] = {}
    for line in lines[1:end]:
        found = _KEY.fullmatch(line[:LONGEST_LINE])
        if found:
            front.setdefault(found[1].lower(), found[2].strip().strip("\"'"))
    return front, lines[end + 1 :]


def _without_heading(lines: list[str]) -> tuple[list[str], str | None]:
    """Take the heading with which a text begins away from it."""
    at = next((at for at, line in enumerate(lines) if line.strip()), 0)
    if at >= len(lines) or len(lines[at]) > LONGEST_LINE:
        return lines, None
    if found := _HEADING.fullmatch(lines[at]):
        return lines[at + 1 :], _plain(found[2]) or None
    if at + 1 < len(lines) and lines[at].strip() and re.fullmatch(r"=+[ \t]*", lines[at + 1]):
        return lines[at + 2 :], _plain(lines[at]) or None
    return lines, None


def _lines(before: list[str], lines: list[str]) -> list[str]:
    plain = list(before)
    for line in lines:
        if len(line) > LONGEST_LINE:
            plain.append(line)
        elif _RULE.fullmatch(line) or _OF_TABLE.fullmatch(line):
            plain.append("")
        elif found := _HEADING.fullmatch(line):
            plain += ["", _plain(found[2]), ""]
        else:
            plain.append(_plain(line))
    return plain


def _plain(line: str) -> str:
    beginning, *others = _MARKS
    match = beginning[0].match(line)
    text = line[match.end() :] if match else line
    for mark, instead in others:
        text = mark.sub(instead, text)
    bare = text.strip()
    if bare.startswith("|") or " | " in bare:
        text = "    ".join(cell.strip() for cell in bare.strip("|").split("|"))
    return unescape(text).rstrip()
