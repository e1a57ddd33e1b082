"""Entry into force: its condition, the acts that meet it, and the date for the instrument and for each party."""
