"""What rules stand on: the text with its sentences, the words of its language, the names it may hold, and proposals."""
