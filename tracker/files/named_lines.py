"""Lines saved under a name in the user's configuration folder: ``name = "text"``, never in a store."""

from pathlib import Path
from typing import NamedTuple

from tracker.errors import InvalidValue, NotFound, StoreUnwritable
from tracker.files.aside import replacing
from tracker.files.folders import config_folder
from tracker.query.parsing import is_name


class NamedLines(NamedTuple):
    """One file of such lines."""

    file: str
    """Its name."""
    noun: str
    """What one line is: a saved query."""
    plural: str
    example: str
    """A line that could stand there, without its name."""
    way: str
    """The command that saves one, ``{name}`` for its name."""
    listing: str
    """The command that lists them."""

    @property
    def place(self) -> Path:
        """Where the file lies."""
        return config_folder() / self.file

    def load(self) -> dict[str, str]:
        """Return all lines by name. Raises InvalidValue for a file that cannot be read."""
        place = self.place
        try:
            text = place.read_bytes().decode("utf-8")
        except FileNotFoundError:
            return {}
        except (OSError, UnicodeDecodeError) as error:
            raise InvalidValue(f"cannot read the {self.plural} in {place}: {error}") from error
        import tomllib

        try:
            lines = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise InvalidValue(f"the {self.plural} in {place} are no TOML: {error}") from error
        for name, line in lines.items():
            if not isinstance(line, str) or not is_name(name):
                raise InvalidValue(f'{place}: {name!r}: expected a line such as mine = "{self.example}"')
        return lines

    def text(self, name: str, lines: dict[str, str] | None = None) -> str:
        """Return a line, of those that were loaded already where these are given.

        Raises InvalidValue with the nearest names.
        """
        lines = self.load() if lines is None else lines
        if name in lines:
            return lines[name]
        from tracker.text.names import suggest

        near = suggest(name, lines)
        if near:
            hint = f"did you mean {' or '.join(f'@{other}' for other in near)}?"
        else:
            hint = f"save one with: {self.way.format(name=name)}"
        raise InvalidValue(f"no {self.noun} @{name}; {hint}")

    def check_name(self, name: str) -> None:
        """Raise InvalidValue for what cannot stand as a name."""
        if not is_name(name):
            kind = self.noun.removeprefix("saved ")
            raise InvalidValue(f"{name!r} is no name for a {kind}: expected letters, digits, - and _, such as due-soon")

    def save(self, name: str, text: str) -> str | None:
        """Keep a line under a name; return the text that stood there before."""
        self.check_name(name)
        lines = self.load()
        before = lines.get(name)
        self._write({**lines, name: text})
        return before

    def remove(self, name: str) -> None:
        """Forget a line; raises NotFound."""
        lines = self.load()
        if name not in lines:
            raise NotFound(f"no {self.noun} @{name}; `{self.listing}` shows them")
        del lines[name]
        self._write(lines)

    def _write(self, lines: dict[str, str]) -> None:
        import json

        place = self.place
        written = [f"{name} = {json.dumps(line)}\n" for name, line in sorted(lines.items())]
        comment = f'# {self.plural.capitalize()} of tracker: name = "{self.example}". Used as @name.\n'
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            with replacing(place) as out:
                out.write((comment + "".join(written)).encode())
        except OSError as error:
            raise StoreUnwritable(f"cannot write the {self.plural} in {place}: {error.strerror}") from error
