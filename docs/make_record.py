"""Make docs/record.md from the declaration of the record (tracker/record/shapes.py).

python docs/make_record.py
"""  # noqa: INP001 - a script, no package

import json
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

TARGET = Path(__file__).parent / "record.md"
ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tracker.record import shapes, types  # noqa: E402 - the checkout goes before what is installed
from tracker.record.document import COLLECTIONS, IDENTITY  # noqa: E402
from tracker.record.paths import SHORT_NAMES  # noqa: E402
from tracker.record.types import Field, Shape, Type  # noqa: E402

HEADER = '{"record":"tracker","format":1}'


def head() -> str:
    """Return the rules that hold for all objects."""
    kinds, lists = ", ".join(COLLECTIONS), ", ".join(f"`{name}`" for name in COLLECTIONS.values())
    return f"""\
# The record

Every key of every object of the register, with its type and meaning. This page is the truth about the shape of the
record: it is made from the declaration in `tracker/record/shapes.py` by `docs/make_record.py`, from which validators,
the JSON Schema (`tracker schema`), rows and columns come too. A test holds it current.

## Rules for all objects

- One shape everywhere: `show --json`, `list --json`, `search --json`, `export`, `import`, `edit` in an editor.
- Every key is always present in a print, in the order given here. Unknown is `null`, none is `[]` or `{{}}`.
- On input a missing key means its default, and item ids may be left out: they are given. A key that nobody knows is an
  error, except inside `extra`.
- *read-only* keys are printed for convenience, ignored by import, absent from `export`.
- People, families and sources may be written in place, as objects, where an id stands; they are then stored and named.
- Ids, refs and codes are permanent and never given again. Item ids (`e1`, `s1`, `v1`, `c1`) count up within the record.
- Texts hold no NUL character. A list holds at most {types.ITEMS} items.
- Lists keep the order of entry, except those marked *sorted*.
- `sources` inside an object is a list of ids of sources, also where there is one.

## Dates

EDTF: `2023`, `2023-01`, `2023-01-12`, `A/B` (one day between), `../B` (on or before), `A/..` (on or after), `?` or `~`
at the end. A date is kept as exact as it is known; `?` and `~` do not widen it, they keep a match from being certain.

## Paths and query names

A path names a value: `terms.duration.until`, `events[e1].date`, `parties[JPN].entity`, `titles[ja]`, `extra.owner`.
Brackets hold an item's id, code, scheme, or type and target. Query names are short forms, the same everywhere:

{_filled(_short_names())}

## Exports

{_filled(f"`export -f ndjson` prints `{HEADER}`, then one object a line: {kinds}, each kind sorted by its key.")}
{_filled(f"`export -f json` is one object with the lists {lists}.")}
"""


def _filled(text: str) -> str:
    return textwrap.fill(text, 120, break_long_words=False, break_on_hyphens=False)


def _short_names() -> str:
    return ", ".join(f"`{name}` (`{path}`)" for name, path in sorted(SHORT_NAMES.items())) + "."


WORDS = {
    "record": "text",
    "date": "EDTF date",
    "day": "ISO day",
    "period": "ISO 8601 period",
    "language": "BCP 47 tag",
    "party": "code of a party",
    "focus_area": "code of a focus area",
    "ref": "ref of an agreement",
    "flag": "true or false",
    "count": "whole number",
    "file": "bare name of a file",
    "row": "whole number or text",
    "own_value": "text, whole number, true or false",
    "any": "any JSON",
}
"""How people read a kind."""


def page() -> str:
    """Return the text of the page."""
    parts = [head()]
    for kind, top in shapes.OBJECTS.items():
        said = f"That is {top.meaning}. It is named by its `{IDENTITY[kind]}`."
        parts.append(f"\n## {kind}\n\n{said}\n\n{_table(top)}")
        for address, shape in shapes.at().items():
            if address.startswith(f"{kind}.") and _first(address, shape):
                places = ", ".join(f"`{place}`" for place in _places(shape))
                parts.append(f"\n### {_heading(shape)}\n\nAt {places}: {shape.meaning}.\n\n{_table(shape)}")
    return "".join(parts)


def _places(shape: Shape) -> list[str]:
    return [address for address, other in shapes.at().items() if other is shape]


def _heading(shape: Shape) -> str:
    """Return the heading under which a shape stands: its first address without the kind."""
    return _places(shape)[0].split(".", 1)[1].replace(".", "-")


def _first(address: str, shape: Shape) -> bool:
    return _places(shape)[0] == address


def _table(shape: Shape) -> str:
    rows = [f"| `{field.key}` | {_type(field)} | {_meaning(field)} | {_example(field)} |" for field in shape.fields]
    rule = f"\nOne of {', '.join(f'`{key}`' for key in shape.one_of)} is set.\n" if shape.one_of else ""
    return "\n".join(["| key | type | meaning | example |", "|---|---|---|---|", *rows]) + f"\n{rule}"


def _type(field: Field) -> str:
    said = _one(field.type)
    if field.listed:
        said = f"[{said}]"
    elif field.mapped and field.type.keyed_by:
        said = f"{{{_one(field.type.keyed_by)}: {said}}}"
    return f"{said}, or null" if field.nullable else said


def _one(type_: Type) -> str:
    if type_.kind == "text":
        return "text" if type_.longest == types.NAME else f"text (at most {type_.longest} characters)"
    if type_.kind == "code":
        return "code"
    if type_.kind == "id":
        return f"id of a {type_.names}"
    if type_.kind == "item":
        return f"item id (`{type_.pattern[1]}1`)"
    if type_.kind == "object" and type_.shape:
        return f"[object](#{_heading(type_.shape)})" + (" or text" if type_.or_text else "")
    return WORDS[type_.kind]


def _meaning(field: Field) -> str:
    return "; ".join(_said(field)) + "."


def _said(field: Field) -> Iterator[str]:
    yield field.meaning
    if field.type.kind == "code":
        yield ", ".join(f"`{word}`" for word in field.type.printed_words)
    if field.required:
        yield "*required*"
    if field.printed:
        yield "*read-only*"
    if field.default is not None and field.type.kind != "record":
        yield f"default `{json.dumps(field.default).strip(chr(34))}`"
    if field.ordered and "sorted" not in field.meaning:
        yield "*sorted*"
    if field.query:
        yield f"asked for by `{field.query}:`" if field.query != "x" else "asked for by `x.NAME:`"


def _example(field: Field) -> str:
    example = field.example
    if example is None:
        return ""
    text = example if isinstance(example, str) else json.dumps(example, ensure_ascii=False)
    return f"`{text}`"


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")
