"""Live mode is the same code: the recorded pages served over HTTP give the same rows as their replay."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from tests.crawling import RECORDING, ROOT, finished, quick_crawl, rows_of, tinso
from tests.timing import are_apart
from tests.warc_server import WarcServer

pytestmark = pytest.mark.skipif(not RECORDING.is_file(), reason="the recording in shared/data is absent")

ROBOTS = b"User-agent: *\nCrawl-delay: 0.2\nDisallow: /hoat-ong-ang-oan-the?*_101_cur=2$\n"


@pytest.fixture(scope="module")
def server() -> Iterator[WarcServer]:
    with WarcServer(RECORDING) as server:
        yield server


def crawl(data: Path, server: WarcServer, *limit: int) -> int:
    return finished(quick_crawl(data, *limit), http_proxy=server.address).returncode


def test_served_over_http_the_same_rows_are_stored(tmp_path: Path, server: WarcServer) -> None:
    assert crawl(tmp_path / "live", server) == 0
    replay = tinso("crawl", "hanoi_stttt", "--from-archive", RECORDING, "--data", tmp_path / "replayed")
    assert replay.returncode == 0
    live, replayed = rows_of(tmp_path / "live"), rows_of(tmp_path / "replayed")
    # Only a recording knows addresses that no page links to.
    replayed["sightings"] = [row for row in replayed["sightings"] if row["source"] != "archive"]
    assert live == replayed


def test_robots_txt_is_asked_first_and_we_say_who_we_are(tmp_path: Path) -> None:
    with WarcServer(RECORDING) as server:
        crawl(tmp_path, server, 1)
        assert server.requests[0][1] == "http://sotttt.hanoi.gov.vn/robots.txt"
        assert all(agent.startswith("tinso/") for _, _, agent in server.requests)


def test_crawl_delay_and_disallow_of_robots_txt_are_obeyed(tmp_path: Path) -> None:
    with WarcServer(RECORDING, robots=ROBOTS) as server:
        crawl(tmp_path, server, 8)
        pages = [moment for moment, url, _ in server.requests if not url.endswith("/robots.txt")]
        assert len(pages) > 10
        assert are_apart(pages, 0.2)
        assert not any(url.endswith("_101_cur=2") for _, url, _ in server.requests)
    with sqlite3.connect(tmp_path / "corpus.db") as connection:
        outcomes = dict(connection.execute("SELECT outcome, urls FROM outcomes WHERE kind = 'list'"))
    assert outcomes["blocked_by_robots"] == 1


def robots_answer(data: Path, status: int) -> tuple[set[str], list[str]]:
    """Return the outcomes of a crawl under such a robots.txt, and what was asked for besides."""
    with WarcServer(RECORDING, robots=b"User-agent: *\nDisallow: /\n", robots_status=status) as server:
        crawl(data, server, 1)
        asked = [url for _, url, _ in server.requests if not url.endswith("/robots.txt")]
    with sqlite3.connect(data / "corpus.db") as connection:
        return {outcome for (outcome,) in connection.execute("SELECT outcome FROM outcomes")}, asked


def test_robots_txt_that_fails_forbids_everything_in_this_run_and_one_that_is_absent_nothing(
    tmp_path: Path,
) -> None:
    assert robots_answer(tmp_path, 500) == ({"blocked_by_robots"}, [])
    with sqlite3.connect(tmp_path / "state.db") as connection:
        ((state, reason),) = connection.execute("SELECT DISTINCT state, last_reason FROM pages").fetchall()
    assert state == "queued"
    assert "robots.txt answers HTTP 500" in reason
    outcomes, asked = robots_answer(
        tmp_path, 404
    )  # the next crawl goes on, whatever stands on the error page
    assert "new" in outcomes
    assert asked


def test_every_response_is_in_the_archive_before_the_corpus_names_it(
    tmp_path: Path, server: WarcServer
) -> None:
    crawl(tmp_path, server, 3)
    archived = set()
    for path in (tmp_path / "archive").iterdir():
        with path.open("rb") as stream:
            for record in ArchiveIterator(stream, check_digests="raise"):
                if record.rec_type == "response":
                    record.content_stream().read()
                    archived.add(record.rec_headers.get_header("WARC-Target-URI"))
    with sqlite3.connect(tmp_path / "corpus.db") as connection:
        stored = {url for (url,) in connection.execute("SELECT url FROM articles")}
    assert len(stored) == 3
    assert stored <= archived
    assert "http://sotttt.hanoi.gov.vn/robots.txt" in archived


def test_a_crawl_that_is_stopped_says_so_and_the_next_one_goes_on(tmp_path: Path) -> None:
    with WarcServer(RECORDING, robots=b"User-agent: *\nCrawl-delay: 0.2\n") as server:
        environment = {**os.environ, "http_proxy": server.address}
        process = subprocess.Popen(
            quick_crawl(tmp_path, 20), cwd=ROOT, env=environment, stdout=subprocess.PIPE, encoding="utf-8"
        )
        while len(server.requests) < 4:
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        said, _ = process.communicate(timeout=60)
        assert process.returncode == 1
        assert "the crawl was stopped; the next one goes on from here" in said
        assert crawl(tmp_path, server, 20) == 0
    assert tinso("verify", "--data", tmp_path).returncode == 0
