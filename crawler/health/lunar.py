"""The Vietnamese lunar calendar, as far as public holidays need it.

Hồ Ngọc Đức's algorithm (after Meeus, Astronomical Algorithms) in Vietnam's time, UTC+7: his tables and this
file agree on Tết of the years that the tests name. Computed, not listed, so that no list runs out.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from math import floor, pi, sin

_JULIAN = 1721425  # Julian day number at noon of ordinal 0
_MONTH = 29.530588853  # days
_ZONE = 7 / 24


@cache
def new_year(year: int) -> date:
    """Return Tết Nguyên Đán, the first day of the first month, of a year."""
    return lunar_day(1, 1, year)


def lunar_day(day: int, month: int, year: int) -> date:
    """Return the day on which a day of a lunar month (1 to 10) falls, of a double month the first."""
    before, after = _eleventh_month(year - 1), _eleventh_month(year)
    moon = floor(0.5 + (before - 2415021.076998695) / _MONTH)
    after_eleventh = (month + 1) % 12
    if after - before > 365:  # thirteen months lie between
        leap = _leap_month(before)
        if after_eleventh >= leap:
            after_eleventh += 1
    return date.fromordinal(_new_moon(moon + after_eleventh) + day - 1 - _JULIAN)


def _new_moon(number: int) -> int:
    """Return the Julian day number, in Vietnam, of the new moon `number` after 1 January 1900."""
    t = number / 1236.85
    r = pi / 180
    moment = 2415020.75933 + 29.53058868 * number + 0.0001178 * t**2 - 0.000000155 * t**3
    moment += 0.00033 * sin((166.56 + 132.87 * t - 0.009173 * t**2) * r)
    sun = 359.2242 + 29.10535608 * number - 0.0000333 * t**2 - 0.00000347 * t**3
    moon = 306.0253 + 385.81691806 * number + 0.0107306 * t**2 + 0.00001236 * t**3
    node = 21.2964 + 390.67050646 * number - 0.0016528 * t**2 - 0.00000239 * t**3
    c = (0.1734 - 0.000393 * t) * sin(sun * r) + 0.0021 * sin(2 * r * sun) - 0.4068 * sin(moon * r)
    c += 0.0161 * sin(r * 2 * moon) - 0.0004 * sin(r * 3 * moon) + 0.0104 * sin(r * 2 * node)
    c -= 0.0051 * sin(r * (sun + moon)) + 0.0074 * sin(r * (sun - moon)) - 0.0004 * sin(r * (2 * node + sun))
    c -= 0.0004 * sin(r * (2 * node - sun)) + 0.0006 * sin(r * (2 * node + moon))
    c += 0.0010 * sin(r * (2 * node - moon)) + 0.0005 * sin(r * (2 * moon + sun))
    clock = -0.000278 + 0.000265 * t + 0.000262 * t**2
    return floor(moment + c - clock + 0.5 + _ZONE)


def _sun_sector(julian: int) -> int:
    """Return which twelfth of its way the sun is in at midnight, from 0 at the equinox of spring."""
    t = (julian - 0.5 - _ZONE - 2451545.0) / 36525
    r = pi / 180
    anomaly = 357.52910 + 35999.05030 * t - 0.0001559 * t**2 - 0.00000048 * t**3
    longitude = 280.46645 + 36000.76983 * t + 0.0003032 * t**2
    longitude += (1.914600 - 0.004817 * t - 0.000014 * t**2) * sin(r * anomaly)
    longitude += (0.019993 - 0.000101 * t) * sin(r * 2 * anomaly) + 0.000290 * sin(r * 3 * anomaly)
    return floor(longitude % 360 / 30)


def _eleventh_month(year: int) -> int:
    """Return the Julian day number on which the month of the winter solstice begins."""
    off = date(year, 12, 31).toordinal() + _JULIAN - 2415021
    start = _new_moon(floor(off / _MONTH))
    return _new_moon(floor(off / _MONTH) - 1) if _sun_sector(start) >= 9 else start


def _leap_month(eleventh: int) -> int:
    """Return how many months after the eleventh the month follows in which the sun changes no sector."""
    moon = floor(0.5 + (eleventh - 2415021.076998695) / _MONTH)
    sectors = [_sun_sector(_new_moon(moon + number)) for number in range(1, 15)]
    for number in range(1, 14):
        if sectors[number - 1] == sectors[number]:
            return number
    return 13
