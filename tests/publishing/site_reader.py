"""A published site as its files are: every page taken apart, every way that leads from it."""

import json
import posixpath
import re
import xml.etree.ElementTree as ET
from functools import cache
from html import unescape
from pathlib import Path
from urllib.parse import unquote

from page_reader import Page

TAG = re.compile(r"<([a-z][a-z0-9]*)((?:\s[^<>]*)?)>")
SAID = re.compile(r'([a-z:-]+)(?:="([^"]*)")?')


def tree(path: Path) -> ET.Element:
    """A file of XML as a parser of another maker sees it."""
    return ET.fromstring(path.read_bytes())  # noqa: S314 - what the program itself wrote


class Ways:
    """The places of a page (``ids``) and where it leads (``hrefs``), and what it loads; data in it is escaped."""

    def __init__(self, text: str) -> None:
        self.tags = [
            (tag, {name: unescape(value) for name, value in SAID.findall(rest)}) for tag, rest in TAG.findall(text)
        ]
        self.ids = {said["id"] for _, said in self.tags if "id" in said}
        self.hrefs = {said["href"]: None for tag, said in self.tags if tag == "a"}
        self.loaded = [said[name] for tag, said in self.tags if tag != "a" for name in ("href", "src") if name in said]


@cache
def ways(text: str) -> Ways:
    """The ways of a page, taken apart once: the pages of a site are asked by many tests."""
    return Ways(text)


class Site:
    """A folder with a site."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def files(self) -> dict[str, bytes]:
        """What lies in it, by path."""
        return {
            path.relative_to(self.folder).as_posix(): path.read_bytes()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file()
        }

    def pages(self) -> dict[str, str]:
        """Its pages, by path."""
        return {name: text.decode() for name, text in self.files().items() if name.endswith(".html")}

    def page(self, name: str) -> Page:
        """A page as its parser sees it."""
        return Page((self.folder / name).read_text(encoding="utf-8"))

    def json(self, name: str):
        """A file of its data."""
        return json.loads((self.folder / "data" / name).read_text(encoding="utf-8"))

    def broken(self) -> list[tuple[str, str]]:
        """The ways that lead nowhere: page and address."""
        taken_apart = {name: ways(text) for name, text in self.pages().items()}
        there = set(self.files())
        found = []
        for name, page in taken_apart.items():
            for href in (*page.hrefs, *page.loaded):
                if href.startswith(("http://", "https://", "data:")):
                    continue
                path, _, place = href.partition("#")
                target = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(path))) if path else name
                if target not in there or (place and place not in taken_apart[target].ids):
                    found.append((name, href))
        return found
