"""What Scrapy makes of odd answers, and what we make of that."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy import Request
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import DownloadCancelledError, IgnoreRequest
from scrapy.http import HtmlResponse, Response
from scrapy.utils.test import get_crawler

from crawler.archive import ArchiveWriter, Capture, captures
from crawler.failures import outcome_of
from crawler.middlewares import ArchiveMiddleware
from crawler.responses import is_cut
from crawler.unpacking import Unpacking
from pipelines.outcomes import Outcome

PAGE = "http://so.example.vn/bai-7.html"


def unpack(middleware: type[HttpCompressionMiddleware], body: bytes, coding: str = "gzip") -> Response:
    """Return what a middleware makes of a page; at most a thousand bytes are taken."""
    crawler = get_crawler(settings_dict={"DOWNLOAD_MAXSIZE": 1000})
    headers = {"Content-Type": "text/html", "Content-Encoding": coding}
    response = HtmlResponse(PAGE, headers=headers, body=body)
    found = middleware.from_crawler(crawler).process_response(Request(PAGE), response)
    assert isinstance(found, Response)
    return found


def test_a_page_that_inflates_beyond_the_limit_is_too_large() -> None:
    body = gzip.compress(b" " * 100_000)
    with pytest.raises(IgnoreRequest) as caught:
        unpack(Unpacking, body)
    assert outcome_of(caught.value)[0] is Outcome.TOO_LARGE


@given(
    text=st.binary(max_size=1200),
    coding=st.sampled_from(["gzip", "x-gzip", "deflate", "identity", "magic"]),
    spoil=st.sampled_from(
        [bytes, lambda body: body[:-3], lambda body: body + b"more", lambda body: body * 2, lambda body: b""]
    ),
)
def test_a_body_is_unpacked_as_scrapy_does(text: bytes, coding: str, spoil: Callable[[bytes], bytes]) -> None:
    def come_of(middleware: type[HttpCompressionMiddleware]) -> object:
        try:
            response = unpack(middleware, spoil(gzip.compress(text, mtime=0)), coding)
        except (OSError, EOFError, zlib.error, IgnoreRequest) as error:
            return type(error)
        return response.body, type(response), response.headers

    assert come_of(Unpacking) == come_of(HttpCompressionMiddleware)


def test_the_encoding_of_packed_bytes_is_not_guessed() -> None:
    page = "<html><body><p>Đảng bộ tỉnh</p></body></html>"
    with patch("scrapy.http.response.text.from_bytes", side_effect=AssertionError):
        response = unpack(Unpacking, gzip.compress(page.encode()))
        assert isinstance(response, HtmlResponse)
        assert (response.encoding, response.text) == ("utf-8", page)


def test_a_page_that_robots_txt_forbids_is_blocked() -> None:
    assert outcome_of(IgnoreRequest("Forbidden by robots.txt"))[0] is Outcome.BLOCKED_BY_ROBOTS


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (DownloadCancelledError(), "DownloadCancelledError: larger than DOWNLOAD_MAXSIZE"),
        (ConnectionError(), "ConnectionError: the connection failed"),
        (ConnectionError("refused\nby the host"), "ConnectionError: refused"),
    ],
)
def test_the_reason_of_a_failure_is_one_line_of_words(error: Exception, said: str) -> None:
    assert outcome_of(error)[1].startswith(said)
    assert "\n" not in outcome_of(error)[1]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"<!DOCTYPE html><HTML><body><p>bai</p></BODY>\n<!-- 0.1 s -->", False),
        (b"<html><p>bai</html>", False),
        (b"<html><body><p>ba", True),
        (b"<html><body><script>'</html>'</script>" + b"<p>bai</p>" * 500, True),
        (b"<div class=row><a href=7>bai</a>", False),  # a fragment
        (b"", False),
    ],
)
def test_a_page_that_does_not_end_as_one_is_cut(body: bytes, expected: bool) -> None:
    assert is_cut(body) is expected


@pytest.mark.parametrize("printed", ["/tin/bài-7.html".encode(), "/tin/bài-7.html".encode("latin-1")])
def test_a_vietnamese_address_in_a_header_leads_to_the_same_page_from_the_archive(
    tmp_path: Path, printed: bytes
) -> None:
    writer = ArchiveWriter(tmp_path)

    def keep(capture: Capture, *told: object) -> int:
        writer.append(capture)
        return 1

    middleware = ArchiveMiddleware.__new__(ArchiveMiddleware)
    middleware._data = SimpleNamespace(keep=keep)  # type: ignore[assignment]
    middleware.process_response(Request(PAGE), HtmlResponse(PAGE, status=302, headers={"Location": printed}))
    writer.close()
    (capture,) = captures(next(tmp_path.iterdir()))
    assert dict(capture.headers)["Location"] == "/tin/b%C3%A0i-7.html"
