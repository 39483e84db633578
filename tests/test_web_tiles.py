"""The map of the provinces is laid by hand; this holds it to where they lie."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.provinces import provinces, slug, successors
from web.tiles import LEVELS, level, spots


@pytest.mark.parametrize("former", [False, True])
def test_every_province_has_a_tile_of_its_own(former: bool) -> None:
    laid = spots(former=former)
    assert sorted(spot.name for spot in laid) == sorted(successors() if former else provinces())
    assert len({(spot.row, spot.column) for spot in laid}) == len(laid)


def test_what_lies_far_north_or_west_of_another_stands_above_it_or_left_of_it() -> None:
    place = {spot.name: spot for spot in spots(former=False)}
    for one, other in combinations(provinces().values(), 2):
        north, south = sorted((one, other), key=lambda province: -province.lat)
        if north.lat - south.lat > 1:
            assert place[north.name].row < place[south.name].row, (north.name, south.name)
        west, east = sorted((one, other), key=lambda province: province.lon)
        if east.lon - west.lon > 1.2 and abs(one.lat - other.lat) < 1:
            assert place[west.name].column < place[east.name].column, (west.name, east.name)


def test_a_former_province_lies_near_its_successor() -> None:
    today = {spot.name: spot for spot in spots(former=False)}
    laid = spots(former=True)
    for one, other in combinations(laid, 2):
        if successors()[one.name] == successors()[other.name]:
            assert abs(one.row - other.row) <= 3 and abs(one.column - other.column) <= 3, (one, other)
    order = sorted(laid, key=lambda spot: today[successors()[spot.name]].row)
    assert abs(order[0].row - 1) <= 3 and abs(order[-1].row - laid[-1].row) <= 3


def test_addresses_tell_every_province_from_the_others() -> None:
    names = {*successors(), *provinces()}
    assert len({slug(name) for name in names}) == len(names)
    assert slug("Bà Rịa - Vũng Tàu") == "ba-ria-vung-tau" and slug("TP. Hồ Chí Minh") == "tp-ho-chi-minh"


@given(st.integers(0, 10**7), st.integers(0, 10**7))
def test_more_articles_are_never_lighter(articles: int, more: int) -> None:
    most = max(articles, more)
    few, many = sorted((articles, more))
    assert 0 <= level(few, most) <= level(many, most) <= LEVELS
    assert bool(level(articles, most)) == bool(articles)
