"""Agreements counted: by one dimension or two crossed, by what they share, with parts, totals and shares."""
