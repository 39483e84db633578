"""The archive: every response as it came, in WARC 1.1 files that any web-archive tool reads.

It is the source of truth: state.db and corpus.db can be made again from it. A record is on disk before
its page is parsed. A process appends to a file of its own, so that a torn last record, after a kill, is
never followed by others; readers give what stands before a tear and say where it is.

Format: https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/
"""

from __future__ import annotations

import io
import logging
import os
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler import __version__
from crawler.clock import from_warc_date, to_warc_date
from crawler.exceptions import ArchiveError
from crawler.members import MAX_RECORD_BYTES, TooLargeMember, is_plain, member_of, members, next_record
from crawler.payload import body_of
from crawler.posted import Posted
from crawler.revisits import Original, headers_of, original_of, revisit_record

logger = logging.getLogger(__name__)

MAX_FILE_BYTES = 1_000_000_000  # the size the WARC standard recommends (annex C)
MAX_BODY_BYTES = 64 * 2**20  # of a decoded body; one that inflates beyond is cut, and no page is so large
# What warcio raises on bad records; the last two where a header that it needs is absent.
_DAMAGE = (ArchiveLoadFailed, EOFError, ValueError, AttributeError, TypeError)


@dataclass(frozen=True, slots=True)
class Capture:
    """One response and when it came (ISO 8601, +07:00).

    To be archived, it holds headers and body as they came. Read from an archive, its body is decoded, the
    headers that spoke of the coding are gone, and `member` is the record's own compressed bytes. `posted` is
    what a POST had sent; of an archive, `exchanges` alone tells it.
    """

    url: str
    fetched_at: str
    status: int
    headers: list[tuple[str, str]]
    body: bytes
    offset: int = 0
    length: int = 0
    member: bytes = b""
    posted: Posted | None = None
    id: str = ""  # WARC-Record-ID
    digest: str = ""  # WARC-Payload-Digest: of the body as it came
    original: Original | None = None  # of a revisit, which has no body; see crawler/revisits.py
    truncated: bool = False  # WARC-Truncated: whoever fetched it took only the beginning


class Place(NamedTuple):
    """Where a record was written: file name, offset and length in bytes; and its WARC-Payload-Digest."""

    file: str
    offset: int
    length: int
    digest: str


class ArchiveWriter:
    """Appends captures to `directory/tinso-<UTC time>-<pid>-<serial>.warc.gz`."""

    def __init__(self, directory: Path) -> None:
        """Prepare; the file is made with the first capture. Raises OSError if it cannot be."""
        self.directory = directory
        self._file: io.BufferedWriter | None = None
        self._name = ""  # of the file
        self._serial = 0
        self._is_synced = True
        self._writer = WARCWriter(io.BytesIO(), gzip=False, warc_version="1.1")

    def append(self, capture: Capture) -> Place:
        """Write a capture through to the operating system; return where it is."""
        if self._file is None or self._file.tell() > MAX_FILE_BYTES:
            self._roll()
        assert self._file
        id = capture.id or f"<{uuid4().urn}>"
        request_id = self._write_request(capture, capture.posted, id) if capture.posted else ""
        if capture.member:  # another archive's record: kept to the byte
            return Place(self._name, *self._write_member(capture.member), capture.digest)
        http_headers = StatusAndHeaders(f"{capture.status} ", capture.headers, protocol="HTTP/1.1")
        headers = {"WARC-Date": to_warc_date(capture.fetched_at), "WARC-Record-ID": id}
        if request_id:  # pywb finds an answer by its form if the later of the two records names the other
            headers["WARC-Concurrent-To"] = request_id
        if capture.original:
            record = revisit_record(self._writer, capture.url, capture.original, http_headers, headers)
        else:
            record = self._writer.create_warc_record(
                capture.url,
                "response",
                payload=io.BytesIO(capture.body),
                length=len(capture.body),  # unless told, warcio copies the body and digests it twice
                http_headers=http_headers,
                warc_headers_dict=headers,
            )
        offset, length = self._write(record)
        digest = record.rec_headers.get_header("WARC-Payload-Digest") or ""
        return Place(self._name, offset, length, digest)

    def _write_request(self, capture: Capture, posted: Posted, response: str) -> str:
        """Write what was sent, before its response: a response in the archive is never without its form.

        Returns the record's ID.
        """
        parts = urlsplit(capture.url)
        sent = [field for field in posted.headers if field[0].lower() not in {"host", "content-length"}]
        headers = [("Host", parts.netloc), *sent, ("Content-Length", str(len(posted.body)))]
        asked = urlunsplit(("", "", parts.path or "/", parts.query, ""))
        record = self._writer.create_warc_record(
            capture.url,
            "request",
            payload=io.BytesIO(posted.body),
            http_headers=StatusAndHeaders(f"POST {asked} HTTP/1.1", headers, is_http_request=True),
            warc_headers_dict={"WARC-Date": to_warc_date(capture.fetched_at), "WARC-Concurrent-To": response},
        )
        self._write(record)
        return str(record.rec_headers.get_header("WARC-Record-ID"))

    def sync(self) -> None:
        """Force what was appended to the disk itself."""
        if self._file and not self._is_synced:
            os.fsync(self._file.fileno())
            self._is_synced = True

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
        self._file, self._name = path.open("xb"), path.name
        info = {"software": f"tinso/{__version__}", "format": "WARC File Format 1.1", "isPartOf": "tinso"}
        self._write(self._writer.create_warcinfo_record(path.name, info))

    def _write(self, record: ArcWarcRecord) -> tuple[int, int]:
        assert self._file
        plain = io.BytesIO()
        self._writer.out = plain
        self._writer.write_record(record)
        return self._write_member(member_of(plain.getvalue()))

    def _write_member(self, member: bytes) -> tuple[int, int]:
        assert self._file
        offset = self._file.tell()
        self._is_synced = False
        self._file.write(member)
        self._file.flush()
        return offset, len(member)


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


def read_member(member: bytes) -> Capture:
    """Return the response that a gzip member holds alone.

    Raises:
        ArchiveError: it is damaged, or holds anything else.
    """
    inflate = zlib.decompressobj(31)
    try:
        content = inflate.decompress(member, MAX_RECORD_BYTES)
    except zlib.error as error:
        raise ArchiveError(f"the record is damaged ({error})") from error
    found = list(_records(io.BytesIO(content), 0)) if inflate.eof else []
    if len(found) != 1 or not isinstance(found[0].content, Capture) or found[0].content.original:
        problem = found[0].damage if found else "it is cut off"
        raise ArchiveError(f"there is no whole response ({problem or 'it is another record'})")
    return replace(found[0].content, length=len(member), member=member)


def exchanges(path: Path, offset: int = 0, *, revisits: bool = False) -> Iterator[Capture]:
    """Yield the responses as `captures` does, each with what was posted to get it.

    That is known where the record of the request stands next to the response's, before it or after it.

    Raises:
        ArchiveError: as `captures` does.
    """
    sent: _Sent | None = None
    held: Capture | None = None
    for found in _found(path, offset, logger.error):
        if isinstance(found, Capture) and found.original and not revisits:
            continue
        if isinstance(found, _Sent):
            sent = found
            if held and sent.belongs_to(held):
                held = replace(held, posted=sent.posted)
            continue
        if held:
            yield held
        held = replace(found, posted=sent.posted) if sent and sent.belongs_to(found) else found
    if held:
        yield held


def captures(
    path: Path,
    offset: int = 0,
    *,
    damaged: Callable[[str], None] = logger.error,
    revisits: bool = False,
) -> Iterator[Capture]:
    """Yield the responses of a WARC file in order, from a byte offset on. Plain and gzip files are read.

    Revisits, which hold no page, are yielded among them where they are asked for. `damaged` is told of
    damage with its offset; reading goes on at the next member or record that is whole, so that one torn
    record does not hide the rest.

    Raises:
        ArchiveError: the file is missing, cannot be read, or is one gzip member of enormous size.
    """

    return (
        found
        for found in _found(path, offset, damaged)
        if isinstance(found, Capture) and (revisits or not found.original)
    )


def _found(path: Path, offset: int, damaged: Callable[[str], None]) -> Iterator[Capture | _Sent]:
    """Yield responses, and what was posted, in the order of the file."""

    def report(at: int, error: Exception) -> None:
        damaged(f"{path}: damaged at byte {at} ({error}); the other records are used")

    try:
        with path.open("rb") as stream:
            stream.seek(offset)
            if is_plain(stream, offset):
                for record in _records(stream, offset):
                    if record.damage:
                        report(record.offset, record.damage)
                    elif isinstance(record.content, Capture):
                        yield replace(record.content, offset=record.offset, length=record.length)
                    elif record.content:
                        yield record.content
                return
            for at, member, content in members(stream, offset, report):
                found = list(_records(io.BytesIO(content), 0))
                alone = member if len(found) == 1 else b""  # several records are not one record's bytes
                for record in found:
                    if record.damage:
                        report(at, record.damage)
                    elif isinstance(record.content, Capture):
                        yield replace(record.content, offset=at, length=len(member), member=alone)
                    elif record.content:
                        yield record.content
    except TooLargeMember as error:
        raise ArchiveError(f"{path}: {error}; run 'warcio recompress' on the file") from error
    except OSError as error:
        raise ArchiveError(
            f"{path}: cannot be read ({error.strerror}); name an existing WARC file"
        ) from error


class _Sent(NamedTuple):
    posted: Posted
    concurrent_to: str  # the response's WARC-Record-ID

    def belongs_to(self, capture: Capture) -> bool:
        return bool(capture.id) and self.concurrent_to == capture.id


class _Record(NamedTuple):
    offset: int
    length: int
    content: Capture | _Sent | None = None  # of a response, of a POST
    damage: Exception | None = None


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
            content = _content(record)
            reader.read_to_end()
            if record.raw_stream.limit or reader.err_count:
                raise EOFError("the record is not as long as it says")
        except _DAMAGE as error:
            yield _Record(at, 0, damage=error)
            at = next_record(stream, at + 1) or end
        else:
            yield _Record(at, reader.offset - at, content)
            at = reader.offset


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
        for _ in members(stream, start, report):
            torn_at = None
    if torn_at is None:
        return 0
    torn = path.stat().st_size - torn_at
    os.truncate(path, torn_at)
    return torn


def _content(record: ArcWarcRecord) -> Capture | _Sent | None:
    if record.rec_type == "response" and record.http_headers:
        return _capture(record)
    if record.rec_type == "revisit":
        record.http_headers = record.http_headers or headers_of(record)
        return replace(_capture(record), body=b"", original=original_of(record))
    if record.rec_type == "request" and record.http_headers and record.http_headers.protocol == "POST":
        posted = Posted(record.content_stream().read(MAX_BODY_BYTES), record.http_headers.headers)
        return _Sent(posted, record.rec_headers.get_header("WARC-Concurrent-To") or "")
    return None


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
        body=body_of(record, MAX_BODY_BYTES),
        id=record.rec_headers.get_header("WARC-Record-ID") or "",
        digest=record.rec_headers.get_header("WARC-Payload-Digest") or "",
        truncated=bool(record.rec_headers.get_header("WARC-Truncated")),
    )
