"""How a person edits what is recorded: by paths, in an editor of their own, many records by a query.

And the commands that every kind of object has, for these are mostly edits.
"""
