"""The store: nothing counts as stored before it is on disk, nothing is there twice, search keeps up."""

from __future__ import annotations

import sqlite3
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipelines import schema
from pipelines import store as store_module
from pipelines.article import Article, Drop, Sighting
from pipelines.context import Context
from pipelines.identify import article_id
from pipelines.load import load
from pipelines.outcomes import Outcome
from pipelines.process import process
from pipelines.query import fts_expression
from pipelines.store import Store, Stored
from tests.timing import seconds

DAY = "2023-05-04"
SEEN = f"{DAY}T08:15:00+07:00"
LATER = "2023-06-01T09:00:00+07:00"


@pytest.fixture(autouse=True)
def slow_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine must not end a batch in the middle of a test."""
    monkeypatch.setattr(store_module, "INTERVAL", 3600.0)


def article(number: int = 1, **changes: object) -> Article:
    """Return an article as extraction gives it."""
    page = Article(
        url=f"http://so.example.vn/bai-{number}.html",
        portal="so_thu",
        province="Thái Bình",
        article_section="Công tác Đảng",
        headline=f"Chi bộ {number} kết nạp đảng viên mới",
        article_body="Sáng 4/5, Chi bộ đã họp.\nCó hai quần chúng được kết nạp.",
        date_published=f"{DAY}T07:30:00+07:00",
        asset=str(number),
    )
    return replace(page, **changes)


def put(store: Store, page: Article, *, at: str = SEEN, address: str | None = None) -> list[Stored]:
    """Send an article through the stages into the store."""
    address = address or page.url
    return store.put(address, process(page, Context(at, address, store.known)))


def rows(store: Store, query: str, *values: object) -> list[tuple[object, ...]]:
    return store.connection.execute(query, values).fetchall()


def found(store: Store, query: str) -> list[str]:
    """Return the assets that a search finds."""
    return [
        asset
        for (asset,) in store.connection.execute(
            "SELECT asset FROM articles WHERE id IN "
            "(SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?) ORDER BY asset",
            (fts_expression(query),),
        )
    ]


def index_terms(connection: sqlite3.Connection) -> Iterator[tuple[object, ...]]:
    connection.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, articles_fts, instance)")
    yield from connection.execute(
        "SELECT term, doc, col, offset FROM temp.terms ORDER BY 1, 2, 3, 4"
    ).fetchall()
    connection.execute("DROP TABLE temp.terms")


def assert_index_is_that_of_a_fresh_one(store: Store) -> None:
    """FTS5's integrity-check sees a damaged index, but not one of other words than the tables hold."""
    store.connection.execute("INSERT INTO articles_fts(articles_fts) VALUES ('integrity-check')")
    before = list(index_terms(store.connection))
    schema.reindex(store.connection)
    assert before == list(index_terms(store.connection))


# Batches


def test_an_article_is_stored_with_the_batch_and_not_before(store: Store) -> None:
    assert put(store, article()) == []
    with sqlite3.connect(store.path) as reader:
        assert reader.execute("SELECT count(*) FROM articles").fetchone() == (0,)
        (stored,) = store.flush()
        assert (stored.address, stored.outcome) == (article().url, Outcome.NEW)
        assert reader.execute("SELECT count(*) FROM articles").fetchone() == (1,)
    assert store.flush() == []


def test_a_full_batch_is_written_by_itself(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "BATCH", 3)
    assert [len(put(store, article(number))) for number in range(1, 8)] == [0, 0, 3, 0, 0, 3, 0]


def test_an_old_batch_is_written_by_itself(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "INTERVAL", 0.01)
    time.sleep(0.02)
    assert len(put(store, article())) == 1


def test_the_record_comes_back_as_it_went_in(store: Store) -> None:
    page = article(
        images=[{"url": "http://so.example.vn/a.jpg", "caption": "Toàn cảnh", "credit": None}],
        attachments=[{"url": "http://so.example.vn/a.pdf", "name": None, "media_type": "application/pdf"}],
        keywords=["chi bộ", "kết nạp"],
        archive={"file": "tinso-1.warc.gz", "offset": 415},
        event_date=DAY,
        event_date_source="dateline",
        photographer="Thu Hà",
        body_html="<p>Sáng 4/5</p>",
    )
    put(store, page)
    store.flush()
    (stored,) = load(store.connection, [page.id or 0])
    assert stored.record() == {**page.record(), "related": []}
    assert stored.body_html == page.body_html


def test_an_absent_archive_place_is_null_in_the_table(store: Store) -> None:
    put(store, article())
    store.flush()
    assert rows(store, "SELECT archive, cluster FROM articles") == [(None, None)]


def test_a_batch_that_could_not_be_written_is_written_next_time(store: Store) -> None:
    put(store, article(1))
    store.sight(Sighting("so_thu", "1", "http://so.example.vn/in/1", "page", SEEN))
    locker = sqlite3.connect(store.path)
    locker.execute("BEGIN IMMEDIATE")
    store.connection.execute("PRAGMA busy_timeout = 1")
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        store.flush()
    locker.rollback()
    assert store.known("so_thu", "1"), "still in the batch"
    assert [stored.address for stored in store.flush()] == [article(1).url]
    assert rows(store, "SELECT count(*) FROM sightings") == [(2,)]


# The same article again


def test_the_same_text_again_changes_last_seen_and_nothing_else(store: Store) -> None:
    put(store, article())
    store.flush()
    before = rows(store, "SELECT id, first_seen, revision, headline FROM articles")
    put(store, article(), at=LATER)
    (stored,) = store.flush()
    assert stored.outcome is Outcome.UNCHANGED
    assert rows(store, "SELECT id, first_seen, revision, headline FROM articles") == before
    assert rows(store, "SELECT last_seen FROM articles") == [(LATER,)]
    assert rows(store, "SELECT count(*) FROM revisions") == [(0,)]


def test_an_article_seen_again_in_its_own_batch_was_last_seen_then(store: Store) -> None:
    put(store, article())
    put(store, article(), at=LATER)
    store.flush()
    assert rows(store, "SELECT first_seen, last_seen FROM articles") == [(SEEN, LATER)]


def test_an_older_capture_does_not_set_last_seen_back(store: Store) -> None:
    put(store, article(), at=LATER)
    store.flush()
    put(store, article(), at=SEEN)
    store.flush()
    assert rows(store, "SELECT last_seen FROM articles") == [(LATER,)]


def test_a_new_text_is_a_revision_with_the_old_text_and_a_diff(store: Store) -> None:
    put(store, article())
    store.flush()
    changed = "Sáng 4/5, Chi bộ đã họp.\nCó ba quần chúng được kết nạp."
    put(store, article(article_body=changed), at=LATER)
    (stored,) = store.flush()
    assert stored.outcome is Outcome.REVISED
    ((revision, seen_at, body, diff),) = rows(
        store, "SELECT revision, seen_at, article_body, diff FROM revisions"
    )
    assert (revision, seen_at, body) == (2, LATER, article().article_body)
    assert "-Có hai quần chúng" in str(diff) and "+Có ba quần chúng" in str(diff)
    assert rows(store, "SELECT article_body FROM article_text") == [(changed,)]
    assert rows(store, "SELECT revision, first_seen FROM articles") == [(2, SEEN)]


@pytest.mark.parametrize("flush_between", [True, False])
def test_an_article_revised_twice_in_one_batch_has_both_revisions_and_its_last_text(
    store: Store, flush_between: bool
) -> None:
    put(store, article(headline="Bản một", images=[{"url": "a", "caption": None, "credit": None}]))
    if flush_between:
        store.flush()
    put(store, article(headline="Bản hai", images=[{"url": "b", "caption": None, "credit": None}]), at=LATER)
    put(store, article(headline="Bản ba"), at=LATER)
    store.flush()
    assert rows(store, "SELECT headline, revision FROM articles") == [("Bản ba", 3)]
    assert rows(store, "SELECT revision, headline FROM revisions") == [(2, "Bản một"), (3, "Bản hai")]
    assert rows(store, "SELECT count(*) FROM images") == [(0,)]
    assert [found(store, f'"bản {word}"') for word in ("một", "hai", "ba")] == [[], [], ["1"]]
    assert_index_is_that_of_a_fresh_one(store)


def test_a_copy_at_another_address_is_a_sighting_never_a_revision(store: Store) -> None:
    put(store, article())
    copy = "http://so.example.vn/in/1?utm_source=zalo"
    put(store, article(url=copy, article_body="Bản in, thiếu sapô."), at=LATER, address=copy)
    _, stored = store.flush()
    assert stored.outcome is Outcome.DUPLICATE_ADDRESS
    assert rows(store, "SELECT article_body FROM article_text") == [(article().article_body,)]
    assert ("http://so.example.vn/in/1",) in rows(store, "SELECT url FROM sightings")


# Search


def test_search_follows_every_revision_and_the_index_stays_whole(store: Store) -> None:
    for number in range(1, 30):
        put(store, article(number))
    store.flush()
    for number in range(1, 30, 3):
        put(
            store, article(number, headline="Đại hội Đảng bộ Sở lần thứ mười", province="Thái Bình"), at=LATER
        )
    store.flush()
    assert len(found(store, "dai hoi dang bo")) == 10
    assert len(found(store, "ket nap dang vien moi")) == 19
    assert_index_is_that_of_a_fresh_one(store)


def test_reindexing_keeps_search_alive(store: Store) -> None:
    put(store, article())
    store.flush()
    typed = ("chi bo", "Chi bộ", "CHI BỘ", "Chi bo\u0323\u0302", "thai binh")
    before = [found(store, query) for query in typed]
    assert schema.reindex(store.connection) == 1
    assert [found(store, query) for query in typed] == before == [["1"]] * 5


def test_old_and_new_tone_placement_find_each_other(store: Store) -> None:
    put(store, article(1, headline="Đảng uỷ họp về hoà giải"))
    put(store, article(2, headline="Đảng ủy họp về hòa giải"))
    store.flush()
    for query in ("đảng uỷ", "đảng ủy", "hoà giải", "hòa giải", "dang uy", "hoa giai"):
        assert found(store, query) == ["1", "2"], query


# Identity


def test_the_key_of_an_article_is_the_same_on_every_rebuild(store: Store) -> None:
    put(store, article())
    store.flush()
    known = store.known("so_thu", "1")
    assert known and known.id == article_id("so_thu", "1", date.fromisoformat(DAY))


def test_two_articles_of_one_day_whose_hashes_collide_both_stay(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    identify = sys.modules["pipelines.identify"]
    monkeypatch.setattr(identify, "article_id", lambda portal, asset, day: 19481 << 24)
    for number in (1, 2):
        put(store, article(number))
    store.flush()
    put(store, article(3))
    put(store, article(2, headline="Sửa"), at=LATER)
    store.flush()
    assert rows(store, "SELECT asset, id & 0xFFFFFF FROM articles ORDER BY id") == [
        ("1", 0),
        ("2", 1),
        ("3", 2),
    ]
    assert rows(store, "SELECT article & 0xFFFFFF FROM revisions") == [(1,)]


def test_a_key_once_given_stays_when_the_printed_date_changes(store: Store) -> None:
    put(store, article())
    store.flush()
    put(store, article(headline="Sửa", date_published="2024-01-01"), at=LATER)
    store.flush()
    ((key, date),) = rows(store, "SELECT id, date_published FROM articles")
    assert date == "2024-01-01" and isinstance(key, int) and key >> 24 == 19481


def test_newest_first_is_the_order_of_the_keys(store: Store) -> None:
    days = ("2014-10-17", "2020-03-18", None, "1999-12-31")
    for number, day in enumerate(days):
        put(store, article(number, date_published=day))
    store.flush()
    assert [asset for (asset,) in rows(store, "SELECT asset FROM articles ORDER BY id DESC")] == [
        "2", "1", "0", "3",
    ]  # fmt: skip


# Sightings


def test_a_sighting_waits_for_its_article(store: Store) -> None:
    listed = Sighting("so_thu", "1", "http://so.example.vn/muc-khac/bai-1.html", "list", SEEN, "Tin tức")
    store.sight(listed)
    store.flush()
    assert rows(store, "SELECT count(*) FROM sightings") == [(0,)]
    put(store, article())
    store.flush()
    assert (listed.url, "list", "Tin tức", SEEN) in rows(
        store, "SELECT url, source, section, first_seen FROM sightings"
    )
    store.sight(replace(listed, seen_at=LATER))
    store.flush()
    assert (listed.url, SEEN, LATER) in rows(store, "SELECT url, first_seen, last_seen FROM sightings")


def test_sightings_that_wait_do_not_slow_the_batches(store: Store) -> None:
    for number in range(20_000):
        store.sight(Sighting("so_thu", f"never-{number}", f"http://so.example.vn/{number}", "list", SEEN))
    store.flush()
    assert seconds(lambda: [store.flush() for _ in range(500)]) < 1


# Hard texts


def test_a_text_of_five_megabytes_is_stored_found_and_revised(store: Store) -> None:
    body = "\n".join(f"Đoạn {number}: Chi bộ thống nhất nội dung nghị quyết." for number in range(80_000))
    put(store, article(article_body=body))
    put(store, article(article_body=body + "\nHết."), at=LATER)
    store.flush()
    assert len(body.encode()) > 5_000_000
    assert found(store, '"đoạn 79999"') == ["1"]
    assert rows(store, "SELECT revision, diff FROM revisions") == [(2, "")]


def test_markup_is_safe_when_it_comes_into_the_corpus_whoever_feeds_it(store: Store) -> None:
    markup = '<p onclick="x()">Chi bộ <script>x()</script><a href="javascript:x()">họp</a>.</p>'
    put(store, article(body_html=markup))
    store.flush()
    safe = '<p>Chi bộ <a rel="noopener noreferrer">họp</a>.</p>'
    assert rows(store, "SELECT body_html FROM article_text") == [(safe,)]


def test_lone_surrogates_do_not_cost_the_batch(store: Store) -> None:
    broken = "Chi bộ \ud83d họp"
    page = article(
        url="http://so.example.vn/\ud83d",
        headline=broken,
        description=broken,
        article_body=broken,
        author=broken,
        keywords=[broken],
        body_html=f"<p>{broken}</p>",
        images=[{"url": broken, "caption": broken, "credit": broken}],
        attachments=[{"url": broken, "name": broken, "media_type": None}],
    )
    put(store, article(2))
    put(store, page)
    assert len(store.flush()) == 2
    assert rows(store, "SELECT headline FROM articles WHERE asset = '1'") == [("Chi bộ \ufffd họp",)]


def test_a_dropped_article_leaves_nothing_behind(store: Store) -> None:
    with pytest.raises(Drop):
        put(store, article(headline=" "))
    store.flush()
    assert rows(store, "SELECT count(*) FROM articles") == [(0,)]


# Those who share it


def test_the_users_of_a_corpus_share_one_writer_and_the_last_one_closes_it(tmp_path: Path) -> None:
    path = tmp_path / "corpus.db"
    first, second = Store.open(path), Store.open(path)
    assert first is second
    first.close()
    put(second, article())
    assert len(second.close()) == 1
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        second.connection.execute("SELECT 1")
    assert not path.with_name("corpus.db-wal").exists()
    assert Store.open(path) is not first
    Store.open(path).close()
