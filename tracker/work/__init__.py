"""What can be done to the register, apart from any command line."""
