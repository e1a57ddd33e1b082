"""Objects of the register read whole, listed, exported, and as a page for people."""
