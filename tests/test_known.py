"""Where a name behind an operator ends, over names that the corpus knows."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import made_up
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.known import settled
from pipelines.query import parse
from pipelines.schema import open_corpus
from pipelines.search import search
from pipelines.selection import Selection


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    path: Path = made_up.fill(tmp_path_factory.mktemp("known") / "corpus.db")
    with closing(open_corpus(path, read_only=True)) as connection:
        yield connection


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("người:lê thanh bình đại hội", [("person", "lê thanh bình"), ("text", "đại"), ("text", "hội")]),
        ("nguoi:le thanh binh dai hoi", [("person", "le thanh binh"), ("text", "dai"), ("text", "hoi")]),
        ("người:Lê Thanh Bình Đại hội", [("person", "lê thanh bình"), ("text", "đại"), ("text", "hội")]),
        ("người:Vũ Thị Lan đại hội", [("person", "vũ thị lan"), ("text", "đại"), ("text", "hội")]),
        ("người:vu thi lan", [("person", "vu thi lan")]),
        ('người:"vu thi" lan', [("person", "vu thi"), ("text", "lan")]),
        ("người:Lê Thanh Bình năm:2015", [("person", "lê thanh bình"), ("year", "2015")]),
        ("tỉnh:thuan hai dai hoi", [("place", "thuan hai"), ("text", "dai"), ("text", "hoi")]),
        ("tỉnh:thanh hoa dai", [("place", "thanh hóa"), ("text", "dai")]),
        ("tỉnh:Thanh Hóa Đại hội", [("place", "thanh hóa"), ("text", "đại"), ("text", "hội")]),
        ("tỉnh:Nam Hải đại", [("place", "nam hải"), ("text", "đại")]),
        ("lê thanh bình", [("text", "lê"), ("text", "thanh"), ("text", "bình")]),
    ],
)
def test_a_name_ends_where_it_is_known_to_end(
    corpus: sqlite3.Connection, typed: str, asked: list[tuple[str, str]]
) -> None:
    terms = parse(settled(corpus, typed)).wanted
    assert [(term.kind, " ".join(term.phrases[0].words)) for term in terms] == asked


def test_a_person_and_more_words_find_what_has_both(corpus: sqlite3.Connection) -> None:
    found = search(corpus, Selection("nguoi:le thanh binh dai hoi"), limit=5)
    assert found.is_whole and found.articles
    assert "**Lê Thanh Bình**" in found.articles[0]["snippet"] + found.articles[0]["headline_marked"]


@given(st.text(alphabet='người:tỉnh"- lethanhbin\n“', max_size=40))
def test_settling_never_adds_or_loses_a_word(corpus: sqlite3.Connection, typed: str) -> None:
    def words(text: str) -> str:
        return "".join("".join(term.phrases[0].words) for term in parse(text).wanted)

    assert words(settled(corpus, typed)) == words(typed)
