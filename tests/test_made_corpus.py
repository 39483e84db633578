"""The made-up corpus that the site is timed on: of the size asked for, the same for a seed, and whole."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.known_items import items
from benchmarks.make_corpus import make_corpus
from benchmarks.site import pages
from benchmarks.site_queries import site_queries
from pipelines.load import load
from pipelines.names import miscounted
from pipelines.schema import open_corpus
from pipelines.search import best, search
from pipelines.selection import Selection
from pipelines.store import Store

COUNT = 300


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("made")
    make_corpus(directory, COUNT)
    return directory


@pytest.fixture
def connection(made: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_corpus(made / "corpus.db", read_only=True)) as connection:
        yield connection


def test_every_article_is_whole(connection: sqlite3.Connection) -> None:
    ids = [key for (key,) in connection.execute("SELECT id FROM articles ORDER BY id")]
    articles = load(connection, ids)
    assert len(articles) == COUNT
    assert all(a.headline and a.article_body and a.portal and a.text_digest for a in articles)
    for article in articles:
        texts = {"article_body": article.article_body, "headline": article.headline}
        for named in [*(article.people or []), *(article.organisations or [])]:
            assert (texts[named["field"]] or "")[named["start"] : named["end"]] == named["name"]


def test_the_index_holds_what_the_tables_hold(connection: sqlite3.Connection) -> None:
    assert miscounted(connection) == 0
    article = load(connection, [connection.execute("SELECT max(id) FROM articles").fetchone()[0]])[0]
    found = search(connection, Selection(query=f'"{article.headline}"'), limit=5).articles
    assert article.id in [each["id"] for each in found]


def test_an_article_is_found_by_words_of_its_headline(connection: sqlite3.Connection) -> None:
    for key, words in items(connection, 5):
        assert key in best(connection, Selection(words)).ids


def test_printings_of_one_text_are_one_cluster(connection: sqlite3.Connection) -> None:
    rows = connection.execute(
        "SELECT a.cluster, b.cluster, a.text_digest = b.text_digest FROM articles a "
        "JOIN articles b ON b.id = a.duplicate_of"
    ).fetchall()
    assert rows and all(one == other and is_same for one, other, is_same in rows)


def test_the_same_seed_makes_the_same_articles(made: Path, tmp_path: Path) -> None:
    make_corpus(tmp_path, COUNT)
    digests = []
    for directory in (made, tmp_path):
        with closing(sqlite3.connect(directory / "corpus.db")) as connection:
            digests.append(
                connection.execute("SELECT id, text_digest, url FROM articles ORDER BY id").fetchall()
            )
    assert digests[0] == digests[1]


def test_a_crawl_may_write_into_it(tmp_path: Path) -> None:
    make_corpus(tmp_path, 20)
    store = Store(tmp_path / "corpus.db")
    store.close()
    with closing(sqlite3.connect(tmp_path / "corpus.db")) as connection:
        assert connection.execute("SELECT count(*) FROM articles").fetchone() == (20,)


def test_200_questions_and_all_sorts_of_pages_are_asked(made: Path) -> None:
    queries = site_queries()
    assert len(queries) == 200
    assert len({query.sort for query in queries}) == 13
    assert {sort for sort, _ in pages(made / "corpus.db")} == {
        "home", "article", "person", "document", "organisation", "portal", "portals",
    }  # fmt: skip
