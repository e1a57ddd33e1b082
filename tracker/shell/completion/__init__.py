"""What is offered when TAB is pressed in bash, zsh or fish.

``scripts`` holds what a shell runs: it calls the program with ``_TRACKER_COMPLETE`` in the environment, and
``answering`` prints what completes the word at the cursor. Commands, options and what each takes are read from
``table.tsv``, which ``docs/make_completion.py`` makes of the declarations, so that no command is imported and Typer is
not; values come from the store (``read.lookup.completion``) and the declaration of the record.
"""
