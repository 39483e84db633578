"""Answers about the whole corpus are kept, and renewed when it changes."""

from __future__ import annotations

import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Event

import made_up
import pytest

from pipelines.schema import open_corpus
from pipelines.store import Store
from web.kept import kept


def test_a_question_is_asked_once_while_the_corpus_is_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.kept._SHARE", 0)  # every answer is soon worth asking for again
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
        assert count(two, "articles") == made_up.COUNT + 1
        store.close()


def test_what_took_long_is_not_asked_again_with_every_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.kept._SHARE", 10_000)
    asked = []

    @kept
    def slowly(connection: sqlite3.Connection) -> None:
        asked.append(connection)
        time.sleep(0.01)

    path = made_up.fill(tmp_path / "corpus.db")
    with closing(open_corpus(path, read_only=True)) as reading:
        slowly(reading)
        store = Store(path)
        made_up.put(store, made_up.hostile_article(), "2025-06-05T05:10:00+07:00")
        store.close()
        slowly(reading)
    assert len(asked) == 1


def test_who_asks_for_what_is_known_does_not_wait_for_another_question(tmp_path: Path) -> None:
    begun, end = Event(), Event()

    @kept
    def page(connection: sqlite3.Connection, name: str) -> str:
        if name == "slow":
            begun.set()
            assert end.wait(10)
        return name

    path = made_up.fill(tmp_path / "corpus.db")

    def asked(name: str) -> str:
        with closing(open_corpus(path, read_only=True)) as connection:
            return page(connection, name)

    assert asked("quick") == "quick"
    with ThreadPoolExecutor(2) as readers:
        slow = readers.submit(asked, "slow")
        assert begun.wait(10)
        try:
            assert readers.submit(asked, "quick").result(5) == "quick"
        finally:
            end.set()
        assert slow.result() == "slow"
