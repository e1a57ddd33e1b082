"""Defense Cooperation Agreement Dataset (DCAD): everything stands in ``profiles/dcad.toml``."""

from tracker.importers.mapping import shipped

_MAPPED = shipped("dcad")

SUMMARY = "Defense Cooperation Agreement Dataset (DCAD)"
SUFFIXES = ()
matches = _MAPPED.matches
read = _MAPPED.read
