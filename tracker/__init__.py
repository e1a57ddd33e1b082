"""A register of international agreements: treaties that bind and arrangements that do not."""

__version__ = "0.1.0"
