"""Months with articles, a row a year: when a portal was at work, and when it fell silent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from web.tiles import level

_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")
_MOST_YEARS = 40  # are shown without a gap; a date that was misread may lie centuries off


class Month(NamedTuple):
    """A month (2015-04), its articles, and how dark it is shown, as `tiles.level` says."""

    name: str
    articles: int
    level: int


class Year(NamedTuple):
    """A year and its twelve months."""

    year: int
    articles: int
    months: list[Month]


def by_year(articles: Mapping[str, int]) -> list[Year]:
    """Return the years of month → number of articles, the newest first; years without any stand between."""
    known = {month: count for month, count in articles.items() if _MONTH.fullmatch(month)}
    present = sorted({int(month[:4]) for month in known})
    if present and present[-1] - present[0] < _MOST_YEARS:
        present = list(range(present[0], present[-1] + 1))
    most = max(known.values(), default=0)
    years = []
    for year in reversed(present):
        names = [f"{year:04}-{month:02}" for month in range(1, 13)]
        months = [Month(name, known.get(name, 0), level(known.get(name, 0), most)) for name in names]
        years.append(Year(year, sum(month.articles for month in months), months))
    return years
