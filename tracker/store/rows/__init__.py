"""Documents taken apart into rows, and rows held against rows; pure, without a connection."""
