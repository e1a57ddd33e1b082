"""XLSX workbooks whose headers are field names of the register, as ``list -f xlsx`` writes them."""

from tracker.importers._field_rows import read

__all__ = ["SUFFIXES", "SUMMARY", "matches", "read"]

SUMMARY = "XLSX: a workbook whose first sheet has field names as headers (title, parties, signed, ...)"
SUFFIXES = (".xlsx", ".xlsm")


def matches(head: bytes) -> bool:
    """Tell whether the file is a zip file whose first parts are those of a workbook."""
    return head.startswith(b"PK\x03\x04") and (b"[Content_Types].xml" in head or b"xl/" in head)
