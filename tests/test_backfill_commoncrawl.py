"""Common Crawl's indexes and records: how they answer, and what becomes of a back-fill when they fail."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.backfill.commoncrawl import CommonCrawl
from tests.filling import LATE, ONE, PAGES, Filling, web_archives
from tests.web_archives import Fault, at


def test_a_crawl_without_captures_is_no_failure(filling: Filling, monkeypatch: pytest.MonkeyPatch) -> None:
    with web_archives(monkeypatch, (), ()) as archives:
        progress = filling.run(CommonCrawl)
        assert len(archives.asked("-index")) == 2  # for the number of pages alone
    assert (progress.known, progress.closed) == (0, {})


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (Fault("collinfo", 200, body=b"<html>"), "no list of crawls"),
        (Fault("showNumPages", 200, body=b"many"), "no number of pages"),
        (Fault("page=1", 403), "for a day"),
        (Fault("page=1", 418), "HTTP 418"),
        (Fault("crawl-data", 403), "for a day"),
    ],
)
def test_common_crawl_shutting_us_out_ends_its_part_with_the_reason(
    filling: Filling, monkeypatch: pytest.MonkeyPatch, fault: Fault, said: str
) -> None:
    with web_archives(monkeypatch, (), PAGES) as archives:
        archives.faults.append(replace(fault))
        assert said in filling.run(CommonCrawl).closed["commoncrawl"]
        archives.faults.clear()
        monkeypatch.setattr("crawler.backfill.backfill.now", lambda: "2030-01-01T00:00:00+07:00")
        assert not filling.run(CommonCrawl).closed
    assert filling.stored() == 18


def test_a_server_that_sends_whole_files_is_not_read_to_their_end(
    filling: Filling, monkeypatch: pytest.MonkeyPatch
) -> None:
    with web_archives(monkeypatch, (), PAGES) as archives:
        archives.ranges = False
        progress = filling.run(CommonCrawl)
        assert len(archives.asked("crawl-data")) == 1
    assert "does not know Range" in progress.closed["commoncrawl"]


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (Fault("crawl-data", 404), "HTTP 404"),
        (Fault("crawl-data", 416), "HTTP 416"),
        (Fault("crawl-data", 206, {"Content-Range": "bytes 7-9/10"}, b"abc"), "another part"),
        (Fault("crawl-data", 206, {"Content-Range": "bytes 0-99999/100000"}, b"x" * 99999), "damaged"),
        (
            Fault(
                "crawl-data", 206, {"Content-Range": "bytes 0-99999/100000"}, gzip.compress(bytes(10**6), 0)
            ),
            "cut off",
        ),
    ],
)
def test_a_record_that_is_not_there_is_counted_and_not_stored(
    filling: Filling, monkeypatch: pytest.MonkeyPatch, fault: Fault, reason: str
) -> None:
    with web_archives(monkeypatch, (), [ONE]) as archives:
        archives.faults.append(replace(fault))
        progress = filling.run(CommonCrawl)
    assert not progress.closed and filling.records() == []
    assert reason in filling.captures("SELECT reason FROM captures")[0][0]


def test_lines_of_an_index_that_are_none_do_not_hide_the_others(
    filling: Filling, monkeypatch: pytest.MonkeyPatch
) -> None:
    with web_archives(monkeypatch, (), [ONE]) as archives:
        line = archives.lines[0]
        lines = [json.dumps(line), "{broken", json.dumps(line | {"offset": "x"}), "[]", '"x"', ""]
        archives.faults.append(Fault("page=0", 200, body="\n".join(lines).encode()))
        filling.run(CommonCrawl)
    assert filling.stored() == 1


def test_a_truncated_capture_is_used_where_there_is_no_whole_one_and_says_so(
    filling: Filling, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut = replace(ONE, body=ONE.body[: len(ONE.body) * 9 // 10], truncated="length")
    with web_archives(monkeypatch, (), [cut]):
        filling.run(CommonCrawl)
    assert filling.rows("SELECT quality_flags FROM articles")[0][0].count('"truncated"') == 1
    both = Filling(tmp_path / "both")
    with web_archives(monkeypatch, (), [cut, *at([ONE], LATE)]) as archives:
        both.run(CommonCrawl)
        assert len(archives.asked("crawl-data")) == 1
    assert "truncated" not in both.rows("SELECT quality_flags FROM articles")[0][0]
