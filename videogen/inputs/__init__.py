"""source -> model."""
