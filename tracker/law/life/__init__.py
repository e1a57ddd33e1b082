"""What the events of an agreement make of it: its entries into force, steps, spans of each status, and its end."""
