"""The end of a treaty's own text: where and when it was done, and who signed below it."""
