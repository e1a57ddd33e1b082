"""Was anything lost, was anything half done, was it said clearly."""

from collections.abc import Collection
from typing import NamedTuple

from fault_kinds.contents import Contents
from fault_kinds.program import Ended


class Verdict(NamedTuple):
    """What one fault did."""

    acknowledged: bool
    """The program said that the change was made: by exit code 0, or by its last words before it was killed."""
    complaints: tuple[str, ...] = ()
    """What is wrong; none: the fault was survived."""
    lost: int = 0
    """Records that had been acknowledged and are not there, or not as they were."""


class NotHere(Exception):
    """The fault cannot be laid on this machine."""


def judged(before: Contents, after: Contents, found: Contents, *, acknowledged: bool) -> Verdict:
    """Hold what is there against what was there before the change and what is there after a whole one."""
    complaints = list(found.problems)
    if found.rows == after.rows and found.absent == after.absent:
        return Verdict(acknowledged, tuple(complaints))
    if found.rows == before.rows and found.absent == before.absent:
        if not acknowledged:
            return Verdict(acknowledged, tuple(complaints))
        complaints.append("an acknowledged change is not there")
        return Verdict(acknowledged, tuple(complaints), max(1, len(after.lines - found.lines)))
    kept = after.lines if acknowledged else before.lines & after.lines
    names = {*before.rows, *after.rows, *found.rows}
    changed = sorted(
        name for name in names if found.rows.get(name) not in (before.rows.get(name), after.rows.get(name))
    )
    untouched = sorted(name for name in names if found.rows.get(name) != after.rows.get(name))
    complaints.append(f"half a change: neither before nor after in {changed}, not as after in {untouched}")
    return Verdict(acknowledged, tuple(complaints), len(kept - found.lines))


def unclear(ended: Ended, codes: Collection[int]) -> list[str]:
    """Return what is wrong with the way in which a run ended: its exit code, and the one line that tells why."""
    told = ended.err.splitlines()
    short = " | ".join(told)[-400:]
    if ended.code < 0:
        return [f"ended by signal {-ended.code}: {short}"]
    complaints = []
    if ended.code not in codes:
        complaints.append(f"exit code {ended.code}, expected {' or '.join(map(str, sorted(codes)))}: {short}")
    if "Traceback" in ended.err or "internal error" in ended.err:
        complaints.append(f"not a message for people: {short}")
    if ended.code and sum(line.startswith("tracker: ") for line in told) != 1:
        complaints.append(f"expected one line of error: {short!r}")
    return complaints
