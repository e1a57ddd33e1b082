"""A register as a static site: pages, data and a feed in a folder, for any web server or none.

Knows what reads answer and how pages are made; asks nothing twice that they tell. What is private is taken out of
every record before anything here sees it.
"""
