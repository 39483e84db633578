"""Provinces are data: 63 names until 30 June 2025, 34 since, and any usual spelling finds them."""

from __future__ import annotations

import json
from datetime import date

import pytest

from pipelines.provinces import ended, key, kinds, names_of, provinces, successor, successors
from tests.crawling import DATA


def test_63_names_became_34() -> None:
    assert len(successors()) == 63
    assert len(provinces()) == 34
    assert set(successors().values()) == set(provinces())
    unchanged = [name for name, today in provinces().items() if len(today.formed_from) == 1]
    assert len(unchanged) == 11


def test_every_name_is_written_once_in_one_form() -> None:
    names = [*provinces(), *(old for old in successors() if old not in provinces())]
    assert len({key(name) for name in names}) == len(names) == 64  # Huế is a name of today alone


def test_the_catalogue_says_the_same() -> None:
    catalogue = DATA.parent / "portals.json"
    if not catalogue.is_file():
        pytest.skip("the catalogue of portals is absent")
    known = json.loads(catalogue.read_text(encoding="utf-8"))["provinces"]
    assert successors() == {old: row["province"] for row in known for old in row["formed_from"]}
    assert {name: (place.centre, place.lat, place.lon) for name, place in provinces().items()} == {
        row["province"]: (row["centre"], row["lat"], row["lon"]) for row in known
    }


def test_every_province_lies_in_vietnam_and_is_governed_from_one_of_its_parts() -> None:
    for place in provinces().values():
        assert 8.4 <= place.lat <= 23.4 and 102.1 <= place.lon <= 109.5, place.name
        assert place.centre in (*place.formed_from, place.name), place.name


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("TP.HCM", "TP. Hồ Chí Minh"),
        ("tp hcm", "TP. Hồ Chí Minh"),
        ("Thành phố Hồ Chí Minh", "TP. Hồ Chí Minh"),
        ("ho chi minh", "TP. Hồ Chí Minh"),
        ("Bà Rịa–Vũng Tàu", "Bà Rịa - Vũng Tàu"),
        ("ba ria vung tau", "Bà Rịa - Vũng Tàu"),
        ("Thừa Thiên-Huế", "Thừa Thiên Huế"),
        ("thanh hoa", "Thanh Hóa"),
        ("tỉnh Thanh Hoá", "Thanh Hóa"),
        ("Hoà Bình", "Hòa Bình"),
        ("ĐẮC LẮC", "Đắk Lắk"),
        ("Bắc Cạn", "Bắc Kạn"),
    ],
)
def test_other_spellings_find_a_province(typed: str, name: str) -> None:
    assert name in names_of(typed)


def test_a_name_of_today_asks_for_all_that_it_took_over_and_a_former_one_for_itself() -> None:
    assert names_of("Phú Thọ") == {"Phú Thọ", "Vĩnh Phúc", "Hòa Bình"}
    assert names_of("Vĩnh Phúc") == {"Vĩnh Phúc"}
    assert names_of("Huế") == {"Huế", "Thừa Thiên Huế"}


@pytest.mark.parametrize("typed", ["", "Phú", "Việt Nam", "TP.", "thành phố"])
def test_what_is_no_province_finds_none(typed: str) -> None:
    assert names_of(typed) == frozenset()


def test_former_names_end_with_the_day_they_ended() -> None:
    assert ended("Vĩnh Phúc") == "2025-07-01"
    assert ended("Thừa Thiên Huế") == "2025-01-01"
    assert ended("Phú Thọ") is None
    assert successor("Thừa Thiên Huế") == "Huế"


def test_kinds_of_bodies_that_ended_name_the_day_and_who_took_over() -> None:
    assert kinds()["tttt"].became == "khcn"
    for name, kind in kinds().items():
        assert (kind.ended is None) == (kind.became is None), name
        assert kind.became is None or kind.became in kinds()
        assert kind.ended is None or date.fromisoformat(kind.ended) <= date(2025, 7, 1)
