"""A busy server is left alone for as long as it asks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from types import SimpleNamespace

import pytest
from scrapy import Request
from scrapy.core.downloader import Slot
from scrapy.http import Response
from scrapy.utils.test import get_crawler

from crawler.politeness import MOST_DELAY, Politeness

HOST = "so.example.vn"


def delay_after(status: int, retry_after: str) -> float:
    """Return the delay between requests, 1 s before, after an answer."""
    crawler = get_crawler(settings_dict={"AUTOTHROTTLE_ENABLED": True, "DOWNLOAD_DELAY": 1.0})
    slot = Slot(concurrency=1, delay=1.0, jitter=0)
    crawler.engine = SimpleNamespace(downloader=SimpleNamespace(slots={HOST: slot}))  # type: ignore[assignment]
    politeness = Politeness(crawler)
    politeness.mindelay, politeness.maxdelay = 1.0, 60.0
    request = Request(f"http://{HOST}/", meta={"download_slot": HOST, "download_latency": 0.1})
    response = Response(request.url, status=status, headers={"Retry-After": retry_after})
    politeness._response_downloaded(response, request, None)
    return slot.delay


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_in_seconds_is_obeyed_up_to_a_limit(status: int) -> None:
    assert delay_after(status, "20") == 20
    assert delay_after(status, "86400") == MOST_DELAY


def test_retry_after_as_a_date_is_obeyed() -> None:
    soon = datetime.now(UTC) + timedelta(seconds=30)
    assert 25 < delay_after(503, format_datetime(soon, usegmt=True)) <= 30


@pytest.mark.parametrize(
    ("status", "retry_after"),
    [
        (200, "20"),
        (404, "20"),
        (503, ""),
        (503, "soon"),
        (503, "-5"),
        (503, "²"),
        (503, "Thu, 01 Jan 1970 00:00:00 GMT"),
    ],
)
def test_anything_else_leaves_the_delay_as_it_was(status: int, retry_after: str) -> None:
    assert delay_after(status, retry_after) == 1
