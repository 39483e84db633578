"""Days on which nobody expects news of a public office in Vietnam."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache, lru_cache

from crawler.health.lunar import lunar_day, new_year

# Offices close for seven to nine days. The days round them are as still, but to wait for them as well would
# be to notice five days late what ended before Tết.
_BEFORE_NEW_YEAR, _AFTER_NEW_YEAR = 2, 6
_FIXED = ((1, 1), (4, 30), (5, 1), (9, 2))
_BESIDE = ((9, 1), (9, 3))  # 2/9 is two days, with the one before it or the one after: each year decides
_KINGS = (10, 3)  # Giỗ Tổ Hùng Vương, of the moon's calendar


@lru_cache(maxsize=4096)
def is_holiday(day: int) -> bool:
    """True on a public holiday, during Tết, and where one may be made longer (`date.toordinal`)."""
    found = date.fromordinal(day)
    sure, perhaps = _holidays(found.year)
    return found in sure or found in perhaps


@lru_cache(maxsize=4096)
def worked(day: int) -> float:
    """Return how much of a working day a day (`date.toordinal`) is: 0, 1, or half where nobody can tell."""
    found = date.fromordinal(day)
    sure, perhaps = _holidays(found.year)
    return 0.0 if found in sure else 0.5 if found in perhaps else 1.0


@cache
def _holidays(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """Return the holidays of a year, and the days on which offices may be closed as well."""
    tet = new_year(year)
    days = {date(year, month, day) for month, day in _FIXED} | {lunar_day(*_KINGS, year)}
    perhaps = {bridge for day in days for bridge in _bridges(day)}
    perhaps |= {date(year, month, day) for month, day in _BESIDE}
    days |= {tet + timedelta(offset) for offset in range(-_BEFORE_NEW_YEAR, _AFTER_NEW_YEAR + 1)}
    return frozenset(days), frozenset(perhaps)


def _bridges(day: date) -> tuple[date, ...]:
    """Return the working day that a holiday on a Tuesday or a Thursday cuts off from the weekend."""
    if day.weekday() == 1:
        return (day - timedelta(1),)
    return (day + timedelta(1),) if day.weekday() == 3 else ()
