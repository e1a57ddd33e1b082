"""Claims of files about parties, families, focus areas and sources that their records do not hold, by their names.

A name that is borne becomes its code before the record is judged. One that nobody bears yet may be the code of what
stands further down in the files, so it is asked about again once all is there.
"""

from collections import defaultdict
from collections.abc import Iterator

from tracker.errors import InvalidRecord, UnknownName
from tracker.read.file.connection import Reader
from tracker.read.lookup import brackets
from tracker.record.paths import PathError, is_exact
from tracker.record.shapes import stand_for
from tracker.record.types import Json, Record

Place = tuple[str, str]
"""Where a record stands, and the path of a claim in it."""


class Claimed:
    """What the claims of an import are about; what nobody bears is known from one way through the files to the next."""

    def __init__(self) -> None:
        self.nobody: dict[str, str] = {}
        """Fields of claims about what nobody bears, each with what to say of it."""
        self._waiting: dict[str, list[Place]] = defaultdict(list)
        """Fields of claims about what is not there yet, each with the places of these claims."""

    def begin(self) -> None:
        """Forget where claims stand: the files are read anew."""
        self._waiting.clear()

    @staticmethod
    def led(reader: Reader, content: Json) -> Json:
        """Return a record as it was read, with codes in its claims in place of the names that somebody bears."""
        claims = content.get("claims") if isinstance(content, dict) else None
        if not isinstance(claims, list) or not any(_listed(_field(claim)) for claim in claims):
            return content
        return {**content, "claims": [_led(reader, content, claim) for claim in claims]}

    def note(self, reader: Reader, document: Record, where: str) -> None:
        """Note the claims of a valid record that are about what is not there yet.

        Raises InvalidRecord for those of which is known that nobody bears the name.
        """
        problems = []
        for position, claim in enumerate(document.get("claims") or ()):
            field = claim["field"]
            path = f"claims[{claim['id'] or position}].field"
            if field in self.nobody:
                problems.append((path, self.nobody[field]))
            elif _listed(field) and not _is_borne(reader, document, field):
                self._waiting[field].append((where, path))
        if problems:
            raise InvalidRecord(where, problems)

    def unborne(self, reader: Reader) -> Iterator[tuple[str, Place]]:
        """Yield, once all is there, what to say of each claim about what nobody bears, and its place."""
        for field, places in self._waiting.items():
            message = _refusal(reader, field)
            if message:
                self.nobody[field] = message
                yield from ((message, place) for place in places)


def _field(claim: Json) -> str:
    field = claim.get("field") if isinstance(claim, dict) else None
    return field if isinstance(field, str) else ""


def _listed(field: str) -> str:
    """The list whose items a field chooses by the objects that they stand for; empty where it does not."""
    key, bracket, _ = field.partition("[")
    return key if bracket and key in stand_for() else ""


def _led(reader: Reader, content: Record, claim: Json) -> Json:
    field = _field(claim)
    key = _listed(field)
    if not key:
        return claim
    try:
        if not is_exact(field):
            return claim
        path = brackets.looked_up(reader, {"record": "agreement", key: content.get(key)}, field)
    except (PathError, UnknownName):
        return claim  # told once the record is judged, or once all is there
    return claim if path == field else {**claim, "field": path}


def _is_borne(reader: Reader, document: Record, field: str) -> bool:
    try:
        return brackets.looked_up(reader, document, field) == field
    except UnknownName:
        return False


def _refusal(reader: Reader, field: str) -> str:
    """Return what to say of a claim on a field where it is about nobody; empty where it is about somebody."""
    try:
        path = brackets.looked_up(reader, {"record": "agreement"}, field)
    except UnknownName as error:
        return f"{field}: {error}"
    return "" if path == field else f"{field}: what this import itself brings goes by its code; write {path}"
