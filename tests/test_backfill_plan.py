"""Which captures a back-fill has, in what order, and what it asks for."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.backfill.book import Held
from crawler.backfill.client import seconds_to_wait
from crawler.backfill.found import Found, found, moment, page_key
from crawler.backfill.plan import LIST_GAP, article_order, lists_to_have
from crawler.backfill.source import scopes
from tests.filling import HA_NOI


def test_the_whole_host_is_asked_for_but_of_a_foreign_one_the_folder_alone() -> None:
    assert [str(scope) for scope in scopes(HA_NOI)] == ["host:ha-noi.localhost"]

    class Folder(HA_NOI):  # type: ignore[misc, valid-type]
        home = "http://www.tinh.gov.vn/so/tin/Default.aspx"
        sections = {"Tin": "Trang/1.aspx", "Đảng": "/dang/"}

    assert [str(scope) for scope in scopes(Folder)] == [
        "prefix:www.tinh.gov.vn/so/tin/",
        "prefix:www.tinh.gov.vn/dang/",
    ]


def test_one_page_has_one_key_however_it_was_asked_for() -> None:
    addresses = ("http://so.vn/a/", "https://www.so.vn/a", "http://so.vn:80/a#x", "https://so.vn:443/a/")
    assert len({page_key(address) for address in addresses}) == 1


@given(st.text(max_size=40), st.text(max_size=20))
def test_a_line_of_an_index_is_a_capture_or_none_whatever_it_holds(url: str, timestamp: str) -> None:
    if one := found(url, timestamp):
        assert one.captured_at and one.page is not None


@pytest.mark.parametrize(
    ("header", "seconds"), [("120", 120.0), ("", 0.0), ("soon", 0.0), ("Wed, 21 Oct 2015 07:28:00 GMT", 0.0)]
)
def test_retry_after_is_seconds_or_a_date(header: str, seconds: float) -> None:
    assert seconds_to_wait(header) == seconds


def held(number: int, timestamp: str, url: str, state: str = "waiting", digest: str = "") -> Held:
    place = ("x.warc.gz", number) if state != "waiting" else (None, None)
    return Held(number, Found(url, timestamp, digest), "wayback", state, *place)


_stamps = st.datetimes().map(lambda day: day.strftime("%Y%m%d%H%M%S")).filter(lambda stamp: len(stamp) == 14)


@given(st.lists(st.lists(_stamps, min_size=1, max_size=5, unique=True), max_size=5))
def test_captures_of_one_page_are_had_in_the_order_of_time_and_every_page_before_any_twice(
    pages: list[list[str]],
) -> None:
    groups = [
        [[held(1, stamp, f"http://so.vn/{number}") for stamp in sorted(stamps)]]
        for number, stamps in enumerate(pages)
    ]
    order = article_order(groups).main
    assert len(order) == sum(map(len, pages))
    for number in range(len(pages)):
        own = [one.found.timestamp for one in order if one.found.url.endswith(f"/{number}")]
        assert own == sorted(own)
    assert len({one.found.url for one in order[: len(pages)]}) == len(pages)


@given(st.lists(_stamps, max_size=30, unique=True))
def test_of_a_list_no_two_captures_of_one_week_are_had(stamps: list[str]) -> None:
    chosen = lists_to_have([held(1, stamp, "http://so.vn/") for stamp in sorted(stamps)])
    times = [moment(one.found.timestamp) for one in chosen]
    assert all(later - earlier >= LIST_GAP for earlier, later in pairwise(times))
    assert bool(chosen) == bool(stamps)


def test_the_same_page_twice_and_what_is_older_than_what_is_had_are_not_asked_for() -> None:
    url = "http://so.vn/1"
    captures = [
        held(1, "20200101000000", url, digest="A"),
        held(2, "20200201000000", url, "done", digest="B"),
        held(3, "20200301000000", url, digest="B"),
        held(4, "20200401000000", url, digest="C"),
        held(5, "20200501000000", url, digest="C"),
        held(6, "20200601000000", url, digest="A"),
    ]
    assert [one.capture for one in article_order([[captures]]).main] == [4, 6]
