"""what a viewer would complain about, found before they do."""
