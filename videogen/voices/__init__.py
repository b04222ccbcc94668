"""narration -> MP3 and word timings."""
