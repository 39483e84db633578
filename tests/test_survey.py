"""A portal that declares no sections: which of those found are crawled, and what becomes of one without any."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from pathlib import Path

import pytest

from crawler.discovery import Discovery, SectionFound
from crawler.discovery.sections import Section
from crawler.exceptions import NoSections
from crawler.sample_portals.server import SampleServer
from crawler.survey import worthwhile
from tests.crawling import ROOT, command, tinso

HOME = "http://so.example.vn/"


def found(name: str, score: float, rows: int | None, share: float) -> SectionFound:
    return SectionFound(Section(name=name, url=f"{HOME}{name}", score=score), rows, share)


def discovery(*sections: SectionFound, list_url: str | None = None) -> Discovery:
    return Discovery(platforms=[], sections=list(sections), feeds=[], list_url=list_url)


def test_every_likely_section_with_a_list_is_crawled() -> None:
    sections = [found("dang", 1.0, 10, 0.9), found("tin", 0.5, 10, 0.6), found("lich", 0.1, 10, 0.0)]
    assert list(worthwhile(HOME, discovery(*sections))) == ["dang", "tin"]


def test_the_best_list_is_crawled_where_none_is_likely() -> None:
    sections = [found("rong", 1.0, 0, 0.0), found("tin", 0.2, 10, 0.1), found("lich", 0.1, 10, 0.0)]
    assert worthwhile(HOME, discovery(*sections)) == {"tin": f"{HOME}tin"}


def test_the_home_page_is_the_list_where_no_section_has_one() -> None:
    assert worthwhile(HOME, discovery(found("dang", 1.0, None, 0.0), list_url=HOME)) == {"Trang chủ": HOME}


def test_a_portal_without_any_list_is_told() -> None:
    with pytest.raises(NoSections, match="no section with a list was found"):
        worthwhile(HOME, discovery(found("dang", 1.0, 0, 0.0)))


def test_a_home_that_cannot_be_had_is_one_counted_outcome(tmp_path: Path) -> None:
    with SampleServer() as server:
        proxy = f"http://127.0.0.1:{server.port}"
        process = tinso(
            "crawl", "http://khong-co.localhost/", "--data", tmp_path, http_proxy=proxy, no_proxy=""
        )
    assert process.returncode == 1
    assert "Traceback" not in process.stdout + process.stderr
    header, line = process.stdout.splitlines()[:2]
    assert (header.split(), line.split()) == (["portal", "gone", "sum"], ["khong_co_localhost", "1", "1"])


def test_a_stopped_crawl_does_not_wait_for_a_survey(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        home = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        process = subprocess.Popen(
            command("crawl", home, "--data", tmp_path),
            cwd=ROOT,
            env=os.environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        silent.settimeout(60)
        connection, _ = silent.accept()  # the crawl has begun, and is never answered
        process.send_signal(signal.SIGINT)
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)
        connection.close()
