"""What people type, found in the store: names, refs, memberships, and what TAB offers."""
