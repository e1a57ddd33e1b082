"""What rules stand on: the text with its sentences, the words of its language, and what it spells out and names.

That is who stands on the sides of what is said to have happened, and when; final clauses, and the end of a treaty's own
text.
"""
