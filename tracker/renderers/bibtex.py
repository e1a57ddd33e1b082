"""BibTeX, readable for BibTeX and biblatex: ``@misc`` for each item, text escaped for TeX, UTF-8 else."""

from collections.abc import Iterator
from typing import BinaryIO

from tracker.record.types import Record
from tracker.renderers import RenderOptions
from tracker.renderers._parts.bibliography import items, one_line, parts, remarks
from tracker.table import Answer

SUMMARY = "BibTeX: a bibliography for LaTeX and reference managers"
SUFFIXES = (".bib",)
NEEDS = "citations"

ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
        "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    }
)  # fmt: skip
"""Characters that act in TeX, with what prints them."""

ADDRESS = str.maketrans({"\\": "%5C", "{": "%7B", "}": "%7D", " ": "%20", '"': "%22"})
"""Characters that would end the field of an address (RFC 3986 writes them so)."""

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

TEXTS = {
    "title-short": "shorttitle", "genre": "howpublished", "number": "number", "event-place": "address",
    "language": "language", "keyword": "keywords",
}  # fmt: skip


def render(answer: Answer, out: BinaryIO, options: RenderOptions) -> None:  # noqa: ARG001 - the renderer contract
    """Write the items; raises InvalidValue for an answer without them, before anything is written."""
    for item in items(answer, "bibtex"):
        fields = "".join(f",\n  {name} = {value}" for name, value in _fields(item))
        out.write(f"@misc{{{item['id']}{fields}\n}}\n\n".encode("utf-8", "replace"))


def _fields(item: Record) -> Iterator[tuple[str, str]]:
    yield "title", f"{{{{{_text(item['title'])}}}}}"
    if item.get("author"):
        names = [f"{{{_text(party['literal'])}}}" for party in item["author"]]
        yield "author", f"{{{' and '.join(names)}}}"
    for key, name in TEXTS.items():
        if item.get(key):
            yield name, f"{{{_text(item[key])}}}"
    for name, number in zip(("year", "month", "day"), parts(item.get("issued")), strict=False):
        yield name, MONTHS[number - 1] if name == "month" else f"{{{number}}}"
    if item.get("URL"):
        yield "url", f"{{{one_line(item['URL']).translate(ADDRESS)}}}"
    read = parts(item.get("accessed"))
    if read:
        yield "urldate", f"{{{'-'.join(f'{number:02}' for number in read)}}}"
    note = "; ".join(remarks(item))
    if note:
        yield "note", f"{{{_text(note)}}}"


def _text(text: str) -> str:
    return one_line(text).translate(ESCAPES)
