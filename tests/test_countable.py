"""Counting the numbers of articles: up, down, with a gap limit, politely."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.countable import Count, Past, count_of, target_of
from crawler.declaration import Declaration
from crawler.exceptions import DeclarationError

NOW = "2026-11-25T12:00:00+07:00"
GOOD = {
    "name": "mau",
    "province": "Vĩnh Phúc",
    "body": "Sở Thông tin và Truyền thông",
    "home": "http://so.example.vn/",
    "article_path": r"/Lists/(\w+)/Detail\.aspx\?ID=(\d+)",
    "countable": {"Tin": "/Lists/TinTuc/Detail.aspx?ID={90}"},
}


def declare(**changes: object) -> type[Declaration]:
    return type("Mau", (Declaration,), {**GOOD, **changes})


def walk(count: Count, held: set[int], most: int = 10_000) -> list[int]:
    """Return the numbers that a count asks for of a portal that holds `held`."""
    asked: list[int] = []
    while len(asked) < most and (number := count.next()) is not None:
        if number != count.beyond:
            asked.append(number)
        count.answer(number, number in held)
    return asked


def page(number: int, outcome: str | None, at: str | None = NOW, section: str = "Tin") -> Past:
    url = f"http://so.example.vn/Lists/TinTuc/Detail.aspx?ID={number}"
    return Past(url, section, f"TinTuc/{number}", outcome, at)


def test_a_count_goes_up_first_then_down_and_ends_at_the_gap() -> None:
    count = Count(10, {10: True}, gap=3)
    assert walk(count, {8, 9, 10, 12}) == [11, 12, 13, 14, 15, 9, 8, 7, 6, 5]
    assert count.next() is None


def test_a_count_ends_below_one() -> None:
    assert walk(Count(2, gap=30), {2}, most=40)[-1] == 1


def test_a_number_that_cannot_be_is_asked_for_first_and_counts_for_nothing() -> None:
    count = Count(10, {10: True}, gap=1)
    assert count.next() == count.beyond > 1_000_000
    count.answer(count.beyond, False)
    assert count.next() == 11


def test_a_count_with_nothing_to_ask_asks_for_nothing() -> None:
    assert Count(2, {1: True, 2: True, 3: False}, gap=1).next() is None


def test_three_troubles_in_a_row_end_a_count() -> None:
    count = Count(10)
    for _ in range(2):
        assert count.next()
        count.trouble()
    assert count.next() == 11
    count.answer(11, False)
    for number in (12, 13, 14):
        assert count.next() == number
        count.trouble()
    assert count.next() is None


@given(st.sets(st.integers(1, 300), min_size=1), st.integers(1, 20), st.integers(0, 400))
def test_counting_finds_everything_within_the_gap_and_asks_no_number_twice(
    held: set[int], gap: int, most: int
) -> None:
    newest = min(held)
    count = Count(newest, gap=gap)
    asked = walk(count, held, most)
    assert len(asked) == len(set(asked))
    if most == 400:
        reached = newest
        for number in sorted(held):
            reached = number if number - reached <= gap else reached
        assert {number for number in held if number <= reached} <= set(asked)


@given(st.sets(st.integers(1, 200), min_size=1), st.integers(0, 60), st.integers(1, 10))
def test_an_interrupted_count_goes_on_where_it_was(held: set[int], first: int, gap: int) -> None:
    newest = max(held)
    begun = Count(newest, gap=gap)
    asked = walk(begun, held, first)
    rest = walk(Count(newest, dict(begun.answered), gap=gap), held)
    assert set(asked) | set(rest) == set(walk(Count(newest, gap=gap), held))
    assert not set(asked) & set(rest)


def test_numbers_are_told_by_the_asset_whatever_the_address() -> None:
    other = Past("http://so.example.vn/x?y=1", "Tin Đảng", "TinTuc/95", "new", NOW)
    elsewhere = Past("http://so.example.vn/Lists/Anh/Detail.aspx?ID=400", "Ảnh", "Anh/400", "new", NOW)
    count = count_of(declare(), "Tin", [other, elsewhere], NOW)
    assert count and count.newest == 95


def test_a_count_begins_from_the_declared_number_and_asks_for_it_too() -> None:
    count = count_of(declare(), "Tin", [], NOW)
    assert count and walk(count, set())[0] == 90


def test_no_count_without_a_number() -> None:
    portal = declare(countable={"Tin": "/Lists/TinTuc/Detail.aspx?ID={}"}, sections={"Mục": "tin"})
    assert count_of(portal, "Tin", [page(3, "gone")], NOW) is None


@pytest.mark.parametrize(
    ("number", "at", "asked"),
    [
        (96, "2026-11-25T11:00:00+07:00", False),  # above the newest: this noon's article may stand there
        (96, "2026-11-24T11:00:00+07:00", True),
        (94, "2026-11-24T11:00:00+07:00", False),  # below: taken back
        (94, "2026-08-01T11:00:00+07:00", True),
    ],
)
def test_what_was_missed_is_left_alone_for_a_while(number: int, at: str, asked: bool) -> None:
    count = count_of(declare(), "Tin", [page(95, "new"), page(number, "gone", at)], NOW)
    assert count
    assert (number in walk(count, {95})) == asked


def test_a_number_that_was_only_asked_for_is_no_article() -> None:
    asked = [page(number, outcome) for number, outcome in ((1_000_095, "timeout"), (96, None), (97, "gone"))]
    count = count_of(declare(), "Tin", [page(95, "new"), *asked], NOW)
    assert count and count.newest == 95


def test_a_row_of_a_list_is_an_article_before_it_is_read() -> None:
    count = count_of(declare(), "Tin", [page(120, None, None, section="Tin Đảng")], NOW)
    assert count and count.newest == 120


def test_a_number_s_address_is_a_target_of_its_section() -> None:
    target = target_of(declare(), "Tin", 12)
    assert target.url == "http://so.example.vn/Lists/TinTuc/Detail.aspx?ID=12"
    assert (target.kind, target.section, target.asset) == ("article", "Tin", "TinTuc/12")


@pytest.mark.parametrize(
    ("countable", "remedy"),
    [
        ({"Tin": "/Lists/TinTuc/Detail.aspx?ID=12"}, "needs the number's place once"),
        ({"Tin": "/Lists/{1}/Detail.aspx?ID={2}"}, "needs the number's place once"),
        ({"Tin": "/Tin.aspx?ID={12}"}, "is no article's address"),
        ({"Tin": "/Lists/TinTuc/Detail.aspx?ID={}"}, "needs a number to begin from"),
        ({"Mục": "/Lists/TinTuc/Detail.aspx?ID={9}"}, "is a list's name in sections"),
    ],
)
def test_a_wrong_countable_section_fails_at_load(countable: dict[str, str], remedy: str) -> None:
    with pytest.raises(DeclarationError, match=f"Mau.countable: .*{remedy}"):
        declare(countable=countable, sections={"Mục": "muc"} if "Mục" in countable else {})
