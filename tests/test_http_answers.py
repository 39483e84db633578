"""What Scrapy makes of odd answers, and what we make of that."""

from __future__ import annotations

import gzip
from pathlib import Path
from types import SimpleNamespace

import pytest
from scrapy import Request
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import DownloadCancelledError, IgnoreRequest
from scrapy.http import HtmlResponse
from scrapy.utils.test import get_crawler

from crawler.archive import ArchiveWriter, Capture, captures
from crawler.failures import outcome_of
from crawler.middlewares import ArchiveMiddleware
from crawler.responses import is_cut
from pipelines.outcomes import Outcome

PAGE = "http://so.example.vn/bai-7.html"


def test_a_page_that_inflates_beyond_the_limit_is_too_large() -> None:
    inflating = HttpCompressionMiddleware.from_crawler(get_crawler(settings_dict={"DOWNLOAD_MAXSIZE": 1000}))
    body = gzip.compress(b" " * 100_000)
    response = HtmlResponse(PAGE, headers={"Content-Encoding": "gzip"}, body=body)
    with pytest.raises(IgnoreRequest) as caught:
        inflating.process_response(Request(PAGE), response)
    assert outcome_of(caught.value)[0] is Outcome.TOO_LARGE


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
