"""What an act on the register did: the record, what changed in it, what is odd, where to look next, and who did it."""

from collections.abc import Sequence
from typing import NamedTuple

from tracker.record.types import Json

NOTHING = "nothing to change, it is so already"


class Done(NamedTuple):
    """What became of one record."""

    id: str
    """Its ref, code or id."""
    what: str
    """``new``, ``changed``, ``unchanged`` or ``removed``."""
    did: str = ""
    """What was done, in words that "would be" can stand before: ``recorded us-jp-sosa-2023``."""
    changes: Sequence[tuple[str, Json, Json]] = ()
    """Path, old value and new value of each field that changed in a record that was there before."""
    remarks: Sequence[str] = ()
    """What else was done or follows, a sentence each."""
    warnings: Sequence[str] = ()
    """What is odd in what was recorded, a sentence each."""
    next: str = ""
    """How to see it: ``see it with: tracker show us-jp-sosa-2023``."""

    @property
    def unchanged(self) -> bool:
        """Whether it was so already."""
        return self.what == "unchanged"


def account() -> str:
    """Return the name of the account that runs the program, or its number."""
    import getpass
    import os

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"uid {os.getuid()}"
