"""The command line around the commands: arguments, options, settings, standard output and standard error."""
