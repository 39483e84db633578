"""corpus.db as a file: whose it is, which version, and what it says of itself when it cannot be used."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines import schema
from pipelines.exceptions import NoCorpus, NotACorpus, OtherVersion
from pipelines.store import Store
from pipelines.text import exact

SEEN = "2023-05-04T08:15:00+07:00"
LATER = "2023-06-01T09:00:00+07:00"
LETTERS = st.none() | st.text("aoeuyqQOàòùÙΣs\u0300\u0301 \n")


def rows(store: Store, query: str) -> list[tuple[object, ...]]:
    return store.connection.execute(query).fetchall()


def test_runs_and_their_outcomes_are_kept(store: Store) -> None:
    run = store.begin_run(SEEN, "live", "0.1.0")
    store.record_outcomes(run, "so_thu", [("article", "new", 3), ("list", "listed", 1)])
    store.record_outcomes(run, "so_thu", [("article", "new", 4)])
    assert rows(store, "SELECT finished FROM runs") == [(None,)]
    store.end_run(run, LATER)
    assert rows(store, "SELECT finished FROM runs") == [(LATER,)]
    assert rows(store, "SELECT kind, outcome, urls FROM outcomes") == [
        ("article", "new", 4), ("list", "listed", 1),
    ]  # fmt: skip


def test_a_portals_declaration_is_renewed(store: Store) -> None:
    store.declare_portal(name="so_thu", province="Thái Bình", state="live")
    store.declare_portal(name="so_thu", state="frozen")
    assert rows(store, "SELECT name, province, state FROM portals") == [("so_thu", "Thái Bình", "frozen")]


def test_a_corpus_of_another_version_is_refused_with_both_versions(tmp_path: Path) -> None:
    path = tmp_path / "corpus.db"
    Store.open(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(OtherVersion, match=r"corpus\.db: .*schema 99, this one reads \d+"):
        Store.open(path)


@pytest.mark.parametrize("content", [b"<html>" * 100, b"SQLite format 3\0" + b"\xff" * 500])
def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "corpus.db"
    path.write_bytes(content)
    with pytest.raises(NotACorpus, match=r"corpus\.db: not a corpus .*name another"):
        Store.open(path)
    assert path.read_bytes() == content


def test_another_programs_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "corpus.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    content = path.read_bytes()
    with pytest.raises(NotACorpus, match="not a tinso corpus"):
        Store.open(path)
    assert path.read_bytes() == content


def test_a_missing_corpus_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NoCorpus, match="run 'tinso crawl'"):
        schema.open_corpus(tmp_path / "corpus.db")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_directory_that_cannot_be_written_is_an_error_at_once(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(sqlite3.OperationalError):
        Store.open(tmp_path / "corpus.db")
    assert tmp_path / "corpus.db" not in Store._open


def test_a_reader_cannot_write(store: Store) -> None:
    with (
        schema.open_corpus(store.path, read_only=True) as reader,
        pytest.raises(sqlite3.OperationalError, match="readonly"),
    ):
        reader.execute("DELETE FROM articles")


@given(LETTERS, LETTERS)
def test_lead_and_body_have_the_words_apart_that_they_have_together(
    lead: str | None, body: str | None
) -> None:
    together = ("" if lead is None else f"{lead}\n") + (body or "")
    assert schema.exact_words("", lead, body) == ("", exact(together))
