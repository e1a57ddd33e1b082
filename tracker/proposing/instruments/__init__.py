"""The agreements that a text names: what they are called, which words mean the same one, and which are new."""
