"""What may be done to an open store: objects put and removed, references held, derived parts made."""
