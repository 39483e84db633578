"""What the search box understands, over a real index; and what of a text is shown for it."""

from __future__ import annotations

import sqlite3
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines import typed_document, typed_together
from pipelines.query import NOTHING, fts_expression, phrases
from pipelines.snippet import highlight, snippet
from pipelines.text import exact, fold
from tests.timing import is_linear


def index_of(*texts: str) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute(
        "CREATE VIRTUAL TABLE t USING fts5(headline, body, headline_folded, body_folded, meta, "
        'tokenize="unicode61 remove_diacritics 0")'
    )
    for number, text in enumerate(texts, start=1):
        row = (number, "", exact(text), "", fold(text), "")
        connection.execute(
            "INSERT INTO t(rowid, headline, body, headline_folded, body_folded, meta) VALUES (?,?,?,?,?,?)",
            row,
        )
    return connection


def found(connection: sqlite3.Connection, query: str) -> set[int]:
    return {
        row[0] for row in connection.execute("SELECT rowid FROM t WHERE t MATCH ?", (fts_expression(query),))
    }


TEXTS = index_of(
    "Đảng bộ tỉnh Khánh Hòa",
    "Đang bộ hành quân",
    "Chỉ thị số 05-CT/TW ngày 15/5/2016",
    "Ủy ban nhân dân; thủy lợi, quý II",
    "Bộ Chính trị và Đảng ủy",
)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("dang bo", {1, 2, 5}),
        ("đảng bộ", {1, 5}),
        (unicodedata.normalize("NFD", "Đảng bộ"), {1, 5}),
        ("Ðảng bộ", {1, 5}),  # U+00D0, as some keyboards type it
        ('"đảng bộ"', {1}),
        ("“đảng bộ”", {1}),
        ("khánh hoà", {1}),
        ("khanh hoa", {1}),
        ("uỷ ban thuỷ lợi", {4}),
        ("05-CT/TW", {3}),
        ("05 ct tw", {3}),
        ("TW/05-CT", set()),
        ("15/5/2016", {3}),
        ("đảng bo", {1, 5}),
        ("khánh hoa", {1}),
        ("khánh hoà", {1}),
        ("đãng bộ", set()),
        ("", set()),
        ("“”…-—*^:(){}+", set()),
        ("AND OR NOT NEAR", set()),
    ],
)
def test_query_finds(query: str, expected: set[int]) -> None:
    assert found(TEXTS, query) == expected


BESIDE = index_of("Chi bộ tổ chức đại hội", "Chi bộ tổ chức đại hội", "Chi bộ kết nạp đảng viên")
for _rowid, _meta in enumerate(
    ("Thanh Hóa thanh hoa 24/04/2015", "Hà Nội ha noi 24/04/2020", "Hà Nội"), start=1
):
    BESIDE.execute("UPDATE t SET meta = ? WHERE rowid = ?", (exact(_meta), _rowid))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("tỉnh:Thanh Hóa", {1}),
        ("chi bo tinh:thanh hoa dai hoi", {1}),
        ('tỉnh:"ha noi" chi bộ', {2, 3}),
        ("TỈNH: Hà Nội năm:2020", {2}),
        ("chi bộ năm:2014-2016", {1}),
        ("chi bộ năm:2016-2014", {1}),
        ("nam:2014-2030", {1, 2}),
        ("chi bộ -đại", {3}),
        ('chi bộ -"kết nạp"', {1, 2}),
        ("chi bộ -tỉnh:Hà Nội", {1}),
        ("-đại", set()),  # everything but is no question
        ("năm:Hà", {2, 3}),
        ("chi-bộ", {1, 2, 3}),
    ],
)
def test_operators_say_where_a_word_belongs(query: str, expected: set[int]) -> None:
    assert found(BESIDE, query) == expected


WRITTEN = index_of(
    "UBND tỉnh họp",
    "Ủy ban nhân dân tỉnh họp",
    "Ngày 5 tháng 4 năm 2015",
    "ngày 05/04/2015",
    "Ông Nguyễn Văn A dự",
    "Nguyễn Văn dự, ông A",
    "Sở TT&TT",
    "Sở Thông tin và Truyền thông",
)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("ubnd", {1, 2}),
        ("ủy ban nhân dân", {1, 2}),
        ("uỷ ban nhan dan tinh", {1, 2}),
        ("5/4/2015", {3, 4}),
        ("05-04-2015", {3, 4}),
        ("người:Nguyễn Văn A", {5}),
        ("nguoi: nguyen van a", {5}),
        ("nguyễn văn a", {5, 6}),
        ("sở tt&tt", {7, 8}),
        ("so thong tin va truyen thong", {7, 8}),
        ("stttt", {7, 8}),
    ],
)
def test_what_is_written_in_two_ways_is_found_by_either(query: str, expected: set[int]) -> None:
    assert found(WRITTEN, query) == expected


@given(st.text(alphabet=st.characters(), max_size=60))
def test_nothing_that_can_be_typed_is_an_error(query: str) -> None:
    found(TEXTS, query)


@given(
    st.lists(
        st.sampled_from(
            [
                '"',
                "đảng",
                "dang",
                "AND",
                "OR",
                "NOT",
                "NEAR(",
                ")",
                "*",
                "-",
                "headline:",
                "^",
                "{",
                "\0",
                "\ud800",
                " ",
            ]
        )
    )
)
def test_no_fts5_syntax_leaks_through(parts: list[str]) -> None:
    found(TEXTS, "".join(parts))


def test_only_punctuation_is_an_expression_that_matches_nothing() -> None:
    assert fts_expression('"-"') == NOTHING


def test_a_pasted_article_is_cut_to_a_bounded_query() -> None:
    expression = fts_expression(" ".join(f"từ{number}" for number in range(5000)))
    assert len(phrases(" ".join(map(str, range(5000))))) == 64
    TEXTS.execute("SELECT rowid FROM t WHERE t MATCH ?", (expression,)).fetchall()


def marked(pieces: list[tuple[str, bool]]) -> str:
    return "".join(f"[{text}]" if hit else text for text, hit in pieces)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("dang bo", "[Đảng bộ] tỉnh Khánh Hoà, Đảng ủy"),
        ("đảng", "[Đảng] bộ tỉnh Khánh Hoà, [Đảng] ủy"),
        ("đang", "Đảng bộ tỉnh Khánh Hoà, Đảng ủy"),
        ("khánh hòa", "Đảng bộ tỉnh [Khánh Hoà], Đảng ủy"),
        ('"hoa dang"', "Đảng bộ tỉnh Khánh [Hoà, Đảng] ủy"),
        ("đảng bo", "[Đảng bộ] tỉnh Khánh Hoà, Đảng ủy"),
        ("an", "Đảng bộ tỉnh Khánh Hoà, Đảng ủy"),
    ],
)
def test_highlight_marks_the_original_words(query: str, expected: str) -> None:
    assert marked(highlight("Đảng bộ tỉnh Khánh Hoà, Đảng ủy", query)) == expected


def test_snippet_shows_where_most_words_stand_together() -> None:
    text = "chi bộ " + "mở đầu " * 200 + "chi bộ kiểm tra đảng phí " + "kết thúc " * 200
    shown = marked(snippet(text, "dang phi chi bo kiem tra", length=120))
    assert "[chi bộ kiểm tra đảng phí]" in shown
    assert shown.startswith("…\u00a0")
    assert shown.endswith("\u00a0…")


def test_a_syllable_that_stands_alone_is_no_match_where_the_word_is_there() -> None:
    text = "Đại hội Đảng bộ bầu đoàn đại biểu; hội đồng, bộ phận và đảng phí"
    assert marked(highlight(text, "dai hoi dang bo")) == f"[Đại hội Đảng bộ]{text[15:]}"
    assert marked(highlight("hội đồng bầu đại biểu", "dai hoi")) == "[hội] đồng bầu [đại] biểu"
    assert marked(highlight("Thanh Hóa năm 2015", "thanh hoa 2015")) == "[Thanh Hóa] năm [2015]"
    # As a word that was typed twice stands, and one that is spelled in two ways.
    assert marked(highlight("Đảng bộ có 20 đảng viên", "đảng bộ đảng viên")) == "[Đảng bộ] có 20 [đảng viên]"
    assert marked(highlight("Kỷ luật đảng, kỷ niệm", "kỷ luật đảng")) == "[Kỷ luật đảng], kỷ niệm"


def test_snippet_prefers_words_that_stand_as_they_were_typed() -> None:
    text = "cán bộ, đảng viên " + "mở đầu " * 100 + "toàn Đảng bộ tỉnh " + "kết thúc " * 100
    assert "toàn [Đảng bộ] tỉnh" in marked(snippet(text, "dang bo", length=120))


def test_snippet_of_a_text_without_a_match_is_its_beginning() -> None:
    assert marked(snippet("Một đoạn văn ngắn.\nHai.", "xyz")) == "Một đoạn văn ngắn. Hai."


@given(st.text(max_size=300), st.text(max_size=20), st.integers(20, 100))
def test_pieces_are_the_text_itself(text: str, query: str, length: int) -> None:
    assert "".join(piece.text for piece in highlight(text, query)) == text
    shown = (
        "".join(piece.text for piece in snippet(text, query, length=length))
        .removeprefix("… ")
        .removesuffix(" …")
    )
    assert shown in text.replace("\n", " ")


def test_snippets_of_hostile_texts_take_linear_time() -> None:
    assert is_linear(lambda size: snippet("a " * size, "a " * 64), 200_000)
    assert is_linear(lambda size: snippet("a" + "-" * size, '"a a"'), 400_000)
    assert is_linear(lambda size: snippet("a-" * size, '"a a a a a a a b"'), 200_000)


DATED = index_of(
    "Kỷ niệm ngày thương binh liệt sỹ", "Kỉ luật, kĩ năng", "Ngày 18/09/2020", "Tháng 9 năm 2020", "Năm 2020"
)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("liệt sĩ", {1}),
        ("kỉ niệm", {1}),
        ("kỷ luật kỹ năng", {2}),
        ("ky luat", {2}),
        ("người:liệt sĩ", {1}),
        ("tháng 9/2020", {3, 4}),
        ("thang 9 nam 2020", {3, 4}),
        ("9/2020", {3, 4}),
        ("ngày 18 tháng 9 năm 2020", {3}),
        ("năm 2020", {3, 4, 5}),
        ("tháng 13 năm 2020", set()),
    ],
)
def test_spellings_that_are_one(query: str, expected: set[int]) -> None:
    assert found(DATED, query) == expected


CITED = index_of(
    "Chỉ thị số 05-CT/TW ngày 15/5/2016 của Bộ Chính trị",
    "Sơ kết Chỉ thị 05 của Bộ Chính trị",
    "Chỉ thị số 05-CT/TU",
    "Nghị định 15/2020 của Chính phủ",
    "Nghị định số 15/2021/NĐ-CP",
    "Thông tư số 15/2020/TT-BTTTT",
)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("05-CT/TW", {1, 2}),
        ("5-ct/tw", {1, 2}),
        ("chi thi so 05-ct/tw", {1, 2}),
        ("văn bản:05-CT/TW", {1, 2}),
        ("05-CT/TU", {3}),
        ("15/2020/nđ-cp", {4}),
        ("15/2020/TT-BTTTT", {6}),
        ("thông tư 05-CT/TW", set()),
        ("00-CT/TW", set()),
    ],
)
def test_a_documents_number_finds_what_texts_call_it(query: str, expected: set[int]) -> None:
    assert found(CITED, query) == expected


@given(st.text(alphabet=st.sampled_from("0159-/ctwđTW chỉthị số"), max_size=30))
def test_a_documents_spellings_begin_with_what_was_typed(typed: str) -> None:
    assert typed_document.spellings(typed)[:1] in ([], [typed])


@pytest.mark.parametrize(
    ("query", "expected"),
    [("đảng của bộ", {1, 5}), ("tỉnh va dang bo", {1}), ("của", set()), ("tinh cua khanh", set())],
)
def test_little_words_need_not_occur_beside_others(query: str, expected: set[int]) -> None:
    assert found(TEXTS, query) == expected


RUN_TOGETHER = index_of("Hiến máu tình nguyện", "Báo Hà Nội mới", "Nhà nghiêng", "hienmau.vn")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("hiếnmáu", {1}),
        ("hienmau", {1, 4}),
        ("hanoi", {2}),
        ('"hienmau"', {1, 4}),
        ("nghieng", {3}),
        ("tinhnguyenn", set()),
    ],
)
def test_two_syllables_may_be_typed_together(query: str, expected: set[int]) -> None:
    assert found(RUN_TOGETHER, query) == expected


@pytest.mark.parametrize(
    "word", ["nguyễn", "khuyến", "giặc", "quốc", "uống", "khuya", "covid", "online", "UBND"]
)
def test_a_syllable_and_a_foreign_word_are_not_taken_apart(word: str) -> None:
    assert typed_together.apart(word) == []


@given(st.text(max_size=20))
def test_what_is_taken_apart_is_what_was_typed(text: str) -> None:
    assert all(each.replace(" ", "") == exact(text) for each in typed_together.apart(text))


def test_a_year_behind_a_province_is_no_part_of_its_name() -> None:
    assert [phrase.words for phrase in phrases("đại hội Thanh Hóa 2015")] == [
        ("đại",),
        ("hội",),
        ("thanh", "hóa"),
        ("2015",),
    ]
