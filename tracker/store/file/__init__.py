"""The store's file opened for writing, made, migrated, copied, restored and examined."""
