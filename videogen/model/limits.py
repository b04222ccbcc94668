"""Bounds that more than one stage has to agree on."""

MAX_BULLETS = 6
"""Bullets on one slide."""

MAX_ITEMS = 24
"""Items of a list that is written by hand: as many slides as they take follow each other."""

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

LONGEST_TABLE_ROWS = 60
"""Body rows of a table, over all its pages."""

LONGEST_TABLE_COLUMNS = 10
"""Columns of a table that is written by hand; what does not fit is refused."""

MAX_DOCUMENT_BYTES = 20_000_000
"""A larger source document is refused."""

MAX_IMAGE_PIXELS = 50_000_000
"""A larger picture is refused: decoding it could exhaust memory."""

MAX_CLIP_SECONDS = 600
"""What is shown of a clip is no longer."""

MAX_SCENES = 2_000
"""Scenes of one video."""

MAX_CAPTION_LINES = 2
"""Lines of a caption (Netflix Timed Text Style Guide, General Requirements)."""

MAX_CAPTION_COLUMNS = 42
"""Columns of a caption line; East Asian wide characters take two (Netflix Timed Text Style Guide, English)."""

MIN_CAPTION_SECONDS = 5 / 6
"""A caption is shown at least this long (Netflix Timed Text Style Guide, General Requirements)."""

MAX_CAPTION_SECONDS = 7.0
"""A caption is shown at most this long (Netflix Timed Text Style Guide, General Requirements)."""

CAPTION_GAP_FRAMES = 2
"""Frames between captions, at least (Netflix Timed Text Style Guide, General Requirements)."""

CAPTION_SPEED = 17.0
"""Characters a second that captions aim at (Netflix Timed Text Style Guide, English: 17 to 20)."""

MAX_PROJECT_BYTES = 1_000_000
"""A larger project file is refused."""
