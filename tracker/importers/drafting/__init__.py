"""A first map for a sheet, judged by headers and cells together; what cannot be told is asked, never guessed."""
