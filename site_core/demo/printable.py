"""A printable form as a PDF: one page with a title and lines to write on.

Written by hand, for a library would be the only one of its kind here. The document carries its
language, title and reading order, so a screen reader says what is on the paper.
"""

FIELDS = ("Nimi", "Puhelinnumero", "Asuinkunta", "Kerro asiasi", "Päivä ja allekirjoitus")
NOTE = "Esimerkkilomake. Tätä lomaketta ei oteta vastaan."

CATALOGUE = (
    b"<< /Type /Catalog /Pages 2 0 R /Lang (fi) /MarkInfo << /Marked true >> "
    b"/StructTreeRoot 6 0 R /ViewerPreferences << /DisplayDocTitle true >> >>"
)
PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /StructParents 0 "
    b"/Tabs /S /Resources << /Font << /F 5 0 R >> >> >>"
)


def printable(title: str) -> bytes:
    """The bytes of an A4 form in Finnish with this title."""
    drawing = _drawing(title)
    marks = len(FIELDS) + 2
    kinds = ["H1", *["P"] * (marks - 1)]
    first = 7
    elements = [
        f"<< /Type /StructElem /S /{kind} /P 6 0 R /Pg 3 0 R /K {mark} >>".encode()
        for mark, kind in enumerate(kinds)
    ]
    children = " ".join(f"{first + mark} 0 R" for mark in range(marks))
    parents = first + marks
    objects = [
        CATALOGUE,
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        PAGE,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        f"<< /Type /StructTreeRoot /K [{children}] /ParentTree {parents} 0 R >>".encode(),
        *elements,
        f"<< /Nums [0 [{children}]] >>".encode(),
        b"<< /Title %s >>" % _text(title),
    ]
    return _file(objects)


def _drawing(title: str) -> bytes:
    parts = [_marked(0, "H1", title, 770, 22)]
    height = 720
    for mark, field in enumerate(FIELDS, start=1):
        parts.append(_marked(mark, "P", field, height, 13))
        rows = 6 if field == "Kerro asiasi" else 1
        rules = [
            b"50 %d m 545 %d l S" % (y, y) for y in range(height - 28, height - 28 * rows - 1, -28)
        ]
        parts += [b"/Artifact BMC 0.6 w", *rules, b"EMC"]
        height -= 28 * rows + 34
    parts.append(_marked(len(FIELDS) + 1, "P", NOTE, 60, 11))
    return b"\n".join(parts)


def _marked(mark: int, kind: str, words: str, height: int, size: int) -> bytes:
    head = f"/{kind} << /MCID {mark} >> BDC BT /F {size} Tf 50 {height} Td ".encode()
    return head + _text(words) + b" Tj ET EMC"


def _text(words: str) -> bytes:
    escaped = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return b"(" + escaped.encode("cp1252") + b")"


def _file(objects: list[bytes]) -> bytes:
    out, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start, size = len(out), len(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R /Info %d 0 R >>\n" % (size, len(objects))
    return out + b"startxref\n%d\n%%%%EOF\n" % start
