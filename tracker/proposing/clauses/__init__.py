"""Final clauses: which sentences of a text speak of entry into force, duration, notice or survival, and of what."""
