"""``tracker store``: make the file that holds the register, look at it, bring it up to date."""

from tracker.errors import Duplicate, StoreAbsent
from tracker.read.file import store_status
from tracker.read.file.location import there
from tracker.shell import messages, output
from tracker.shell.context import AppContext
from tracker.shell.options import ChangeOptions, OutputOptions, command
from tracker.shell.reading import opened
from tracker.shell.writing import name_written
from tracker.store.file import migrate as migration


@command
def init(context: AppContext) -> None:
    """Make an empty store with the built-in parties and focus areas. The first write does so by itself.

    Examples:
        tracker store init --store new.db

    Read on: tracker help store; docs/store.md
    """
    path = context.writable
    if there(path):
        raise Duplicate(f"there is a file at {path} already; look at it with: tracker store status")
    migration.initialise(path)
    context.kept.other(f"the store {path} was made")
    name_written(context, str(path))
    messages.say("made an empty store; record something with: tracker add TITLE", quiet=context.quiet)


@command
def status(context: AppContext, out: OutputOptions) -> None:
    """Say where the store is, its revision and size, and how many records it holds.

    Examples:
        tracker store status

    Read on: docs/store.md
    """
    with opened(context) as reader:
        output.answer(store_status.status(reader, context.store), context, out)
    if not context.store.path.exists():
        messages.say("there is no store yet; the first write makes it", quiet=context.quiet)


@command
def migrate(context: AppContext, change: ChangeOptions) -> None:
    """Bring a store of an older version up to date; a backup is made before and named.

    Examples:
        tracker store migrate

    Read on: docs/store.md
    """
    path = context.writable
    if not there(path):
        raise StoreAbsent(f"there is no store at {path}; make one with: tracker store init")
    now = migration.status(path)
    if now.state == "current":
        messages.say(f"{path} is up to date (revision {now.revision})", quiet=context.quiet)
        return
    if change.dry_run:
        messages.say(f"would migrate {path} from revision {now.revision} to {now.wanted}", quiet=context.quiet)
        return
    done = migration.upgrade(path)
    context.kept.other(f"{path} was migrated")
    messages.say(
        f"migrated {path} from revision {done.before} to {done.after}; backup: {done.backup}", quiet=context.quiet
    )
    for view in done.left_out:
        messages.warn(f"the view {view} of your own could not be made again; its tables have changed")
