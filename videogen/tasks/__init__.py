"""Tasks: the builds that were asked for, and what became of each."""
