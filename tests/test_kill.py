"""`kill -9` at any point: one more run, and the corpus is that of an undisturbed run."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.crawling import RECORDING, ROOT, quick_crawl, rows_of, tinso
from tests.warc_server import WarcServer

pytestmark = pytest.mark.skipif(not RECORDING.is_file(), reason="the recording in shared/data is absent")

POINTS = int(os.environ.get("TINSO_KILLS", "10"))


def test_killed_at_random_points_one_more_run_gives_the_undisturbed_corpus(tmp_path: Path) -> None:
    with WarcServer(RECORDING) as server:
        environment = {**os.environ, "http_proxy": server.address}
        assert subprocess.run(quick_crawl(tmp_path / "whole"), cwd=ROOT, env=environment).returncode == 0
        whole_run = len(server.requests)
        whole = rows_of(tmp_path / "whole")
        chance = random.Random(20261125)
        killed = 0
        for point in range(POINTS):
            data = tmp_path / f"killed{point}"
            # Requests, not seconds: a busy machine is slow from one run to the next.
            last = len(server.requests) + chance.randint(0, whole_run)
            process = subprocess.Popen(quick_crawl(data), cwd=ROOT, env=environment)
            while len(server.requests) < last and process.poll() is None:
                time.sleep(0.005)
            time.sleep(chance.uniform(0, 0.1))
            process.send_signal(signal.SIGKILL)
            killed += process.wait() == -signal.SIGKILL
            again = subprocess.run(
                quick_crawl(data), cwd=ROOT, env=environment, capture_output=True, text=True
            )
            assert again.returncode == 0, again.stdout + again.stderr
            assert rows_of(data) == whole
            verified = tinso("verify", "--data", data)
            assert verified.returncode == 0, verified.stdout
        assert killed >= POINTS * 0.8
