"""Vietnamese text: what is kept, what is compared, what is searched."""

from __future__ import annotations

import sqlite3
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.text import clean, exact, fold, is_marked, language_of, line, storable, unmark
from tests.timing import is_linear

VOWELS = "aăâeêioôơuưy"
TONES = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
VIETNAMESE = sorted(
    {
        form
        for letter in VOWELS
        for tone in TONES
        for form in (
            unicodedata.normalize("NFC", letter + tone),
            unicodedata.normalize("NFC", (letter + tone).upper()),
        )
    }
    | set("bcdđghklmnpqrstvxBCDĐGHKLMNPQRSTVX")
)

vietnamese = st.text(st.sampled_from([*VIETNAMESE, " ", "-", ".", "5"]), max_size=60)
anything = st.text(st.characters(), max_size=60) | vietnamese


# What is kept


@given(anything)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(anything)
def test_clean_text_is_nfc_storable_and_without_stray_spaces(text: str) -> None:
    kept = clean(text)
    assert unicodedata.is_normalized("NFC", kept)
    kept.encode("utf-8")
    assert "  " not in kept and " \n" not in kept and "\n\n" not in kept and kept == kept.strip()


@given(anything)
def test_a_line_has_no_line_break(text: str) -> None:
    assert not set(line(text)) & set("\n\r\x0b\x0c\x85\u2028\u2029")


@pytest.mark.parametrize(
    ("published", "kept"),
    [
        ("  Đảng\u00a0bộ \t Sở ", "Đảng bộ Sở"),
        ("Đa\u0309ng bo\u0323\u0302", "Đảng bộ"),
        ("Đa\u200b\u0309ng", "Đảng"),  # an invisible character between a letter and its mark
        ("Thanh\u00ad Hóa\ufeff", "Thanh Hóa"),
        ("\u2066Hà Nội\u2069", "Hà Nội"),
        ("một\r\n\r\n hai\u2028ba\x0bbốn", "một\nhai\nba\nbốn"),
        ("a\x00b", "ab"),
        ("hoà, uỷ ban, “Đảng”", "hoà, uỷ ban, “Đảng”"),  # as published
        ("\ud83c\udf89 và \ud800", "🎉 và \ufffd"),
    ],
)
def test_what_is_kept_of_what_was_published(published: str, kept: str) -> None:
    assert clean(published) == kept


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_storable_changes_nothing_but_lone_surrogates(text: str) -> None:
    assert storable(text) == text
    assert storable(text + "\udc00") == text + "\ufffd"


# What is compared and searched


@given(vietnamese)
def test_vietnamese_letters_fold_one_to_one(text: str) -> None:
    assert len(exact(text)) == len(fold(text)) == len(text)
    assert fold(text).isascii()


@given(anything)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert exact(exact(text)) == exact(text)
    assert fold(fold(text)) == fold(text)


@given(anything)
def test_usual_and_rare_characters_fold_alike(text: str) -> None:
    beside_a_rare_one = unmark(exact(text) + "\u4e2d")
    assert unmark(exact(text)) == beside_a_rare_one[:-1]


@given(anything)
def test_folding_sees_no_difference_between_composed_and_decomposed(text: str) -> None:
    for form in (exact, fold):
        assert form(unicodedata.normalize("NFD", text)) == form(unicodedata.normalize("NFC", text))


@given(vietnamese)
def test_case_does_not_count(text: str) -> None:
    assert exact(text.upper()) == exact(text.lower()) == exact(text)


@pytest.mark.parametrize(
    "typed", ["dang bo", "Đảng bộ", "ĐẢNG BỘ", "Ðảng bộ", "Ɖảng bộ", "Đa\u0309ng bo\u0323\u0302"]
)
def test_every_way_to_type_dang_bo_folds_to_one(typed: str) -> None:
    assert fold(typed) == "dang bo"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("hoà bình", "hòa bình"),
        ("Uỷ ban", "Ủy ban"),
        ("thuỷ", "thủy"),
        ("khoẻ", "khỏe"),
        ("TOẢ", "TỎA"),
        ("loè, xoè", "lòe, xòe"),
        ("huỷ/uỷ", "hủy/ủy"),
    ],
)
def test_both_tone_placements_are_one(old: str, new: str) -> None:
    assert exact(old) == exact(new) == new.lower()


@pytest.mark.parametrize("word", ["quý", "quỳ", "Quỹ", "toàn", "hoàng", "khoản", "xoáy", "loét", "suýt"])
def test_a_tone_that_stands_right_stays(word: str) -> None:
    assert exact(word) == word.lower()


def test_marks_count_in_the_exact_form_and_not_in_the_folded() -> None:
    words = ["đang", "đảng", "đăng", "dang"]
    assert len({exact(word) for word in words}) == 4
    assert {fold(word) for word in words} == {"dang"}
    assert [is_marked(word) for word in words] == [True, True, True, False]


@given(before=anything, after=anything)
def test_highlights_fall_on_the_word_that_was_meant(before: str, after: str) -> None:
    """FTS5 counts words in the index and marks that many on in the original: both must part words alike."""
    text = clean(f"{before} xyzmốc {after}")
    connection = sqlite3.connect(":memory:")
    connection.executescript(
        "CREATE TABLE kept (id INTEGER PRIMARY KEY, text); CREATE VIRTUAL TABLE found USING fts5("
        "text, content=kept, content_rowid=id, tokenize='unicode61 remove_diacritics 0')"
    )
    connection.execute("INSERT INTO kept VALUES (1, ?)", (text,))
    for form, query in ((fold, '"xyzmoc"'), (exact, '"xyzmốc"')):
        connection.execute("INSERT INTO found(found) VALUES ('delete-all')")
        connection.execute("INSERT INTO found(rowid, text) VALUES (1, ?)", (form(text),))
        ((marked,),) = connection.execute(
            "SELECT highlight(found, 0, '\x02', '\x03') FROM found WHERE found MATCH ?", (query,)
        )
        assert "\x02xyzmốc\x03" in marked or "xyzmốc" in before + after
    connection.close()


# Which language


@pytest.mark.parametrize(
    "text",
    [
        "Chiều 5/6, Đảng ủy Sở tổ chức hội nghị sơ kết công tác sáu tháng đầu năm.",
        "HỘI NGHỊ BAN CHẤP HÀNH ĐẢNG BỘ MỞ RỘNG",
        "Đảng bộ",
    ],
)
def test_vietnamese_is_told_from_its_letters(text: str) -> None:
    assert language_of(text) == "vi"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "123 / 456",
        "The Department held its annual conference in Hà Nội yesterday, officials of the province said.",
        "Состоялась конференция партийной организации департамента",
        "Le congrès du comité a été organisé à l’hôtel de ville, où l’élection s’est tenue.",
        "A situação é já conhecida: não há solução técnica à vista, são necessárias mais negociações.",
        "部门召开党委会议",
        "ກອງປະຊຸມໃຫຍ່",
    ],
)
def test_other_languages_are_not_taken_for_vietnamese(text: str) -> None:
    assert language_of(text) is None


@pytest.mark.parametrize("hostile", [" ", "\n ", "\u0301", "oà", "\u200b \n", "ộ\u0323"])
def test_time_grows_with_length_and_no_faster(hostile: str) -> None:
    assert is_linear(lambda times: (clean(hostile * times), fold(hostile * times)), 100_000)
