"""What texts spell out: numbers, days and lengths of time, in figures and in words."""
