"""What ``list``, ``show`` and ``add`` of parties, focus areas, families, people and sources have in common."""

from collections.abc import Callable
from typing import Any

from tracker.errors import Duplicate, InvalidValue
from tracker.read.file.connection import Reader
from tracker.read.lookup import memberships
from tracker.read.records import catalogue
from tracker.record.document import COLLECTIONS, IDENTITY
from tracker.shell import messages, output
from tracker.shell.context import AppContext
from tracker.shell.options import ChangeOptions, OutputOptions
from tracker.shell.reading import opened, reading
from tracker.text import refs


def list_all(context: AppContext, out: OutputOptions, kind: str) -> None:
    """Print all objects of a kind."""
    with reading(context, "the first write makes it") as reader:
        output.answer(catalogue.everything(reader, kind), context, out)


def show_one(context: AppContext, out: OutputOptions, kind: str, name: str) -> None:
    """Print one object and the agreements that refer to it; of a party also who is a member of whom, and when."""
    with opened(context) as reader:
        page = catalogue.one(reader, kind, name)
        if kind == "party":
            page = memberships.added(reader, page, context.today)
        output.answer(page, context, out)


def add_one(context: AppContext, change: ChangeOptions, kind: str, draft: Callable[[Reader], dict[str, Any]]) -> None:
    """Record a new object, whose id or code ``draft`` gives; raises Duplicate where it is there.

    ``draft`` looks names up in the store that is written to, for the first write makes it.
    """
    from tracker.commands.objects import warn_of_shared_names
    from tracker.shell.writing import writing
    from tracker.store.validation.models import validate

    key = IDENTITY[kind]
    noun = kind.replace("_", " ")
    with writing(context, change, create=True) as writer:
        document = draft(writer.reader)
        record = validate({"record": kind, **document}, f"{noun} {document[key]}", kind)
        if writer.reader.row(f"SELECT 1 FROM {COLLECTIONS[kind]} WHERE {key} = :key", {"key": record[key]}):  # noqa: S608  # names of the schema
            raise Duplicate(f"there is a {noun} {record[key]} already; choose another {key}")
        writer.put_object(kind, record)
        warn_of_shared_names(writer.reader, kind, record, known=set())
    output.line(record[key])
    did = "would be recorded" if change.dry_run else "recorded"
    messages.say(f"{did}: {noun} {record[key]}", quiet=context.quiet)


def made_from(name: str, key: str, prefix: str = "") -> str:
    """The id or code that a new object gets from its name; raises InvalidValue where none can be made."""
    made = refs.proposed_id(name)
    if made is None:
        raise InvalidValue(f"{name!r} has no Latin letters to make the {key} from; give one with --{key}")
    return (prefix + made)[: refs.LONGEST].rstrip("-")
