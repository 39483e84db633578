"""What `pipelines.export` and `pipelines.load` promise."""

from __future__ import annotations

import csv
import importlib
import io
import json
import sqlite3
import sys
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import feedparser
import made_up
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.article import FIELDS, Article
from pipelines.context import Context
from pipelines.export import _cell, export
from pipelines.load import load
from pipelines.parquet import NoParquet
from pipelines.process import process
from pipelines.schema import open_corpus
from pipelines.selection import Selection, UnknownName
from pipelines.store import Store


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    path: Path = made_up.fill(tmp_path_factory.mktemp("export") / "corpus.db", hostile=True)
    connection = open_corpus(path, read_only=True)
    yield connection
    connection.close()


def records(corpus: sqlite3.Connection, **conditions: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for line in export(corpus, Selection(**conditions), format="ndjson")]


def exported(corpus: sqlite3.Connection, selection: Selection | None = None, **options: Any) -> str:
    return b"".join(export(corpus, selection, **options)).decode()


def test_an_article_comes_back_from_the_corpus_as_it_went_in(tmp_path: Path) -> None:
    store = Store(tmp_path / "corpus.db")
    given_articles = [
        process(article, Context("2025-06-01T05:10:00+07:00", article.url, store.known)).article
        for article in made_up.articles()
    ]
    for article in given_articles:
        store.put(article.url, process(article, Context("2025-06-01T05:10:00+07:00", article.url)))
        article.related = []  # looked for, and not there
    store.flush()
    loaded = load(store.connection, [article.id or 0 for article in given_articles])
    store.close()
    assert loaded == given_articles


def test_load_leaves_out_what_the_corpus_does_not_hold(corpus: sqlite3.Connection) -> None:
    some = [row[0] for row in corpus.execute("SELECT id FROM articles LIMIT 3")][::-1]
    assert [article.id for article in load(corpus, [some[0], 1, *some[1:]])] == some
    assert load(corpus, []) == []


def test_every_record_has_all_names_in_order(corpus: sqlite3.Connection) -> None:
    exported = records(corpus)
    assert len(exported) == made_up.COUNT + 1
    assert all(list(record) == list(Article(url="").record()) for record in exported)
    assert exported[0]["date_modified"] is None  # what no page says is null, not missing
    assert [record["id"] for record in exported] == sorted(record["id"] for record in exported)


def test_all_formats_hold_the_same_articles(corpus: sqlite3.Connection) -> None:
    lines = records(corpus)
    assert json.loads(exported(corpus, format="json")) == lines
    rows = list(csv.DictReader(io.StringIO(exported(corpus, format="csv"), newline="")))
    assert list(rows[0]) == ["id", *(name for name in FIELDS if name != "id")]
    assert [row["headline"] for row in rows] == [record["headline"] for record in lines]
    assert [row["article_body"] for row in rows] == [record["article_body"] for record in lines]
    assert [json.loads(row["images"]) for row in rows] == [record["images"] for record in lines]


def test_an_empty_selection_is_still_a_whole_document(corpus: sqlite3.Connection) -> None:
    assert json.loads(exported(corpus, Selection(since="2999-01-01"), format="json")) == []
    assert exported(corpus, Selection(since="2999-01-01"), format="ndjson") == ""
    assert exported(corpus, Selection(since="2999-01-01"), format="csv").startswith("id,url,portal")


def test_conditions_narrow_the_export(corpus: sqlite3.Connection) -> None:
    assert {r["portal"] for r in records(corpus, portal="bac_son_stttt")} == {"bac_son_stttt"}
    assert {r["province"] for r in records(corpus, province="Thanh Hoa")} == {"Thanh Lâm"}
    assert all(r["date_published"] >= "2020" for r in records(corpus, since="2020-01-01"))
    assert 0 < len(records(corpus, query="kết nạp")) < made_up.COUNT


def test_wrong_use_fails_before_anything_is_written(corpus: sqlite3.Connection) -> None:
    with pytest.raises(UnknownName):
        export(corpus, Selection(province="Atlantis"))
    with pytest.raises(ValueError, match="ndjson, json, csv, parquet, jsonfeed, atom"):
        export(corpus, format="xml")  # type: ignore[arg-type]


def test_parquet_holds_what_json_holds(corpus: sqlite3.Connection) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    content = b"".join(export(corpus, format="parquet"))
    table = importlib.import_module("pyarrow.parquet").read_table(pyarrow.BufferReader(content))
    assert table.to_pylist() == [
        {**record, "figures": [{**figure, "value": str(figure["value"])} for figure in record["figures"]]}
        for record in records(corpus)
    ]
    assert table.column_names == list(FIELDS)
    assert [str(table.schema.field(name).type) for name in ("id", "is_party", "party_score")] == [
        "int64", "bool", "double"
    ]  # fmt: skip
    empty = b"".join(export(corpus, Selection(since="2999-01-01"), format="parquet"))
    nothing = importlib.import_module("pyarrow.parquet").read_table(pyarrow.BufferReader(empty))
    assert nothing.num_rows == 0 and nothing.schema == table.schema


def test_parquet_without_pyarrow_says_what_to_install(
    corpus: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(NoParquet, match=r"pip install 'tinso\[parquet\]'"):
        export(corpus, format="parquet")


def test_the_newest_are_the_last_of_all(corpus: sqlite3.Connection) -> None:
    lines = [json.loads(line) for line in export(corpus, newest=3)]
    assert lines == records(corpus)[-3:]


def test_a_feed_is_of_the_newest_and_the_same_whenever_it_is_made(corpus: sqlite3.Connection) -> None:
    newest = [record["headline"] for record in records(corpus)[::-1]]
    feed = json.loads(exported(corpus, format="jsonfeed", newest=4))
    assert [item["title"] for item in feed["items"]] == newest[:4]
    assert "feed_url" not in feed and "home_page_url" not in feed
    parsed = feedparser.parse(exported(corpus, Selection(party=True), format="atom"))
    assert not parsed.bozo and parsed.feed.title == "Tin Sở: công tác Đảng"
    assert parsed.feed.id.startswith("urn:uuid:") and not parsed.feed.get("links")
    again = feedparser.parse(exported(corpus, Selection(party=True), format="atom"))
    other = feedparser.parse(exported(corpus, Selection(party=False), format="atom"))
    assert again.feed.id == parsed.feed.id != other.feed.id
    at = "https://tin.example/dang.atom"
    placed = feedparser.parse(exported(corpus, format="atom", address=at))
    assert placed.feed.id == at and [link.rel for link in placed.feed.links] == ["self"]


@given(st.text(max_size=12), st.sampled_from("=+-@\t"))
def test_no_csv_cell_begins_as_a_formula(text: str, sign: str) -> None:
    assert str(_cell(sign + text)).startswith("'")
    assert not str(_cell(text)).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_export_takes_the_memory_of_a_page_not_of_the_corpus(tmp_path: Path) -> None:
    store = Store(tmp_path / "corpus.db")
    article = process(
        made_up.articles()[0], Context("2025-06-01T05:10:00+07:00", "http://a.example/")
    ).article
    store.put(article.url, process(article, Context("2025-06-01T05:10:00+07:00", article.url)))
    store.flush()
    columns = [name for _, name, *_ in store.connection.execute("PRAGMA table_info(articles)")]
    copied = ", ".join({"id": "a.id + n.i", "asset": "n.i"}.get(name, f"a.{name}") for name in columns)
    numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)"
    with store.connection:
        store.connection.execute(f"INSERT INTO articles {numbers} SELECT {copied} FROM articles a, n")
        store.connection.execute(
            f"INSERT INTO article_text {numbers} "
            "SELECT t.id + n.i, printf('%.*c', 20000, 'x'), NULL FROM article_text t, n"
        )
    tracemalloc.start()
    length = sum(map(len, export(store.connection, format="ndjson")))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    store.close()
    assert length > 60_000_000
    assert peak < 30_000_000
