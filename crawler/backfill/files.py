"""WARC files of anybody, and WACZ files, as sources of captures.

Format of the latter: https://specs.webrecorder.net/wacz/1.1.1/
"""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from http import HTTPStatus
from pathlib import Path

from crawler.archive import Capture, exchanges, read_capture, read_member
from crawler.backfill.found import Found, found, timestamp_of
from crawler.backfill.records import inflated, response_record, with_source
from crawler.backfill.source import Page, Question, Scope
from crawler.exceptions import ArchiveError, Unplayable
from crawler.period import Period

logger = logging.getLogger(__name__)

_CHUNK = 1 << 20


class ArchiveFile:
    """One WARC or WACZ file; the WARC files in a WACZ are unpacked into the folder `workplace`."""

    keeps: timedelta | None = None  # a file that changed is another question

    def __init__(self, path: Path, workplace: Path) -> None:
        """Look whether the file is there. Raises ArchiveError."""
        try:
            self._stat = path.stat()
            with path.open("rb") as stream:
                is_zip = stream.read(4) == b"PK\x03\x04"
        except OSError as error:
            problem = f"{path}: cannot be read ({error.strerror})"
            raise ArchiveError(f"{problem}; name wayback, commoncrawl, or a WARC or WACZ file") from error
        self.name = str(path)
        self._path, self._workplace = path, workplace
        self._parts: dict[str, Path] = {} if is_zip else {"": path}  # name inside the WACZ → WARC file

    def questions(self, scopes: Sequence[Scope], period: Period) -> list[Question]:
        """Return the one question: what is in the file?"""
        return [Question(f"{self._path.absolute()} {self._stat.st_size} {self._stat.st_mtime_ns}", "", ())]

    def answers(self, question: Question, mark: str | None) -> Iterator[Page]:
        """Yield the successful responses to GET of each WARC file."""
        captures: list[Found] = []
        responses = 0
        for part, path in self._warcs().items():
            for capture in exchanges(path):
                responses += 1
                if capture.status != HTTPStatus.OK or capture.posted:
                    continue
                digest = hashlib.blake2b(capture.body, digest_size=16).hexdigest()
                timestamp = timestamp_of(capture.fetched_at)
                place = f"{capture.offset} {part}"
                if one := found(
                    capture.url, timestamp, digest=digest, place=place, truncated=capture.truncated
                ):
                    captures.append(one)
        if not responses:
            raise ArchiveError(f"{self._path}: holds no response; name a WARC or WACZ file of a crawl")
        yield Page(captures, None)

    def fetch(self, found: Found) -> Capture:
        """Return a capture: the record as it stands in the file."""
        offset, _, part = found.place.partition(" ")
        path = self._warcs()[part]
        source = f"{self._path.name}#{part}" if part else self._path.name
        try:
            capture = read_capture(path, int(offset), found.url)
            return read_member(_record(path, capture, f"file:{source}"))
        except ArchiveError as error:
            raise Unplayable(str(error)) from error

    def _warcs(self) -> dict[str, Path]:
        if not self._parts:
            try:
                self._parts = unpack(self._path, self._workplace)
            except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError) as error:
                raise ArchiveError(f"{self._path}: cannot be unpacked ({error})") from error
            except OSError as error:
                raise ArchiveError(f"{self._path}: cannot be unpacked ({error.strerror})") from error
        return self._parts


def _record(path: Path, capture: Capture, source: str) -> bytes:
    """Return a response as a gzip member for our archive, to the byte where it stands alone."""
    place = (capture.offset, capture.length)
    if capture.member:
        return with_source(inflated(capture.member), source, place)
    with path.open("rb") as stream:
        stream.seek(capture.offset)
        content = stream.read(capture.length)
    if content.startswith(b"WARC/"):
        return with_source(content, source, place)
    taken = datetime.fromisoformat(capture.fetched_at)
    named = f"{source}?{capture.offset}"
    return response_record(capture.url, taken, capture.status, capture.headers, capture.body, source=named)


def unpack(wacz: Path, folder: Path) -> dict[str, Path]:
    """Return the WARC files of a WACZ by their names in it, unpacked into a folder.

    A file whose checksum is not the one that the package states is told of; what is whole in it is used.

    Raises:
        ArchiveError: the zip file is no WACZ, or there is no room for what it holds.
        zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError: it cannot be unpacked.
    """
    parts: dict[str, Path] = {}
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(wacz) as package:
        stated = _checksums(wacz, package)
        warcs = [
            item
            for item in package.infolist()
            if item.filename.startswith("archive/") and item.filename.endswith((".warc", ".warc.gz"))
        ]
        if not warcs:
            nested = any(name.endswith(".wacz") for name in package.namelist())
            remedy = "unpack it and name the WACZ files in it" if nested else "name a WACZ file of a crawl"
            raise ArchiveError(f"{wacz}: holds no WARC file under archive/; {remedy}")
        needed = sum(item.file_size for item in warcs)
        if needed > shutil.disk_usage(folder).free:
            raise ArchiveError(f"{wacz}: {needed:,} bytes must be unpacked into {folder}; make room there")
        for number, item in enumerate(warcs):
            suffix = ".warc.gz" if item.filename.endswith(".gz") else ".warc"
            path = folder / f"{wacz.name}-{number}{suffix}"
            checksum = hashlib.sha256()
            with package.open(item) as packed, path.open("wb") as unpacked:
                while chunk := packed.read(_CHUNK):
                    checksum.update(chunk)
                    unpacked.write(chunk)
            if stated.get(item.filename, checksum.hexdigest()) != checksum.hexdigest():
                logger.error("%s: %s is damaged: its checksum is another one", wacz, item.filename)
            parts[item.filename] = path
    return parts


def _checksums(wacz: Path, package: zipfile.ZipFile) -> dict[str, str]:
    """Return the SHA-256 that `datapackage.json` states, by name. Raises ArchiveError where there is none."""
    try:
        told = json.loads(package.read("datapackage.json"))
        hashes = {str(one["path"]): str(one.get("hash") or "") for one in told["resources"]}
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise ArchiveError(f"{wacz}: is no WACZ file: it has no readable datapackage.json") from error
    return {path: hash.removeprefix("sha256:") for path, hash in hashes.items() if hash.startswith("sha256:")}
