"""A TOML file read key by key, so that every mistake is told with file, line, key and what was expected."""

import re
import tomllib
from collections.abc import Collection, Iterator
from pathlib import Path

from tracker.errors import InvalidValue, UnreadableFile
from tracker.record.types import Json, Record
from tracker.record.vocabulary import expected

LARGEST = 1024 * 1024
"""Bytes of a map."""

DEEPEST = 20
"""Keys that dots join; no key of a map is as deep, and the time to read one grows with the square of its depth."""

SHOWN = 200
"""Characters of a key that a message repeats."""

_PIECE = re.compile(r"""[\w-]+|"[^"\n]*"|'[^'\n]*'|\.|[ \t]+|[^\w."' \t-]+|["']""")
"""A key, a text, a dot, blanks, or anything else."""


def _is_deep(text: str) -> bool:
    """Whether more keys are joined by dots than any map joins."""
    if text.count(".") <= DEEPEST:
        return False
    dots, before = 0, ""
    for found in _PIECE.finditer(text):
        piece = found[0]
        if piece[0] in " \t":
            continue
        goes_on = before == "." if _is_key(piece) else piece == "." and _is_key(before)
        dots = dots + (piece == ".") if goes_on else 0
        if dots > DEEPEST:
            return True
        before = piece
    return False


def _is_key(piece: str) -> bool:
    return piece[:1] in ('"', "'", "-", "_") or piece[:1].isalnum()


class Table:
    """A table of the file; keys are taken one by one, and ``close`` refuses those that nobody took."""

    def __init__(self, file: "Toml", path: str, values: Record) -> None:
        self.file, self.path, self.values = file, path, values
        self.known: list[str] = []

    def problem(self, key: str, message: str) -> InvalidValue:
        """Make the error for a key of this table."""
        return self.file.problem(self.under(key), message)

    def under(self, key: str) -> str:
        """The path of a key: ``event[2].date``."""
        return f"{self.path}.{key}" if self.path else key

    def take(self, key: str) -> Json:
        """The value of a key, None where it is missing."""
        self.known.append(key)
        return self.values.get(key)

    def text(self, key: str, *, needed: bool = False) -> str | None:
        """A text."""
        value = self.take(key)
        if value is None and needed:
            raise self.problem(key, "is missing")
        if value is not None and not isinstance(value, str):
            raise self.problem(key, f"expected a text in quotes, not {value!r}")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; one alone may stand without brackets, and a number for its text."""
        value = self.take(key)
        items = [] if value is None else value if isinstance(value, list) else [value]
        if not all(isinstance(item, str) or (isinstance(item, int) and not isinstance(item, bool)) for item in items):
            raise self.problem(key, 'expected a list of texts, such as ["NA", "-99"]')
        return tuple(str(item) for item in items)

    def numbers(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers from 1; one alone may stand without brackets."""
        value = self.take(key)
        items = [] if value is None else value if isinstance(value, list) else [value]
        if not all(isinstance(item, int) and not isinstance(item, bool) and item > 0 for item in items):
            raise self.problem(key, "expected the number of a row, such as 2, or several, such as [2, 3]")
        return tuple(items)

    def flag(self, key: str, *, default: bool = False) -> bool:
        """True or false."""
        value = self.take(key)
        if value is not None and not isinstance(value, bool):
            raise self.problem(key, f"expected true or false, not {value!r}")
        return default if value is None else value

    def pairs(self, key: str) -> dict[str, str]:
        """A table of texts."""
        value = self.take(key)
        if value is None:
            return {}
        if not isinstance(value, dict) or not all(isinstance(item, str) for item in value.values()):
            raise self.problem(key, 'expected a table of texts, such as { A = "binding" }')
        return value

    def lists(self, key: str) -> dict[str, tuple[str, ...]]:
        """A table of texts, each one or a list."""
        value = self.take(key)
        if value is None:
            return {}
        known = isinstance(value, dict) and all(
            isinstance(item, str) or (isinstance(item, list) and all(isinstance(one, str) for one in item))
            for item in value.values()
        )
        if not known:
            raise self.problem(key, 'expected a table of texts or lists, such as { UK = "GBR", Benelux = ["BEL"] }')
        return {name: (item,) if isinstance(item, str) else tuple(item) for name, item in value.items()}

    def table(self, key: str) -> "Table":
        """A table; an empty one where it is missing."""
        value = self.take(key)
        if value is not None and not isinstance(value, dict):
            raise self.problem(key, f"expected a table, written [{self.under(key)}]")
        return Table(self.file, self.under(key), value or {})

    def tables(self, key: str) -> Iterator["Table"]:
        """An array of tables; one alone may stand without brackets."""
        value = self.take(key)
        items = [] if value is None else value if isinstance(value, list) else [value]
        for number, item in enumerate(items, 1):
            if not isinstance(item, dict):
                raise self.problem(key, f"expected a table, written [[{self.under(key)}]]")
            yield Table(self.file, f"{self.under(key)}[{number}]", item)

    def close(self) -> None:
        """Refuse keys that nobody asked for, with the nearest one that is known."""
        for key in self.values:
            if key not in self.known:
                raise self.problem(key, f"is no key of this table; {nearest(key, self.known)}")


class Toml:
    """The file, and where its keys stand."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        try:
            data = path.read_bytes() if path.stat().st_size <= LARGEST else None
        except OSError as error:
            raise UnreadableFile(f"cannot read the map {path}: {error.strerror}") from error
        if data is None:
            raise UnreadableFile(f"the map {path} is larger than {LARGEST >> 20} MiB; a map is a short text")
        try:
            self.text = data.decode("utf-8-sig")
            if _is_deep(self.text):
                raise UnreadableFile(
                    f"the map {path} joins more than {DEEPEST} keys by dots; a map is no deeper than 3"
                )
            self.root = Table(self, "", tomllib.loads(self.text))
        except UnicodeDecodeError:
            raise UnreadableFile(f"the map {path} is not UTF-8") from None
        except (ValueError, RecursionError) as error:  # a number may have too many digits
            raise UnreadableFile(f"the map {path} is no TOML: {error}") from None

    def problem(self, path: str, message: str) -> InvalidValue:
        """Make an error that names the file, the line where it can be told, and the key."""
        line = self.line(path)
        where = f"{self.name}, line {line}" if line else self.name
        shown = path if len(path) <= SHOWN else f"{path[:SHOWN]}..."
        return InvalidValue(f"{where}: {shown}: {message}")

    def line(self, path: str) -> int | None:
        """The line of a key, or of the nearest table above it that stands in the file."""
        lines = self._lines()
        above = [key for key in lines if path.startswith(key) and path[len(key) : len(key) + 1] in ("", ".")]
        return lines[max(above, key=len)] if above else None

    def _lines(self) -> dict[str, int]:
        lines: dict[str, int] = {}
        counts: dict[str, int] = {}
        section = ""
        for number, line in enumerate(self.text.splitlines(), 1):
            many = re.match(r"\s*+\[\[([^\]]+)\]\]", line)
            header = re.match(r"\s*+\[([^\]]+)\]", line)
            key = re.match(r"""\s*+(?:"([^"]*)"|'([^']*)'|([\w.-]+))\s*=""", line)
            if many:
                section = many[1].strip()
                counts[section] = counts.get(section, 0) + 1
                section = f"{section}[{counts[section]}]"
                lines[section] = number
            elif header:
                section = header[1].strip()
                lines.setdefault(section, number)
            elif key:
                name = key[1] or key[2] or key[3] or ""
                lines.setdefault(f"{section}.{name}" if section else name, number)
        return lines


def nearest(name: str, known: Collection[str]) -> str:
    """Say which known name was likely meant."""
    return expected(name, sorted(known))
