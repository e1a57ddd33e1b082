"""The tables of a store, their twins for history, views, triggers, and what a new store begins with."""
