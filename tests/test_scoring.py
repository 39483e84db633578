"""The marks that extractors are given: the examiner examined."""

from __future__ import annotations

from benchmarks.scoring import leaks, people, same_moment, same_text
from benchmarks.shingles import body_score, overlap


def test_the_same_body_has_no_errors() -> None:
    found = overlap("một hai ba bốn năm", ["một hai ba bốn năm"])
    assert (found.precision, found.recall) == (1.0, 1.0)


def test_the_nearest_reference_counts() -> None:
    assert overlap("hai ba bốn năm sáu", ["không có gì ở đây", "hai ba bốn năm sáu"]).f1 == 1.0


def test_optional_text_is_no_error_either_way() -> None:
    caption = "ảnh chụp tại hội trường"
    with_caption = overlap(f"một hai ba bốn\n{caption}", ["một hai ba bốn"], [f"một hai ba bốn\n{caption}"])
    assert with_caption.extra == 0
    assert overlap("một hai ba bốn", ["một hai ba bốn"], [caption]).missing == 0


def test_text_that_is_not_the_articles_lowers_precision_alone() -> None:
    found = overlap("một hai ba bốn xem thêm tin khác", ["một hai ba bốn"])
    assert found.recall == 1.0
    assert found.precision < 0.5


def test_a_page_without_an_extracted_body_lowers_recall_alone() -> None:
    score = body_score([overlap("", ["một hai ba bốn"]), overlap("một hai ba bốn", ["một hai ba bốn"])])
    assert (score.precision, score.recall) == (1.0, 0.5)


def test_decomposed_and_composed_headlines_are_the_same() -> None:
    assert same_text("Đại hội", "Đại hội")
    assert not same_text("Đại hội - Sở", "Đại hội")


def test_a_midnight_is_a_bare_day() -> None:
    assert same_moment("2022-05-18T00:00:00", "2022-05-18")
    assert same_moment("2022-05-18T17:23:40+07:00", "2022-05-18T17:23:00+07:00")
    assert not same_moment("2022-05-18", "2022-05-18T17:23:00+07:00")
    assert not same_moment("2022-05-18", None)


def test_bylines_are_compared_by_their_people() -> None:
    assert people("Thu Hà - Minh Ngọc") == people("Minh Ngọc, Thu Hà") == {"Thu Hà", "Minh Ngọc"}
    assert people(None) == people("") == frozenset()


def test_a_leak_is_a_whole_line_word_for_word() -> None:
    assert leaks("…thành công. Tin cùng chuyên mục", ["Tin cùng chuyên mục"])
    assert not leaks("Bản tin cùng chuyên mục này", ["Tin cùng chuyên"])
