"""Answers about statements and origin: claims, grounds, lineage, search, side by side, the log and its changes."""
