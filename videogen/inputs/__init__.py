"""source -> model: projects, documents, and what they say."""
