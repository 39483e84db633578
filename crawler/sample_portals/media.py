"""Pictures and documents of the sample portals, drawn when they are asked for: no binary lies in the repo.

Sources: PNG specification (W3C), PDF 1.4 reference (Adobe), RTF 1.9 (Microsoft).
"""

from __future__ import annotations

import struct
import zlib
from hashlib import blake2b

from pipelines.text import fold

WIDTH, HEIGHT = 480, 300  # pixels


def png(seed: str) -> bytes:
    """Return a picture of three bands over a gradient, whose colours follow from `seed`."""
    digest = blake2b(seed.encode(), digest_size=12).digest()
    palette = [bytes(100 + part // 3 for part in digest[at : at + 3]) for at in (0, 3, 6)]  # quiet colours
    horizon = 90 + digest[9] % 120
    rows = []
    for y in range(HEIGHT):
        red, green, blue = palette[0 if y < horizon else 1 + (y // 40) % 2]
        shade = y // 6
        row = bytes((red + shade, green + shade // 2, blue - shade // 2)) * WIDTH
        rows.append(b"\x00" + row)
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"".join(rows), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def pdf(title: str) -> bytes:
    """Return a one-page PDF that says `title`, without marks because the built-in fonts have none."""
    text = fold(title).encode("ascii", "replace").translate(None, b"()\\")
    content = b"BT /F1 14 Tf 60 760 Td (" + text + b") Tj ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    file, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(file))
    return file + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + trailer


def rtf(title: str) -> bytes:
    """Return a document that says `title` with its marks; word processors open it under the name `.doc`."""
    letters = (f"\\u{ord(letter)}?" if ord(letter) > 127 else letter for letter in title)
    return (
        "{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Times New Roman;}}\\f0\\fs28 " + "".join(letters) + "\\par}"
    ).encode()
