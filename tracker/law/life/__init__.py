"""What the events of an agreement make of it: steps in order, spans of each status, and where its term ends."""
