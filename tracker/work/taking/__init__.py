"""Import: identify, extract, match, plan, apply; a dry run stops short of keeping it.

``files`` finds the importer of each file and opens what may be opened. Importers yield entries. Documents and rows of
sheets are validated and written as they come; drafts are first resolved (``parties``), collected by whose they are
(``book``), matched with what is stored, and laid over it (``renewal``). ``plan`` keeps what became of each.
"""

from tracker.work.taking.plan import Plan
from tracker.work.taking.run import Order, take

__all__ = ["Order", "Plan", "take"]
