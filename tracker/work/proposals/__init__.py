"""Proposals of texts: read, held against the register, shown, and recorded where a person accepts them."""
