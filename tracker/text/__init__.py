"""Text as the register reads it: names folded for comparison, refs and ids, search words, text that never acts."""
