"""Answers about time and law: status, timeline, participation, entry into force, what is due, gaps between stages."""
