"""The recorded portal (shared/data), crawled as if it were live."""

from __future__ import annotations

import json
import sqlite3
import subprocess
from pathlib import Path

import pytest

from tests.crawling import DATA, RECORDING, tinso

EXPECTED = DATA / "hanoi-sotttt.expected.jsonl"

pytestmark = pytest.mark.skipif(not RECORDING.is_file(), reason="the recording in shared/data is absent")


@pytest.fixture(scope="module")
def crawl(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    data = tmp_path_factory.mktemp("hanoi")
    return data, tinso("crawl", "hanoi_stttt", "--from-archive", RECORDING, "--data", data)


@pytest.fixture(scope="module")
def corpus(crawl: tuple[Path, object]) -> sqlite3.Connection:
    connection = sqlite3.connect(crawl[0] / "corpus.db")
    connection.row_factory = sqlite3.Row
    return connection


@pytest.fixture(scope="module")
def listed() -> dict[str, dict[str, str]]:
    rows = map(json.loads, EXPECTED.read_text(encoding="utf-8").splitlines())
    return {row["id"]: row for row in rows if row["party_listed"]}


def test_pages_beyond_the_recording_are_counted_and_fail_nothing(
    crawl: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    data, process = crawl
    assert process.returncode == 0, process.stdout + process.stderr
    with sqlite3.connect(data / "corpus.db") as connection:
        counts = {
            (kind, outcome): n
            for kind, outcome, n in connection.execute("SELECT kind, outcome, urls FROM outcomes")
        }
    assert counts == {("list", "listed"): 8, ("list", "not_archived"): 19, ("article", "new"): 80}


def test_every_listed_article_is_stored_once(
    corpus: sqlite3.Connection, listed: dict[str, dict[str, str]]
) -> None:
    assets = [row["asset"] for row in corpus.execute("SELECT asset FROM articles")]
    assert sorted(assets) == sorted(listed)


def test_headline_and_date_equal_the_expected_on_every_article(
    corpus: sqlite3.Connection, listed: dict[str, dict[str, str]]
) -> None:
    stored = {
        row["asset"]: (row["headline"], row["date_published"])
        for row in corpus.execute("SELECT * FROM articles")
    }
    assert stored == {asset: (row["title"], row["published"]) for asset, row in listed.items()}


def test_print_copies_and_other_sections_are_sightings(corpus: sqlite3.Connection) -> None:
    addresses = [row["url"] for row in corpus.execute("SELECT url FROM sightings")]
    assert sum("/pop_up/" in url for url in addresses) >= 80
    assert sum("/vi/tin-tuc-su-kien/" in url for url in addresses) >= 10


def test_a_second_crawl_stores_nothing_new_and_says_so(crawl: tuple[Path, object]) -> None:
    data = crawl[0]
    again = tinso("crawl", "hanoi_stttt", "--from-archive", RECORDING, "--data", data)
    assert again.returncode == 0
    assert "nothing new" in again.stdout
    with sqlite3.connect(data / "corpus.db") as connection:
        outcomes = dict(connection.execute("SELECT outcome, urls FROM outcomes WHERE run = 2"))
    assert set(outcomes) == {"listed", "not_archived"}


def test_the_data_directory_is_whole(crawl: tuple[Path, object]) -> None:
    verified = tinso("verify", "--data", crawl[0])
    assert (verified.returncode, verified.stdout.strip()) == (0, f"{crawl[0]}: whole")
