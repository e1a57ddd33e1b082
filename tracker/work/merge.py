"""Two records of one agreement made one."""

from tracker.errors import Refused
from tracker.law.likeness import other_parties
from tracker.read.file.connection import Reader
from tracker.read.lookup import refs
from tracker.record.shapes import fields
from tracker.store.merge import merge_agreements
from tracker.store.write.writer import Writer
from tracker.work.outcome import Done

SHOWN = 20
"""Refs or codes that a sentence lists."""


TELLING = ("instrument_type", "binding_status")
"""Fields by which two records that both say something of them are rather of two agreements."""


class Unlike(Refused):
    """Two records that are to be one agreement differ in what tells agreements apart."""


def unlike(reader: Reader, kept: str, gone: str) -> str:
    """Return in words by what two records are rather of two agreements; empty where nothing shows it.

    Raises NotFound and Ambiguous.
    """
    stays, goes = refs.resolve(reader, kept), refs.resolve(reader, gone)
    sql = f"SELECT party_codes, {', '.join(TELLING)} FROM agreements WHERE ref = :ref"  # noqa: S608  # columns of ours
    (codes, *held), (others, *said) = (reader.tuples(sql, {"ref": ref})[0] for ref in (stays, goes))
    here, there = set(codes.split()), set(others.split())
    differing = [
        f"{key} is {one} in {stays} and {other} in {goes}"
        for key, one, other in zip(TELLING, held, said, strict=True)
        if one != other and fields("agreement")[key].default not in (one, other)
    ]
    if other_parties(here, there):
        differing.append(f"{_some(here - there)} is party in {stays} alone and {_some(there - here)} in {goes}")
    return f"{stays} and {goes} may be two agreements: {', '.join(differing)}" if differing else ""


def _some(codes: set[str]) -> str:
    return ", ".join(sorted(codes)[:SHOWN]) + (", ..." if len(codes) > SHOWN else "")


def merge(writer: Writer, kept: str, gone: str, *, doubtful: bool = False) -> Done:
    """Unite the second agreement into the first: what it says otherwise becomes claims, its ref is retired.

    ``doubtful``: also where they may be two agreements, which is told as a warning; else that raises Unlike. Raises
    NotFound, Ambiguous, InvalidValue where both are one, and InvalidRecord where they do not fit together.
    """
    stays, goes = refs.resolve(writer.reader, kept), refs.resolve(writer.reader, gone)
    doubt = unlike(writer.reader, stays, goes)
    if doubt and not doubtful:
        raise Unlike(f"{doubt}; see both with: tracker compare {stays} {goes}; add --yes to merge them all the same")
    merged = merge_agreements(writer, stays, goes)
    remarks = []
    if merged.lost:
        remarks.append(f"said otherwise by {goes}, kept as claims: {', '.join(dict.fromkeys(merged.lost))}")
    if merged.moved:
        remarks.append(f"relations moved in {', '.join(merged.moved[:SHOWN])}")
    return Done(
        stays, merged.outcome.what, f"{goes} into {stays}", merged.outcome.changes, remarks, [doubt] if doubt else []
    )
