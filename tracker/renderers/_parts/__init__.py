"""What formats have in common: cells as text, folding, markup, graphs, and which picture a table calls for."""
