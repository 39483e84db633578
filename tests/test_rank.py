"""The ladder of a search, and which of what it finds stands first."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_query import index_of

from pipelines.ladder import ladder
from pipelines.query import parse
from pipelines.rank import Candidate, ranked
from tests.timing import seconds


def steps(connection: sqlite3.Connection, query: str) -> dict[str, set[int]]:
    return {
        step.name: {
            row[0] for row in connection.execute("SELECT rowid FROM t WHERE t MATCH ?", (step.expression,))
        }
        for step in ladder(parse(query))
    }


TEXTS = index_of(
    "Đại hội Đảng bộ Thanh Hóa",
    "Thanh Hóa: Đảng bộ Sở họp bàn về đại hội",
    "Đại diện hội nghị, bộ phận một cửa; " + "và nhiều việc khác, " * 20 + "hóa đơn, thanh tra Đảng",
    "Đại hội Đảng bộ",
    "Thanh niên",
)


def test_each_step_finds_no_less_than_the_one_before() -> None:
    found = steps(TEXTS, "dai hoi dang bo thanh hoa")
    assert found["phrase"] == {1}
    assert found["near"] == {1, 2}
    assert found["all"] == {1, 2}  # "hóa đơn, thanh tra" is no Thanh Hóa
    assert found["any"] == {1, 2, 3, 4}


def test_a_word_may_be_left_out_only_below_all() -> None:
    assert [step.name for step in ladder(parse("mot hai ba")) if not step.is_whole] == ["most", "any"]
    assert steps(TEXTS, "đại hội xyzzy")["most"] == {1, 2, 3, 4}


def test_most_of_the_words_together_are_a_step_below_all() -> None:
    found = steps(TEXTS, "tỉnh đại hội đảng bộ thanh hóa")
    assert found["all"] == set()
    assert found["part"] == {1, 2}
    assert steps(TEXTS, "đại hội đảng bộ thanh")["part"] == {4}
    assert steps(TEXTS, "đại hội đảng đoàn bộ hành")["part"] == set()


def test_a_full_form_may_lack_a_word_but_its_short_form_not() -> None:
    texts = index_of("Ban quản lý dự án đường sắt", "Nguồn vốn ban đầu của dự án đường sắt")
    assert steps(texts, "vốn ban quản lý dự án đường sắt")["part"] == {1}
    assert steps(texts, "vốn bqlda đường sắt tuyến số một")["part"] == set()


def test_one_full_form_alone_is_a_phrase() -> None:
    assert [step.name for step in ladder(parse("ubnd")) if step.is_close] == ["headline"]
    assert "phrase" in [step.name for step in ladder(parse("ủy ban nhân dân"))]


def test_what_an_operator_names_is_never_left_out() -> None:
    texts = index_of("Nguyễn Văn A nhận giải", "Lễ bổ nhiệm cán bộ chủ chốt", "Bổ nhiệm Nguyễn Văn A")
    found = steps(texts, 'người:"Nguyễn Văn A" lễ bổ nhiệm cán bộ')
    assert [found[name] for name in ("all", "part", "any")] == [set(), set(), {3}]


def test_a_phrase_of_which_only_some_marks_were_typed_is_one() -> None:
    assert steps(TEXTS, "đại hoi đảng bộ")["phrase"] == {1, 4}
    assert steps(TEXTS, "đãi hoi đảng bộ")["phrase"] == set()


def test_marks_may_be_other_ones_only_below_all() -> None:
    found = steps(TEXTS, "đãng bộ thanh hóa")
    assert found["all"] == set()
    assert found["unmarked"] == {1, 2}


def test_a_word_that_was_typed_twice_stands_in_the_phrase_twice() -> None:
    texts = index_of("Truyền thông về giao thông", "Truyền thông, giao lưu")
    assert steps(texts, "truyền thông về giao thông")["phrase"] == {1}


def test_a_headline_with_two_of_the_words_together_is_a_step_of_its_own() -> None:
    texts = index_of("hội", "đại hội, thanh hóa")
    texts.execute(
        "UPDATE t SET headline = 'đại hội ở thanh hóa', headline_folded = 'dai hoi o thanh hoa' WHERE rowid = 1"
    )
    assert steps(texts, "bàn đại hội thanh hóa")["named"] == set()
    assert steps(texts, "thanh hóa đại hội")["named"] == {1}


def test_what_is_not_wanted_is_wanted_on_no_step() -> None:
    assert all(2 not in found for found in steps(TEXTS, "dai hoi dang bo -sở").values())


@given(st.text(alphabet=st.sampled_from('ađ "-:năm tỉnh(*^){}0/&') | st.characters(), max_size=40))
def test_no_step_is_an_error_whatever_is_typed(query: str) -> None:
    steps(TEXTS, query)


def first(query: str, *texts: tuple[str, str]) -> list[int]:
    candidates = [Candidate(n, headline, text) for n, (headline, text) in enumerate(texts, start=1)]
    return ranked(candidates, parse(query))


def test_what_the_headline_names_comes_before_what_the_text_mentions() -> None:
    assert first("ket nap dang vien", ("Họp báo", "có kết nạp đảng viên"), ("Lễ kết nạp đảng viên", "…")) == [
        2,
        1,
    ]


def test_words_that_stand_together_come_before_words_that_are_scattered() -> None:
    scattered = ("Thanh tra, hóa đơn", "hội thảo; đại lý")
    assert first("dai hoi thanh hoa", scattered, ("Thanh Hóa: tin", "mở đại hội"))[0] == 2


def test_marks_that_were_typed_count() -> None:
    assert first("tự do", ("Từ đó", "từ đó đến nay"), ("Tự do báo chí", "tự do"))[0] == 2


def test_what_the_text_begins_with_comes_before_what_it_ends_with() -> None:
    filler = "Và nhiều việc khác. " * 40
    assert first("sở y tế", ("Tin", f"{filler}Sở Y tế"), ("Tin", f"Sở Y tế. {filler}"))[0] == 2
    assert first("sở y tế", ("Tin", f"Sở Y tế. {filler}"), ("Tin", f"{filler}Sở Y tế"))[0] == 1


def test_a_date_that_only_stands_beside_the_text_counts() -> None:
    dated = [Candidate(1, "Xử phạt", "…", "18/09/2020"), Candidate(2, "Xử phạt", "…", "18/10/2020")]
    assert ranked(dated, parse("xử phạt tháng 9 năm 2020")) == [1, 2]


def test_of_equals_the_newest_stands_first() -> None:
    assert first("chi bộ", ("Chi bộ", "họp"), ("Chi bộ", "họp")) == [2, 1]


@pytest.mark.parametrize("typed", ["a " * 64, '"' + "a " * 500 + '"', "ủy ban nhân dân " * 30])
def test_a_long_query_over_long_texts_takes_little_time(typed: str) -> None:
    texts = [("a" * 300, "a-" * 100_000), ("a " * 300, "a " * 100_000)] * 10
    assert seconds(lambda: first(typed, *texts)) < 3


@pytest.mark.parametrize("typed", ["a " * 64, "tỷ lệ kỷ lý " * 16])
def test_no_step_takes_long_over_a_text_that_repeats_the_words(typed: str) -> None:
    texts = index_of("a " * 50_000, "tỷ lệ kỷ lý " * 8_000)
    assert seconds(lambda: steps(texts, typed)) < 3
