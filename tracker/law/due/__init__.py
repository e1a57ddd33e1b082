"""What lies ahead of an agreement from a day on: ends, notices, renewals, entries, promises not carried through."""
