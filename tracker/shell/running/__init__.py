"""While a command runs: a line that says so where it takes long, and Ctrl-C at any moment."""
