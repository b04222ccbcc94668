"""What is said of a document that has no project, on every face. Light: every build reads it."""

from __future__ import annotations

LISTS = ("languages", "aspect", "also")
"""Those of which there may be several."""
OF_A_DOCUMENT = ("title", "languages", "duration", "voice", "theme", "accent", "aspect", "also", "use_ai")
"""All of them, as each face calls them; a project says them in its YAML."""
