"""What a packed body holds: alike for one that comes in a crawl, and for one that lies in an archive."""

from __future__ import annotations

import struct
import zlib
from gzip import GzipFile
from io import BytesIO

import brotli
from isal import isal_zlib
from warcio.recordloader import ArcWarcRecord

GZIP = frozenset({"gzip", "x-gzip"})
_MAGIC = b"\x1f\x8b"
_CHUNK = 65_536  # bytes


def gunzipped(body: bytes, most: int) -> bytes:
    """Return what the gzip members of a body hold, up to `most` bytes; of one that breaks off, what came.

    A body that is no gzip comes back as it is.

    Raises:
        OSError, EOFError, zlib.error, struct.error: it is damaged from the beginning.
    """
    if not body.startswith(_MAGIC):
        return body
    if (content := _inflated(body, most)) is not None:
        return content
    parts: list[bytes] = []
    size = 0
    with GzipFile(fileobj=BytesIO(body)) as members:
        while size < most:
            try:
                part = members.read1(min(_CHUNK, most - size))
            except (OSError, EOFError, struct.error):
                if not parts:
                    raise
                break
            if not part:
                break
            parts.append(part)
            size += len(part)
    return b"".join(parts)


def _inflated(body: bytes, most: int) -> bytes | None:
    """Return what one undamaged gzip member holds that stands alone and is not too large, else None."""
    inflate = isal_zlib.decompressobj(31)
    try:
        content = inflate.decompress(body, most)
    except isal_zlib.error:  # type: ignore[misc]  # an exception, whatever its stub says
        return None
    return content if inflate.eof and not inflate.unused_data else None


def body_of(record: ArcWarcRecord, most: int) -> bytes:
    """Return the body of an archived response, up to `most` bytes, unpacked as a crawl unpacks it.

    It comes back as it came where its coding is not what the header says.
    """
    header = record.http_headers.get_header("Content-Encoding") or ""
    codings = [coding.strip().lower() for coding in header.split(",")]
    if not GZIP.issuperset(codings) and codings != ["br"]:
        return record.content_stream().read(most)
    # warcio reads the first gzip member alone and knows no "x-gzip"; its own way fails with brotli 1.2.
    record.http_headers.remove_header("Content-Encoding")
    came = record.content_stream().read()
    try:
        if codings == ["br"]:
            return brotli.Decompressor().process(came, output_buffer_limit=most)
        body = came
        for _ in codings:
            body = gunzipped(body, most)
    except (OSError, EOFError, zlib.error, struct.error, brotli.error):
        return came
    return body
