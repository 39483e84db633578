"""However much is asked, a page in words comes, and soon: time is bounded, nothing is an error."""

from __future__ import annotations

import random
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

import pytest
from reader import Reader, words_of

from benchmarks.make_corpus import make_corpus
from pipelines.ladder import ladder
from pipelines.patience import keys_within
from pipelines.query import fts_expression, parse
from pipelines.schema import open_corpus
from pipelines.selection import Selection, newest
from web.__main__ import _listen

_COMMON = "đảng bộ và của các được cho trong hội công tác đại biểu chi ủy viên tỉnh ngày năm có là không"
_CHANCE = random.Random(1)
_MANY = _CHANCE.choices(_COMMON.split(), k=1000)
WORST = {
    "a thousand words": " ".join(_MANY),
    "a thousand different words": " ".join(f"{word}{n}" for n, word in enumerate(_MANY)),
    "signs of other engines": 'a* OR b* NEAR(c d, 3) AND NOT (x) ^y {headline}: z + "a" + "b" \\ % _',
    "300 words to leave out": "đảng " + " ".join(f"-{word}" for word in _MANY[:300]),
    "nothing but words to leave out": " ".join(f"-{word}" for word in _COMMON.split()),
    "a phrase of common words": f'"{" ".join(_MANY[:60])}"',
    "sixty phrases": " ".join(
        f'"{one} {other}"' for one, other in zip(_MANY[:60], _MANY[60:120], strict=True)
    ),
    "every operator": " ".join(
        f'tỉnh:{place} năm:1000-9999 người:"{place} a b" văn bản:05-CT/TW' for place in ("Huế", "Hà Nội", "x")
    ),
    "dates": " ".join(f"{day}/{day}/2015" for day in range(1, 13)),
    "abbreviations": " ".join(["ubnd", "hđnd", "tt&tt", "bch", "btv"] * 9),
    "words of two spellings": " ".join(["kỷ", "lý", "mỹ", "sỹ", "hy", "tỷ", "quý"] * 9),
    "quotation marks": '"' * 500,
    "brackets": "(" * 500 + ")" * 500,
    "nothing printable": "a\x00b \ud83d",
    "one long word": "đ" * 3000,
}
FILTERS = {
    "none": {},
    "all": {"tinh": "Hà Nội", "nam": "2015", "loai": "dai_hoi", "dang": "1", "nguoi": "a", "van-ban": "b"},
    "the last page": {"xep": "moi", "trang": "40"},
}


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("large")
    make_corpus(directory, 400)
    return directory / "corpus.db"


@pytest.fixture(scope="module")
def reader_of_many(large: Path) -> Iterator[Reader]:
    reader = Reader(large)
    yield reader
    reader.close()


@pytest.fixture
def connection(large: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_corpus(large, read_only=True)) as connection:
        yield connection


@pytest.mark.parametrize("typed", WORST.values(), ids=list(WORST))
@pytest.mark.parametrize("filters", FILTERS.values(), ids=list(FILTERS))
def test_the_worst_that_can_be_typed_ends_with_a_page_in_words(
    reader_of_many: Reader, typed: str, filters: dict[str, str]
) -> None:
    asked = urlencode({"q": typed, **filters}, errors="replace")
    page = reader_of_many.get(f"/tim?{asked}")
    assert page.status_code == 200
    assert len(page.content) < 1_000_000


@pytest.mark.parametrize("suffix", [".json", ".atom", ".feed.json", ".csv", ".ndjson"])
def test_so_do_feeds_and_data(reader_of_many: Reader, suffix: str) -> None:
    asked = urlencode({"q": WORST["sixty phrases"]})
    assert reader_of_many.get(f"/tim{suffix}?{asked}").status_code == 200


def test_what_a_statement_found_in_its_time_is_kept(connection: sqlite3.Connection) -> None:
    numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"
    rows = keys_within(connection, 0.02, numbers, {})
    assert rows.is_cut
    assert rows.keys == list(range(1, len(rows.keys) + 1))
    assert not keys_within(connection, 0.02, f"{numbers} LIMIT 3", {}).is_cut


def test_a_search_of_the_index_can_be_ended(connection: sqlite3.Connection) -> None:
    phrase = fts_expression(WORST["a phrase of common words"])
    rows = keys_within(
        connection, 0.0, "SELECT rowid FROM articles_fts WHERE articles_fts MATCH :e", {"e": phrase}
    )
    assert rows.is_cut


def test_the_connection_is_as_before_afterwards(connection: sqlite3.Connection) -> None:
    keys_within(connection, 0.0, "SELECT a.id FROM articles a, json_each('[1,2,3]')", {})
    assert connection.execute("SELECT count(*) FROM articles, json_each('[1,2,3]')").fetchone() == (1200,)


def test_a_search_that_was_ended_says_so(reader_of_many: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = urlencode({"q": "đảng bộ công tác"})
    said = "//*[@role='status']"
    assert not any(
        "các bài mới nhất" in words_of(note) for note in reader_of_many.page(f"/tim?{asked}").xpath(said)
    )
    monkeypatch.setattr("pipelines.search.SECONDS", 0.0)
    monkeypatch.setattr("pipelines.search.LEAST", 0.0)
    notes = reader_of_many.page(f"/tim?{asked}").xpath(said)
    assert any("chỉ kịp xem các bài mới nhất" in words_of(note) for note in notes)
    assert reader_of_many.get(f"/tim.json?{asked}").json()["looked_through_all"] is False


def test_what_the_index_rules_out_is_what_the_conditions_rule_out(connection: sqlite3.Connection) -> None:
    """A person, body, province or year beside a query asks the index too, and finds no less for it."""
    (expression,) = [step.expression for step in ladder(parse("đảng")) if step.name == "all"]
    every = set(newest(connection, Selection("đảng"), 1000).keys)
    for field, query in (
        ("person", "SELECT name, group_concat(DISTINCT article) FROM people GROUP BY 1"),
        ("organisation", "SELECT name, group_concat(DISTINCT article) FROM organisations GROUP BY 1"),
        (
            "province_then",
            "SELECT province, group_concat(id) FROM articles WHERE province NOT NULL GROUP BY 1",
        ),
        ("year", "SELECT year, group_concat(id) FROM articles WHERE year NOT NULL GROUP BY 1"),
    ):
        for value, articles in connection.execute(query).fetchall()[:40]:
            selection = Selection("đảng", **{field: value})
            found = newest(connection, selection, 1000, expression=expression).keys
            assert set(found) == every & set(map(int, articles.split(","))), (field, value)


def test_a_page_does_not_wait_for_its_headers_to_be_acknowledged() -> None:
    with closing(_listen("127.0.0.1", 0)) as listener:
        assert listener.proto == socket.IPPROTO_TCP


def test_counts_are_of_the_newest_and_say_so(reader_of_many: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.search_page.FACETED", 20)
    monkeypatch.setattr("web.search_page.COUNTED", 50)
    page = reader_of_many.page("/tim")
    assert words_of(page.xpath("//*[@aria-live='polite']")[0]) == "hơn 50 bài"
    assert "Số đếm tính trên 20 bài mới nhất" in words_of(page.xpath("//aside[@id='loc']")[0])
