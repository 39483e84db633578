"""The Wayback Machine's index and captures: how they answer, and what becomes of a back-fill when they fail."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.archive import captures
from crawler.backfill.commoncrawl import CommonCrawl
from crawler.backfill.records import decoded
from crawler.backfill.wayback import Wayback
from pipelines.outcomes import Outcome
from tests.filling import EARLY, ONE, PAGES, Filling, web_archives
from tests.web_archives import Archived, Fault

# Its index


def test_a_long_index_is_read_page_by_page(filling: Filling, monkeypatch: pytest.MonkeyPatch) -> None:
    with web_archives(monkeypatch, PAGES) as archives:
        archives.limit = 7
        assert filling.run().known == len(PAGES)
        assert len(archives.asked("resumeKey=")) == len(PAGES) // 7


def test_an_index_that_breaks_off_is_asked_on_from_where_it_was(
    filling: Filling, monkeypatch: pytest.MonkeyPatch
) -> None:
    with web_archives(monkeypatch, PAGES) as archives:
        archives.limit = 10
        archives.faults.append(Fault("resumeKey=.*4428", 500, times=99))
        archives.faults.append(Fault("resumeKey=.*pop_up", 500, times=4))
        first = filling.run()
        assert "HTTP 500" in first.closed["wayback"]
        archives.faults.clear()
        before = len(archives.asked("/cdx/"))
        assert filling.run().known == len(PAGES)
        again = archives.asked("/cdx/")[before:]
        assert again and all("resumeKey" in target for target in again)


@pytest.mark.parametrize("body", [b"[]", b"", b"\n"])
def test_a_site_that_was_never_captured_is_no_failure(
    filling: Filling, monkeypatch: pytest.MonkeyPatch, body: bytes
) -> None:
    with web_archives(monkeypatch, PAGES) as archives:
        archives.faults.append(Fault("/cdx/", 200, body=body))
        progress = filling.run()
    assert (progress.known, progress.closed) == (0, {})


def test_lines_that_are_no_captures_are_left_out_and_told(
    filling: Filling, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    rows: list[object] = [
        ["timestamp", "original", "digest"],
        [EARLY, ONE.url, ONE.digest],
        ["20240231000000", ONE.url, "X"],  # no such day
        ["2024", ONE.url, "X"],
        [EARLY, "mailto:so@example.vn", "X"],
        [EARLY],
        None,
    ]
    with web_archives(monkeypatch, PAGES) as archives:
        archives.faults.append(Fault("/cdx/", 200, body=json.dumps(rows).encode()))
        assert filling.run().known == 1
    assert "5 lines are no captures" in caplog.text
    assert filling.stored() == 1


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (Fault("/cdx/", 200, body=b'[["timestamp","original","dig'), "no whole answer"),
        (Fault("/cdx/", 200, body=b"<html>busy</html>"), "no whole answer"),
        (Fault("/cdx/", 403, body=b"AdministrativeAccessControlException: Blocked Site Error"), "excluded"),
        (Fault("/cdx/", 400, body=b"Bad Query"), "HTTP 400"),
    ],
)
def test_an_index_that_does_not_answer_closes_its_archive_alone(
    filling: Filling, monkeypatch: pytest.MonkeyPatch, fault: Fault, said: str
) -> None:
    with web_archives(monkeypatch, PAGES, PAGES) as archives:
        archives.faults.append(replace(fault))
        progress = filling.run(Wayback, CommonCrawl)
    assert progress.closed.keys() == {"wayback"} and said in progress.closed["wayback"]
    assert filling.stored() == 18  # from the other one


def test_a_capture_that_is_only_noted_as_the_same_as_another_page_is_had(
    filling: Filling, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Revisit(Archived):
        listed = ("warc/revisit", "-")

    with web_archives(monkeypatch, [Revisit(ONE.url, EARLY, ONE.body)]):
        filling.run()
    assert filling.stored() == 1


# Its captures


def test_a_redirect_to_another_capture_of_the_page_gives_that_one_with_its_own_time(
    filling: Filling, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [["timestamp", "original", "digest"], ["20240101000000", ONE.url, "X"]]
    with web_archives(monkeypatch, [ONE]) as archives:
        archives.faults.append(Fault("/cdx/", 200, body=json.dumps(rows).encode()))
        filling.run()
    assert [record["WARC-Date"] for record in filling.records()] == ["2024-08-27T03:50:54Z"]
    assert filling.stored() == 1


def test_a_redirect_to_a_capture_that_is_had_already_is_not_archived_twice(
    filling: Filling, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [["timestamp", "original", "digest"], [EARLY, ONE.url, "Y"], ["20250101000000", ONE.url, "X"]]
    with web_archives(monkeypatch, [ONE]) as archives:
        archives.faults.append(Fault("/cdx/", 200, body=json.dumps(rows).encode()))
        filling.run()
    assert len(filling.records()) == 1
    assert filling.outcomes("article") == {"new": 1, "not_archived": 1}


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (Fault("/web/", 302, {"Location": "/web/20240827035054id_/http://other.vn/"}), "another page"),
        (
            Fault("/web/", 302, {"Location": "https://example.org/login"}),
            "leads to https://example.org/login",
        ),
        (Fault("/web/", 302, {"Location": f"/web/{EARLY}id_/{ONE.url}"}, times=9), "no capture (HTTP 302)"),
        (Fault("/web/", 404), "no capture (HTTP 404)"),
        (Fault("/web/", 403, body=b"This URL has been excluded from the Wayback Machine."), "excluded"),
        (Fault("/web/", 200, body=b"<h1>Wayback is moving house</h1>"), "no capture (HTTP 200)"),
        (Fault("/web/", 503, {"Memento-Datetime": "Tue, 27 Aug 2024 03:50:54 GMT"}), "an HTTP 503"),
    ],
)
def test_what_is_no_capture_is_counted_and_not_stored(
    filling: Filling, monkeypatch: pytest.MonkeyPatch, fault: Fault, reason: str
) -> None:
    with web_archives(monkeypatch, [ONE]) as archives:
        archives.faults.append(replace(fault))
        progress = filling.run()
    assert not progress.closed
    assert filling.outcomes("article") == {"not_archived": 1}
    assert reason in filling.captures("SELECT reason FROM captures")[0][0]
    assert filling.records() == []


@pytest.mark.parametrize("coding", ["", "gzip"])
def test_a_page_that_was_archived_compressed_is_read_like_any_other(
    filling: Filling, monkeypatch: pytest.MonkeyPatch, coding: str
) -> None:
    with web_archives(monkeypatch, [replace(ONE, coding=coding)]):
        filling.run()
    assert filling.stored() == 1
    (capture,) = captures(next((filling.data / "archive").glob("*.warc.gz")))
    assert capture.body == ONE.body
    assert dict(capture.headers) == {"Content-Type": ONE.media_type, "Server": "Apache-Coyote/1.1"}


def test_a_page_that_inflates_without_end_is_archived_and_not_read(
    filling: Filling, monkeypatch: pytest.MonkeyPatch
) -> None:
    with web_archives(monkeypatch, [replace(ONE, body=bytes(11 * 2**20), coding="gzip")]):
        filling.run()
    assert filling.outcomes("article") == {"too_large": 1}


@given(
    st.binary(max_size=300), st.sampled_from(["gzip", "deflate", "br", "gzip, br", "", "identity", "x-none"])
)
def test_a_body_is_decoded_and_one_that_is_not_coded_as_it_says_stays_as_it_is(
    body: bytes, coding: str
) -> None:
    assert (
        decoded(body, coding) == body or body.startswith(b"\x1f\x8b") or "br" in coding or coding == "deflate"
    )
    for encoded, name in ((gzip.compress(body), "gzip"), (brotli.compress(body), "br")):
        assert decoded(encoded, name) == body or body.startswith(b"\x1f\x8b")


def test_an_address_that_gave_nothing_leaves_the_article_to_the_others(
    filling: Filling, monkeypatch: pytest.MonkeyPatch
) -> None:
    with web_archives(monkeypatch, PAGES) as archives:
        archives.faults.append(Fault(r"/hoat-ong-ang-oan-the/-/view_content/\d", 404, times=99))
        filling.run()
    assert filling.stored() == 18
    assert filling.outcomes("article")[str(Outcome.NOT_ARCHIVED)] > 5
