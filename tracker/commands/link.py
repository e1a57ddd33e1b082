"""``tracker link``: say how one agreement relates to another, or take it back."""

from typing import Annotated, Any, NamedTuple

import typer

from tracker.errors import InvalidValue, NotFound, Refused, UsageProblem
from tracker.query.arguments import Texts
from tracker.read.file.connection import Reader
from tracker.read.lookup import refs
from tracker.read.records.agreements import record as read_record
from tracker.record import claims, relations
from tracker.record.document import blank
from tracker.record.vocabulary import CONFIDENCES, VocabularyError, check
from tracker.shell import messages, output
from tracker.shell.context import AppContext
from tracker.shell.options import ChangeOptions, command, completing, ref_argument
from tracker.shell.writing import writing
from tracker.store.validation.models import validate
from tracker.store.write.writer import Writer
from tracker.table import Record
from tracker.work import draft


class LinkOptions(NamedTuple):
    """What else is known of the relation."""

    title: Annotated[str | None, typer.Option("--title", help="Title of a target that is not in the register.")] = None
    word: Annotated[str | None, typer.Option("--word", help="The source's own word for it.")] = None
    confidence: Annotated[str | None, completing("--confidence", "high, medium or low.", CONFIDENCES)] = None
    note: Annotated[str | None, typer.Option("--note", help="A note.")] = None
    source: Annotated[Texts, typer.Option("--source", help="Source: its id or its address.", metavar="ID|URL")] = None
    remove: Annotated[bool, typer.Option("--remove", help="Take the relation away.")] = False

    @property
    def details(self) -> dict[str, Any]:
        """What was said beside type and target."""
        said = {"word": self.word, "confidence": self.confidence, "note": self.note}
        return {key: value for key, value in said.items() if value is not None}


class Link(NamedTuple):
    """A relation in its active direction: the record that holds it, and its target by ref or by title."""

    owner: str
    type: str
    target: str | None
    title: str | None

    def text(self) -> str:
        """Say the relation in words."""
        return f"{self.owner} {self.type} {self.target or repr(self.title)}"


@command
def link(
    context: AppContext,
    ref: Annotated[str, ref_argument("The agreement.")],
    relation: Annotated[
        str, typer.Argument(help="amends, amended_by, implements, ...; either direction.", show_default=False)
    ],
    options: LinkOptions,
    change: ChangeOptions,
    target: Annotated[str | None, ref_argument("The other agreement, or a title that is not in the register.")] = None,
) -> None:
    """Say how one agreement relates to another: tracker link us-uk-mda-amend-2024 amends us-uk-mda-1958.

    A relation is kept once, in the record that acts; the other one shows its inverse.
    """
    with writing(context, change) as writer:
        wanted = _link(writer.reader, ref, relation, target, options.title)
        if options.remove:
            said = _remove(writer, wanted, options, context.today)
        else:
            said = _record(writer, wanted, options, context.today)
    output.line(wanted.owner)
    would = "would be " if change.dry_run and not said.startswith("nothing") else ""
    messages.say(f"{would}{said}", quiet=context.quiet)


def _link(reader: Reader, ref: str, word: str, target: str | None, title: str | None) -> Link:
    """The relation that the words mean; the passive direction is turned round."""
    kind = "_".join(word.lower().replace("-", " ").split())
    try:
        check(kind, relations.TYPES, "relation")
    except VocabularyError as error:
        raise InvalidValue(str(error)) from error
    kind, swapped = relations.active(kind)
    if (target is None) == (title is None):
        raise UsageProblem(
            "link to what? Give the ref of the other agreement, or --title TITLE where it is not in the register"
        )
    found = refs.resolve(reader, ref)
    if target is not None and not any(char.isspace() for char in target.strip()):
        other = refs.resolve(reader, target)
        if other == found:
            raise InvalidValue(f"{found} cannot be related to itself; name the other agreement")
        return Link(other, kind, found, None) if swapped else Link(found, kind, other, None)
    named = (title or target or "").strip()
    if swapped:
        raise InvalidValue(
            f"{word}: such a relation is kept as {kind!r} in the record of {named!r}, which is not in the register; "
            "record it first with tracker add"
        )
    return Link(found, kind, None, named)


def _held(record: Record, wanted: Link) -> Record | None:
    """The relation as the record holds it."""
    relations_held: list[Record] = record["relations"]
    for held in relations_held:
        if (held["type"], held["target"]) == (wanted.type, wanted.target) and (
            wanted.target is not None or held["target_title"] == wanted.title
        ):
            return held
    return None


def _record(writer: Writer, wanted: Link, options: LinkOptions, today: str) -> str:
    record = read_record(writer.reader, wanted.owner, today)
    held = _held(record, wanted)
    if held is None and wanted.type in relations.SYMMETRIC and wanted.target is not None:
        turned = Link(wanted.target, wanted.type, wanted.owner, None)
        other = read_record(writer.reader, wanted.target, today)
        if _held(other, turned) is not None:
            record, held, wanted = other, _held(other, turned), turned
    is_new = held is None
    if held is None:
        held = blank("agreement.relations") | {
            "type": wanted.type,
            "target": wanted.target,
            "target_title": wanted.title,
        }
        record["relations"].append(held)
    held |= options.details
    sources = [draft.source(writer.reader, text) for text in options.source or []]
    held["sources"] += [source for source in sources if source not in held["sources"]]
    outcome = writer.put_agreement(validate(record, wanted.owner))
    if outcome.what == "unchanged":
        return f"nothing to change: {wanted.owner} holds it already: {wanted.text()}"
    stored = f"{'recorded' if is_new else 'changed'} in {wanted.owner}: {wanted.text()}"
    if wanted.target is None:
        return f"{stored} (a title that is not in the register)"
    inverse = relations.inverse(wanted.type)
    return f"{stored} ({wanted.target} shows {inverse}); see the tree with: tracker lineage {wanted.owner}"


def _remove(writer: Writer, wanted: Link, options: LinkOptions, today: str) -> str:
    if options.details or options.source:
        raise UsageProblem(
            "--remove takes the whole relation away; leave out --word, --confidence, --note and --source"
        )
    ends = [wanted]
    if wanted.type in relations.SYMMETRIC and wanted.target is not None:
        ends.append(Link(wanted.target, wanted.type, wanted.owner, None))
    holders = []
    for end in ends:
        record = read_record(writer.reader, end.owner, today)
        held = _held(record, end)
        if held is None:
            continue
        before = {**record, "relations": list(record["relations"])}
        record["relations"].remove(held)
        try:
            claims.reconcile(before, record)
        except claims.ClaimError as error:
            raise Refused(f"{end.owner}: {error}") from error
        writer.put_agreement(validate(record, end.owner))
        holders.append(end.owner)
    if not holders:
        raise NotFound(f"there is no relation {wanted.text()}; {_between(writer.reader, wanted)}")
    return f"taken away from {' and '.join(holders)}: {wanted.text()}"


def _between(reader: Reader, wanted: Link) -> str:
    """What relates the two agreements, for a message."""
    rows = reader.rows(
        "SELECT agreement_ref, type, coalesce(target, target_title) AS target FROM relations"
        " WHERE agreement_ref = :owner AND (:target IS NULL OR target = :target)"
        " OR agreement_ref = :target AND target = :owner ORDER BY agreement_ref, type",
        {"owner": wanted.owner, "target": wanted.target},
    )
    found = ", ".join(f"{row['agreement_ref']} {row['type']} {row['target']}" for row in rows)
    return f"recorded is: {found}" if found else "none is recorded between them"
