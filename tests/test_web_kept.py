"""Answers about the whole corpus are kept, and renewed when it changes."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import made_up

from pipelines.schema import open_corpus
from pipelines.store import Store
from web.kept import kept


def test_a_question_is_asked_once_while_the_corpus_is_as_it_was(tmp_path: Path) -> None:
    asked = []

    @kept
    def count(connection: sqlite3.Connection, table: str) -> int:
        asked.append(table)
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])

    path = made_up.fill(tmp_path / "corpus.db")
    with closing(open_corpus(path, read_only=True)) as one, closing(open_corpus(path, read_only=True)) as two:
        assert count(one, "articles") == count(two, "articles") == made_up.COUNT
        assert count(one, "portals") == len(made_up.PORTALS)
        assert asked == ["articles", "portals"]
        store = Store(path)
        made_up.put(store, made_up.hostile_article(), "2025-06-05T05:10:00+07:00")
        store.flush()
        time.sleep(0.05)  # a quick answer is soon worth asking for again
        assert count(two, "articles") == made_up.COUNT + 1
        store.close()


def test_what_took_long_is_not_asked_again_with_every_commit(tmp_path: Path) -> None:
    asked = []

    @kept
    def slowly(connection: sqlite3.Connection) -> None:
        asked.append(connection)
        time.sleep(0.1)

    path = made_up.fill(tmp_path / "corpus.db")
    with closing(open_corpus(path, read_only=True)) as reading:
        slowly(reading)
        store = Store(path)
        made_up.put(store, made_up.hostile_article(), "2025-06-05T05:10:00+07:00")
        store.close()
        slowly(reading)
    assert len(asked) == 1
