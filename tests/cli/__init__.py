"""The commands, from list to report."""
