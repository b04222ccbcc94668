"""pictures and sound -> MP4, captions, chapters."""
