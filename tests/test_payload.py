"""Packed bodies: a crawl, and whoever reads its archive later, find the same page in them."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path

import pytest
from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import HtmlResponse
from scrapy.utils.test import get_crawler

from crawler.archive import ArchiveWriter, Capture, read_capture
from crawler.payload import gunzipped
from crawler.unpacking import Unpacking

URL, AT = "http://so.example.vn/bai-7.html", "2023-05-04T08:15:00+07:00"
PAGE = ("<html><body><h1>Chi bộ họp</h1>" + "<p>Bàn việc quý tới.</p>" * 200 + "</body></html>").encode()
PACKED = gzip.compress(PAGE)
MOST = 10_000


def crawled(coding: str, body: bytes) -> bytes:
    """Return the body that a crawl reads."""
    headers = {"Content-Type": "text/html; charset=utf-8", "Content-Encoding": coding}
    request = Request(URL)
    unpacking = Unpacking.from_crawler(get_crawler(settings_dict={"DOWNLOAD_MAXSIZE": MOST}))
    found = unpacking.process_response(
        request, HtmlResponse(URL, headers=headers, body=body, request=request)
    )
    assert isinstance(found, HtmlResponse)
    return found.body


def archived(folder: Path, *headers: tuple[str, str], body: bytes) -> bytes:
    """Return the body that the archive gives."""
    writer = ArchiveWriter(folder)
    place = writer.append(Capture(URL, AT, 200, [("Content-Type", "text/html"), *headers], body))
    writer.close()
    return read_capture(folder / place.file, place.offset).body


@pytest.mark.parametrize(
    ("coding", "body", "page"),
    [
        ("gzip", PACKED, PAGE),
        ("GZIP", PACKED, PAGE),
        ("x-gzip", PACKED, PAGE),
        ("gzip, gzip", gzip.compress(PACKED), PAGE),
        ("gzip", gzip.compress(PAGE[:3000]) + gzip.compress(PAGE[3000:]), PAGE),
        ("gzip", PACKED + b"<!-- 0.1 s -->", PAGE),
        ("gzip", PACKED[:-8] + b"\0\0\0\0" + PACKED[-4:], PAGE),  # another checksum
        ("gzip", PACKED[:-6], PAGE),
        ("gzip", PAGE, PAGE),
        ("deflate", zlib.compress(PAGE), PAGE),
        ("identity", PAGE, PAGE),
    ],
)
def test_the_archive_gives_the_page_that_the_crawl_read(
    tmp_path: Path, coding: str, body: bytes, page: bytes
) -> None:
    assert crawled(coding, body) == page
    assert archived(tmp_path, ("Content-Encoding", coding), body=body) == page


def test_chunks_are_joined_before_they_are_unpacked(tmp_path: Path) -> None:
    chunks = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in (PACKED[:50], PACKED[50:], b""))
    headers = [("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")]
    assert archived(tmp_path, *headers, body=chunks) == PAGE


def test_what_inflates_beyond_the_limit_is_refused_in_a_crawl_and_cut_elsewhere() -> None:
    bomb = gzip.compress(b" " * 1_000_000)
    with pytest.raises(IgnoreRequest):
        crawled("gzip", bomb)
    assert len(gunzipped(bomb, MOST)) == MOST
    assert len(gunzipped(bomb + bomb, MOST)) == MOST


def test_what_is_damaged_from_the_beginning_is_given_as_it_came(tmp_path: Path) -> None:
    damaged = PACKED[:12]
    assert archived(tmp_path, ("Content-Encoding", "gzip"), body=damaged) == damaged
