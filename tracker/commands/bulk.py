"""Records that a command acts on: one by its ref, several by a query, shown and asked about first."""

from collections.abc import Sequence
from copy import deepcopy
from typing import Annotated, Any, NamedTuple

import typer

from tracker.commands.edit_options import EditOptions
from tracker.errors import ChangedMeanwhile, Declined, InvalidRecord, UsageProblem
from tracker.query.arguments import FilterArguments
from tracker.read.file.connection import Reader
from tracker.read.query.option_filters import filters, is_query
from tracker.read.query.selection import Selection
from tracker.record.values import spelled
from tracker.shell import messages, output
from tracker.shell.context import AppContext
from tracker.shell.options import ChangeOptions, as_of_option
from tracker.shell.reading import opened

SHOWN = 5
"""Records of a bulk change that are shown before it is made."""

JOINING = ("and", "or", "not")


class QueryOptions(NamedTuple):
    """How the query of a bulk change is asked; everything else is said in terms."""

    certain: Annotated[bool, typer.Option("--certain", help="With a query: only what matches for certain.")] = False
    as_of: Annotated[str | None, as_of_option()] = None


class Found(NamedTuple):
    """The agreements that a query found, in order of their refs."""

    refs: list[str]
    doubtful: int
    """How many of them match only possibly."""

    def counted(self) -> str:
        """Say how many."""
        number = len(self.refs)
        doubt = f" ({self.doubtful} of them match only possibly)" if self.doubtful else ""
        return f"{number} agreement{'s'[: number != 1]}{doubt}"


def names_many(texts: Sequence[str]) -> bool:
    """Whether the arguments are a query: one with a colon, a quote or a bracket, or a saved query.

    Raises UsageProblem for an argument beside terms that is none: it is never taken for a text to look for.
    """
    if not is_query(texts):
        return False
    for text in texts:
        if not is_query([text]) and text.lower() not in JOINING:
            raise UsageProblem(f"{text!r} is no term; write ref:{text} for one agreement, '\"{text}\"' for a text")
    return True


def find(reader: Reader, texts: Sequence[str], options: QueryOptions, today: str) -> Found:
    """Return what a query finds."""
    asked = FilterArguments(certain=options.certain, as_of=options.as_of)
    found = Selection(filters(reader, asked, today, texts)).refs(reader)
    return Found([ref for ref, _ in found], sum(match == "possible" for _, match in found))


def agreed(context: AppContext, what: str, lines: Sequence[str]) -> None:
    """Show a bulk change and ask for it; raises Declined."""
    for line in lines:
        messages.say(line)
    if not context.interactive:
        raise Declined(f"nothing was changed: this would {what}; add --yes")
    if not messages.ask(f"{what[0].upper()}{what[1:]}?"):
        raise Declined("nothing was changed")


def refuse_others(before: Found, now: Found) -> None:
    """Raise ChangedMeanwhile where a query finds other agreements than those that were agreed to."""
    if before.refs != now.refs:
        raise ChangedMeanwhile(
            f"the register was changed meanwhile: the query finds {now.counted()} now, not {before.counted()}; "
            "nothing was changed"
        )


def edit(
    context: AppContext, texts: Sequence[str], options: EditOptions, query: QueryOptions, change: ChangeOptions
) -> None:
    """Change the same fields of all agreements that a query finds, in one change."""
    if not options.by_path or options.resume:
        raise UsageProblem("a query changes many agreements: say how with --set, --add or --remove")
    from tracker.shell.writing import writing

    expected = None if change.yes or change.dry_run else _agreed_edit(context, texts, options, query)
    with writing(context, change) as writer:
        found = find(writer.reader, texts, query, context.today)
        if expected is not None:
            refuse_others(expected, found)
        outcomes = []
        for ref in found.refs:
            document, _ = _edited(writer.reader, ref, options, context.today)
            outcomes.append(writer.put_agreement(document))
    changed = [outcome for outcome in outcomes if outcome.what != "unchanged"]
    for outcome in changed:
        output.line(outcome.id)
        if change.dry_run:
            for path, old, new in outcome.changes:
                messages.say(f"{outcome.id}: {path}: {spelled(old)} -> {spelled(new)}", quiet=context.quiet)
    did = "would be changed" if change.dry_run else "changed"
    messages.say(f"{did}: {len(changed)} of {found.counted()}", quiet=context.quiet)


def _agreed_edit(context: AppContext, texts: Sequence[str], options: EditOptions, query: QueryOptions) -> Found | None:
    """Return what the person wants changed, after the first records were shown; None where there is nothing."""
    from tracker.record.differences import differences

    with opened(context) as reader:
        found = find(reader, texts, query, context.today)
        lines = []
        for ref in found.refs[:SHOWN]:
            document, before = _edited(reader, ref, options, context.today)
            found_changes = differences(before, document)
            said = "; ".join(f"{path}: {spelled(old)} -> {spelled(new)}" for path, old, new in found_changes)
            lines.append(f"{ref}: {said or 'nothing to change'}")
    if not found.refs:
        return found
    if len(found.refs) > SHOWN:
        lines.append(f"and {len(found.refs) - SHOWN} more")
    agreed(context, f"change {found.counted()}", lines)
    return found


def _edited(reader: Reader, ref: str, options: EditOptions, today: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return a record with the changes made and judged, and as it was. Raises InvalidRecord with its ref."""
    from tracker.commands.edit import settle
    from tracker.errors import TrackerError
    from tracker.read.records import agreements
    from tracker.record.document import strip_read_only
    from tracker.work import typed

    before = strip_read_only(agreements.record(reader, ref, today))
    edited = deepcopy(before)
    try:
        for what, path, text in options.steps():
            typed.apply(reader, edited, what, path, text, today)
        return settle(before, edited, ref)[0], before
    except InvalidRecord:
        raise
    except TrackerError as error:
        raise type(error)(f"{ref}: {error}") from error
