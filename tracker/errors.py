"""Every error that a user can meet, with its exit code.

TrackerError                     exit  when
├── Refused                      1     the request is well formed, the register says no
│   ├── NotFound                       no record of that name
│   ├── Ambiguous                      a prefix that several refs share
│   ├── Duplicate                      the ref, id or likely the agreement is there already
│   ├── InUse                          other records refer to it
│   ├── RejectedRows                   an import held rows that cannot be taken
│   ├── ChangedMeanwhile               someone else wrote between reading and writing
│   ├── Declined                       a question was answered with no, or could not be asked
│   └── OutputBroken                   an answer could not be written to its place
├── UsageProblem                 2     the command line or a value in it is wrong
│   ├── InvalidValue                   a date, code, path or number that cannot be read
│   ├── InvalidQuery                   a query, or a term in it, that has no meaning
│   ├── UnknownName                    a party, person, family, focus area or source nobody knows
│   ├── InvalidRecord                  a record that breaks the shape of the register
│   └── UnreadableFile                 an input file that cannot be opened or parsed
└── StoreProblem                 3     the store itself; nothing was changed
    ├── StoreAbsent  StoreLocked  StoreDamaged  StoreForeign
    └── StoreNewer  StoreOutdated  StoreUnwritable

A message names the thing, the cause and the next step, in one line.
"""

from collections.abc import Sequence


class ExitCode:
    """What the process returns."""

    DONE = 0
    """Done; an empty list is done too."""
    FAILED = 1
    """Understood, and could not be done."""
    USAGE = 2
    """Wrong usage or an unreadable value."""
    STORE = 3
    """The store is absent, locked, damaged, foreign, of another version, or cannot be written."""
    INTERRUPTED = 130
    """Stopped by Ctrl-C before anything was changed."""


class TrackerError(Exception):
    """An error that ends a command with one line on standard error."""

    exit_code: int = ExitCode.FAILED


class Refused(TrackerError):
    """The register cannot do what was asked."""


class NotFound(Refused):
    """No record of that name."""


class Ambiguous(Refused):
    """Several records fit."""


class Duplicate(Refused):
    """The record is there already."""


class InUse(Refused):
    """Other records refer to it."""


class RejectedRows(Refused):
    """An import held rows that cannot be taken."""


class ChangedMeanwhile(Refused):
    """The record was changed by someone else between reading and writing."""


class Declined(Refused):
    """The user said no, or nobody could be asked."""


class OutputBroken(Refused):
    """An answer could not be written to its place; a change that was made before it stands."""


class UsageProblem(TrackerError):
    """The command line, or a value in it, is wrong."""

    exit_code = ExitCode.USAGE


class InvalidValue(UsageProblem):
    """A value that cannot be read."""


class InvalidQuery(UsageProblem):
    """A query that cannot be read, or a term of it that has no meaning; ``pointer`` are lines that show where."""

    def __init__(self, message: str, pointer: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.pointer = tuple(pointer)


class UnknownName(UsageProblem):
    """A name that no party, person, family, focus area or source bears."""


class InvalidRecord(UsageProblem):
    """A record that breaks the shape of the register.

    ``problems`` holds (path, message) pairs, path as in ``events[e1].date``.
    """

    def __init__(self, where: str, problems: list[tuple[str, str]]) -> None:
        self.where = where
        self.problems = problems
        lines = "; ".join(f"{path}: {text}" if path else text for path, text in problems[:5])
        more = f" (and {len(problems) - 5} more)" if len(problems) > 5 else ""
        super().__init__(f"{where}: {lines}{more}")


class LooseReferences(UsageProblem):
    """Several records refer to what is not there."""


class UnreadableFile(UsageProblem):
    """An input file that cannot be opened or parsed."""


class StoreProblem(TrackerError):
    """The store cannot be used; nothing was changed."""

    exit_code = ExitCode.STORE


class StoreAbsent(StoreProblem):
    """There is no store at that place."""


class StoreLocked(StoreProblem):
    """Another process holds the store."""


class StoreDamaged(StoreProblem):
    """The file is not a readable SQLite database."""


class StoreForeign(StoreProblem):
    """The file is a database of another program."""


class StoreNewer(StoreProblem):
    """The store was written by a newer version of the program."""


class StoreOutdated(StoreProblem):
    """The store was written by an older version and has to be migrated."""


class StoreUnwritable(StoreProblem):
    """The file or its folder cannot be written, or the disk is full."""
