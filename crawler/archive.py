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
import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

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


def read_capture(path: Path, offset: int) -> Capture:
    """Return the response record at a byte offset.

    Raises:
        ArchiveError: the file is missing, or no response record begins there.
    """
    capture = next(captures(path, offset), None)
    if capture and capture.offset == offset:
        return capture
    raise ArchiveError(f"{path}: no response record at byte {offset}; run 'tinso verify'")


def captures(path: Path, offset: int = 0) -> Iterator[Capture]:
    """Yield the responses of a WARC file in order, from a byte offset on. Plain and gzip files are read.

    Damage is logged with its offset; reading goes on at the next member that is a WARC record, so that one
    torn record does not hide the rest.

    Raises:
        ArchiveError: the file is missing, cannot be read, or is one gzip member of enormous size.
    """
    try:
        with path.open("rb") as stream:
            stream.seek(offset)
            compressed = stream.peek(2)[:2] == b"\x1f\x8b"
            members = _members(path, stream) if compressed else [(offset, 0, b"", stream)]
            for start, length, member, records in members:
                try:
                    for number, record in enumerate(ArchiveIterator(records)):
                        if record.rec_type == "response" and record.http_headers:
                            # A member of several records is not one record's bytes.
                            alone = member if number == 0 and length else b""
                            yield _capture(record, start, length, alone)
                except (ArchiveLoadFailed, AttributeError, EOFError, TypeError, ValueError) as error:
                    logger.error("%s: damaged at byte %d (%s); the other records are used", path, start, error)
    except OSError as error:
        raise ArchiveError(f"{path}: cannot be read ({error.strerror}); name an existing WARC file") from error


def _members(path: Path, stream: io.BufferedReader) -> Iterator[tuple[int, int, bytes, io.BytesIO]]:
    """Yield (offset, length, compressed bytes, content) of every whole gzip member."""
    end = path.stat().st_size
    start = stream.tell()
    while start < end:
        stream.seek(start)
        inflate, content, member = zlib.decompressobj(31), bytearray(), bytearray()
        try:
            while not inflate.eof and (chunk := stream.read(65536)):
                content += inflate.decompress(chunk)
                member += chunk
                if len(content) > MAX_RECORD_BYTES:
                    raise ArchiveError(
                        f"{path}: the gzip member at byte {start} is too large; run 'warcio recompress' on the file"
                    )
            whole = inflate.eof
        except zlib.error:
            whole = False
        if whole:
            length = len(member) - len(inflate.unused_data)
            yield start, length, bytes(member[:length]), io.BytesIO(content)
            start += length
        else:
            found = _next_member(stream, start + 1)
            logger.error("%s: damaged at byte %d; the other records are used", path, start)
            start = end if found is None else found


def _next_member(stream: io.BufferedReader, start: int) -> int | None:
    """Return the offset of the next gzip member that holds a WARC record."""
    stream.seek(start)
    rest = stream.read()
    at = -1
    while (at := rest.find(b"\x1f\x8b\x08", at + 1)) >= 0:
        try:
            if zlib.decompressobj(31).decompress(rest[at : at + 4096], 5) == b"WARC/":
                return start + at
        except zlib.error:
            continue
    return None


def _capture(record: ArcWarcRecord, offset: int, length: int, member: bytes) -> Capture:
    headers = [
        (name, value)
        for name, value in record.http_headers.headers
        if name.lower() not in {"content-encoding", "transfer-encoding", "content-length"}
    ]
    return Capture(
        url=record.rec_headers.get_header("WARC-Target-URI").strip("<>"),
        fetched_at=from_warc_date(record.rec_headers.get_header("WARC-Date")),
        status=int(record.http_headers.get_statuscode()),
        headers=headers,
        body=record.content_stream().read(),
        offset=offset,
        length=length,
        member=member,
    )
