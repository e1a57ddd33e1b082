"""The read path: SQL text over the published views, on the standard library's sqlite3 alone."""
