"""scene -> pictures."""
