"""`tinso watch`: it finds what comes, ends at once, is alone, and outlives what happens to its crawls."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.changing_portals import ChangingPortals
from tests.changing_tinso import command, environment, query, tinso
from tests.crawling import ROOT


@contextmanager
def watching(server: ChangingPortals, data: Path) -> Iterator[subprocess.Popen[str]]:
    """Run a watch whose lists are due every second."""
    variables = {**os.environ, **environment(server), "TEST_BOUNDS": "1,1,86400", "TEST_SLEEP": "0.5"}
    process = subprocess.Popen(
        command("watch", "--data", data),
        cwd=ROOT,
        env=variables,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def until(met: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    """Wait until a condition is met while the watch runs."""
    ends = time.monotonic() + 120
    while not met():
        assert process.poll() is None, process.communicate()[0]
        assert time.monotonic() < ends, "it takes too long"
        time.sleep(0.05)


def stored(data: Path) -> int:
    try:
        ((count,),) = query(data, "corpus", "SELECT count(*) FROM articles")
    except sqlite3.OperationalError:  # not made yet
        return 0
    return int(str(count))


def test_a_watch_finds_what_comes_is_alone_outlives_its_crawls_and_ends_in_seconds(tmp_path: Path) -> None:
    with ChangingPortals(2, articles=3) as server, watching(server, tmp_path) as process:
        until(lambda: stored(tmp_path) == 6, process)
        server.sites["so01.example.vn"].publish()
        until(lambda: stored(tmp_path) == 7, process)

        second = tinso(server, "watch", "--data", tmp_path)
        assert second.returncode == 1
        assert f"is being watched already, by process {process.pid}" in second.stderr

        asked = len(server.requests)
        until(lambda: len(server.requests) > asked, process)
        os.kill(int((tmp_path / "lock").read_text()), signal.SIGKILL)  # the crawl of this round
        server.sites["so00.example.vn"].publish()
        until(lambda: stored(tmp_path) == 8, process)

        process.send_signal(signal.SIGTERM)
        begun = time.monotonic()
        said, _ = process.communicate(timeout=60)
        assert time.monotonic() - begun < 15
        assert process.returncode == 0
        assert "the watch has ended" in said
    assert tinso(server, "watch", "--help").returncode == 0


def test_ctrl_c_in_the_middle_of_a_page_that_never_comes_ends_within_seconds(tmp_path: Path) -> None:
    with ChangingPortals(1, articles=3) as server, watching(server, tmp_path) as process:
        server.sites["so00.example.vn"].hang = True
        until(lambda: bool(server.pages()), process)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)
        assert process.returncode == 0


def test_a_portals_file_that_cannot_be_read_ends_no_watch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ChangingPortals(1, articles=3) as server:
        monkeypatch.setenv("TINSO_HOMES", "nobody=http://so.example.vn/")
        with watching(server, tmp_path) as process:
            time.sleep(8)
            assert process.poll() is None
            process.send_signal(signal.SIGTERM)
            said, _ = process.communicate(timeout=20)
    assert "what is due cannot be told" in said and "'nobody' is no portal" in said
