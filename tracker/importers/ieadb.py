"""International Environmental Agreements Database (IEADB): everything stands in ``profiles/ieadb.toml``."""

from tracker.importers.mapping import shipped

_MAPPED = shipped("ieadb")

SUMMARY = "International Environmental Agreements Database (IEADB)"
SUFFIXES = ()
matches = _MAPPED.matches
read = _MAPPED.read
