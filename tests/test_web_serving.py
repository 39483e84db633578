"""Starting the site, and a corpus that goes away while it runs."""

from __future__ import annotations

import asyncio
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import httpx2 as httpx
import made_up
import pytest
from click.testing import CliRunner
from protego import Protego

from pipelines.store import Store
from web.__main__ import serve
from web.opening import Opening, opened
from web.robots import RULES
from web.site import POLICIES, Policy, Site


def exit_of(data: Path, *arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(serve, ["--data", str(data), *arguments])
    return result.exit_code, result.output


class Visitor:
    """Asks an `Opening` for pages, without a network."""

    def __init__(self, corpus: Path) -> None:
        self._loop = asyncio.new_event_loop()
        self._client = httpx.AsyncClient(
            transport=httpx.ASGITransport(Opening(corpus)), base_url="http://localhost"
        )

    def get(self, path: str) -> httpx.Response:
        return self._loop.run_until_complete(self._client.get(path))

    def until(self, path: str, status: int) -> httpx.Response:
        """The answer once it has `status`; the last one where that does not come within ten seconds."""
        end = time.monotonic() + 10
        while (response := self.get(path)).status_code != status and time.monotonic() < end:
            time.sleep(0.1)
        return response


def nothing(corpus: Path) -> None:
    pass


def no_article(corpus: Path) -> None:
    Store(corpus).close()


def no_bytes(corpus: Path) -> None:
    corpus.write_bytes(b"")


def no_database(corpus: Path) -> None:
    corpus.write_bytes(b"no database at all" * 100)


def another_version(corpus: Path) -> None:
    made_up.fill(corpus)
    connection = sqlite3.connect(corpus)
    connection.execute("PRAGMA user_version = 99")
    connection.close()


CLOSED = {
    nothing: "Chưa có kho tin",
    no_article: "Kho tin chưa có bài nào",
    no_bytes: "Không đọc được kho tin",
    no_database: "Không đọc được kho tin",
    another_version: "Kho tin thuộc phiên bản khác",
}


@pytest.mark.parametrize("made", CLOSED)
def test_what_cannot_be_read_is_a_page_in_words_until_it_can(
    tmp_path: Path, made: Callable[[Path], None]
) -> None:
    corpus = tmp_path / "corpus.db"
    made(corpus)
    visitor = Visitor(corpus)
    for path in ("/", "/tim?q=dang+bo", "/corpus/articles", "/nope"):
        response = visitor.get(path)
        assert response.status_code == 503
        assert CLOSED[made] in response.text
        assert "default-src 'none'" in response.headers["content-security-policy"]
    assert visitor.get("/assets/tinso.css").status_code == 200
    made_up.fill(tmp_path / "other.db").replace(corpus)
    assert "Bài mới nhất" in visitor.until("/", 200).text


@pytest.mark.parametrize("replaced", [True, False])
def test_a_corpus_replaced_while_running_is_the_one_that_is_read(tmp_path: Path, replaced: bool) -> None:
    corpus = made_up.fill(tmp_path / "corpus.db")
    visitor = Visitor(corpus)
    assert visitor.get("/tim.json").json()["count"] == made_up.COUNT
    if replaced:
        made_up.fill(tmp_path / "other.db", hostile=True).replace(corpus)
        assert visitor.get("/tim.json").json()["count"] == made_up.COUNT + 1
    else:
        corpus.unlink()
        assert "Chưa có kho tin" in visitor.until("/tim.json", 503).text


def test_a_corpus_that_goes_away_while_it_is_opened_is_said_to_be_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = made_up.fill(tmp_path / "corpus.db")

    def too_late(corpus: Path, robots: Policy) -> Site:
        found = opened(corpus, robots)
        corpus.unlink(missing_ok=True)
        return found

    monkeypatch.setattr("web.opening.opened", too_late)
    assert Visitor(corpus).get("/").status_code == 503


def test_serving_nothing_is_told_on_the_terminal_too(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "web", "--data", str(tmp_path), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as server:
        assert server.stdout is not None
        lines = server.stdout.readline() + server.stdout.readline()
        server.kill()
    assert str(tmp_path / "corpus.db") in lines and "tinso crawl" in lines


def test_port_in_use_is_one_clear_line(tmp_path: Path) -> None:
    made_up.fill(tmp_path / "corpus.db")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, output = exit_of(tmp_path, "--port", str(port))
    assert (code, output.count("\n")) == (1, 1)
    assert str(port) in output
    assert "--port" in output


def test_served_on_a_free_port_until_interrupted(tmp_path: Path) -> None:
    made_up.fill(tmp_path / "corpus.db")
    command = [sys.executable, "-m", "web", "--data", str(tmp_path), "--port", "0"]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        # Whoever runs the tests in the background has interrupts ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    ) as server:
        assert server.stdout is not None
        address = server.stdout.readline().split(" at ")[1].split()[0]
        with urllib.request.urlopen(address) as response:
            assert "Tin Sở" in response.read().decode()
        server.send_signal(signal.SIGINT)
        assert server.stdout.read().strip() == ""
        assert server.wait(20) == 0


def test_search_engines_are_told_what_they_may_take(tmp_path: Path) -> None:
    made_up.fill(tmp_path / "corpus.db")
    rules = {policy: Protego.parse(RULES[policy]) for policy in POLICIES}
    assert Visitor(tmp_path / "corpus.db").get("/robots.txt").text == RULES["none"]
    addresses = ("/", "/corpus/articles/1", "/tim?q=x", "/corpus/articles.csv", "/ban-luu/1")
    may = {
        policy: [found.can_fetch(f"http://s{path}", "bot") for path in addresses]
        for policy, found in rules.items()
    }
    assert may == {"none": [False] * 5, "articles": [True, True, False, False, False], "all": [True] * 5}


def test_help_has_an_example() -> None:
    output = subprocess.run(
        [sys.executable, "-m", "web", "--help"], capture_output=True, text=True, check=True
    )
    assert "python -m web --data data" in output.stdout


def test_workers_end_with_the_process_that_started_them(tmp_path: Path) -> None:
    made_up.fill(tmp_path / "corpus.db")
    command = [sys.executable, "-m", "web", "--data", str(tmp_path), "--port", "0", "--workers", "2"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        address = server.stdout.readline().split(" at ")[1].split()[0]
        with urllib.request.urlopen(address) as response:
            assert response.status == 200
        server.kill()
    port = int(address.rsplit(":", 1)[1].rstrip("/"))
    end = time.monotonic() + 20
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            break
        assert time.monotonic() < end, "a worker still listens"
        time.sleep(0.1)
