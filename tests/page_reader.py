"""An HTML page as its parser sees it: tables with their cells, and every tag and attribute.

What stands in the place of an empty cell for people ("no date") counts as nothing.
"""

from html.parser import HTMLParser
from typing import Any


class Page(HTMLParser):
    """Read with ``feed``; ``tables`` holds rows of cells, each its text and its exact values."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[tuple[str, list[str]]]]] = []
        self.captions: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, str] = {}
        self._open: list[str] = []
        self._blank = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "link", "wbr", "br", "img", "input"):
            self._open.append(tag)
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append(("", []))
        elif tag == "span" and ("class", "blank") in attrs:
            self._blank = True
        elif tag == "data":
            self.tables[-1][-1][-1][1].append(dict(attrs)["value"] or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag, f"</{tag}> closes nothing"
        self._blank = False

    def handle_data(self, data: str) -> None:
        place = self._open[-1] if self._open else ""
        self.texts[place] = self.texts.get(place, "") + data
        if ("td" in self._open or "th" in self._open) and not self._blank:
            text, values = self.tables[-1][-1][-1]
            self.tables[-1][-1][-1] = (text + data, values)

    def count(self, tag: str, **attributes: Any) -> int:
        """How many tags of a name there are with these attributes."""
        return sum(name == tag and attributes.items() <= found.items() for name, found in self.tags)
