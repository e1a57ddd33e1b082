"""One file a command: its options, ten lines of work, the answer. The table of commands: ``tracker.shell.program``."""
