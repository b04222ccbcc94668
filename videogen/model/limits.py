"""Bounds that more than one stage has to agree on."""

MAX_BULLETS = 6
"""Bullets on one slide."""

MAX_SLIDE_WORDS = 40
"""Words in the bullets of one slide: the slide carries key phrases, the narration the sentences."""

MAX_CODE_LINES = 13
"""Lines of code on one slide at the smallest legible size (36 px of 1080)."""

MAX_CODE_COLUMNS = 72
"""Columns of code on one slide; a longer line is continued on the next with a visible mark."""

MAX_TABLE_ROWS = 7
"""Body rows of a table on one slide."""

MAX_TABLE_COLUMNS = 5
"""Columns of a table on one slide."""

MAX_DOCUMENT_BYTES = 20_000_000
"""A larger source document is refused."""

MAX_IMAGE_PIXELS = 50_000_000
"""A larger picture is refused: decoding it could exhaust memory."""

MAX_SCENES = 2_000
"""Scenes of one video."""
