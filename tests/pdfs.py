"""PDFs that tests make: what is on their pages is known to the letter."""

from __future__ import annotations

import io
import random
import zlib
from collections.abc import Callable, Sequence

from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4
LEFT = (
    "Tea is a drink that people share although they",
    "seldom sit at the same table. A pot that is aware",
    "of its cups can serve all of them, and the ket-",
    "tle needs to know nothing. The kettle heats the",
    "water until the lid begins to dance, and after",
    "that it waits for somebody who takes it off the",
)
RIGHT = (
    "A cup is what tea goes to, and there may be many",
    "of them in a house. Each has a name, and a place",
    "where it stands when it is empty. Nobody drinks",
    "from a cup of another unless the two are friends",
    "of old, and even then they ask before they do it",
    "so that no one is left without any tea at all.",
)


def made(draw: Callable[[Canvas], None], **options: object) -> bytes:
    """A PDF that `draw` draws; the last page is closed for it."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=True, **options)
    draw(canvas)
    canvas.save()
    return out.getvalue()


def column(
    canvas: Canvas, lines: Sequence[str], x: float, y: float, size: float = 10, font: str = "Times-Roman"
) -> float:
    """Lines below each other; the place below them."""
    canvas.setFont(font, size)
    for line in lines:
        canvas.drawString(x, y, line)
        y -= size * 1.2
    return y


def paper(canvas: Canvas) -> None:
    """Two pages in two columns with a title over both, running heads and page numbers."""
    for page in (1, 2):
        canvas.setFont("Times-Italic", 9)
        canvas.drawString(60, HEIGHT - 30, "Journal of Tea, volume 7")
        canvas.drawCentredString(WIDTH / 2, 30, str(page))
        y = HEIGHT - 80
        if page == 1:
            canvas.setFont("Times-Bold", 20)
            canvas.drawCentredString(WIDTH / 2, y, "On the Pouring of Tea")
            y -= 40
        for x, title, lines in ((60, ("Kettles", "Leaves")[page - 1], LEFT), (310, ("Cups", "Sugar")[page - 1], RIGHT)):
            canvas.setFont("Times-Bold", 12)
            canvas.drawString(x, y, title)
            column(canvas, lines, x, y - 20)
        canvas.showPage()


def photo(mode: str = "RGB", size: tuple[int, int] = (320, 200), seed: int = 1) -> Image.Image:
    """A picture with something on it."""
    values = random.Random(seed)
    small = Image.new(mode, (8, 5))
    bands = len(small.getbands())
    for x in range(8):
        for y in range(5):
            value = tuple(values.randrange(256) for _ in range(bands))
            small.putpixel((x, y), value if bands > 1 else value[0])
    return small.resize(size)


def manual(canvas: Canvas) -> None:
    """Chapters with bookmarks, contents, lists, code, a table and a picture with its caption."""
    canvas.setTitle("A Manual of Tea")
    canvas.setFont("Helvetica-Bold", 24)
    canvas.drawString(72, 700, "A Manual of Tea")
    canvas.setFont("Helvetica-Bold", 16)
    canvas.drawString(72, 640, "Contents")
    canvas.setFont("Helvetica", 10)
    for index, (title, page) in enumerate((("Pots", 2), ("Pots of iron", 2), ("Cups", 3), ("Kinds of cups", 3))):
        canvas.drawString(72, 610 - 14 * index, f"{title} " + ". " * 30 + str(page))
    canvas.showPage()

    canvas.bookmarkPage("pots")
    canvas.addOutlineEntry("Pots", "pots", 0)
    canvas.setFont("Helvetica-Bold", 16)
    canvas.drawString(72, 740, "1 Pots")
    text = [
        "A pot holds the tea until it is poured, and keeps it",
        "warm for as long as the talk goes on at the table.",
    ]
    y = column(canvas, text, 72, 715, 10, "Helvetica")
    canvas.bookmarkPage("iron")
    canvas.addOutlineEntry("Pots of iron", "iron", 1)
    canvas.setFont("Helvetica-Bold", 12)
    canvas.drawString(72, y - 15, "1.1 Pots of iron")
    y = column(canvas, ["Before you use one:"], 72, y - 40, 10, "Helvetica")
    for item, more in (("rinse it with hot water, and do not use soap,", "which you would taste"), ("dry it", "")):
        canvas.drawString(82, y - 4, "•")
        y = column(canvas, [line for line in (item, more) if line], 94, y - 4, 10, "Helvetica")
    y = column(canvas, ["Then say how much you want:"], 72, y - 14, 10, "Helvetica")
    y = column(canvas, ["for cup in cups:", "    pot.pour(cup)"], 72, y - 10, 9, "Courier")
    canvas.showPage()

    canvas.bookmarkPage("cups")
    canvas.addOutlineEntry("Cups", "cups", 0)
    canvas.setFont("Helvetica-Bold", 16)
    canvas.drawString(72, 740, "2 Cups")
    canvas.setFont("Helvetica", 10)
    for row, cells in enumerate((("Cup", "Holds", "Made of"), ("small", "0.1 l", "clay"), ("large", "0.3 l", "glass"))):
        for index, cell in enumerate(cells):
            canvas.drawString(72 + 120 * index, 700 - 14 * row, cell)
    canvas.drawImage(ImageReader(photo()), 72, 460, 240, 150)
    canvas.drawString(72, 440, "Figure 1: A cup of clay on a table")
    canvas.showPage()


def scanned(canvas: Canvas) -> None:
    """Two pages that are pictures."""
    for seed in (1, 2):
        canvas.drawImage(ImageReader(photo("L", (600, 800), seed)), 0, 0, WIDTH, HEIGHT)
        canvas.showPage()


def raw(objects: Sequence[bytes], root: int = 1) -> bytes:
    """A PDF of objects as they are given, numbered from 1, with a right table of where they are."""
    out = io.BytesIO(b"%PDF-1.7\n")
    out.seek(0, io.SEEK_END)
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    at = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, root, at))
    return out.getvalue()


def stream(data: bytes) -> bytes:
    """A compressed stream."""
    packed = zlib.compress(data, 9)
    return b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)


def pages(*contents: bytes) -> bytes:
    """A PDF of pages with these content streams."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * index) for index in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(contents), kids),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for index, content in enumerate(contents):
        resources = b"<< /Font << /F1 3 0 R >> >>"
        page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources %s /Contents %d 0 R >>"
        objects += [page % (resources, 5 + 2 * index), stream(content)]
    return raw(objects)


def words(text: str, y: int = 700) -> bytes:
    """A content stream that shows a line."""
    return b"BT /F1 12 Tf 72 %d Td (%s) Tj ET\n" % (y, text.encode("ascii"))


def of_formulas(*contents: bytes) -> bytes:
    """A PDF of pages of words in /F1, and of letters of formulas in /F2, each half as wide as it is high."""
    kids = b" ".join(b"%d 0 R" % (6 + 2 * index) for index in range(len(contents)))
    widths = b" ".join([b"500"] * 256)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(contents), kids),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /CMMI10 /FirstChar 0 /LastChar 255 /Widths [%s]"
        b" /FontDescriptor 5 0 R >>" % widths,
        b"<< /Type /FontDescriptor /FontName /CMMI10 /Flags 4 /FontBBox [0 -200 500 800] /Ascent 800 /Descent -200 >>",
    ]
    for index, content in enumerate(contents):
        page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >>"
        objects += [page + b" /Contents %d 0 R >>" % (7 + 2 * index), stream(content)]
    return raw(objects)


def shown(x: float, y: float, *parts: tuple[str, str] | tuple[str, str, float, float]) -> bytes:
    """A content stream that shows words on one line: each with its font, and its size and rise where not 10 and 0."""
    out = [f"BT {x} {y} Td"]
    for text, font, *more in parts:
        size, rise = more or (10, 0)
        out.append(f"/{font} {size} Tf {rise} Ts ({text}) Tj")
    return " ".join([*out, "ET\n"]).encode("latin-1")
