"""The table of names follows what articles hold, whatever the store does with them, and survives a kill."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import made_up
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.article import Article
from pipelines.names import count_all, folded, miscounted, typed_words, words_of
from pipelines.process import process
from pipelines.schema import open_corpus
from pipelines.store import Store
from pipelines.verify import problems

SEEN = "2025-06-01T05:10:00+07:00"
PEOPLE = ("Lê Thanh Bình", "Trần Hoàng Dũng", "Phạm Thị Hoa")


def rows(connection: sqlite3.Connection) -> list[list[tuple[object, ...]]]:
    return [
        connection.execute("SELECT * FROM names ORDER BY 1, 2").fetchall(),
        connection.execute("SELECT * FROM name_words").fetchall(),
    ]


def article(number: int, person: str, province: str = "Thái Bình") -> Article:
    text = f"Đồng chí {person}, Bí thư Đảng ủy Sở Nội vụ, dự hội nghị theo Chỉ thị số 05-CT/TW."
    return Article(
        url=f"http://so.example/bai-{number}.html",
        portal="so_thu",
        province=province,
        successor_province="Hưng Yên",
        headline=f"Hội nghị thứ {number}",
        article_body=text,
        date_published="2024-02-02",
    )


def put(store: Store, one: Article) -> None:
    store.put(one.url, process(one, store.context(SEEN, one.url)))


def test_a_run_leaves_the_names_of_its_articles_counted(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "corpus.db")
    for number in range(3):
        put(store, article(number, PEOPLE[number // 2]))
    store.close()
    with closing(open_corpus(tmp_path / "corpus.db")) as connection:
        told = {
            name: (kind, folded_name, articles)
            for kind, name, folded_name, articles in connection.execute("SELECT * FROM names")
        }
        assert told["Lê Thanh Bình"] == ("person", "le thanh binh", 2)
        assert told["05-CT/TW"] == ("document", "05 ct tw", 3)
        assert told["Thái Bình"] == ("province", "thai binh", 3)
        assert told["Hưng Yên"] == ("province", "hung yen", 3)
        words = connection.execute("SELECT word FROM name_words WHERE name = '05-CT/TW' ORDER BY 1")
        assert [word for (word,) in words] == ["05", "chi", "ct", "thi", "tw"]
        assert list(problems(connection)) == []
        connection.execute("UPDATE names SET articles = 9 WHERE kind = 'document'")
        assert [finding for finding in problems(connection) if "1 names are not counted" in finding]


@settings(max_examples=15)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 2), st.sampled_from(PEOPLE), st.sampled_from(("Thái Bình", "Hưng Yên")),
            st.sampled_from(("put", "flush", "close", "kill")),
        ),
        max_size=12,
    )
)  # fmt: skip
def test_counted_as_it_goes_is_counted_at_once(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, str, str, str]]
) -> None:
    path = tmp_path_factory.mktemp("names") / "corpus.db"
    store = Store.open(path)
    for number, person, province, act in steps:
        put(store, article(number, person, province))
        if act == "flush":
            store.flush()
        elif act == "close":
            store.close()
            store = Store.open(path)
        elif act == "kill":
            Store._open.clear()
            store.connection.close()
            store = Store.open(path)
    store.close()
    with closing(open_corpus(path)) as connection:
        assert miscounted(connection) == 0
        counted = rows(connection)
        count_all(connection)
        assert rows(connection) == counted


def test_a_batch_that_fails_is_counted_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    put(store, article(1, PEOPLE[0]))
    monkeypatch.setattr(store, "_write_sightings", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        store.flush()
    monkeypatch.undo()
    store.flush()
    store._names.keep()
    assert miscounted(store.connection) == 0
    assert store.connection.execute("SELECT max(articles) FROM names").fetchone() == (1,)


def test_an_upgraded_corpus_has_its_names_at_once(tmp_path: Path) -> None:
    path = made_up.fill(tmp_path / "corpus.db")
    with closing(open_corpus(path)) as connection:
        counted = rows(connection)
        connection.executescript(
            "DROP TABLE names; DROP TABLE name_words; DROP INDEX articles_quality_flags; "
            "DROP TABLE articles_fts_headlines; ALTER TABLE portals RENAME successor_portal TO older; "
            "DELETE FROM marks WHERE stage = 'names'; PRAGMA user_version = 2"
        )
    with closing(open_corpus(path)) as connection:
        assert rows(connection) == counted
        assert counted[0]


@given(st.text(max_size=40))
def test_the_words_of_a_name_are_those_of_its_folded_form(text: str) -> None:
    assert words_of(folded(text)) == words_of(text)
    assert set(typed_words("person", text)) == set(words_of(text))
