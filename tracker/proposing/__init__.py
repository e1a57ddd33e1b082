"""Texts read: from an article or a treaty's own words to proposed records, each value with the words it rests on.

Pure: text, names and focus areas in, proposals out. Nothing is stored, nothing is known of today, and nothing is
completed from general knowledge: what the text does not say is not proposed.
"""
