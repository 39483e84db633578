"""A web archive that is busy, refuses or is silent: how long a back-fill waits, and when it stops."""

from __future__ import annotations

import socket
from dataclasses import replace

import pytest

from crawler.backfill.client import MOST_PAUSE
from crawler.cli.backfill import fill
from tests.filling import ARTICLES, HA_NOI, ONE, PAGES, VINH_PHUC, Filling, web_archives
from tests.web_archives import Fault


def test_who_is_told_to_wait_waits_as_long(filling: Filling, monkeypatch: pytest.MonkeyPatch) -> None:
    with web_archives(monkeypatch, PAGES) as archives:
        archives.faults.append(Fault("/web/", 429, {"Retry-After": "73"}))
        client = filling.client(slowness=1.0)
        progress = filling.run(client=client, limit=3)
    assert not progress.closed
    assert any(72 < seconds <= 73 for seconds in filling.waits)
    assert sum(filling.outcomes("list").values()) == 3


def test_an_archive_that_goes_on_saying_429_is_left_alone(
    filling: Filling, monkeypatch: pytest.MonkeyPatch
) -> None:
    with web_archives(monkeypatch, PAGES) as archives:
        archives.faults.append(Fault("/web/", 429, times=99))
        progress = filling.run(client=filling.client(slowness=1.0))
        assert len(archives.asked("/web/")) == 4
    assert "429" in progress.closed["wayback"] and progress.left
    pauses = sorted(filling.waits)[-3:]
    assert [round(seconds, -1) for seconds in pauses] == [60, 120, 240]


def test_an_archive_that_wants_a_long_rest_gets_it_at_once(
    filling: Filling, monkeypatch: pytest.MonkeyPatch
) -> None:
    with web_archives(monkeypatch, PAGES) as archives:
        archives.faults.append(Fault("/web/", 503, {"Retry-After": str(int(MOST_PAUSE) + 1)}, times=9))
        progress = filling.run()
        assert len(archives.asked("/web/")) == 1
    assert "wants to be left alone for 601 s" in progress.closed["wayback"]


def test_an_archive_that_refused_is_not_asked_by_the_next_run_either_but_by_one_after_its_rest(
    filling: Filling, monkeypatch: pytest.MonkeyPatch
) -> None:
    with web_archives(monkeypatch, PAGES) as archives:
        archives.faults.append(Fault("/web/", 429, times=4))
        filling.run()
        asked = len(archives.requests)
        assert "wants to be left alone until" in filling.run().closed["wayback"]
        assert len(archives.requests) == asked
        monkeypatch.setattr("crawler.backfill.backfill.now", lambda: "2030-01-01T00:00:00+07:00")
        assert not filling.run().closed
    assert filling.stored() == 18


def test_a_refused_connection_is_waited_out_and_then_believed(
    filling: Filling, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    monkeypatch.setenv("TINSO_WAYBACK", f"http://127.0.0.1:{port}")
    progress = filling.run(client=filling.client(slowness=1.0))
    assert "refuses connections" in progress.closed["wayback"]
    assert [round(seconds, -1) for seconds in filling.waits] == [60, 120, 240]


@pytest.mark.parametrize(
    "fault",
    [
        Fault("/web/", 503),
        Fault("/web/", 502, times=3),
        Fault("/web/", 200, body=b"x" * 1000, cut=10),  # the connection breaks in the middle
    ],
)
def test_a_passing_failure_costs_nothing_but_time(
    filling: Filling, monkeypatch: pytest.MonkeyPatch, fault: Fault
) -> None:
    with web_archives(monkeypatch, PAGES) as archives:
        archives.faults.append(replace(fault))
        progress = filling.run()
    assert not progress.closed and filling.stored() == 18


def test_one_capture_that_cannot_be_had_is_tried_in_later_runs_and_then_given_up(
    filling: Filling, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = ONE.url.partition("://")[2].partition("/")[2]
    with web_archives(
        monkeypatch, [one for one in PAGES if one.url == ONE.url or one not in ARTICLES]
    ) as archives:
        archives.faults.append(Fault(f"/web/.*{path[-30:]}", 504, times=999))
        for _ in range(4):
            progress = filling.run()
            assert not progress.closed
        assert filling.captures("SELECT state, tries FROM captures WHERE url = ?", ONE.url) == [("done", 4)]
        before = len(archives.requests)
        filling.run()
        assert len(archives.requests) == before


def test_after_three_captures_in_a_row_without_an_answer_the_archive_is_left_alone(
    filling: Filling, monkeypatch: pytest.MonkeyPatch
) -> None:
    with web_archives(monkeypatch, PAGES) as archives:
        archives.faults.append(Fault("/web/", 502, times=999))
        progress = filling.run()
        assert len(archives.asked("/web/")) == 3 * 4
        archives.faults.clear()
        assert "HTTP 502" in progress.closed["wayback"]
        assert not filling.run().closed
    assert filling.stored() == 18


def test_an_archive_that_refused_one_portal_is_not_asked_for_the_next(
    filling: Filling, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with web_archives(monkeypatch, PAGES) as archives:
        archives.faults.append(Fault("/cdx/", 429, times=99))
        with pytest.raises(SystemExit) as end:
            fill([HA_NOI, VINH_PHUC], filling.data, ["wayback"], filling.client())
        assert len(archives.requests) == 4
    assert end.value.code
    assert "mau_ha_noi: wayback: " in capsys.readouterr().err
