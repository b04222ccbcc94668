"""content -> scenes with narration."""
