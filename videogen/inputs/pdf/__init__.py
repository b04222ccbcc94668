"""A PDF: glyphs with places -> lines in reading order -> Markdown.

pypdf opens the file, tells what stands in its catalogue and gives its pictures; pdfminer.six tells where each glyph
is, which pypdf's visitors do not: they merge what stands side by side, and know no widths. Both run in a process of
their own (`worker`), so that a file which keeps them busy for ever, or eats memory, can be given up.
"""
