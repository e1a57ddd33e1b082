"""A record as text to be edited: JSON under lines of comment that say what may stand where, and how to give up."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tracker.record import relations
from tracker.record import vocabulary as words
from tracker.record.document import IDENTITY

Problems = Sequence[tuple[str, str]]
"""Pairs of path and message."""

CODES: Mapping[str, Mapping[str, Iterable[str]]] = {
    "agreement": {
        "instrument_type": words.INSTRUMENT_TYPES,
        "binding_status, binding_views.value, evidence.supports": words.BINDING_STATUSES,
        "evidence.kind": words.EVIDENCE_KINDS,
        "parties.role": words.PARTY_ROLES,
        "signatories.level": words.OFFICE_LEVELS,
        "events.kind": words.EVENT_KINDS,
        "terms.entry_into_force.condition": words.ENTRY_CONDITIONS,
        "terms.duration.kind": words.DURATION_KINDS,
        "terms.notices.kind": words.NOTICE_KINDS,
        "terms.notices.counted_from": words.COUNTED_FROM,
        "relations.type": relations.TYPES,
        "text_access": words.TEXT_ACCESS,
        "confidence": words.CONFIDENCES,
    },
    "party": {"kind": words.PARTY_KINDS},
    "family": {"instrument_type": words.INSTRUMENT_TYPES},
    "source": {"kind": words.SOURCE_KINDS},
}
"""The fields of each kind that take one of a list of codes."""

DATES = "2023, 2023-01, 2023-01-12, A/B (one day between), ../B (on or before), A/.. (on or after); ? or ~ at the end"

_MARKS = (b"//", b"#")
_BOM = b"\xef\xbb\xbf"
_WIDTH = 110
_SHOWN = 40
"""Problems and changes that the comments list."""


def compose(kind: str, name: str, document: Mapping[str, Any], more: Mapping[str, Iterable[str]]) -> bytes:
    """Write a record to be edited; ``more`` are further lists of codes, such as the focus areas of the store."""
    import json

    body = json.dumps(document, ensure_ascii=False, indent=2)
    return (heading(kind, name, more) + body + "\n").encode("utf-8", "surrogatepass")


def heading(kind: str, name: str, more: Mapping[str, Iterable[str]]) -> str:
    """Say in lines of comment how to edit, how to give up, and which codes there are."""
    key = IDENTITY[kind]
    lines = [
        f"{name}: change it, save it, leave the editor. These lines are not read.",
        "To give up, leave the text as it is, or empty it: then nothing is changed.",
        f"The {key} stays as it is. A key that is left out goes back to nothing known.",
    ]
    if kind == "agreement":
        lines.append("Items keep their ids (e1, s1, v1, c1); a new item is written without one and is given it.")
    lines += [f"Dates: {DATES}", ""]
    for field, codes in {**CODES.get(kind, {}), **more}.items():
        lines += [f"{field}:", *_wrapped(", ".join(codes))]
    return "".join(f"// {line}".rstrip() + "\n" for line in lines)


def remarks(title: str, found: Problems) -> bytes:
    """Write problems, or changes, as lines of comment to stand on top."""
    lines = [title]
    for path, text in found[:_SHOWN]:
        lines.append(" ".join(f"  {path}: {text}".split()) if path else " ".join(text.split()))
    if len(found) > _SHOWN:
        lines.append(f"and {len(found) - _SHOWN} more")
    return "".join(f"// {'  ' if place else ''}{line}\n" for place, line in enumerate(lines)).encode() + b"//\n"


def body(data: bytes) -> bytes:
    """Return the text without the lines of comment before the object."""
    return b"\n".join(_uncommented(data)).lstrip()


def read(data: bytes) -> Any:
    """Return the object of an edited text; raises ValueError with line and column of the file as it was edited."""
    from tracker.importers._json_values import loads

    return loads(b"\n".join(_uncommented(data)))


def _uncommented(data: bytes) -> list[bytes]:
    """The lines, those of comment before the object made empty, so that the others keep their numbers."""
    lines = data.removeprefix(_BOM).replace(b"\r\n", b"\n").split(b"\n")
    for place, line in enumerate(lines):
        text = line.strip()
        if text.startswith(_MARKS):
            lines[place] = b""
        elif text:
            break
    return lines


def _wrapped(text: str) -> list[str]:
    from textwrap import wrap

    return wrap(text, _WIDTH, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)
