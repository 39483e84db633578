"""What is suggested while somebody types: fitting names, the best first, however they are typed."""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.names import folded, magnitude, typed_words, words_of
from pipelines.schema import open_corpus
from pipelines.suggest import SHOWN, Typed, suggest
from pipelines.text import fold

KNOWN = [
    ("person", "Nguyễn Văn An", 40),
    ("person", "Nguyễn Thị Hòa", 12),
    ("person", "NGUYỄN THỊ HÒA", 3),
    ("person", "Lê Hoà Bình", 5),
    ("person", "An Nguyên", 1),
    ("organisation", "Đảng ủy Sở Nội vụ", 900),
    ("organisation", "Ban Thường vụ Đảng ủy Khối", 30),
    ("organisation", "Sở Nội vụ Nguyên Bình", 2),
    ("document", "05-CT/TW", 70),
    ("document", "12-NQ/TU", 8),
    ("province", "Thanh Hóa", 200),
    ("province", "Hòa Bình", 100),
    ("activity", "dai_hoi", 300),
]


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    path: Path = tmp_path_factory.mktemp("suggest") / "corpus.db"
    with closing(open_corpus(path, create=True)) as connection:
        for kind, name, articles in KNOWN:
            connection.execute("INSERT INTO names VALUES (?, ?, ?, ?)", (kind, name, folded(name), articles))
            connection.executemany(
                "INSERT INTO name_words VALUES (?, ?, ?, ?)",
                [(word, magnitude(articles), kind, name) for word in typed_words(kind, name)],
            )
        connection.execute("PRAGMA foreign_keys = OFF")
        for article, office in ((1, "Bí thư Đảng ủy Sở Nội vụ"), (2, None)):
            connection.execute(
                "INSERT INTO people VALUES (?, 1, 'Nguyễn Thị Hòa', ?, NULL, 0, 1, 'article_body')",
                (article, office),
            )
        connection.commit()
        yield connection


def names(connection: sqlite3.Connection, typed: str) -> list[str]:
    return [each.name for each in suggest(connection, typed)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("nguyen v", "Nguyễn Văn An"),
        ("NGUYỄN TH", "Nguyễn Thị Hòa"),
        ("nguyễn thị hoà", "Nguyễn Thị Hòa"),
        (unicodedata.normalize("NFD", "nguyễn thị hòa"), "Nguyễn Thị Hòa"),
        ("dang uy", "Đảng ủy Sở Nội vụ"),
        ("noi v", "Đảng ủy Sở Nội vụ"),
        ("05-ct", "05-CT/TW"),
        ("5-CT/T", "05-CT/TW"),
        ("chi thi 05", "05-CT/TW"),
        ("nghi quyet", "12-NQ/TU"),
        ("thanh h", "Thanh Hóa"),
        ("tỉnh Thanh Hoá", "Thanh Hóa"),
        ("dai h", "dai_hoi"),
        ("bi thu nguyen", "Nguyễn Thị Hòa"),
        ("đồng chí nguyễn văn", "Nguyễn Văn An"),
        ("người:hoa", "Nguyễn Thị Hòa"),
        ("van ban: 05", "05-CT/TW"),
    ],
)
def test_the_name_meant_stands_first(known: sqlite3.Connection, typed: str, first: str) -> None:
    assert names(known, typed)[0] == first


@pytest.mark.parametrize(
    "typed", ["", "n", "  ", "xyzzy", '"', "người:", "năm:2015", "%_", "\0\0", "-" * 200]
)
def test_what_says_too_little_or_fits_nothing_suggests_nothing(known: sqlite3.Connection, typed: str) -> None:
    assert suggest(known, typed) == []


def test_names_that_differ_in_case_or_tone_placement_are_one(known: sqlite3.Connection) -> None:
    assert names(known, "nguyen thi hoa") == ["Nguyễn Thị Hòa"]


def test_a_province_at_the_end_leaves_the_rest_as_the_query(known: sqlite3.Connection) -> None:
    first = suggest(known, "đại hội chi bộ thanh hoa")[0]
    assert (first.kind, first.name, first.before) == ("province", "Thanh Hóa", "đại hội chi bộ")


def test_no_kind_takes_the_room_of_another(known: sqlite3.Connection) -> None:
    kinds = [each.kind for each in suggest(known, "nguyen")]
    assert "organisation" in kinds and kinds.count("person") == 3


def test_behind_an_operator_stand_names_of_its_kind(known: sqlite3.Connection) -> None:
    found = suggest(known, "đại hội người:nguyen")
    assert {each.kind for each in found} == {"person"}
    assert {each.before for each in found} == {"đại hội"}


def test_of_an_unfinished_word_only_those_that_it_may_become_are_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipelines.suggest._LOOKED_AT", 2)
    words = [("nga",), ("ngo",), *((f"x{number}",) for number in range(5000))]
    with closing(open_corpus(tmp_path / "corpus.db", create=True)) as connection:
        connection.executemany("INSERT INTO names VALUES ('person', ?1, ?1, 1)", words)
        connection.executemany("INSERT INTO name_words VALUES (?1, 1, 'person', ?1)", words)
        looks: list[None] = []
        connection.set_progress_handler(lambda: looks.append(None), 1000)  # operations of SQLite's machine
        assert names(connection, "ng") == ["nga", "ngo"]
        assert len(looks) < 10


def test_typed_marks_put_their_names_first(known: sqlite3.Connection) -> None:
    assert names(known, "nguyên")[0] in {"An Nguyên", "Sở Nội vụ Nguyên Bình"}
    assert names(known, "nguyen")[0] == "Nguyễn Văn An"


@given(st.sampled_from(KNOWN), st.data())
def test_every_beginning_of_a_name_suggests_it(
    known: sqlite3.Connection, one: tuple[str, str, int], data: st.DataObject
) -> None:
    kind, name, _ = one
    length = data.draw(st.integers(2, len(name)))
    typed = data.draw(st.sampled_from((name, fold(name), name.upper())))[:length]
    if kind == "activity" or sum(map(len, words_of(typed))) < 2:
        return
    found = suggest(known, typed)
    assert (kind, fold(name)) in {(each.kind, fold(each.name)) for each in found}
    assert len(found) <= SHOWN


@given(st.text(max_size=100))
def test_nothing_that_is_typed_is_an_error(known: sqlite3.Connection, typed: str) -> None:
    for each in suggest(known, typed):
        assert each.articles > 0


@given(st.text(alphabet="aăâđeêoôơuưynhtAĂ áàảạ-/05", min_size=2, max_size=20), st.integers(1, 19))
def test_a_name_fits_each_of_its_beginnings(name: str, length: int) -> None:
    typed = Typed.of(name[:length])
    if typed.words and words_of(name)[: len(typed.words) - 1] == typed.words[:-1]:
        assert typed.fit(name, "person") is not None
