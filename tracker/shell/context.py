"""What a command may touch: the store's place, the day, who acts, and how to talk to the person."""

import os
import sys
from pathlib import Path

from tracker.errors import InvalidValue
from tracker.files.folders import data_folder
from tracker.plain import Value
from tracker.read.file.location import StoreLocation
from tracker.shell.settings import Config


class Kept:
    """What this command line has changed for good: what fails or is interrupted after it has to say so."""

    def __init__(self) -> None:
        """Nothing so far."""
        self.number: int | None = None
        """The last change of the register."""
        self.said = ""
        """The change, and how to take it back, as half a sentence."""
        self.found_nothing = False
        """Whether ``--exit-code`` was given and the answer holds nothing."""

    def change(self, number: int) -> None:
        """Note a change of the register."""
        self.number = number
        self.said = f"change {number} was made and stands; take it back with: tracker undo --change {number}"

    @property
    def way_back(self) -> str:
        """How to take the change back; nothing where none was made."""
        return f"take it back with: tracker undo --change {self.number}" if self.number else ""

    def other(self, what: str) -> None:
        """Note what was done that is no change in the log."""
        self.said = f"{what}, and that stands"


class AppContext(Value):
    """Everything global that a command depends on; there is no other global state."""

    store: StoreLocation
    today: str
    actor: str | None = None
    """The name given by option or configuration; ``who`` tells the name that is logged."""
    color: bool | None = None
    quiet: bool = False
    debug: bool = False
    no_input: bool = False
    pager: str | bool | None = None
    """The pager of the configuration; False: none is wanted."""
    words: tuple[str, ...] = ()
    """What was typed."""
    settings: Config = Config()
    """What the files of settings say."""
    kept: Kept = Kept()  # each run brings its own; this one is for answers without a run

    @property
    def writable(self) -> Path:
        """The place of the store that is to be changed; raises InvalidValue where ``--known-at`` looks at the past."""
        if self.store.known_at:
            raise InvalidValue("--known-at looks at what was known; leave it out, for a change is made now")
        return self.store.path

    @property
    def command_line(self) -> str:
        """What was typed, as a shell takes it."""
        import shlex

        return shlex.join(self.words)

    @property
    def interactive(self) -> bool:
        """Whether a question can be asked."""
        return not self.no_input and sys.stdin is not None and sys.stdin.isatty()

    @property
    def who(self) -> str:
        """The name under which a change is logged: as given, else the name of the account."""
        if self.actor:
            return self.actor
        from tracker.work.outcome import account

        return account()


def locate(option: str | None, config: Config) -> StoreLocation:
    """``--store``, else TRACKER_STORE, else the configuration, else the user's data directory."""
    named = option or os.environ.get("TRACKER_STORE") or config.store
    if not named:
        return StoreLocation(data_folder() / "tracker.db", named=False)
    if "://" in named:
        scheme, _, rest = named.partition("://")
        if scheme != "sqlite" or not rest.startswith("/"):
            raise InvalidValue(
                f"store {named!r}: expected a path, or sqlite:///path; other databases are not supported"
            )
        named = rest[1:]
    try:
        path = Path(named).expanduser()
    except RuntimeError as error:
        raise InvalidValue(f"store {named!r}: {error}; write the path out") from error
    return StoreLocation(path, named=True, by_option=bool(option))
