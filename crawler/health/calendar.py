"""Days on which nobody expects news of a public office in Vietnam."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache, lru_cache

from crawler.health.lunar import lunar_day, new_year

# Offices close for seven to nine days. The days round them are as still, but to wait for them as well would
# be to notice five days late what ended before Tết.
_BEFORE_NEW_YEAR, _AFTER_NEW_YEAR = 2, 6
_FIXED = ((1, 1), (4, 30), (5, 1), (9, 2))
_BESIDE = ((9, 1), (9, 3))  # 2/9 is two days, with the one before it or the one after
_KINGS = (10, 3)  # Giỗ Tổ Hùng Vương, of the moon's calendar


@lru_cache(maxsize=4096)
def is_holiday(day: int) -> bool:
    """True on a public holiday, during Tết, and between a holiday and a weekend (`date.toordinal`)."""
    found = date.fromordinal(day)
    return found in _holidays(found.year)


@cache
def _holidays(year: int) -> frozenset[date]:
    tet = new_year(year)
    days = {date(year, month, day) for month, day in _FIXED} | {lunar_day(*_KINGS, year)}
    days |= {bridge for day in days for bridge in _bridges(day)}
    days |= {date(year, month, day) for month, day in _BESIDE}
    days |= {tet + timedelta(offset) for offset in range(-_BEFORE_NEW_YEAR, _AFTER_NEW_YEAR + 1)}
    return frozenset(days)


def _bridges(day: date) -> tuple[date, ...]:
    """Return the working day that a holiday on a Tuesday or a Thursday cuts off from the weekend."""
    if day.weekday() == 1:
        return (day - timedelta(1),)
    return (day + timedelta(1),) if day.weekday() == 3 else ()
