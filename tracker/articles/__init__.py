"""Texts that people read, as they lie in files: decoded, with title, body, and the day on which they were published.

Plain text, Markdown and HTML. Nothing here knows what a text says of agreements.
"""
