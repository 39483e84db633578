"""The recorded portal (shared/data), crawled as if it were live."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from parsel import Selector

from crawler.archive import captures
from spiders.ha_noi import HanoiStttt
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


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", unicodedata.normalize("NFC", text)))


def test_bodies_are_complete_and_hold_nothing_else(
    corpus: sqlite3.Connection, listed: dict[str, dict[str, str]]
) -> None:
    """The reference is the container on the raw page: text, captions, byline, and the account that goes."""
    query = "SELECT a.*, t.article_body FROM articles a JOIN article_text t ON t.id = a.id"
    kept = {row["asset"]: row for row in corpus.execute(query)}
    compared = set()
    for capture in captures(RECORDING):
        row = kept.get((HanoiStttt.asset_of(capture.url) or "") if "/vi/" not in capture.url else "")
        if row is None or "pop_up" in capture.url:
            continue
        body = Selector(capture.body.decode()).css(".asset-full-content .journal-content-article")[0]
        account = words(" ".join(body.css(".view-content-author ::text").getall()))
        page = words(" ".join(body.xpath(".//text()[not(ancestor::style or ancestor::script)]").getall()))
        images = corpus.execute("SELECT caption, credit FROM images WHERE article = ?", (row["id"],))
        texts = [row["article_body"], row["author"] or "", row["photographer"] or ""]
        ours = words(" ".join([*texts, *(text or "" for image in images for text in image)]))
        lost = page - account - ours
        assert lost.total() <= 0.02 * page.total() + 3, (row["url"], lost)
        added = ours - page - words(row["photographer"] or "")
        assert added.total() <= 0.01 * page.total(), (row["url"], added)
        compared.add(row["asset"])
    assert compared == set(listed)
