"""All kinds of faults."""

from fault_kinds import damage, full_disks, journals, kills, locks, permissions, places
from fault_kinds.cases import Case


def cases() -> list[Case]:
    """Return every fault with every command that is to meet it."""
    modules = (kills, full_disks, permissions, damage, journals, locks, places)
    return [case for module in modules for case in module.cases()]
