"""Agreements that a query finds, as lists: the columns asked for, whole exports, and the hash of what was counted.

Knows ``query`` and ``records``; counts nothing by groups.
"""
