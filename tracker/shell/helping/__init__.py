"""What the program says of itself: help that begins with examples, the first screen, words that people try."""
