"""What is made of an answer on its way out: what was asked of it, its format, a pager. ``streams`` takes the bytes."""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from tracker import plugins
from tracker.errors import InvalidValue, OutputBroken
from tracker.query.arguments import PageArguments
from tracker.renderers import Form, RenderOptions, shows
from tracker.shell import messages, streams
from tracker.table import Answer, Column, LeftOut, Page, Records, Shown, Table

if TYPE_CHECKING:
    from tracker.shell.context import AppContext
    from tracker.shell.options import OutputOptions


def answer(answered: Answer, context: "AppContext", out: "OutputOptions") -> None:
    """Write what a command found, as its output options ask."""
    _refuse(out.output, context)
    answered = _as_asked(answered, out)
    if out.exit_code:
        answered, context.kept.found_nothing = peeked(answered)
    if context.store.known_at:
        answered = looking_back(answered, context.store.known_at)
    is_told = shown_as(out) != "rows" or (out.chosen is None and _goes_whole(answered, out.output))
    if not isinstance(answered, Records) and shown_as(out) == "rows":
        answered, is_empty = _told_where_empty(answered, context)
        is_told = is_told or is_empty
    answered = _proved(answered, out)
    write(answered, format=out.chosen, path=out.output, options=_asked(context, out), pager=context.pager)
    if not is_told and (left_out := _left_out(answered)):
        said = ", ".join(f"{item.number} ({item.reason})" for item in left_out)
        messages.say(f"left out: {said}", quiet=context.quiet)


def _left_out(answered: Answer) -> list[LeftOut]:
    return [*(answered.data if isinstance(answered, Page) else answered).left_out]


def _refuse(path: Path | None, context: "AppContext", reads: Iterable[Path] = ()) -> None:
    """Raise InvalidValue for a file that no answer is written over; most answers go to no file."""
    if path is not None:
        from tracker.shell import protected

        protected.refuse(path, context.store.path, reads)


def _asked(context: "AppContext", out: "OutputOptions") -> RenderOptions:
    options = render_options(out.output, color=context.color).but(
        register=context.store.path.name, author=context.actor, today=context.today
    )
    return options.but(wide=out.wide, totals=out.totals, asked=out.template or out.jq or "", form=_form(out))


def _form(out: "OutputOptions") -> Form | None:
    return "template" if out.template is not None else "jq" if out.jq is not None else None


def names(out: "OutputOptions") -> str | None:
    """Return the columns that are asked for; None: the usual ones, also where it is asked which there are."""
    return None if _asks_which(out) else out.names


def paged(page: PageArguments, context: "AppContext", out: "OutputOptions", command: str) -> PageArguments:
    """Return which columns and which order are asked for; where people read, the settings say what is usual."""
    asked = page.but(columns=names(out))
    if shown_as(out) not in ("people", "terminal"):
        return asked
    usual = context.settings
    return asked.but(columns=asked.columns or usual.columns.get(command), sort=asked.sort or usual.sort.get(command))


def _asks_which(out: "OutputOptions") -> bool:
    return out.json and out.columns is not None and not out.columns.strip()


def _as_asked(answered: Answer, out: "OutputOptions") -> Answer:
    if out.names is None:
        return answered
    from tracker.read.lists import picked

    if _asks_which(out):
        return Table("columns", [Column("name", "code"), Column("kind")], list(picked.available(answered)))
    if not picked.split(out.names):
        raise InvalidValue("columns: no column is named; leave the option out for the usual ones")
    return picked.picked(answered, out.names)


def peeked(answered: Answer) -> tuple[Answer, bool]:
    """Return an answer that is whole still, and whether there is nothing in it."""
    if isinstance(answered, Page):
        data, is_empty = peeked(answered.data)
        return answered.but(data=cast("Table | Records", data)), is_empty
    if isinstance(answered, Table):
        rows, is_empty = _peeked(answered.rows)
        return answered.but(rows=rows), is_empty
    objects, is_empty = _peeked(answered.objects)
    if answered.lean is None:
        return answered.but(objects=objects), is_empty
    lean, is_empty = _peeked(answered.lean)
    return answered.but(objects=objects, lean=lean), is_empty


def _told_where_empty(answered: Table | Page, context: "AppContext") -> tuple[Table | Page, bool]:
    """Say beside an answer without a row what people read under it: why there is none; tell whether that was said.

    JSON holds it itself.
    """
    if isinstance(answered, Page) and isinstance(answered.data, Records):
        return answered, False
    whole, is_empty = peeked(answered)
    if not is_empty or isinstance(whole, Records):
        return cast("Table | Page", whole), False
    footer = [*whole.footer]
    for line in footer:
        messages.say(line, quiet=context.quiet)
    return whole.but(footer=footer), True


def _peeked(items: Iterable[Any]) -> tuple[Iterable[Any], bool]:
    if isinstance(items, Sequence):
        return items, not items
    iterator = iter(items)
    first = list(islice(iterator, 1))
    return chain(first, iterator), not first


def _proved(answered: Answer, out: "OutputOptions") -> Answer:
    """Return the answer with its hash, where a report goes to a file or the hash is asked for."""
    proof = None if isinstance(answered, Records) else answered.proof
    asked = out.hash or out.output not in (None, streams.STDOUT)
    if proof is None or not asked or isinstance(answered, Records):
        return answered
    from tracker.read.lists import proofs

    if not out.hash:
        return answered.but(footer=chain(answered.footer, map(proofs.hash_line, [proof])))
    proved = proof.hash()
    footer = chain(answered.footer, [proofs.hash_in_words(proved)])
    if isinstance(answered, Table):
        return answered.but(footer=footer, hash=proved)
    data = answered.data
    return answered.but(footer=footer, data=data.but(hash=proved) if isinstance(data, Table) else data)


def looking_back(answered: Answer, known_at: str) -> Answer:
    """Return an answer that says of which moment's knowledge it tells."""
    line = f"as the register stood at {known_at}"
    if isinstance(answered, Page):
        data = answered.data
        if isinstance(data, Table):
            data = data.but(filters={**data.filters, "known_at": known_at})
        return answered.but(data=data, footer=chain(answered.footer, [line]))
    if isinstance(answered, Table):
        asked = {**answered.filters, "known_at": known_at}
        return answered.but(filters=asked, footer=chain(answered.footer, [line]))
    return answered.but(footer=chain(answered.footer, [line]))


def line(text: str) -> None:
    """Print one line, such as the reference that a write command gives back; what acts on a terminal is shown."""
    from tracker.text.safety import visible

    write_text(f"{visible(text)}\n")


def write(
    answered: Answer,
    *,
    format: str | None = None,  # noqa: A002 - the name of the option that it carries
    path: Path | None = None,
    options: RenderOptions | None = None,
    pager: str | bool | None = False,
) -> None:
    """Write an answer to standard output or to a file; on a terminal through a pager unless that is False.

    ``format`` None: the ending of the file implies it, else a table on a terminal and TSV in a pipe. Raises
    InvalidValue for a format nobody knows and OutputBroken where the output cannot be written; a reader that went away
    is no error.
    """
    options = options or render_options(path)
    if format is None and _goes_whole(answered, path):
        format = "table"  # noqa: A001 - the name of the option that it carries
    renderer = _renderer(format, path, options)
    with streams.sink(path) as out, _paged(out, pager if options.terminal else False) as shown:
        renderer.render(answered, shown, options)


@contextmanager
def _paged(out: BinaryIO, pager: str | bool | None) -> Iterator[BinaryIO]:
    """Give what is longer than the screen to the pager."""
    if pager is False:
        yield out
        return
    from tracker.shell import pager as pages

    words = pages.command(os.environ, pager) if pages.is_wanted(os.environ) else []
    if not words:
        yield out
        return
    paged = pages.Paged(out, words)
    try:
        yield cast("BinaryIO", paged)
    finally:
        paged.end()


def _renderer(format: str | None, path: Path | None, options: RenderOptions) -> ModuleType:  # noqa: A002 - as above
    if options.form:
        return plugins.typed(options.form)
    name = format or default_format(stdout_is_terminal=streams.is_terminal(), path=path)
    renderer = plugins.load("renderers", name)
    if options.terminal and getattr(renderer, "BINARY", False):
        message = f"{name} is not for a terminal; write it to a file with -o, as in -o answer{renderer.SUFFIXES[0]}"
        raise InvalidValue(message)
    return renderer


def _goes_whole(answered: Answer, path: Path | None) -> bool:
    """Whether an answer is a page that says more than its rows, on its way into a pipe."""
    return isinstance(answered, Page) and answered.whole and path in (None, streams.STDOUT)


class Prepared:
    """The answer of a command that changes something: its format and place are good, and it is made aside."""

    def __init__(self, renderer: ModuleType, options: RenderOptions, aside: BinaryIO, out: "OutputOptions") -> None:
        """Write with this renderer to a file that is not yet in its place, with the columns that are asked for."""
        self._renderer = renderer
        self._options = options
        self._aside = aside
        self._out = out

    def write(self, answered: Answer) -> None:
        """Make the answer, before the change is kept; raises OutputBroken where there is no room for it.

        Raises InvalidValue for a column that it has not.
        """
        answered = _as_asked(answered, self._out)
        try:
            self._renderer.render(answered, self._aside, self._options)
            self._aside.flush()
        except OSError as error:
            cause = streams.reason(error)
            raise OutputBroken(f"there is no room for the answer: {cause}; nothing was changed") from error


@contextmanager
def prepared(
    context: "AppContext", out: "OutputOptions", columns: Sequence[Column], reads: Iterable[Path] = ()
) -> Iterator[Prepared]:
    """Check format, columns and place of an answer before anything is changed; at the end it is put in its place.

    Nothing is written where the body raises. Raises InvalidValue, also for a file that is among ``reads``, and
    OutputBroken for a place that cannot be written. Where only the end fails, what was changed stands: that is said.
    """
    _refuse(out.output, context, reads)
    _as_asked(Table("", columns, []), out)
    options = _asked(context, out)
    renderer = _renderer(out.chosen, out.output, options)
    is_done = False
    try:
        with streams.aside(out.output) as aside:
            yield Prepared(renderer, options, aside, out)
            is_done = True
    except OutputBroken as problem:
        if not (is_done and context.kept.said):
            raise
        messages.warn(f"{problem}; {context.kept.said}")


def shown_as(options: "OutputOptions") -> Shown:
    """Return what is printed of records, as the format says of itself that is asked for or that the place implies."""
    shown = shows(_module(options))
    is_narrow = streams.is_terminal() and options.output is None and not options.wide
    return "terminal" if shown == "people" and is_narrow else shown


def needed(options: "OutputOptions") -> str | None:
    """Return what an answer has to hold for the format asked for or implied by the place; None: any will do."""
    return getattr(_module(options), "NEEDS", None)


def _module(options: "OutputOptions") -> ModuleType:
    name = options.chosen or default_format(stdout_is_terminal=streams.is_terminal(), path=options.output)
    return plugins.load("renderers", name)


def write_text(text: str, *, path: Path | None = None) -> None:
    """Write text that is no answer, such as the JSON Schema, as it stands."""
    with streams.sink(path) as out:
        out.write(text.encode("utf-8", "backslashreplace"))


def write_page(text: str, context: "AppContext") -> None:
    """Write a text that is read like a book: on a terminal through the pager."""
    with streams.sink(None) as out, _paged(out, context.pager if streams.is_terminal() else False) as shown:
        shown.write(text.encode("utf-8"))


def default_format(*, stdout_is_terminal: bool, path: Path | None) -> str:
    """The format where none was asked for."""
    if path is None or path == streams.STDOUT:
        return "table" if stdout_is_terminal else "tsv"
    if name := plugins.by_suffix("renderers", path):
        return name
    choices = ", ".join(plugins.names("renderers"))
    ending = f"its ending {path.suffix} is that of no format" if path.suffix else "it has no ending"
    message = f"cannot tell the format of '{path}': {ending}; name it with -f, one of {choices}"
    raise InvalidValue(message)


def render_options(
    path: Path | None = None, *, color: bool | None = None, environ: Mapping[str, str] | None = None
) -> RenderOptions:
    """What the place that is written to wants: colours and folding on a terminal, neither in a file or a pipe.

    ``color`` False (``--no-color``) means never; otherwise the environment decides.
    """
    environ = os.environ if environ is None else environ
    if path is not None and path != streams.STDOUT:
        return RenderOptions()
    terminal = streams.is_terminal()
    return RenderOptions(
        color=streams.wants_color(environ, terminal=terminal) if color is None else color,
        width=streams.terminal_width() if terminal else None,
        terminal=terminal,
        encoding=sys.stdout.encoding or "utf-8" if terminal else "utf-8",
    )
