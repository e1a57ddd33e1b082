"""One setting put into the user's file, or taken out of it; all else stays as it is written there."""

import re
from pathlib import Path

from tracker.errors import InvalidValue, StoreUnwritable
from tracker.files.aside import replacing
from tracker.record.types import Json
from tracker.shell import settings


def names() -> list[str]:
    """Return the names by which settings are set."""
    return [
        name
        for key, kind in settings.KEYS.items()
        for name in ([f"{key}.{inner}" for inner in settings.INNER[key]] if kind is dict else [key])
    ]


def check(name: str) -> None:
    """Raise InvalidValue for a name that is no setting, with the nearest ones."""
    if name not in names():
        from tracker.record.vocabulary import expected

        raise InvalidValue(f"no setting {name!r}; {expected(name, names())}")


def put(name: str, text: str) -> Path:
    """Write a setting into the user's file; an empty text takes it out. Returns the file.

    Raises InvalidValue for a value that the setting does not take, and for a file in which it stands in another way
    than on a line of its own.
    """
    check(name)
    file = settings.config_file()
    before = _text(file)
    value = _value(name, text)
    after = _with_line(before, name, None if value is None else f"{name} = {_toml(value)}")
    said = dict(settings.flat(settings.checked(after.encode(), file)))
    if said.get(name) != value:
        raise InvalidValue(f"{file}: {name} stands there in another way; change it with: tracker config edit")
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with replacing(file) as out:
            out.write(after.encode())
    except OSError as error:
        raise StoreUnwritable(f"cannot write the settings in {file}: {error.strerror}") from error
    return file


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidValue(f"cannot read the settings in {file}: {error}") from error


def _value(name: str, text: str) -> Json:
    if not text.strip():
        return None
    if settings.KEYS.get(name) is not bool:
        return text.strip()
    words = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
    if text.strip().lower() not in words:
        raise InvalidValue(f"{name} {text!r}: expected true or false")
    return words[text.strip().lower()]


def _toml(value: Json) -> str:
    import json

    return json.dumps(value, ensure_ascii=True)


def _with_line(text: str, name: str, line: str | None) -> str:
    """Return the text with the line of a setting put in, above the first table, or taken out."""
    own = re.compile(rf"\s*{re.escape(name)}\s*=")
    lines = [one for one in text.splitlines() if not own.match(one)]
    if line is not None:
        at = next((place for place, one in enumerate(lines) if one.lstrip().startswith("[")), len(lines))
        lines.insert(at, line)
    return "".join(f"{one}\n" for one in lines)
