"""Real gaps between real requests: what a host asks for is measured at the host."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from crawler.budget import Budget, is_night
from crawler.clock import VIETNAM
from tests.changing_portals import ChangingPortals
from tests.changing_tinso import query, tinso

HOST = "so00.example.vn"


def gaps(server: ChangingPortals, host: str = HOST) -> list[float]:
    """Return the seconds between the requests that a host was sent."""
    times = [asked.time for asked in server.requests if asked.host == host]
    return [later - sooner for sooner, later in pairwise(times)]


def test_a_host_is_asked_once_a_second_while_others_are_asked_meanwhile(tmp_path: Path) -> None:
    with ChangingPortals(3, articles=3) as server:
        tinso(server, "crawl", "--all", "--data", tmp_path, DOWNLOAD_DELAY=1.0)
        begun, ended = server.requests[0].time, server.requests[-1].time
        for host in server.sites:
            assert len(gaps(server, host)) == 4
            assert min(gaps(server, host)) > 0.8  # a busy machine notes a request late, and the next in time
            assert sum(gaps(server, host)) > 3.9
        assert ended - begun < sum(map(sum, (gaps(server, host) for host in server.sites))) / 2


@pytest.mark.parametrize("as_date", [False, True])
def test_retry_after_is_waited_for_from_the_answer_on(tmp_path: Path, as_date: bool) -> None:
    with ChangingPortals(1, articles=3) as server:
        site = server.sites[HOST]
        site.busy = [(503, "date+6" if as_date else "3")]
        said = tinso(server, "crawl", "--due", "--data", tmp_path)
        assert "3 articles stored" in said.stdout, said.stdout + said.stderr
        following = next(asked.time for asked in server.requests if asked.time > site.refused_at)
        assert following - site.refused_at > (4.9 if as_date else 2.95)  # a date has whole seconds


def test_a_long_retry_after_ends_the_run_for_that_host_alone_and_is_kept_for_the_next(tmp_path: Path) -> None:
    with ChangingPortals(2, articles=8) as server:
        site = server.sites[HOST]
        site.busy_from = 4  # the list and two articles come
        said = tinso(server, "crawl", "--due", "--data", tmp_path)
        assert said.returncode == 1, said.stdout + said.stderr
        assert "10 articles stored" in said.stdout
        assert len(server.pages(HOST)) == 4
        reasons = query(
            tmp_path,
            "state",
            "SELECT DISTINCT state, tries, last_outcome, substr(last_reason, 1, 27) FROM pages "
            "WHERE portal = 'so_00' AND last_outcome = 'skipped_budget'",
        )
        assert reasons == [("queued", 0, "skipped_budget", f"{HOST} asked to be")]
        again = tinso(server, "crawl", "--due", "--data", tmp_path)
        assert again.stdout.startswith("nothing is due")
        tinso(server, "crawl", "so_00", "--data", tmp_path)
        assert len(server.pages(HOST)) == 4
        query(tmp_path, "state", "UPDATE hosts SET not_before = '2020-01-01T00:00:00+07:00'")
        query(tmp_path, "state", "UPDATE pages SET next_fetch_at = NULL WHERE state = 'queued'")
        site.busy_from = None
        assert "6 articles stored" in tinso(server, "crawl", "--due", "--data", tmp_path).stdout


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 25, hour, minute, tzinfo=VIETNAM)


def test_the_night_is_from_22_to_6_in_vietnam() -> None:
    assert [is_night(at(*moment)) for moment in ((21, 59), (22, 0), (0, 0), (5, 59), (6, 0), (12, 0))] == [
        False, True, True, True, False, False,
    ]  # fmt: skip
    assert is_night(datetime(2026, 11, 25, 16, 0, tzinfo=UTC))


def test_by_day_what_can_wait_waits_for_the_night(monkeypatch: pytest.MonkeyPatch) -> None:
    budget = Budget(night=True)
    for night, refusal in ((True, None), (False, "waits for the night (22:00 to 06:00 in Vietnam)")):
        monkeypatch.setattr("crawler.budget.is_night", lambda night=night: night)
        assert budget.refusal("article", is_backfill=True) == refusal
        assert budget.refusal("list", is_backfill=False) is None


def test_a_first_crawl_by_day_reads_the_first_page_of_its_list_and_the_rest_by_night(tmp_path: Path) -> None:
    with ChangingPortals(1, articles=25) as server:
        said = tinso(server, "crawl", "--due", "--night", "--data", tmp_path, night="0")
        assert "10 articles stored" in said.stdout, said.stdout + said.stderr
        said = tinso(server, "crawl", "--due", "--night", "--data", tmp_path, night="0")
        assert said.stdout.startswith("nothing is due")
        said = tinso(server, "crawl", "--due", "--night", "--data", tmp_path, night="1")
        assert "15 articles stored" in said.stdout, said.stdout + said.stderr
        assert server.pages().count("/tin-tuc") == 1
