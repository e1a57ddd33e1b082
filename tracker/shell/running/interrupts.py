"""Ctrl-C from the first line of the program on: one line on standard error, exit code 130."""

import os
import signal

TYPE_CHECKING = False
if TYPE_CHECKING:  # nothing is loaded here that takes time before the signal is watched
    from types import FrameType
    from typing import NoReturn

CODE = 130
"""``errors.ExitCode.INTERRUPTED``, without loading anything."""

LINE = b"tracker: interrupted\n"


class Stop:
    """What SIGINT does: ends the process at once while it only starts, and interrupts the command later.

    Python drops an exception that comes up inside a callback, such as those of SQLite and of its own import system. So
    nothing is raised while modules are loaded, and ``asked`` tells later what an error of SQLite hid.
    """

    def __init__(self) -> None:
        """Nothing has begun."""
        self.is_starting = True
        self.asked = False

    def __call__(self, _number: int, _frame: "FrameType | None") -> None:
        """Answer the signal."""
        if self.is_starting:
            stop_at_once()
        self.asked = True
        raise KeyboardInterrupt


def stop_at_once() -> "NoReturn":
    """Say it and leave, with nothing to clean up."""
    try:
        os.write(2, LINE)
    finally:  # standard error may be closed
        os._exit(CODE)


def watch() -> None:
    """Answer SIGINT from now on; where the shell had it ignored, as for jobs in the background, it stays so."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, Stop())


def begin() -> None:
    """Let Ctrl-C interrupt from now on what cleans up after itself."""
    handler = signal.getsignal(signal.SIGINT)
    if isinstance(handler, Stop):
        handler.is_starting = False


def asked() -> bool:
    """Whether Ctrl-C was pressed since the command began."""
    handler = signal.getsignal(signal.SIGINT)
    return isinstance(handler, Stop) and handler.asked


def end() -> None:
    """Let the process end in peace: everything is said."""
    if isinstance(signal.getsignal(signal.SIGINT), Stop):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
