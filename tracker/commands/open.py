"""``tracker open``: an attached file shown by the program that the desktop has for it."""

import os
from typing import Annotated

from tracker.errors import NotFound
from tracker.read.lookup import names, refs
from tracker.read.records import attached_files
from tracker.read.records.agreements import record
from tracker.shell import messages, output, streams
from tracker.shell.context import AppContext
from tracker.shell.options import argument, command, ref_argument
from tracker.shell.reading import opened


@command
def open_(
    context: AppContext,
    ref: Annotated[str, ref_argument("The agreement.")],
    source: Annotated[str | None, argument("Its source, where several have files.", offers="source")] = None,
) -> None:
    """Open the file attached to an agreement, by xdg-open or open; in a pipe, or without a display, print its path.

    A file that is not what was attached is refused, and one that may be a program is only named. Of several files all
    paths are printed.

    Examples:
        tracker open us-jp-sosa-2023

    Read on: tracker help attach; docs/store.md
    """
    with opened(context) as reader:
        found = record(reader, refs.resolve(reader, ref), context.today)
        files = attached_files.of_record(reader, context.store.path, found)
        wanted = names.source_id(reader, source) if source else None
    files = [file for file in files if wanted in (None, file.source)]
    if not files:
        whose = f"source {wanted} of {found['ref']}" if wanted else found["ref"]
        raise NotFound(f"no file is attached to {whose}; attach one with: tracker attach {found['ref']} FILE")
    for file in files:
        output.line(str(file.path))
    if len(files) > 1:
        messages.say(f"to open one: tracker open {found['ref']} {files[0].source}", quiet=context.quiet)
        return
    from tracker.files import attached

    attached.refuse_changed(files[0])
    if not streams.is_terminal():
        return
    if why := attached.kept_closed(files[0]):
        messages.say(why)
        return
    viewer = attached.viewer(os.environ)
    if viewer is None:
        messages.say("there is no display to open it on", quiet=context.quiet)
    else:
        attached.show(viewer, files[0])
