"""docs/schema.md tells what every column means, and is that of today's schema."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import made_up
import pytest

from pipelines.schema import open_corpus
from pipelines.schema_doc import EXAMPLES, PAGE, page, tables


def test_the_page_is_that_of_the_schema() -> None:
    assert PAGE.read_text("utf-8") == page(), "run: python -m pipelines.schema_doc"


def test_every_table_and_view_is_told_of_and_every_column_has_a_meaning(tmp_path: Path) -> None:
    connection = open_corpus(tmp_path / "corpus.db", create=True)
    names = {
        name
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")
        if not re.fullmatch(r"articles_fts\w*_(config|data|docsize|idx)", name)
    }
    connection.close()
    told = tables()
    assert {made.name for made in told} == names
    assert [made.name for made in told if not made.meaning] == []
    assert [
        f"{made.name}.{column.name}" for made in told for column in made.columns if not column.meaning
    ] == []


@pytest.fixture(scope="module")
def some(tmp_path_factory: pytest.TempPathFactory) -> sqlite3.Connection:
    return open_corpus(made_up.fill(tmp_path_factory.mktemp("doc") / "corpus.db"), read_only=True)


@pytest.mark.parametrize("question", EXAMPLES)
def test_every_question_has_an_answer(some: sqlite3.Connection, question: str) -> None:
    rows = some.execute(EXAMPLES[question]).fetchall()
    # The made-up articles cite no document of that number, and none is printed twice.
    assert rows or question.startswith(("Who cites a document", "What was printed most often"))
