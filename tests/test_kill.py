"""`kill -9` at any points: one more run, and the corpus is that of an undisturbed run, each page archived once."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path

import pytest

from crawler.verify import verify
from tests.crawling import RECORDING, ROOT, quick_crawl, rows_of
from tests.warc_server import WarcServer

pytestmark = pytest.mark.skipif(not RECORDING.is_file(), reason="the recording in shared/data is absent")

CRAWLS = int(os.environ.get("TINSO_KILLS", "10")) // 2  # each is killed twice


def killed(data: Path, server: WarcServer, requests: int, chance: random.Random) -> bool:
    """Crawl and kill after some requests; return whether the crawl was still running."""
    # Requests, not seconds: a busy machine is slow from one run to the next.
    last = len(server.requests) + requests
    environment = {**os.environ, "http_proxy": server.address}
    process = subprocess.Popen(quick_crawl(data), cwd=ROOT, env=environment)
    while len(server.requests) < last and process.poll() is None:
        time.sleep(0.005)
    time.sleep(chance.uniform(0, 0.1))
    process.send_signal(signal.SIGKILL)
    return process.wait() == -signal.SIGKILL


def archived_twice(data: Path) -> list[tuple[str, int]]:
    """Return the articles that the archive holds more than once."""
    with closing(sqlite3.connect(data / "state.db")) as connection:
        return connection.execute(
            "SELECT r.page, count(*) FROM records r JOIN pages p ON p.url = r.page AND p.kind = 'article' "
            "WHERE r.status = 200 GROUP BY r.page HAVING count(*) > 1"
        ).fetchall()


def test_killed_twice_at_random_points_one_more_run_gives_the_undisturbed_corpus(tmp_path: Path) -> None:
    with WarcServer(RECORDING) as server:
        environment = {**os.environ, "http_proxy": server.address}
        assert subprocess.run(quick_crawl(tmp_path / "whole"), cwd=ROOT, env=environment).returncode == 0
        whole_run, whole = len(server.requests), rows_of(tmp_path / "whole")
        chance = random.Random(20261125)
        kills = 0
        for number in range(CRAWLS):
            data = tmp_path / f"killed{number}"
            first = chance.randint(0, whole_run)
            kills += killed(data, server, first, chance)
            # The second is soon: before it has taken over all that the first had archived.
            kills += killed(data, server, chance.randint(0, whole_run - first) // 4, chance)
            again = subprocess.run(
                quick_crawl(data), cwd=ROOT, env=environment, capture_output=True, text=True
            )
            assert again.returncode == 0, again.stdout + again.stderr
            assert rows_of(data) == whole
            assert list(verify(data)) == []
            assert archived_twice(data) == []
        assert kills >= 2 * CRAWLS * 0.7
