"""Membership of copyright treaties (WIPO): everything stands in ``profiles/wipo.toml``."""

from tracker.importers.mapping import shipped

_MAPPED = shipped("wipo")

SUMMARY = "Membership of copyright treaties (WIPO)"
SUFFIXES = ()
matches = _MAPPED.matches
read = _MAPPED.read
