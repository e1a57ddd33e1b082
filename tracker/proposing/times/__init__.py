"""When something is said to have happened, from the day on which a text was written."""
