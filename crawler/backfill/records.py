"""Captures as records of our archive, each with a note of the web archive that gave it.

WARC-Target-URI is the portal's address and WARC-Date the time of capture, so that a record reads like one of
our own. Where it came from stands beside them, in fields that WARC readers ignore if they do not know them
(WARC 1.1, §4) and that are named as cdx_toolkit names them: WARC-Source-URI, WARC-Source-Range,
WARC-Creation-Date. A record that already has such a note keeps it.
"""

from __future__ import annotations

import gzip
import io
import re
import zlib
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

import brotli
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.archive import MAX_BODY_BYTES
from crawler.exceptions import Unplayable
from crawler.members import MAX_RECORD_BYTES

_GZIP = b"\x1f\x8b"
_END_OF_HEADER = b"\r\n\r\n"
_SOURCE = re.compile(rb"^WARC-Source-URI:", re.IGNORECASE | re.MULTILINE)
_CODED = frozenset({"content-encoding", "transfer-encoding", "content-length"})
_COMPRESSION = 4  # as our own records are


def response_record(
    url: str,
    timestamp: datetime,
    status: int,
    headers: list[tuple[str, str]],
    body: bytes,
    *,
    source: str,
) -> bytes:
    """Return a response as a gzip member, its body decoded. The same source makes the same WARC-Record-ID."""
    kept = [field for field in headers if field[0].lower() not in _CODED]
    plain = io.BytesIO()
    writer = WARCWriter(plain, gzip=False, warc_version="1.1")
    record = writer.create_warc_record(
        url,
        "response",
        payload=io.BytesIO(body),
        http_headers=StatusAndHeaders(
            f"{status} ", [*kept, ("Content-Length", str(len(body)))], protocol="HTTP/1.1"
        ),
        warc_headers_dict={
            "WARC-Date": timestamp.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "WARC-Record-ID": f"<{uuid5(NAMESPACE_URL, source).urn}>",
        },
    )
    writer.write_record(record)
    return with_source(plain.getvalue(), source)


def with_source(record: bytes, source: str, byte_range: tuple[int, int] | None = None) -> bytes:
    """Return another archive's record as a gzip member: to the byte, but for the note of where it came from.

    `byte_range` are offset and length in the file that `source` names. Raises Unplayable for what is no
    record.
    """
    head, end, block = record.partition(_END_OF_HEADER)
    if not end or not head.startswith(b"WARC/"):
        raise Unplayable("there is no WARC record where the index says")
    if not _SOURCE.search(head):
        head += f"\r\nWARC-Source-URI: {source}".encode()
        if byte_range:
            offset, length = byte_range
            head += b"\r\nWARC-Source-Range: bytes=%d-%d" % (offset, offset + length - 1)
        head += datetime.now(UTC).strftime("\r\nWARC-Creation-Date: %Y-%m-%dT%H:%M:%SZ").encode()
    return gzip.compress(head + end + block, _COMPRESSION, mtime=0)


def inflated(member: bytes) -> bytes:
    """Return the record that a gzip member holds. Raises Unplayable where it is damaged or cut off."""
    inflate = zlib.decompressobj(31)
    try:
        record = inflate.decompress(member, MAX_RECORD_BYTES)
    except zlib.error as error:
        raise Unplayable(f"the record is damaged ({error})") from error
    if not inflate.eof:
        raise Unplayable("the record is cut off")
    return record


def decoded(body: bytes, codings: str) -> bytes:
    """Return a body without its content codings; as it came, where it is not coded as it says.

    The Wayback Machine hands on the coding of the first server and adds its own, and does not always say so:
    what begins as gzip is inflated, twice at most. Of one that was cut off, the beginning comes back.
    """
    names = {name.strip().lower() for name in codings.split(",")}
    for _ in range(2):
        if not body.startswith(_GZIP):
            break
        if (content := _inflated(body, 31)) is None:
            break
        body = content
    if "br" in names:
        inflate = brotli.Decompressor()
        try:
            content = inflate.process(body, output_buffer_limit=MAX_BODY_BYTES)
        except brotli.error:
            return body
        return content if content or inflate.is_finished() else body
    if "deflate" in names:
        for window in (
            zlib.MAX_WBITS,
            -zlib.MAX_WBITS,
        ):  # as the standard says, and as some do
            if (content := _inflated(body, window)) is not None:
                return content
    return body


def _inflated(body: bytes, window: int) -> bytes | None:
    try:
        return zlib.decompressobj(window).decompress(body, MAX_BODY_BYTES)
    except zlib.error:
        return None
