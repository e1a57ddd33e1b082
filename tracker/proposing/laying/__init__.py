"""Proposed values laid over a record: what was blank is filled, what is there stays, what differs becomes a claim.

The record of a new agreement is blank, so that all of it is filled; both go the same way.
"""
