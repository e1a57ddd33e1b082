"""What can be done to the register: each act a function over plain values and a Writer, returning what it did.

Knows the rules, the lookups of ``read`` and the store; no command line, no terminal, nobody who could be asked.
"""
