"""Whatever comes in, in whatever order and batches: one row an article, a whole history, a true index."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines import schema
from pipelines import store as store_module
from pipelines.article import Article, Sighting
from pipelines.context import Context
from pipelines.outcomes import Outcome
from pipelines.process import process
from pipelines.store import Store

TEXTS = ("Chi bộ họp.", "Chi bộ họp phiên cuối năm.", "Uỷ ban Kiểm tra kết luận.")
ASSETS = st.sampled_from("123")

fetches = st.tuples(
    st.just("fetch"), ASSETS, st.sampled_from(TEXTS), st.sampled_from(TEXTS), st.sampled_from(["bai", "in"])
)
sightings = st.tuples(st.just("sight"), ASSETS)
flushes = st.tuples(st.just("flush"))


@pytest.fixture(autouse=True)
def slow_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the history itself ends a batch."""
    monkeypatch.setattr(store_module, "INTERVAL", 3600.0)


def play(store: Store, history: list[tuple[str, ...]]) -> Counter[Outcome]:
    """Do what the history says, an hour apart; return the outcomes of what was stored."""
    stored = []
    for hour, (act, *what) in enumerate(history):
        at = f"2023-05-{1 + hour // 24:02}T{hour % 24:02}:00:00+07:00"
        if act == "fetch":
            asset, headline, body, way = what
            url = f"http://so.example.vn/{way}/{asset}"
            article = Article(url=url, portal="so_thu", asset=asset, headline=headline, article_body=body)
            stored += store.put(url, process(article, Context(at, url, store.known)))
        elif act == "sight":
            store.sight(Sighting("so_thu", what[0], f"http://so.example.vn/muc/{what[0]}", "list", at))
        else:
            stored += store.flush()
    return Counter(page.outcome for page in stored + store.flush())


def terms(store: Store) -> list[tuple[object, ...]]:
    execute = store.connection.execute
    execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, articles_fts, instance)")
    rows = execute("SELECT term, doc, col, offset FROM temp.terms ORDER BY 1, 2, 3, 4").fetchall()
    execute("DROP TABLE temp.terms")
    return rows


@given(st.lists(fetches | sightings | flushes, max_size=25))
def test_every_history_ends_in_a_whole_corpus(
    tmp_path_factory: pytest.TempPathFactory, history: list[tuple[str, ...]]
) -> None:
    store = Store.open(tmp_path_factory.mktemp("corpus") / "corpus.db")
    try:
        outcomes = play(store, history)
        fetched = {act[1] for act in history if act[0] == "fetch"}
        assert outcomes.total() == sum(act[0] == "fetch" for act in history)
        execute = store.connection.execute

        # One row an article; one revision a changed text, each with the text before it.
        articles = execute("SELECT asset, id, revision, first_seen, last_seen FROM articles").fetchall()
        assert {row[0] for row in articles} == fetched and len(articles) == len(fetched) == outcomes[
            Outcome.NEW
        ]
        assert sum(row[2] - 1 for row in articles) == outcomes[Outcome.REVISED]
        assert execute("SELECT count(*) FROM revisions").fetchone() == (outcomes[Outcome.REVISED],)
        assert all(first <= last for *_, first, last in articles)
        for _, key, revision, *_ in articles:
            kept = execute("SELECT revision FROM revisions WHERE article = ? ORDER BY revision", (key,))
            assert [number for (number,) in kept] == list(range(2, revision + 1))

        # Every address at which an article was fetched or seen, and none of what never came.
        ways = {f"http://so.example.vn/{act[4]}/{act[1]}" for act in history if act[0] == "fetch"}
        seen = {
            f"http://so.example.vn/muc/{act[1]}" for act in history if act[0] == "sight" and act[1] in fetched
        }
        assert {url for (url,) in execute("SELECT url FROM sightings")} == ways | seen

        # The index is that of a fresh one.
        execute("INSERT INTO articles_fts(articles_fts) VALUES ('integrity-check')")
        before = terms(store)
        schema.reindex(store.connection)
        assert terms(store) == before
    finally:
        store.close()
