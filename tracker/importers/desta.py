"""Design of Trade Agreements (DESTA): everything stands in ``profiles/desta.toml``."""

from tracker.importers.mapping import shipped

_MAPPED = shipped("desta")

SUMMARY = "Design of Trade Agreements (DESTA)"
SUFFIXES = ()
matches = _MAPPED.matches
read = _MAPPED.read
