"""The rules of the field as pure functions: no I/O, no clock, the standard library only."""
