"""The query language: its fields, its grammar, and queries as trees; nothing here knows a store."""
