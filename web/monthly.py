"""Months with articles, a row a year: when a portal was at work, and when it fell silent."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
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


def course(times: Sequence[str]) -> list[str]:
    """Return years (2015), or months of one year (2015-04), with all that lie between: a gap would be a lie.

    They must be sorted. Years too far from each other stay as they are.
    """
    if not times:
        return []
    year, _, month = times[0].partition("-")
    if month:
        return [f"{year}-{number:02}" for number in range(int(month), int(times[-1][-2:]) + 1)]
    years = range(int(times[0]), int(times[-1]) + 1)
    return [str(number) for number in years] if len(years) <= _MOST_YEARS else list(times)


def by_year(articles: Mapping[str, int]) -> list[Year]:
    """Return the years of month → number of articles, the newest first; years without any stand between."""
    known = {month: count for month, count in articles.items() if _MONTH.fullmatch(month)}
    present = [int(year) for year in course(sorted({month[:4] for month in known}))]
    most = max(known.values(), default=0)
    years = []
    for year in reversed(present):
        names = [f"{year:04}-{month:02}" for month in range(1, 13)]
        months = [Month(name, known.get(name, 0), level(known.get(name, 0), most)) for name in names]
        years.append(Year(year, sum(month.articles for month in months), months))
    return years
