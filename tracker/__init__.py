"""A register of international agreements: treaties that bind and arrangements that do not.

From Python: ``tracker.open(path)`` reads a register, ``tracker.change(path)`` changes one; docs/python.md shows how.
"""

__version__ = "0.1.0"

TYPE_CHECKING = False
if TYPE_CHECKING:  # the real one costs more than all that is imported here
    from tracker.register.changing import change_register as change
    from tracker.register.reading import open_register as open  # noqa: A004  # tracker.open is what it is called

    __all__ = ["__version__", "change", "open"]


def __getattr__(name: str) -> object:
    """Load what reads and changes a register when it is first asked for: ``import tracker`` stays light."""
    if name == "open":
        from tracker.register.reading import open_register

        return open_register
    if name == "change":
        from tracker.register.changing import change_register

        return change_register
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
