"""``tracker publish``: the register as a static site."""

from collections.abc import Iterator
from json import dumps
from pathlib import Path
from typing import Annotated

import typer

from tracker.dates import ranges
from tracker.errors import InvalidValue
from tracker.publishing import changes, folder
from tracker.publishing.addresses import LISTS
from tracker.publishing.datasette import metadata
from tracker.publishing.frame import look
from tracker.publishing.site import Site, selected, surveyed
from tracker.read.query.filters import filters
from tracker.record.private import OWN_FIELDS, PARTS, Kept
from tracker.shell import messages, output, protected
from tracker.shell.context import AppContext
from tracker.shell.options import FilterOptions, command, one_of, option, query_argument
from tracker.shell.reading import reading


@command
def publish(
    context: AppContext,
    place: Annotated[
        Path | None, typer.Argument(metavar="DIR", help="The folder of the site.", show_default=False)
    ] = None,
    query: Annotated[list[str] | None, query_argument()] = None,
    *,
    options: FilterOptions,
    with_: Annotated[
        list[str] | None,
        option("--with", f"Publish this too: {', '.join(PARTS)} or x.NAME; repeat for several.", offers=one_of(PARTS)),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(metavar="TIME", help="Tell what changed since this day or time (default: the last 100 changes)."),
    ] = None,
    beside_others: Annotated[
        bool, typer.Option("--beside-others", help="Write into a folder that holds other things; they stay.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be published; write nothing.")] = False,
    datasette: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write what Datasette shows of the store instead: titles, labels, facets."),
    ] = None,
) -> None:
    """Write the register, or what the query describes, as a static site for any web server, or none.

    An index with search and filters, a page for each agreement, party, family, focus area and source, comparisons with
    charts, data as JSON and CSV, a feed of changes. Notes, own fields, names of imported files and addresses on this
    machine are left out, unless --with names them; what is left out is told before anything is written. A second run
    writes only what changed, and removes pages of its own that are gone.

    Examples:
        tracker publish site
        tracker publish site party:JPN signed:2015..
        tracker publish site --with notes --with x.owner --dry-run
        tracker publish --datasette metadata.json

    Read on: docs/publishing.md; tracker help export
    """
    if datasette is not None:
        if place is not None:
            raise InvalidValue("--datasette describes the whole store and makes no site; leave DIR out")
        _describe(context, datasette)
        return
    if place is None:
        raise InvalidValue("name the folder of the site, or with --datasette a file")
    kept = _kept(with_ or [])
    own = look(context.settings.site)
    begun = _moment(since, context.today) if since else None
    is_ours = folder.refuse_strangers(place, beside_others=beside_others)
    with reading(context) as reader:
        selection = selected(filters(reader, options, context.today, query), kept)
        site = surveyed(reader, selection, kept, own)
        for line in _told(site, kept):
            messages.say(line, quiet=context.quiet)
        if dry_run:
            messages.say(f"nothing was written to {place}", quiet=context.quiet)
            return
        with folder.opened(place, site.day, beside_others=beside_others or is_ours) as opened:
            done = folder.written(site, opened, changes.told(site, begun))
    output.line(str(place / "index.html"))
    same = done.pages - done.new
    removed = f", {done.removed} removed" if done.removed else ""
    messages.say(f"wrote {done.new} files, {same} were the same{removed}", quiet=context.quiet)


def _describe(context: AppContext, place: Path) -> None:
    protected.refuse(place, context.store.path)
    with reading(context) as reader:
        text = dumps(metadata(reader, context.store.path), ensure_ascii=False, indent=2)
    output.write_text(f"{text}\n", path=place)
    messages.say(f"look at it with: datasette {context.store.path} -m {place}", quiet=context.quiet)
    told = "it serves all that the store holds, notes and history too, to this machine alone"
    messages.say(told, quiet=context.quiet)


def _moment(text: str, today: str) -> str:
    try:
        return ranges.parse_start(text, today)
    except ValueError as error:
        raise InvalidValue(f"--since {error}") from error


def _kept(names: list[str]) -> Kept:
    parts: set[str] = set()
    own: set[str] = set()
    for name in (part.strip() for text in names for part in text.split(",")):
        if name in PARTS:
            parts.add(name)
        elif name.startswith(f"{OWN_FIELDS}.") and len(name) > 2:
            own.add(name.removeprefix("x."))
        else:
            raise InvalidValue(f"--with {name!r}: expected {', '.join(PARTS)} or x.NAME")
    return Kept(frozenset(parts), frozenset(own))


def _told(site: Site, kept: Kept) -> Iterator[str]:
    """Say what is published and what is not, before it is."""
    others = ", ".join(f"{LISTS[kind].replace('-', ' ')} {len(found)}" for kind, found in site.objects.items())
    yield f"to publish: agreements {len(site.refs)}, {others}; as of {site.day}"
    if kept != Kept():
        named = [PARTS[part] for part in sorted(kept.parts)] + [f"x.{name}" for name in sorted(kept.names)]
        yield f"published although private: {'; '.join(named)}"
    left_out = "; ".join(f"{PARTS.get(part, part)}: {number}" for part, number in sorted(site.left_out.items()))
    yield f"left out as private: {left_out or 'nothing'}"
