"""A talk: what its captions say, as sentences, paragraphs and sections with their seconds."""
