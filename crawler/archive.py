"""The archive: every response as it came, in WARC 1.1 files that any web-archive tool reads.

It is the source of truth: state.db and corpus.db can be made again from it. A record is on disk before
its page is parsed. A process appends to a file of its own, so that a torn last record, after a kill, is
never followed by others; readers give what stands before a tear and say where it is.

Format: https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/
"""

from __future__ import annotations

import gzip
import io
import logging
import mmap
import os
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import brotli
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler import __version__
from crawler.clock import from_warc_date
from crawler.exceptions import ArchiveError

logger = logging.getLogger(__name__)

MAX_FILE_BYTES = 1_000_000_000  # the size the WARC standard recommends (annex C)
MAX_RECORD_BYTES = 512 * 2**20
MAX_BODY_BYTES = 64 * 2**20  # of a decoded body; one that inflates beyond is cut, and no page is so large
# What warcio raises on bad records; the last two where a header that it needs is absent.
_DAMAGE = (ArchiveLoadFailed, EOFError, ValueError, AttributeError, TypeError)
_COMPRESSION = 4  # 0.5 ms for a 50 kB page; level 9 takes 60 % longer for 10 % less


@dataclass(frozen=True, slots=True)
class Capture:
    """One response and when it came (ISO 8601, +07:00).

    To be archived, it holds headers and body as they came. Read from an archive, its body is decoded, the
    headers that spoke of the coding are gone, and `member` is the record's own compressed bytes.
    """

    url: str
    fetched_at: str
    status: int
    headers: list[tuple[str, str]]
    body: bytes
    offset: int = 0
    length: int = 0
    member: bytes = b""


class ArchiveWriter:
    """Appends captures to `directory/tinso-<UTC time>-<pid>-<serial>.warc.gz`."""

    def __init__(self, directory: Path) -> None:
        """Prepare; the file is made with the first capture. Raises OSError if it cannot be."""
        self.directory = directory
        self._file: io.BufferedWriter | None = None
        self._serial = 0
        self._writer = WARCWriter(io.BytesIO(), gzip=False, warc_version="1.1")

    def append(self, capture: Capture) -> tuple[str, int, int]:
        """Write a capture through to the operating system; return file name, offset and length in bytes."""
        if self._file is None or self._file.tell() > MAX_FILE_BYTES:
            self._roll()
        assert self._file
        if capture.member:  # another archive's record: kept to the byte
            return Path(self._file.name).name, *self._write_member(capture.member)
        record = self._writer.create_warc_record(
            capture.url,
            "response",
            payload=io.BytesIO(capture.body),
            http_headers=StatusAndHeaders(f"{capture.status} ", capture.headers, protocol="HTTP/1.1"),
            warc_headers_dict={"WARC-Date": _utc(capture.fetched_at)},
        )
        offset, length = self._write(record)
        return Path(self._file.name).name, offset, length

    def sync(self) -> None:
        """Force what was appended to the disk itself."""
        if self._file:
            os.fsync(self._file.fileno())

    def close(self) -> None:
        """Sync and close the file."""
        if self._file:
            self.sync()
            self._file.close()
            self._file = None

    def _roll(self) -> None:
        self.close()
        self.directory.mkdir(parents=True, exist_ok=True)
        self._serial += 1
        stamp = datetime.now(UTC).strftime("%Y%m%d%H%M%S%f")
        path = self.directory / f"tinso-{stamp}-{os.getpid()}-{self._serial:03}.warc.gz"
        self._file = path.open("xb")
        info = {"software": f"tinso/{__version__}", "format": "WARC File Format 1.1", "isPartOf": "tinso"}
        self._write(self._writer.create_warcinfo_record(path.name, info))

    def _write(self, record: ArcWarcRecord) -> tuple[int, int]:
        assert self._file
        plain = io.BytesIO()
        self._writer.out = plain
        self._writer.write_record(record)
        return self._write_member(gzip.compress(plain.getvalue(), _COMPRESSION, mtime=0))

    def _write_member(self, member: bytes) -> tuple[int, int]:
        assert self._file
        offset = self._file.tell()
        self._file.write(member)
        self._file.flush()
        return offset, len(member)


def _utc(moment: str) -> str:
    return datetime.fromisoformat(moment).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def read_capture(path: Path, offset: int, url: str | None = None) -> Capture:
    """Return the response record at a byte offset; `url` says which, where one gzip member holds several.

    Raises:
        ArchiveError: the file is missing, or no such response record begins there.
    """
    for capture in captures(path, offset):
        if capture.offset != offset:
            break
        if url in (None, capture.url):
            return capture
    raise ArchiveError(f"{path}: no response record at byte {offset}; run 'tinso verify'")


def captures(
    path: Path, offset: int = 0, *, damaged: Callable[[str], None] = logger.error
) -> Iterator[Capture]:
    """Yield the responses of a WARC file in order, from a byte offset on. Plain and gzip files are read.

    `damaged` is told of damage with its offset; reading goes on at the next member or record that is whole,
    so that one torn record does not hide the rest.

    Raises:
        ArchiveError: the file is missing, cannot be read, or is one gzip member of enormous size.
    """

    def report(at: int, error: Exception) -> None:
        damaged(f"{path}: damaged at byte {at} ({error}); the other records are used")

    try:
        with path.open("rb") as stream:
            stream.seek(offset)
            if _is_plain(stream, offset):
                for record in _records(stream, offset):
                    if record.damage:
                        report(record.offset, record.damage)
                    elif record.capture:
                        yield replace(record.capture, offset=record.offset, length=record.length)
                return
            for at, member, content in _members(stream, offset, report):
                found = list(_records(io.BytesIO(content), 0))
                alone = member if len(found) == 1 else b""  # several records are not one record's bytes
                for record in found:
                    if record.damage:
                        report(at, record.damage)
                    elif record.capture:
                        yield replace(record.capture, offset=at, length=len(member), member=alone)
    except _TooLarge as error:
        raise ArchiveError(f"{path}: {error}; run 'warcio recompress' on the file") from error
    except OSError as error:
        raise ArchiveError(
            f"{path}: cannot be read ({error.strerror}); name an existing WARC file"
        ) from error


def _is_plain(stream: io.BufferedReader, offset: int) -> bool:
    head = stream.peek(5)[:5]
    if head == b"WARC/":
        return True
    return head[:2] != b"\x1f\x8b" and _next_member(stream, offset) is None


class _Record(NamedTuple):
    offset: int
    length: int
    capture: Capture | None = None  # of a response
    damage: Exception | None = None


class _TooLarge(Exception):
    """Raised for a gzip member that we do not take into memory."""


def _members(
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
                    raise _TooLarge(f"the gzip member at byte {at} is too large")
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
        at = start - 1
        while (at := data.find(b"\x1f\x8b\x08", at + 1)) >= 0:
            try:
                if zlib.decompressobj(31).decompress(data[at : at + 4096], 5) == b"WARC/":
                    return at
            except zlib.error:
                continue
    return None


def _records(stream: io.BufferedReader | io.BytesIO, at: int) -> Iterator[_Record]:
    """Yield every uncompressed record from byte `at` on; after a damaged one go on at the next."""
    end = stream.seek(0, io.SEEK_END)
    while at < end:
        stream.seek(at)
        reader = ArchiveIterator(stream)
        try:
            record = next(reader, None)
            if record is None:  # blank lines at the end
                return
            capture = _capture(record) if record.rec_type == "response" and record.http_headers else None
            reader.read_to_end()
            if record.raw_stream.limit or reader.err_count:
                raise EOFError("the record is not as long as it says")
        except _DAMAGE as error:
            yield _Record(at, 0, damage=error)
            at = _next_record(stream, at + 1) or end
        else:
            yield _Record(at, reader.offset - at, capture)
            at = reader.offset


def _next_record(stream: io.BufferedReader | io.BytesIO, start: int) -> int | None:
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


def mend(path: Path, start: int) -> int:
    """Cut off a torn last record of one of our own files, left by a kill; return the number of bytes cut.

    `start` is the offset of a record, or the end of one. A record that is whole but damaged is not touched,
    nor what lies before a later whole one: 'tinso verify' tells of them.
    """
    torn_at: int | None = None

    def report(at: int, error: Exception) -> None:
        nonlocal torn_at
        torn_at = at if isinstance(error, EOFError) else None

    with path.open("rb") as stream:
        for _ in _members(stream, start, report):
            torn_at = None
    if torn_at is None:
        return 0
    torn = path.stat().st_size - torn_at
    os.truncate(path, torn_at)
    return torn


def _capture(record: ArcWarcRecord) -> Capture:
    url, date = (record.rec_headers.get_header(name) for name in ("WARC-Target-URI", "WARC-Date"))
    if not url or not date:
        raise ValueError("the record names no address or no date")
    headers = [
        (name, value)
        for name, value in record.http_headers.headers
        if name.lower() not in {"content-encoding", "transfer-encoding", "content-length"}
    ]
    return Capture(
        url=url.strip("<>"),
        fetched_at=from_warc_date(date),
        status=int(record.http_headers.get_statuscode()),
        headers=headers,
        body=_body(record),
    )


def _body(record: ArcWarcRecord) -> bytes:
    """Return the decoded body; as it came, where its coding is not what the header says."""
    coding = record.http_headers.get_header("Content-Encoding") or ""
    if coding.strip().lower() != "br":
        return record.content_stream().read(MAX_BODY_BYTES)
    record.http_headers.remove_header("Content-Encoding")  # warcio's own way fails with brotli 1.2
    raw = record.content_stream().read()
    try:
        return brotli.Decompressor().process(raw, output_buffer_limit=MAX_BODY_BYTES)
    except brotli.error:
        return raw
