"""`tinso reprocess --only STAGE`: one stage over the articles as they are stored, in place."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import made_up
import pytest

from pipelines.restage import RESTAGED, restage
from pipelines.schema import open_corpus
from pipelines.store import Store
from pipelines.verify import problems
from tests.crawling import every_row, tinso


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data directory with the made-up articles, one of them printed by another portal as well."""
    made_up.fill(tmp_path / "corpus.db", hostile=True)
    (tmp_path / "archive").mkdir()
    store = Store.open(tmp_path / "corpus.db")
    copied = replace(
        made_up.articles()[5], url="http://stttt.bacson.example/in-lai", portal="bac_son_stttt", asset="99"
    )
    made_up.put(store, copied, "2025-06-02T05:10:00+07:00")
    store.close()
    return tmp_path


def whole(data: Path) -> bool:
    """True where the corpus is whole, its index that of a fresh one."""
    with closing(open_corpus(data / "corpus.db")) as connection:
        return list(problems(connection)) == []


def test_a_stage_alone_gives_back_what_it_had_given_and_nothing_else_changes(data: Path) -> None:
    before = every_row(data)
    with sqlite3.connect(data / "corpus.db") as connection:
        connection.execute("UPDATE articles SET is_party = NULL, party_score = 0.3 WHERE id % 2")
        connection.execute("DELETE FROM activities WHERE article % 2")
        (odd,) = connection.execute("SELECT count(*) FROM articles WHERE id % 2").fetchone()
    process = tinso("reprocess", "--only", "classify", "--data", data)
    assert process.returncode == 0, process.stderr
    total = before["articles"].total()
    assert process.stdout.strip() == f"classify: {odd} of {total} articles changed"
    assert every_row(data) == before
    again = tinso("reprocess", "--only", "classify", "--portal", "bac_son_stttt", "--data", data)
    assert again.stdout.startswith("classify: 0 of ")
    assert whole(data)


@pytest.mark.parametrize("stage", [*sorted(RESTAGED), "duplicates"])
def test_every_stage_that_can_run_alone_finds_its_own_work_done(data: Path, stage: str) -> None:
    before = every_row(data)
    process = tinso("reprocess", "--only", stage, "--data", data)
    assert process.stdout.startswith(f"{stage}: 0 of "), process.stdout + process.stderr
    assert every_row(data) == before
    assert before["links"] and before["people"]


def test_a_stage_that_changes_words_changes_the_index_and_makes_no_revision(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spelt(article: Any, context: Any) -> Any:
        article.headline = f"{article.headline} – bổ sung"
        return article

    monkeypatch.setitem(RESTAGED, "normalise", spelt)
    store = Store.open(data / "corpus.db")
    revisions = store.connection.execute("SELECT count(*) FROM revisions").fetchone()
    seen = store.connection.execute("SELECT id, revision, first_seen, last_seen FROM articles").fetchall()
    batches = list(restage(store, "normalise"))
    assert sum(batch.changed for batch in batches) == len(seen)
    assert store.connection.execute("SELECT count(*) FROM revisions").fetchone() == revisions
    assert (
        store.connection.execute("SELECT id, revision, first_seen, last_seen FROM articles").fetchall()
        == seen
    )
    store.close()
    assert whole(data)


def test_an_article_on_which_a_stage_fails_stays_as_it_was(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(article: Any, context: Any = None) -> Any:
        article.is_party = None
        raise KeyError("a defect")

    failing.__name__ = "classify"

    before = every_row(data)
    store = Store.open(data / "corpus.db")
    for stage in ("normalise", "classify"):
        monkeypatch.setitem(RESTAGED, stage, failing)
        assert all(batch.failed == batch.articles for batch in restage(store, stage))
    flags = store.connection.execute(
        "SELECT DISTINCT quality_flags FROM articles WHERE quality_flags NOT LIKE '%failed%'"
    )
    assert flags.fetchall() == []
    store.connection.execute("UPDATE articles SET quality_flags = json_remove(quality_flags, '$[#-1]')")
    store.close()
    assert every_row(data) == before
