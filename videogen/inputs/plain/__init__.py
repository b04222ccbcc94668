"""Plain text, understood by how it is laid out."""
