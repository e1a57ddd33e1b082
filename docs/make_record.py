"""Make docs/record.md and tracker/record/typed.py from the declaration of the record (tracker/record/shapes.py).

python docs/make_record.py
"""  # noqa: INP001 - a script, no package

import json
import keyword
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

TARGET = Path(__file__).parent / "record.md"
ROOT = Path(__file__).parents[1]
TYPES = ROOT / "tracker" / "record" / "typed.py"
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


TYPES_HEAD = '''\
"""The objects of the record as types: what a complete, validated document holds under each key.

Made by ``docs/make_record.py`` from ``shapes``; a test holds it current. Read-only keys need not be there: exports and
what is stored have none. On input the ids of people, families and sources may be objects.
"""

from typing import NotRequired, TypedDict

from tracker.record.types import Json
'''

PLAIN = {"flag": "bool", "count": "int", "row": "int | str", "own_value": "str | int | bool", "any": "Json"}
"""How Python writes a kind; a text where it is not among these."""


def classes() -> str:
    """Return the text of the module of types."""
    made = {shape.name: _class(shape) for top in shapes.OBJECTS.values() for shape in _inner_first(top)}
    names = "".join(f'    "{name}": {_class_name(name)},\n' for name in made)
    objects = f'OBJECTS = {{\n{names}}}\n"""Name of a shape to its class."""\n'
    return f"{TYPES_HEAD}\n\n" + "\n\n".join(made.values()) + f"\n\n{objects}"


def _inner_first(shape: Shape) -> Iterator[Shape]:
    for field in shape.fields:
        if field.type.kind == "object" and field.type.shape:
            yield from _inner_first(field.type.shape)
    yield shape


def _class(shape: Shape) -> str:
    """Return a class, or the call that makes it where a key is a word of Python."""
    name, meaning = _class_name(shape.name), shape.meaning[:1].upper() + shape.meaning[1:]
    if any(keyword.iskeyword(key) for key in shape.keys):
        items = ", ".join(f'"{field.key}": {_hint(field)}' for field in shape.fields)
        return f'{name} = TypedDict("{name}", {{{items}}})\n"""{meaning}."""\n'
    lines = "".join(f"    {field.key}: {_hint(field)}\n" for field in shape.fields)
    return f'class {name}(TypedDict):\n    """{meaning}."""\n\n{lines}'


def _class_name(name: str) -> str:
    return name.title().replace("_", "")


def _hint(field: Field) -> str:
    hint = PLAIN.get(field.type.kind, "str")
    if field.type.kind == "object" and field.type.shape:
        hint = _class_name(field.type.shape.name) + (" | str" if field.type.or_text else "")
    if field.listed:
        hint = f"list[{hint}]"
    elif field.mapped:
        hint = f"dict[str, {hint}]"
    elif field.nullable and hint != "Json":
        hint = f"{hint} | None"
    return f"NotRequired[{hint}]" if field.printed else hint


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")
    TYPES.write_text(classes(), encoding="utf-8")
