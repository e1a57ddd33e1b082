"""Two records of one agreement made one."""

from tracker.read.lookup import refs
from tracker.store.merge import merge_agreements
from tracker.store.write.writer import Writer
from tracker.work.outcome import Done

SHOWN = 20
"""Refs that a sentence lists."""


def merge(writer: Writer, kept: str, gone: str) -> Done:
    """Unite the second agreement into the first: what it says otherwise becomes claims, its ref is retired.

    Raises NotFound, Ambiguous, InvalidValue where both are one, and InvalidRecord where they do not fit together.
    """
    stays, goes = refs.resolve(writer.reader, kept), refs.resolve(writer.reader, gone)
    merged = merge_agreements(writer, stays, goes)
    remarks = []
    if merged.lost:
        remarks.append(f"said otherwise by {goes}, kept as claims: {', '.join(dict.fromkeys(merged.lost))}")
    if merged.moved:
        remarks.append(f"relations moved in {', '.join(merged.moved[:SHOWN])}")
    return Done(stays, merged.outcome.what, f"{goes} into {stays}", merged.outcome.changes, remarks)
