"""How often a portal publishes, and which silence is more than usual for it.

Time is counted in *expected days*: a weekday counts by the share of such weekdays that had articles (so
that a weekend without news is no silence), holidays count nothing, days that may be one count half, and the
average day counts one. The gaps between days with articles are compared in this time; a portal that publishes
on Fridays alone is not silent before the second Friday without news.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from crawler.health.calendar import is_holiday, worked

LOOKED_BACK = 400  # days: a year, and what is usual before it
FEWEST_GAPS = 5  # to tell what is usual
_RECENT = 25  # gaps that count for themselves: a portal that slows down is not silent
_SLOWER = 1.2  # times a usual gap at most for that reason
_USUAL = 0.9  # share of the gaps that a usual one is not below
# Below the three usual gaps that a silence may last: a usual gap is known to a tenth or so.
_PATIENCE = 2.5  # usual gaps, in expected days
_CALENDAR_PATIENCE = 2.6  # usual gaps, in days that are no holidays
_YOUNG, _YOUNG_TIMES = 60, 2.0  # a habit of fewer days is trusted half
_LEAST = 2.0  # expected days
_MISSED = 9.0  # articles that a portal of many must have left out, times how unevenly they come
_UNKNOWN, _UNKNOWN_TIMES = 45.0, 3.0  # days, and longest gaps, where there are too few to tell
_MOST_UNEVEN = 6.0
_SOME = 2.0  # days with articles: few articles tell little of weekdays


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A portal's habit. `limit` is the silence in expected days that is too long."""

    usual_gap: float  # calendar days, at least 1
    limit: float
    calendar_limit: float  # the same in days; holidays do not count
    weights: tuple[float, ...]  # by weekday, from Monday; their mean is 1

    def is_too_long(self, last: int, through: int) -> bool:
        """True for a silence after day `last` up to and with `through` (both as `date.toordinal`)."""
        silent = range(last + 1, through + 1)
        expected = sum(_weight(self.weights, day) for day in silent)
        return expected > self.limit or sum(map(worked, silent)) > self.calendar_limit


def rhythm(articles: Mapping[int, int], today: int) -> Rhythm | None:
    """Return the habit that a portal's articles show: day (as `date.toordinal`) → number of them.

    None where fewer than three days have any.
    """
    days = sorted(day for day, count in articles.items() if today - LOOKED_BACK <= day <= today and count)
    if len(days) < 3:
        return None
    weights = _weekdays(days)
    clock = [0.0]  # expected days from the first day on
    for day in range(days[0] + 1, days[-1] + 1):
        clock.append(clock[-1] + _weight(weights, day))
    moments = [clock[day - days[0]] for day in days]
    gaps = [later - sooner for sooner, later in pairwise(moments)]
    calendar_gaps = [float(later - sooner) for sooner, later in pairwise(days)]
    if len(gaps) < FEWEST_GAPS:
        limit = max(_UNKNOWN, _UNKNOWN_TIMES * max(calendar_gaps))
        return Rhythm(max(calendar_gaps), limit, limit, weights)
    usual = quantile(gaps, _USUAL)
    usual = max(usual, min(quantile(gaps[-_RECENT:], _USUAL), _SLOWER * usual))
    rate = sum(articles[day] for day in days[1:]) / max(clock[-1], 1.0)  # articles an expected day
    uneven = _unevenness(articles, days, weights, rate)
    usual_gap = max(1.0, quantile(calendar_gaps, _USUAL))
    trust = 1.0 if days[-1] - days[0] >= _YOUNG else _YOUNG_TIMES
    limit = max(_LEAST, min(_PATIENCE * usual, _MISSED * uneven / rate))
    return Rhythm(usual_gap, trust * limit, trust * _CALENDAR_PATIENCE * usual_gap, weights)


def quantile(values: Sequence[float], share: float) -> float:
    """Return the value that `share` of the values do not exceed, interpolated."""
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def _weekdays(days: Sequence[int]) -> tuple[float, ...]:
    """Return the weights of the weekdays: how often one had articles, as if each had some more."""
    had, all_of = [0.0] * 7, [0.0] * 7
    with_articles = set(days)
    for day in range(days[0], days[-1] + 1):
        if not is_holiday(day):
            weekday = (day - 1) % 7  # ordinal 1 was a Monday
            all_of[weekday] += 1
            had[weekday] += day in with_articles
    shares = [(had[weekday] + _SOME) / (all_of[weekday] + _SOME) for weekday in range(7)]
    mean = sum(shares) / 7
    return tuple(share / mean for share in shares)


def _weight(weights: tuple[float, ...], day: int) -> float:
    return worked(day) * weights[(day - 1) % 7]


def _unevenness(
    articles: Mapping[int, int], days: Sequence[int], weights: tuple[float, ...], rate: float
) -> float:
    """Return the variance of the articles a day over what chance alone would give; 1 is chance."""
    total, counted = 0.0, 0
    for day in range(days[0], days[-1] + 1):
        if expected := rate * _weight(weights, day):
            total += (articles.get(day, 0) - expected) ** 2 / expected
            counted += 1
    return min(max(total / counted if counted else 1.0, 1.0), _MOST_UNEVEN)
