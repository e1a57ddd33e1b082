"""CSL-JSON: an array of items of the Citation Style Language, which Zotero, pandoc and citeproc read."""

from json import JSONEncoder
from typing import BinaryIO

from tracker.renderers import RenderOptions
from tracker.renderers._parts.bibliography import items
from tracker.renderers.json import encoded, shown
from tracker.table import Answer

SUMMARY = "CSL-JSON: a bibliography for Zotero, pandoc, citeproc"
SUFFIXES = (".csljson",)
NEEDS = "citations"


def render(answer: Answer, out: BinaryIO, options: RenderOptions) -> None:
    """Write the items; raises InvalidValue for an answer without them, before anything is written."""
    encode = JSONEncoder(ensure_ascii=False, indent=2).encode
    text = encode(list(items(answer, "csl-json"))) + "\n"
    out.write((shown if options.terminal else encoded)(text))
