"""Starting the site, and a corpus that goes away while it runs."""

from __future__ import annotations

import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.request
from pathlib import Path

import made_up
import pytest
from click.testing import CliRunner
from reader import Reader

from pipelines.store import Store
from web.__main__ import serve
from web.site import EmptyCorpus, site


def exit_of(data: Path, *arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(serve, ["--data", str(data), *arguments])
    return result.exit_code, result.output


def test_missing_corpus_is_one_clear_line(tmp_path: Path) -> None:
    code, output = exit_of(tmp_path)
    assert (code, output.count("\n")) == (1, 1)
    assert str(tmp_path / "corpus.db") in output
    assert "tinso crawl" in output


def test_corpus_without_articles_is_one_clear_line(tmp_path: Path) -> None:
    Store(tmp_path / "corpus.db").close()
    with pytest.raises(EmptyCorpus):
        site(tmp_path / "corpus.db")
    code, output = exit_of(tmp_path)
    assert (code, output.count("\n")) == (1, 1)
    assert "no article" in output


@pytest.mark.parametrize("content", [b"", b"no database at all" * 100])
def test_file_that_is_no_corpus_is_one_clear_line(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "corpus.db").write_bytes(content)
    code, output = exit_of(tmp_path)
    assert (code, output.count("\n")) == (1, 1)
    assert "corpus" in output


def test_corpus_of_another_version_is_one_clear_line(tmp_path: Path) -> None:
    made_up.fill(tmp_path / "corpus.db")
    connection = sqlite3.connect(tmp_path / "corpus.db")
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    code, output = exit_of(tmp_path)
    assert (code, output.count("\n")) == (1, 1)
    assert "99" in output


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


@pytest.mark.parametrize("replaced", [True, False])
def test_a_corpus_replaced_while_running_is_told_in_words(tmp_path: Path, replaced: bool) -> None:
    reader = Reader(made_up.fill(tmp_path / "corpus.db"))
    assert reader.get("/").status_code == 200
    if replaced:
        made_up.fill(tmp_path / "other.db").replace(tmp_path / "corpus.db")
    else:
        (tmp_path / "corpus.db").unlink()
    response = reader.get("/corpus/articles")
    assert response.status_code == 503
    assert "khởi động lại" in response.text
    assert reader.get("/assets/tinso.css").status_code == 200
    reader.close()


def test_help_has_an_example() -> None:
    output = subprocess.run(
        [sys.executable, "-m", "web", "--help"], capture_output=True, text=True, check=True
    )
    assert "python -m web --data data" in output.stdout
