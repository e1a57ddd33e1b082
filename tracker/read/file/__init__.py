"""The store's file opened for reading, as it is or as it was known at a moment."""
