"""Where records begin in a WARC file: gzip members and plain records, found again behind damage."""

from __future__ import annotations

import gzip
import io
import mmap
import os
import struct
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager

MAX_RECORD_BYTES = 512 * 2**20
_COMPRESSION = 4  # 0.5 ms for a 50 kB page; level 9 takes 60 % longer for 10 % less
_END_OF_HEADERS = b"\r\n\r\n"  # of the record's, then of HTTP's
_MEMBER = b"\x1f\x8b\x08"
_HEADER = _MEMBER + b"\0\0\0\0\0\0\xff"  # no name, no time, no system


class TooLargeMember(Exception):
    """Raised for a gzip member that we do not take into memory."""


def member_of(record: bytes) -> bytes:
    """Return a record as a gzip member (RFC 1952). A body that came as gzip stands in it as it came.

    To pack it again takes six times as long and makes it no smaller. What might hide a record is packed, so
    that behind a damaged place nobody finds it.
    """
    body = record.split(_END_OF_HEADERS, 2)[-1]
    if not body.startswith(_MEMBER) or body.find(_MEMBER, 1) >= 0 or _is_record(body, 0):
        return gzip.compress(record, _COMPRESSION, mtime=0)
    packed, stored = (zlib.compressobj(level, wbits=-zlib.MAX_WBITS) for level in (_COMPRESSION, 0))
    return b"".join(
        (
            _HEADER,
            packed.compress(record[: -len(body)]),
            packed.flush(zlib.Z_SYNC_FLUSH),
            stored.compress(body),
            stored.flush(),
            struct.pack("<II", zlib.crc32(record), len(record) % 2**32),
        )
    )


def members(
    stream: io.BufferedReader, at: int, report: Callable[[int, Exception], None]
) -> Iterator[tuple[int, bytes, bytes]]:
    """Yield (offset, compressed bytes, content) of every whole gzip member from byte `at` on."""
    end = os.fstat(stream.fileno()).st_size
    while at < end:
        stream.seek(at)
        inflate, content, member = zlib.decompressobj(31), bytearray(), bytearray()
        try:
            while not inflate.eof:
                if not (chunk := stream.read(65536)):
                    raise EOFError("it ends in the middle of a record")
                content += inflate.decompress(chunk, MAX_RECORD_BYTES)
                member += chunk
                if inflate.unconsumed_tail or len(content) > MAX_RECORD_BYTES:
                    raise TooLargeMember(f"the gzip member at byte {at} is too large")
        except (zlib.error, EOFError) as error:
            report(at, error)
            found = _next_member(stream, at + 1)
            at = end if found is None else found
            continue
        length = len(member) - len(inflate.unused_data)
        yield at, bytes(member[:length]), bytes(content)
        at += length


def _next_member(stream: io.BufferedReader, start: int) -> int | None:
    """Return the offset of the next gzip member that holds a WARC record."""
    with _searchable(stream) as data:
        return _find_record(data, start)


def _find_record(data: bytes | mmap.mmap, start: int) -> int | None:
    """Return the first place in `data` at which a gzip member begins that holds a WARC record."""
    at = start - 1
    while (at := data.find(_MEMBER, at + 1)) >= 0:
        if _is_record(data, at):
            return at
    return None


def _is_record(data: bytes | mmap.mmap, at: int) -> bool:
    """True where the gzip member at `at` holds a WARC record."""
    try:
        return zlib.decompressobj(31).decompress(data[at : at + 4096], 5) == b"WARC/"
    except zlib.error:
        return False


def is_plain(stream: io.BufferedReader, offset: int) -> bool:
    """True where uncompressed records stand at a byte offset; the stream is left there."""
    head = stream.peek(5)[:5]
    if head == b"WARC/":
        return True
    return head[:2] != b"\x1f\x8b" and _next_member(stream, offset) is None


def next_record(stream: io.BufferedReader | io.BytesIO, start: int) -> int | None:
    """Return the offset of the next line that begins an uncompressed WARC record."""
    with _searchable(stream) as data:
        at = data.find(b"\nWARC/", start - 1)
    return at + 1 if at >= 0 else None


@contextmanager
def _searchable(stream: io.BufferedReader | io.BytesIO) -> Iterator[bytes | mmap.mmap]:
    """Give a stream's bytes without reading a file into memory."""
    if isinstance(stream, io.BytesIO):
        yield stream.getvalue()
    elif not os.fstat(stream.fileno()).st_size:
        yield b""
    else:
        with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
            yield data
