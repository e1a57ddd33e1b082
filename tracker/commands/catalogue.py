"""What ``list``, ``show`` and ``add`` of parties, focus areas, families, people and sources have in common."""

from typing import Any

from tracker import messages, output
from tracker.context import AppContext
from tracker.domain.names import slug
from tracker.domain.record import COLLECTIONS
from tracker.errors import Duplicate
from tracker.options import ChangeOptions, OutputOptions
from tracker.read import catalogue, memberships
from tracker.read.connection import open_store


def list_all(context: AppContext, out: OutputOptions, kind: str) -> None:
    """Print all objects of a kind."""
    with open_store(context.store) as reader:
        if reader.absent:
            messages.say(f"there is no store yet ({context.store.path}); the first write makes it", quiet=context.quiet)
        output.answer(catalogue.everything(reader, kind), context, out)


def show_one(context: AppContext, out: OutputOptions, kind: str, name: str) -> None:
    """Print one object and the agreements that refer to it; of a party also who is a member of whom, and when."""
    with open_store(context.store) as reader:
        page = catalogue.one(reader, kind, name)
        if kind == "party":
            page = memberships.added(reader, page, context.today)
        output.answer(page, context, out)


def add_one(context: AppContext, change: ChangeOptions, kind: str, document: dict[str, Any]) -> None:
    """Record a new object; its id is made from its name where none is given. Raises Duplicate where it is there."""
    from tracker.commands.objects import judge, warn_of_shared_names
    from tracker.store.models import validate
    from tracker.store.session import transaction

    key = catalogue.SHELVES[kind].key
    name = document.get("name") or document.get("label") or document["title"]
    document[key] = document.get(key) or slug(name)
    noun = kind.replace("_", " ")
    record = validate({"record": kind, **document}, f"{noun} {document[key]}", kind)
    with transaction(
        context.store.path, actor=context.who, command=context.command_line, dry_run=change.dry_run
    ) as writer:
        if writer.reader.row(f"SELECT 1 FROM {COLLECTIONS[kind]} WHERE {key} = :key", {"key": record[key]}):  # noqa: S608  # names of the schema
            raise Duplicate(f"there is a {noun} {record[key]} already; choose another {key}")
        writer.put_object(kind, record)
        judge(writer.reader, kind, record)
        warn_of_shared_names(writer.reader, kind, record, known=set())
    output.line(record[key])
    did = "would be recorded" if change.dry_run else "recorded"
    messages.say(f"{did}: {noun} {record[key]}", quiet=context.quiet)
