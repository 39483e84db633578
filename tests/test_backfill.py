"""`tinso backfill`: dead portals out of web archives that this machine plays."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from crawler.backfill.client import Client
from crawler.backfill.commoncrawl import CommonCrawl
from crawler.backfill.found import moment
from crawler.backfill.wayback import Wayback
from crawler.clock import to_iso
from crawler.data_directory import DataDirectory
from crawler.period import Period
from crawler.reprocess import reprocess
from crawler.sample_portals import expected
from crawler.sample_portals.generic import Generic
from crawler.sample_portals.ha_noi import HaNoi
from crawler.sample_portals.ho_chi_minh import HoChiMinh
from crawler.sample_portals.vinh_phuc import VinhPhuc
from crawler.undeclared import undeclared
from crawler.verify import verify
from tests.crawling import ROOT, rows_of, tinso
from tests.filling import EARLY, HA_NOI, HO_CHI_MINH, LATE, VINH_PHUC, Filling, web_archives
from tests.web_archives import Archived, WebArchives, archived_site


@cache
def ha_noi() -> tuple[Archived, ...]:
    """The portal as a web archive took it twice; between the two captures it changed an article."""
    return (*archived_site(HaNoi(), EARLY), *archived_site(HaNoi(2), LATE, coding="gzip"))


@pytest.mark.parametrize("source", [Wayback, CommonCrawl])
def test_a_dead_portal_comes_back_as_it_was_when_it_was_captured(
    filling: Filling, monkeypatch: pytest.MonkeyPatch, source: type
) -> None:
    with web_archives(monkeypatch, ha_noi(), ha_noi()):
        progress = filling.run(source)
    assert not progress.closed and not progress.left
    articles = {
        asset: rest for asset, *rest in filling.rows("SELECT asset, headline, date_published FROM articles")
    }
    there = {one["asset"]: one for one in expected("ha-noi.localhost")}
    assert articles.keys() == there.keys()
    assert all(headline == there[asset]["headline"] for asset, (headline, _) in articles.items())
    assert all(day == there[asset]["date_published"] for asset, (_, day) in articles.items())
    times = {to_iso(moment(EARLY)), to_iso(moment(LATE))}
    assert set(filling.rows("SELECT first_seen, last_seen FROM articles")) == {tuple(sorted(times))}
    assert {day for (day,) in filling.rows("SELECT seen_at FROM revisions")} == {to_iso(moment(LATE))}
    assert filling.outcomes("article")["new"] == len(there)
    assert filling.outcomes("article")["revised"] == 1


@pytest.mark.parametrize("source", [Wayback, CommonCrawl])
def test_a_record_says_which_page_when_and_who_gave_it(
    filling: Filling, monkeypatch: pytest.MonkeyPatch, source: type
) -> None:
    with web_archives(monkeypatch, ha_noi(), ha_noi()) as archives:
        filling.run(source)
    records = filling.records()  # with their digests checked
    assert records
    assert all(record["WARC-Target-URI"].startswith("http://ha-noi.localhost/") for record in records)
    assert {record["WARC-Date"] for record in records} == {"2024-08-27T03:50:54Z", "2025-09-15T03:50:54Z"}
    assert all(record["WARC-Source-URI"].startswith(archives.address) for record in records)
    if source is CommonCrawl:
        assert all(record["WARC-Source-Range"].startswith("bytes=") for record in records)
    verified = tinso("verify", "--data", filling.data)
    assert verified.returncode == 0, verified.stdout


def test_headlines_that_only_lists_print_come_from_archived_lists(
    filling: Filling, monkeypatch: pytest.MonkeyPatch
) -> None:
    with web_archives(monkeypatch, archived_site(VinhPhuc(), EARLY)):
        filling.run(portal=VINH_PHUC)
    there = {one["url"]: one["headline"] for one in expected("vinh-phuc.localhost")}
    assert dict(filling.rows("SELECT url, headline FROM articles")) == there


def test_the_clock_of_a_page_is_read_against_its_time_of_capture(
    filling: Filling, monkeypatch: pytest.MonkeyPatch
) -> None:
    with web_archives(monkeypatch, archived_site(HoChiMinh(), EARLY)):
        filling.run(portal=HO_CHI_MINH)
    there = {one["url"]: one["date_published"] for one in expected("ho-chi-minh.localhost")}
    assert dict(filling.rows("SELECT url, date_published FROM articles")) == there


def test_a_second_run_asks_for_nothing_and_stores_nothing(
    filling: Filling, monkeypatch: pytest.MonkeyPatch
) -> None:
    with web_archives(monkeypatch, ha_noi()) as archives:
        filling.run()
        rows, asked = rows_of(filling.data), len(archives.requests)
        filling.run()
        assert len(archives.requests) == asked
        assert not filling.counts
        assert rows_of(filling.data) == rows


def test_a_lost_book_is_made_again_without_having_any_capture_again(
    filling: Filling, monkeypatch: pytest.MonkeyPatch
) -> None:
    with web_archives(monkeypatch, ha_noi()) as archives:
        filling.run()
        rows, asked = rows_of(filling.data), len(archives.asked("/web/"))
        (filling.data / "backfill.db").unlink()
        filling.run()
        assert len(archives.asked("/web/")) == asked
        assert rows_of(filling.data) == rows


def test_what_a_kill_left_unread_is_read_whatever_the_next_run_asks_for(
    filling: Filling, monkeypatch: pytest.MonkeyPatch
) -> None:
    with web_archives(monkeypatch, ha_noi()):
        filling.run()
        with closing(sqlite3.connect(filling.data / "backfill.db")) as book, book:
            book.execute("UPDATE captures SET state = 'archived' WHERE outcome = 'new'")
        filling.run(period=Period(until="2001-01-01"))
    assert filling.outcomes("article") == {"unchanged": 18}


def test_by_day_nothing_is_had_that_may_wait_for_the_night(
    filling: Filling, monkeypatch: pytest.MonkeyPatch
) -> None:
    with web_archives(monkeypatch, ha_noi()) as archives:
        progress = filling.run(stop=lambda: "it is day in Vietnam")
        assert archives.asked("/cdx/") and not archives.asked("/web/")
    assert progress.left and progress.stopped == "it is day in Vietnam" and not progress.closed


def test_the_index_is_asked_again_when_it_is_told_to(
    filling: Filling, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, after = archived_site(HaNoi(), EARLY), archived_site(HaNoi(2), LATE)
    with web_archives(monkeypatch, before):
        filling.run()
    monkeypatch.setattr("crawler.backfill.wayback.Wayback.keeps", moment(EARLY) - moment(EARLY))
    with web_archives(monkeypatch, [*before, *after]):
        filling.run()
    assert filling.outcomes("article")["revised"] == 1
    assert "new" not in filling.outcomes("article")


def test_many_small_runs_give_what_one_gives_and_every_article_comes_once_before_any_twice(
    filling: Filling, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with web_archives(monkeypatch, ha_noi()):
        filling.run()
    parts = Filling(tmp_path / "parts")
    with web_archives(monkeypatch, ha_noi()) as archives:
        outcomes: list[dict[str, int]] = []
        while (progress := parts.run(limit=7)).left or not outcomes:
            assert progress.stopped == "the limit is reached"
            outcomes.append(parts.outcomes("article"))
        assert len(set(archives.asked("/web/"))) == len(archives.asked("/web/"))  # nothing was had twice
    assert rows_of(parts.data) == rows_of(filling.data)
    known = [set(outcome) & {"unchanged", "revised"} for outcome in outcomes if outcome.get("new")]
    assert not any(known[:-1])


def test_what_lies_outside_the_days_of_capture_is_not_asked_for(
    filling: Filling, monkeypatch: pytest.MonkeyPatch
) -> None:
    with web_archives(monkeypatch, ha_noi(), ha_noi()) as archives:
        filling.run(Wayback, CommonCrawl, period=Period(until="2024-12-31"))
        assert filling.captures("SELECT DISTINCT timestamp FROM captures") == [(EARLY,)]
        assert not archives.asked("CC-MAIN-2025")
    assert filling.rows("SELECT DISTINCT last_seen FROM articles") == [(to_iso(moment(EARLY)),)]


def test_two_archives_with_the_same_captures_are_asked_once_for_each(
    filling: Filling, monkeypatch: pytest.MonkeyPatch
) -> None:
    with web_archives(monkeypatch, ha_noi(), ha_noi()) as archives:
        filling.run(Wayback, CommonCrawl)
        assert archives.asked("/web/") and not archives.asked("/crawl-data/")


def test_articles_that_lists_name_and_no_archive_holds_are_told(
    filling: Filling, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = [one for one in archived_site(HaNoi(), EARLY) if "4380330" not in one.url]
    with web_archives(monkeypatch, pages):
        progress = filling.run()
    assert progress.missing == 3  # this one at two addresses, and the sample's own dead row


def test_a_portal_without_sections_is_found_from_its_archived_home_page(
    filling: Filling, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = Generic()
    with web_archives(monkeypatch, archived_site(site, EARLY)) as archives:
        process = subprocess.run(
            [sys.executable, "-m", "tests.quick_backfill", str(filling.data), f"http://{site.host}/", "wayback"],
            cwd=ROOT, env={**os.environ, **archives.environment}, capture_output=True, text=True,
        )  # fmt: skip
    assert process.returncode == 0, process.stderr
    stored = {url for (url,) in filling.rows("SELECT url FROM articles")}
    assert stored == {one["url"] for one in expected(site.host) if "/xay-dung-dang/" in one["url"]}


def test_a_survey_goes_on_in_the_next_run_and_looks_at_the_portal_in_its_life(
    filling: Filling, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = Generic()
    home = f"http://{site.host}/"
    parked = Archived(
        home, LATE, b"<html><title>For sale</title><body><h1>This domain is for sale</h1></body>"
    )
    runs = 0
    with web_archives(monkeypatch, [*archived_site(site, EARLY), parked]) as archives:
        left = True
        while left:
            portal = undeclared(home)
            portal.valid_to = "2025-03-01"
            left = bool(filling.run(portal=portal, limit=2).left)
            runs += 1
        assert len(set(archives.asked("/web/"))) == len(archives.asked("/web/"))
        assert not archives.asked(f"/web/{LATE}")
    assert runs > 3 and filling.stored() == 12


def test_rebuilding_the_corpus_gives_what_the_back_fill_gave(
    filling: Filling, monkeypatch: pytest.MonkeyPatch
) -> None:
    with web_archives(monkeypatch, ha_noi()):
        filling.run()
    before = rows_of(filling.data)
    directory = DataDirectory.open(filling.data, source="reprocess")
    try:
        kept = reprocess(directory, lambda: {HA_NOI.name: HA_NOI}, Counter())
    finally:
        directory.release()
    assert kept == []
    assert rows_of(filling.data) == before


POINTS = int(os.environ.get("TINSO_KILLS", "3"))


def test_killed_at_random_points_one_more_run_gives_the_undisturbed_corpus(tmp_path: Path) -> None:
    def command(data: Path) -> list[str]:
        return [sys.executable, "-m", "tests.quick_backfill", str(data), "80", "wayback"]

    with WebArchives(ha_noi()) as archives:
        archives.limit = 20
        environment = {**os.environ, **archives.environment}
        assert subprocess.run(command(tmp_path / "whole"), cwd=ROOT, env=environment).returncode == 0
        whole, requests = rows_of(tmp_path / "whole"), len(archives.requests)
        chance, killed = random.Random(20261125), 0
        for point in range(POINTS):
            data = tmp_path / f"killed{point}"
            begin = len(archives.requests)
            last = begin + chance.randint(0, requests)
            process = subprocess.Popen(command(data), cwd=ROOT, env=environment)
            while len(archives.requests) < last and process.poll() is None:
                time.sleep(0.002)
            time.sleep(chance.uniform(0, 0.1))
            process.send_signal(signal.SIGKILL)
            killed += process.wait() == -signal.SIGKILL
            again = subprocess.run(command(data), cwd=ROOT, env=environment, capture_output=True, text=True)
            assert again.returncode == 0, again.stdout + again.stderr
            assert rows_of(data) == whole
            had = [target for _, target, _ in archives.requests[begin:] if target.startswith("/web/")]
            assert len(had) - len(set(had)) <= 1  # the one whose answer was on its way
            assert list(verify(data)) == []
            shutil.rmtree(data)
        assert killed >= POINTS * 0.5


def test_requests_are_one_at_a_time_with_a_pause_after_each_answer(
    filling: Filling, monkeypatch: pytest.MonkeyPatch
) -> None:
    with web_archives(monkeypatch, ha_noi()) as archives:
        filling.run(client=Client("tinso/test (+https://example.vn/)", slowness=0.1), limit=6)
        times = [seconds for seconds, _, _ in archives.requests]
        agents = {headers["User-Agent"] for _, _, headers in archives.requests}
    gaps = [later - earlier for earlier, later in pairwise(times)]
    assert len(gaps) == 6 and min(gaps) >= 0.15 and gaps[0] >= 0.3  # index first; a tenth of the real pauses
    assert agents == {"tinso/test (+https://example.vn/)"}


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("hanoi_sttt",), 2, "did you mean hanoi_stttt"),
        (("thanhhoa_stttt",), 1, "no page names its host"),
        (
            ("hanoi_stttt", "--source", "nowhere.warc.gz"),
            1,
            "name wayback, commoncrawl, or a WARC or WACZ file",
        ),
        ((), 2, "NAME|URL"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(
    tmp_path: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    process = tinso("backfill", *arguments, "--data", tmp_path / "data")
    assert process.returncode == code
    assert said in process.stderr and "Traceback" not in process.stderr
