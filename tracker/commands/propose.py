"""``tracker propose``: read a text, and propose what to record."""

import shlex
from pathlib import Path
from typing import Annotated

import typer

from tracker.errors import InvalidValue, UsageProblem
from tracker.plain import Value
from tracker.shell import messages, output
from tracker.shell.context import AppContext
from tracker.shell.edit import proposing
from tracker.shell.edit.new import lookup
from tracker.shell.options import ChangeOptions, OutputOptions, command, one_of, option
from tracker.work.proposals import accepting, texts
from tracker.work.proposals.accepting import SourceGiven
from tracker.work.proposals.offers import offered, unread
from tracker.work.proposals.page import page


class TextOptions(Value):
    """What is known of the texts."""

    published: Annotated[
        str | None,
        typer.Option("--published", metavar="DATE", help="Day of publication, by which 'on Thursday' is told."),
    ] = None
    language: Annotated[
        str | None,
        option(
            "--language",
            "en, fr, de, es or ja (default: told by the words).",
            metavar="LANG",
            offers=one_of(("en", "fr", "de", "es", "ja")),
        ),
    ] = None
    source: Annotated[
        str | None, option("--source", "The source that the text is.", metavar="ID|URL", offers="source")
    ] = None
    kind: Annotated[
        str | None,
        option("--kind", "Kind of that source (default: unknown).", offers="vocabulary.SOURCE_KINDS"),
    ] = None


class AcceptOptions(Value):
    """What becomes of the proposals."""

    explain: Annotated[bool, typer.Option("--explain", help="Show the rules too, and what was seen and refused.")] = (
        False
    )
    accept: Annotated[
        str | None,
        typer.Option(
            "--accept", metavar="all|1,3|2=REF", help="Record these; =REF onto that agreement, =new as a new one."
        ),
    ] = None
    edit: Annotated[bool, typer.Option("--edit", help="Record them as they are left in $EDITOR.")] = False
    resume: Annotated[
        Path | None, typer.Option("--resume", metavar="FILE", help="Go on in $EDITOR with a text that was kept.")
    ] = None

    @property
    def records(self) -> bool:
        """Whether anything is to be recorded."""
        return self.accept is not None or self.edit or self.resume is not None


@command
def propose(
    context: AppContext,
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help="Texts: plain, Markdown or HTML; - for a pipe.", show_default=False),
    ],
    of_text: TextOptions,
    accept: AcceptOptions,
    change: ChangeOptions,
    out: OutputOptions,
) -> None:
    """Read articles and treaty texts, and propose what to record: each value with the very words it rests on.

    Nothing is stored unless it is accepted. What is accepted is one change: the text becomes a source with its
    SHA-256, and each value a claim of it that `tracker why` shows. An agreement of the register is never overwritten:
    what was blank is filled, what differs becomes a claim that `tracker conflicts` shows.

    Examples:
        tracker propose article.txt --published 2023-01-18
        tracker propose treaty.html --json
        tracker propose article.txt --published 2023-01-18 --accept all --source https://example.org/news --kind news
        tracker propose article.txt --explain

    Values:
        --kind vocabulary.SOURCE_KINDS

    Read on: docs/proposing.md; tracker help why; tracker help conflicts
    """
    if of_text.source and len(files) > 1:
        raise InvalidValue("--source names the source of one text; give the texts one by one")
    if accept.records and (out.chosen or out.output):
        raise UsageProblem("what is accepted prints its refs; leave the format and -o out")
    wants = accepting.wanted(accept.accept)
    given = texts.Given(texts.published(of_text.published, context.today), of_text.language)
    with lookup(context) as reader:
        read = texts.read(files, given, reader)
        if not accept.records:
            answer = page(offered(reader, read, context.today), _again(files, of_text), explain=accept.explain)
    if not accept.records:
        if output.shown_as(out) in ("objects", "rows"):  # whose formats have no place for it
            _warn(read)
        output.answer(answer, context, out)
        return
    source = SourceGiven(of_text.source, of_text.kind)
    _warn(read)
    edited = accept.edit or accept.resume is not None
    record = proposing.in_editor if edited else proposing.record
    record(context, read, proposing.Order(wants, source, accept.resume), change)


def _warn(read: list[texts.Text]) -> None:
    for line in unread(read):
        messages.warn(line)


def _again(files: list[Path], of_text: TextOptions) -> str:
    """Return the command that reads the same texts again."""
    given = [("--published", of_text.published), ("--language", of_text.language), ("--source", of_text.source)]
    options = [word for name, value in [*given, ("--kind", of_text.kind)] if value for word in (name, value)]
    return shlex.join(["tracker", "propose", *map(str, files), *options])
