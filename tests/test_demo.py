"""`tinso demo`: the sample portals, crawled by the platforms' own classes, give what they printed."""

from __future__ import annotations

import sqlite3
import subprocess
from pathlib import Path

import pytest

from crawler.sample_portals import HOSTS, expected, missing
from crawler.sample_portals.portals import sample_portals
from crawler.sample_portals.server import SampleServer
from tests.crawling import rows_of, tinso

PORTALS = {portal.home.split("/")[2].partition(":")[0]: portal.name for portal in sample_portals(80)}
# A print copy shows one of these; the corpus none.
LEAKS = ("View count", "Lượt truy cập", "Other News", "Send email", "Tin cùng chuyên mục", "Đang trực tuyến",
         "Giấy phép số", "Skip Ribbon", "Alternate Text", "hư cấu", "Thống kê truy cập")  # fmt: skip


def free_port() -> int:
    with SampleServer(0) as server:
        return server.port


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[subprocess.CompletedProcess[str], Path, int]:
    data, port = tmp_path_factory.mktemp("demo"), free_port()
    process = tinso("demo", "--no-serve", "--sample-port", port, "--data", data)
    return process, data / "demo", port


@pytest.fixture(scope="module")
def corpus(demo: tuple[object, Path, int]) -> sqlite3.Connection:
    connection = sqlite3.connect(demo[1] / "corpus.db")
    connection.row_factory = sqlite3.Row
    return connection


def articles(corpus: sqlite3.Connection, host: str) -> dict[str, sqlite3.Row]:
    query = "SELECT a.*, t.article_body FROM articles a JOIN article_text t USING (id) WHERE portal = ?"
    return {row["asset"].rpartition("/")[2]: row for row in corpus.execute(query, (PORTALS[host],))}


def test_the_demo_ends_well_and_prints_the_table(
    demo: tuple[subprocess.CompletedProcess[str], Path, int],
) -> None:
    process = demo[0]
    assert process.returncode == 0, process.stdout + process.stderr
    assert "90 articles stored" in process.stdout
    for name in PORTALS.values():
        assert name in process.stdout


@pytest.mark.parametrize("host", HOSTS)
def test_every_article_is_stored_once_with_its_headline_and_date(
    corpus: sqlite3.Connection, host: str
) -> None:
    stored = {
        asset: (row["headline"], row["date_published"]) for asset, row in articles(corpus, host).items()
    }
    printed = {
        item["asset"].rpartition("/")[2]: (item["headline"], item["date_published"])
        for item in expected(host)
    }
    assert stored == printed


@pytest.mark.parametrize("host", HOSTS)
def test_authors_and_photographers_are_people_and_units_never_accounts(
    corpus: sqlite3.Connection, host: str
) -> None:
    stored = {asset: (row["author"], row["photographer"]) for asset, row in articles(corpus, host).items()}
    printed = {
        item["asset"].rpartition("/")[2]: (item["author"], item["photographer"]) for item in expected(host)
    }
    assert stored == printed


@pytest.mark.parametrize("host", HOSTS)
def test_bodies_hold_every_paragraph_and_nothing_of_the_page_around(
    corpus: sqlite3.Connection, host: str
) -> None:
    stored = articles(corpus, host)
    for item in expected(host):
        body = stored[item["asset"].rpartition("/")[2]]["article_body"] or ""
        for paragraph in item["paragraphs"]:
            assert paragraph in body, item["url"]
        for leak in (*LEAKS, *(image["caption"] for image in item["images"] if image["caption"])):
            assert leak not in body, item["url"]
        own = [
            item["description"] or "",
            *item["paragraphs"],
            *(file["name"] for file in item["attachments"]),
        ]
        assert len(body) <= sum(len(text) + 1 for text in own), item["url"]


def test_dead_links_and_soft_404_are_counted_as_what_they_are(corpus: sqlite3.Connection) -> None:
    counted = {
        (row["portal"], row["outcome"]): row["urls"]
        for row in corpus.execute("SELECT * FROM outcomes WHERE kind = 'article' AND outcome <> 'new'")
    }
    assert counted == {(PORTALS[host], outcome): 1 for host in HOSTS for outcome in missing(host).values()}


def test_other_addresses_of_an_article_are_sightings_of_it(corpus: sqlite3.Connection) -> None:
    for item in expected("ha-noi.localhost"):
        asset = item["asset"]
        seen = {
            row["url"].partition("/vi/")[2] or row["url"]
            for row in corpus.execute(
                "SELECT s.url FROM sightings s JOIN articles a ON a.id = s.article WHERE a.asset = ?",
                (asset,),
            )
        }
        assert any("pop_up" in url for url in seen), asset


def test_a_province_is_found_by_any_of_its_names(demo: tuple[object, Path, int]) -> None:
    def found(typed: str) -> int:
        process = tinso("export", "--province", typed, "--data", demo[1])
        assert process.returncode == 0, process.stderr
        return len(process.stdout.splitlines())

    assert found("TP.HCM") == found("Thành phố Hồ Chí Minh") == found("ho chi minh") == 18
    assert found("vinh phuc") == 18  # as it was called
    assert found("Phú Thọ") == 18  # as it is called now


def test_the_demo_comes_again_from_its_archive(demo: tuple[object, Path, int]) -> None:
    before = rows_of(demo[1])
    process = tinso("reprocess", "--jobs", "2", "--data", demo[1])
    assert (process.returncode, process.stderr) == (0, "")
    assert rows_of(demo[1]) == before


def test_the_demo_again_stores_nothing_new(demo: tuple[object, Path, int]) -> None:
    again = tinso("demo", "--no-serve", "--sample-port", demo[2], "--data", demo[1].parent)
    assert again.returncode == 0
    assert "nothing new" in again.stdout
