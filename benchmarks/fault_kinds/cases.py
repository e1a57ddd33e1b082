"""What can be injected: a kind of fault, the command that meets it, and how to do it once."""

from collections.abc import Callable
from random import Random
from typing import NamedTuple

from fault_kinds.stores import Bench
from fault_kinds.verdicts import Verdict


class Case(NamedTuple):
    """One row of the table."""

    kind: str
    command: str
    inject: Callable[[Bench, Random], Verdict]
    """Lays the fault once and judges; raises NotHere where this machine does not let it."""
    short: int = 1
    """How often in the short form; 0: in the long form only."""
    weight: int = 1
    """How often in each turn of the long form."""
