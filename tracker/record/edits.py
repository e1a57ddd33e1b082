"""Writing a record by path: what ``edit --set``, ``--add`` and ``--remove`` do to a complete record, in place.

Values are taken as they are; ``tracker.store.validation.models`` judges the whole record afterwards.
"""

from tracker.record import vocabulary
from tracker.record.document import KEYS, blank, complete, default
from tracker.record.paths import Path, PathError, Step, parse
from tracker.record.types import Json, Record
from tracker.record.values import absent, positions

_CODES = frozenset(("party", "focus_area", "language", "id", "item"))
"""What stands in lists that are typed with commas: texts may hold commas of their own."""

_WORDS = {"true": True, "yes": True, "false": False, "no": False}
_LARGEST = 2**63


def value_from_text(path: str | Path, text: str) -> Json:
    """Read the value that a person types for a path: null for nothing, JSON for ``{..}`` and ``[..]``.

    Whole numbers and true/false are such only where the path takes them; text fields keep every text, dates included.
    """
    parsed, stripped = _parsed(path), text.strip()
    kind = parsed.kind
    if not stripped:
        return None
    if kind in ("list", "object") and stripped[0] in "{[":
        return _json(parsed, stripped)
    if kind == "any":
        return _any(parsed, stripped)
    if kind in ("flag", "count"):
        value = _WORDS.get(stripped.lower()) if kind == "flag" else _whole(stripped)
        if value is None:
            wanted = "true or false" if kind == "flag" else "a whole number"
            raise PathError(f"{parsed.text}: {text!r} is not {wanted}")
        return value
    if kind == "list" and parsed.last.field.type.kind in _CODES:
        return [part.strip() for part in stripped.split(",") if part.strip()]
    type_ = parsed.last.field.type
    return vocabulary.understood(stripped, type_.words) if type_.kind == "code" and kind == "text" else stripped


def _any(path: Path, text: str) -> Json:
    if path.last.key != "extra" and text[0] in "{[":
        return _json(path, text)
    number = _whole(text)
    if number is not None:
        return number
    return {"true": True, "false": False}.get(text, text)


def _whole(text: str) -> int | None:
    """A whole number as written plainly; ``007`` and what 64 bits cannot hold stay text."""
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 20) or (digits[0] == "0" and text != "0"):
        return None
    number = int(text)
    return number if -_LARGEST <= number < _LARGEST else None


def _json(path: Path, text: str) -> Json:
    import json

    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise PathError(f"{path.text}: not valid JSON: {error}") from None


def set_(record: Record, path: str | Path, value: Json) -> None:
    """Set the value at a path; None clears it: a list is emptied, a coded field goes back to its default.

    Raises ``PathError`` for read-only paths and for items that are not there.
    """
    parsed = _writable(path)
    holder, step = _holder(record, parsed), parsed.last
    if step.selector is None:
        holder[step.key] = _fitting(step, value)
    elif step.mapped:
        _put(holder[step.key], step.selector, value)
    else:
        _set_item(holder, step, parsed, value)


def add(record: Record, path: str | Path, value: Json) -> None:
    """Add an item to the list at a path, or a value under a new name to ``titles`` and ``extra``.

    A plain text stands for an item's code, id or kind: ``parties`` takes ``USA: Department of Defense``,
    ``identifiers`` takes ``TIAS 10901``. Raises ``PathError`` where the item is there already.
    """
    parsed = _writable(path)
    holder, step = _holder(record, parsed), parsed.last
    if step.selector is not None and step.mapped:
        if step.selector in holder[step.key]:
            raise PathError(f"{parsed.text} is there already; change it with --set")
        _put(holder[step.key], step.selector, value)
        return
    if not step.listed or step.selector is not None:
        raise PathError(f"{parsed.text} is no list; set it with --set")
    items = holder[step.key]
    for part in value if isinstance(value, list) else [value]:
        item = _item(step, part)
        if item in items:
            raise PathError(f"{parsed.text}: {part!r} is there already")
        items.append(item)


def remove(record: Record, path: str | Path, value: Json = None) -> None:
    """Take away what a path names: an item of a list, a name of ``titles`` or ``extra``, or a field's value.

    With ``value``, the path is a list and the value one of its texts, codes or ids.
    """
    parsed = _writable(path)
    holder, step = _holder(record, parsed), parsed.last
    selector = str(value) if value is not None and step.selector is None else step.selector
    whole = Path((*parsed.steps[:-1], step._replace(selector=selector)))
    if selector is None:
        holder[step.key] = default(step.shape, step.key)
    elif step.mapped:
        if selector not in holder[step.key]:
            raise PathError(absent(whole, step.key, list(holder[step.key])))
        del holder[step.key][selector]
    elif step.listed:
        del holder[step.key][_place(holder, step, whole, selector)]
    else:
        raise PathError(f"{parsed.text} is no list, so {selector!r} cannot be taken from it")


def _parsed(path: str | Path) -> Path:
    return parse(path) if isinstance(path, str) else path


def _writable(path: str | Path) -> Path:
    parsed = _parsed(path)
    if parsed.read_only:
        instead = "record an event with `tracker event`" if parsed.steps[0].key == "derived" else "change its owner"
        raise PathError(f"{path if isinstance(path, str) else path.text} is derived and cannot be set; {instead}")
    return parsed


def _holder(record: Record, path: Path) -> Record:
    """The object that holds the last key; parts of ``terms`` that are null are begun."""
    holder: Record = record
    for step in path.steps[:-1]:
        value = holder.get(step.key)
        if value is None:
            value = holder[step.key] = blank(step.inner)
        if isinstance(value, list):
            if step.selector is None:
                raise PathError(f"{path.text}: choose one item, as in {step.key}[...]")
            value = value[_place(holder, step, path, step.selector)]
        holder = value
    return holder


def _place(holder: Record, step: Step, path: Path, selector: str) -> int:
    items = holder[step.key]
    found = positions(items, step.key, selector)
    if not found:
        raise PathError(absent(path, step.key, items))
    if len(found) > 1:
        raise PathError(f"{path.text}: {len(found)} items bear that name; choose one by its position or full name")
    return found[0]


def _put(mapping: Record, name: str, value: Json) -> None:
    if value is None:
        mapping.pop(name, None)
    else:
        mapping[name] = value


def _fitting(step: Step, value: Json) -> Json:
    """The value in the form that the key takes: defaults for null, lists for single items, objects in full."""
    if value is None:
        return default(step.shape, step.key)
    if step.listed:
        return [_item(step, item) for item in (value if isinstance(value, list) else [value])]
    if isinstance(value, dict) and step.inner in KEYS:
        return complete(value, step.inner)
    return value


def _set_item(holder: Record, step: Step, path: Path, value: Json) -> None:
    """Set an item as a whole, or the number under an identifier's scheme."""
    items, selector = holder[step.key], step.selector or ""
    if step.key == "identifiers" and not isinstance(value, dict):
        scheme = selector.split(" ")[0]
        value = {"scheme": scheme, "value": value}
        if not positions(items, step.key, selector):
            items.append(value)
            return
    if value is None:
        raise PathError(f"{path.text}: an item cannot be null; take it away with --remove")
    place = _place(holder, step, path, selector)
    items[place] = _item(step, value)


def _item(step: Step, value: Json) -> Json:
    """One item of a list, from an object or from the text that stands for it."""
    shape = step.field.type.shape
    if shape is None or step.inner not in KEYS:
        return value
    if isinstance(value, dict):
        return complete(value, step.inner)
    if not isinstance(value, str) or shape.typed is None:
        keys = [field.key for field in shape.own_fields if field.required and field.key != "id"] or list(
            shape.keys[1:3]
        )
        said = ", ".join(f'"{key}": ...' for key in keys)
        raise PathError(f"{step.key}: expected an object in braces, with some of its keys: {{{said}}}")
    first, second = shape.typed
    item = shape.blank()
    head, _, tail = value.partition(shape.typed_mark) if second else (value, "", "")
    item[first] = head.strip()
    if second and tail.strip():
        item[second] = tail.strip()
    return item
