"""Databases of earlier releases are brought up to date where they lie."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from crawler.frontier import Frontier
from crawler.target import Target
from pipelines import database, schema
from pipelines.exceptions import OtherVersion
from pipelines.schema import open_corpus
from pipelines.verify import problems

RELEASES = Path(__file__).parent / "releases"


def released(name: str, folder: Path) -> Path:
    """Return a database as a release left it: `corpus-1` gives corpus.db."""
    path = folder / f"{name.partition('-')[0]}.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((RELEASES / f"{name}.sql").read_text("utf-8"))
    return path


def shape(connection: sqlite3.Connection) -> set[tuple[object, ...]]:
    """Return every table and view with its columns, and every index; in what order does not matter."""
    columns = connection.execute(
        'SELECT m.type, m.name, c.name, c.type, c."notnull", c.pk FROM sqlite_master m '
        "JOIN pragma_table_xinfo(m.name) c WHERE m.type IN ('table', 'view')"
    )
    indexes = connection.execute(
        "SELECT m.type, m.name, m.tbl_name, group_concat(i.name) FROM sqlite_master m "
        "JOIN pragma_index_info(m.name) i WHERE m.type = 'index' GROUP BY m.name"
    )
    return {*columns, *indexes}


def content(connection: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    names = [
        name
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        if not name.startswith("articles_fts")
    ]
    return {name: connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall() for name in names}


def found(connection: sqlite3.Connection, query: str) -> list[str]:
    return [str(hit) for hit in connection.execute(
        "SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?", (query,)
    )]  # fmt: skip


@pytest.mark.parametrize(("release", "articles"), [("corpus-1", 2), ("corpus-2", 3)])
def test_a_released_corpus_becomes_what_a_new_one_is_and_loses_nothing(
    tmp_path: Path, release: str, articles: int
) -> None:
    path = released(release, tmp_path)
    with closing(sqlite3.connect(path)) as before:
        kept, hits = content(before), found(before, "chi bộ")
    with (
        closing(open_corpus(path)) as upgraded,
        closing(open_corpus(tmp_path / "new.db", create=True)) as new,
    ):
        assert shape(upgraded) == shape(new)
        now = content(upgraded)
        assert {name: [row[: len(kept[name][0])] for row in now[name]] for name in kept if kept[name]} == {
            name: rows for name, rows in kept.items() if rows
        }
        assert found(upgraded, "chi bộ") == hits and len(hits) == articles
        assert list(problems(upgraded, lambda file, offset: True)) == []


def test_the_first_releases_state_becomes_what_a_new_one_is_and_goes_on(tmp_path: Path) -> None:
    path = released("state-1", tmp_path)
    with closing(Frontier(path)) as upgraded, closing(Frontier(tmp_path / "new.db")) as new:
        assert shape(upgraded.connection) == shape(new.connection)
        assert [target.url for target in upgraded.waiting("so_thu")] == ["http://so.example.vn/bai-3.html"]
        assert len(list(upgraded.read_articles())) == 2
        assert upgraded.walked("so_thu", "http://so.example.vn/cong-tac-dang")


def test_what_the_second_releases_kills_left_unclaimed_is_found_by_its_address(tmp_path: Path) -> None:
    path, page = released("state-2", tmp_path), "http://so.example.vn/bai-2.html"
    with closing(Frontier(path)) as upgraded, closing(Frontier(tmp_path / "new.db")) as new:
        assert shape(upgraded.connection) == shape(new.connection)
        upgraded.offer(Target("so_thu", page, "article"), "2023-05-06T08:15:00+07:00")
        record = upgraded.claim("so_thu", page)
        assert record and upgraded.record(record) == ("a.warc.gz", 600)
        assert upgraded.claim("so_thu", "http://so.example.vn/bai-1.html") is None


def test_a_reader_too_gets_the_version_of_today(tmp_path: Path) -> None:
    path = released("corpus-1", tmp_path)
    with closing(open_corpus(path, read_only=True)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (schema.VERSION,)
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            connection.execute("DELETE FROM articles")


def made(path: Path, steps: tuple[str, ...]) -> tuple[int, int]:
    with closing(sqlite3.connect(path)) as connection:
        return database.identity(
            connection,
            application=7,
            version=1 + len(steps),
            schema="CREATE TABLE things (name TEXT)",
            make=True,
            steps=steps,
        )


def columns(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [row[1] for row in connection.execute("PRAGMA table_info(things)")]


def test_steps_are_taken_in_order_from_where_the_file_is_and_never_twice(tmp_path: Path) -> None:
    path = tmp_path / "things.db"
    assert made(path, ()) == (7, 1)
    first = "ALTER TABLE things ADD COLUMN size;\nUPDATE things SET size = 1;"
    assert made(path, (first,)) == (7, 2)
    assert made(path, (first, "ALTER TABLE things RENAME COLUMN size TO length")) == (7, 3)
    assert made(path, (first, "ALTER TABLE things RENAME COLUMN size TO length")) == (7, 3)
    assert columns(path) == ["name", "length"]


def test_a_step_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "things.db"
    made(path, ())
    with pytest.raises(sqlite3.OperationalError):
        made(path, ("ALTER TABLE things ADD COLUMN size;\nALTER TABLE nothing ADD COLUMN size;",))
    assert columns(path) == ["name"]
    assert made(path, ("ALTER TABLE things ADD COLUMN size",)) == (7, 2)


def test_another_programs_file_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "things.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("CREATE TABLE things (name TEXT); PRAGMA user_version = 1")
    assert made(path, ("ALTER TABLE things ADD COLUMN size",)) == (0, 1)
    assert columns(path) == ["name"]


def test_a_newer_corpus_is_refused_by_readers_and_writers(tmp_path: Path) -> None:
    path = tmp_path / "corpus.db"
    open_corpus(path, create=True).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    for read_only in (False, True):
        with pytest.raises(OtherVersion, match="use that version, or rebuild"):
            open_corpus(path, read_only=read_only)
