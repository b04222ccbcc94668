"""content -> scenes with narration."""

from videogen.script.files import scene_files
from videogen.script.write import write_script

__all__ = ["scene_files", "write_script"]
