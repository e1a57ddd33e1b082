"""Files outside the register: in which folders the user keeps them, and how one is written whole or not at all.

Knows the system and the errors of the program; no store, no command line.
"""
