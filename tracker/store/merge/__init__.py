"""Two objects of the register made one in the store."""
