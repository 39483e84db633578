"""When a list or an article is worth another look: learnt from what the earlier looks brought.

A section's rhythm is a number of articles over a number of days, of which those long ago count less: half
after `HALF_LIFE`. Its list is asked for twice per usual gap between two articles, at most hourly and at least
weekly:

    interval = days / articles / 2, between SHORTEST and LONGEST

so that a section with 12 articles a day is visited every hour, one with an article a day twice a day, and
one that has been silent for weeks once a week. The first visit takes the rhythm from the days that the list
itself prints; where it prints none, from an article a day. Later visits add what they found, over the time
since the visit before.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

SHORTEST = timedelta(hours=1)
LONGEST = timedelta(days=7)
HALF_LIFE = 14.0  # days after which what was found counts half
REREADINGS = (1.0, 3.0, 10.0, 30.0)  # days after its publication on which an article is read for revisions
LONGEST_PAUSE = timedelta(days=1)

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """So many articles in so many days, the earlier ones counting less. The default is a guess."""

    articles: float = 1.0
    days: float = 1.0

    @classmethod
    def of(cls, published: Iterable[datetime], at: datetime) -> Rhythm | None:
        """Return the rhythm of a list that shows articles of these moments, None where it shows none."""
        ages = sorted(max((at - moment) / _DAY, 0.0) for moment in published)
        if not ages:
            return None
        ages = ages[: math.ceil(len(ages) * 0.9)]  # what is pinned to the top for years tells of no rhythm
        # A printed day is a day wide: what is all of today has come within a day, not within no time.
        return cls(sum(map(_weight, ages)), _decayed(max(*ages, 1.0)))

    def after(self, found: int, days: float) -> Rhythm:
        """Return the rhythm after a visit that found so many new articles, so many days after the last."""
        return Rhythm(self.articles * _weight(days) + found, self.days * _weight(days) + _decayed(days))

    @property
    def interval(self) -> timedelta:
        """The time until the next visit."""
        wait = self.days / self.articles / 2 if self.articles else math.inf
        return min(max(wait, SHORTEST / _DAY), LONGEST / _DAY) * _DAY


def pause_after(failures: int) -> timedelta:
    """Return how long what failed so many times in a row is left alone: 1 h, 4 h, 16 h, then a day."""
    return min(SHORTEST * 4 ** min(max(failures - 1, 0), 9), LONGEST_PAUSE)


def next_reading(born: datetime, read: datetime) -> datetime | None:
    """Return when an article is to be read again, None where it has been read often enough.

    `born` is when it was published, or first seen; of the moments that it is due at, those that have passed
    at the reading at `read` are passed over. So a back-catalogue is read once.
    """
    moments = (min(born, read) + days * _DAY for days in REREADINGS)
    return next((moment for moment in moments if moment > read), None)


def _weight(age: float) -> float:
    return 0.5 ** (age / HALF_LIFE)


def _decayed(days: float) -> float:
    """Return the sum of the weights over a stretch of days up to now."""
    return HALF_LIFE / math.log(2) * (1 - _weight(days))
