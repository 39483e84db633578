"""What `pipelines.search` and the selection behind it promise."""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import made_up
import pytest

from pipelines.schema import open_corpus
from pipelines.search import Order
from pipelines.search import search as search_corpus
from pipelines.selection import PAGE, Selection, UnknownName, select


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    path: Path = made_up.fill(tmp_path_factory.mktemp("search") / "corpus.db")
    connection = open_corpus(path, read_only=True)
    yield connection
    connection.close()


def search(
    connection: sqlite3.Connection, selection: Selection, *, limit: int = 100, order: Order = "best"
) -> list[dict[str, Any]]:
    return search_corpus(connection, selection, limit=limit, order=order).articles


def test_every_way_of_typing_finds_the_same_articles(corpus: sqlite3.Connection) -> None:
    marked = [found["id"] for found in search(corpus, Selection("đảng bộ"), limit=100)]
    assert marked
    for typed in ("Đảng bộ", "ĐẢNG BỘ", unicodedata.normalize("NFD", "Đảng bộ"), "  đảng   bộ  "):
        assert [found["id"] for found in search(corpus, Selection(typed), limit=100)] == marked
    assert set(marked) <= {found["id"] for found in search(corpus, Selection("dang bo"), limit=100)}


def test_results_come_newest_first_and_not_more_than_asked(corpus: sqlite3.Connection) -> None:
    ids = [found["id"] for found in search(corpus, Selection("dong chi"), limit=5, order="newest")]
    assert len(ids) == 5
    assert ids == sorted(ids, reverse=True)


def test_snippet_shows_original_text_with_the_matched_words_marked(corpus: sqlite3.Connection) -> None:
    found = search_corpus(corpus, Selection('"quy che lam viec"'), limit=1, marks=("<", ">")).articles[0]
    assert "<quy chế làm việc>" in found["snippet"]


def test_conditions_narrow_the_search(corpus: sqlite3.Connection) -> None:
    everything = search(corpus, Selection("đảng"), limit=100)
    narrowed = search(corpus, Selection("đảng", portal="bac_son_stttt", since="2018-01-01"), limit=100)
    assert narrowed
    assert narrowed == [
        found
        for found in everything
        if found["portal"] == "bac_son_stttt" and (found["date_published"] or "") >= "2018-01-01"
    ]
    party, other = (search(corpus, Selection("đảng", party=answer), limit=100) for answer in (True, False))
    assert party
    assert {found["id"] for found in (*party, *other)} == {found["id"] for found in everything}


def test_province_may_be_typed_without_marks_and_by_its_new_name(corpus: sqlite3.Connection) -> None:
    old = search(corpus, Selection("chi bo", province="thuan hai"), limit=100)
    assert old
    assert old == search(corpus, Selection("chi bo", province="Khánh Hòa"), limit=100)


@pytest.mark.parametrize("condition", [{"province": "Thuận Hả"}, {"portal": "bac_son_sttt"}])
def test_unknown_name_is_an_error_that_suggests_the_nearest(
    corpus: sqlite3.Connection, condition: dict[str, str]
) -> None:
    with pytest.raises(UnknownName, match=r"Thuận Hải|bac_son_stttt"):
        search(corpus, Selection("chi bộ", **condition), limit=1)  # type: ignore[arg-type]


@pytest.mark.parametrize("typed", ["", " ", '"', "-", "' OR 1=1 --", "xyzzy"])
def test_what_matches_nothing_finds_nothing(corpus: sqlite3.Connection, typed: str) -> None:
    assert search(corpus, Selection(typed), limit=10) == []


def test_where_no_article_has_every_word_those_with_most_are_found_and_it_is_said(
    corpus: sqlite3.Connection,
) -> None:
    found = search_corpus(corpus, Selection("chi bộ xyzzy"), limit=5)
    assert found.articles
    assert not found.is_whole
    assert search_corpus(corpus, Selection("chi bộ"), limit=5).is_whole


def test_paging_meets_every_article_once(corpus: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.selection.PAGE", 4)
    assert PAGE != 4
    for selection in (Selection(), Selection(query="chi bo")):
        pages = list(select(corpus, selection))
        ids = [key for page in pages for key in page]
        assert len(pages) > 2
        assert ids == sorted(set(ids))
        newest = [key for page in select(corpus, selection, newest_first=True, limit=10) for key in page]
        assert newest == ids[::-1][:10]
