"""A record as text to be edited: JSON under lines of comment that say what may stand where, and how to give up."""

from collections.abc import Iterable, Mapping, Sequence

from tracker.record import shapes
from tracker.record.document import IDENTITY
from tracker.record.types import Json

Problems = Sequence[tuple[str, str]]
"""Pairs of path and message."""

DATES = "2023, 2023-01, 2023-01-12, A/B (one day between), ../B (on or before), A/.. (on or after); ? or ~ at the end"

_MARKS = (b"//", b"#")
_BOM = b"\xef\xbb\xbf"
_WIDTH = 110
_SHOWN = 40
"""Problems and changes that the comments list."""


def codes(kind: str) -> dict[str, Iterable[str]]:
    """Return the fields of a kind that take one of a list of codes, those of one list together, with the codes."""
    fields: dict[tuple[str, ...], list[str]] = {}
    for address, shape in shapes.at().items():
        if address.partition(".")[0] == kind:
            for field in shape.own_fields:
                if field.type.kind == "code" and not _is_printed(address):
                    fields.setdefault(field.type.words, []).append(f"{address}.{field.key}".removeprefix(f"{kind}."))
    return {", ".join(names): words for words, names in fields.items()}


def _is_printed(address: str) -> bool:
    """Whether an object is nothing but a print."""
    holder, _, key = address.rpartition(".")
    return bool(holder) and (shapes.fields(holder)[key].printed or _is_printed(holder))


def compose(heading: str, document: Mapping[str, Json]) -> bytes:
    """Write a record to be edited."""
    import json

    body = json.dumps(document, ensure_ascii=False, indent=2)
    return (heading + body + "\n").encode("utf-8", "surrogatepass")


def commented(document: Mapping[str, Json], words: Mapping[str, Sequence[str]]) -> bytes:
    """Write an object with lines of comment above some of its keys."""
    import json

    parts = []
    for key, value in document.items():
        lines = "".join(f"  // {line}\n" for line in words.get(key, ()))
        shown = json.dumps(value, ensure_ascii=False, indent=2).replace("\n", "\n  ")
        parts.append(f"{lines}  {json.dumps(key)}: {shown}")
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode("utf-8", "surrogatepass")


def heading(kind: str, name: str, more: Mapping[str, Iterable[str]], *, is_new: bool = False) -> str:
    """Say in lines of comment how to edit, how to give up, and which codes there are.

    ``more`` are further lists of codes, such as the focus areas of the store.
    """
    key = IDENTITY[kind]
    lines = [
        f"{name}: {'fill it in' if is_new else 'change it'}, save it, leave the editor. These lines are not read.",
        f"To give up, leave the text as it is, or empty it: then nothing is {'recorded' if is_new else 'changed'}.",
        f"Where the {key} is left empty it is made from parties, type and year. What nobody knows stays as it is."
        if is_new
        else f"The {key} stays as it is. A key that is left out goes back to nothing known.",
    ]
    if kind == "agreement":
        lines.append("Items keep their ids (e1, s1, v1, c1); a new item is written without one and is given it.")
    lines += [f"Dates: {DATES}", ""]
    for field, words in {**codes(kind), **more}.items():
        lines += [f"{field}:", *_wrapped(", ".join(words))]
    return "".join(f"// {line}".rstrip() + "\n" for line in lines)


def remarks(title: str, pairs: Problems) -> bytes:
    """Write problems, or changes, as lines of comment to stand on top."""
    lines = [title]
    for path, text in pairs[:_SHOWN]:
        lines.append(" ".join(f"  {path}: {text}".split()) if path else " ".join(text.split()))
    if len(pairs) > _SHOWN:
        lines.append(f"and {len(pairs) - _SHOWN} more")
    return "".join(f"// {'  ' if number else ''}{line}\n" for number, line in enumerate(lines)).encode() + b"//\n"


def body(data: bytes) -> bytes:
    """Return the text without the lines of comment before the object."""
    lines = _lines(data)
    first = next((at for at, line in enumerate(lines) if line.strip() and not _is_comment(line)), len(lines))
    return b"\n".join(lines[first:])


def read(data: bytes) -> Json:
    """Return the object of an edited text; raises ValueError with line and column of the file as it was edited."""
    from tracker.importers.sheets.objects import loads

    return loads(b"\n".join(_uncommented(data)))


def _uncommented(data: bytes) -> list[bytes]:
    """The lines, those of comment made empty, so that the others keep their numbers; no text of JSON has two lines."""
    return [b"" if _is_comment(line) else line for line in _lines(data)]


def _lines(data: bytes) -> list[bytes]:
    return data.removeprefix(_BOM).replace(b"\r\n", b"\n").split(b"\n")


def _is_comment(line: bytes) -> bool:
    return line.lstrip().startswith(_MARKS)


def _wrapped(text: str) -> list[str]:
    from textwrap import wrap

    return wrap(text, _WIDTH, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)
