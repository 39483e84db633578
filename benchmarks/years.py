"""Made-up years of made-up portals: when they publish, what befalls them, and what a crawl would see.

The portals' rhythms, the calendar of the offices and the incidents are drawn at random from a seed. Nothing
here uses what the judgement knows: rates, weekends and holidays are the simulation's own.
"""

from __future__ import annotations

import random
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from math import exp, sin

from crawler.clock import VIETNAM
from crawler.health.visit import ListTry, Visit

FIRST_DAY = date(2026, 1, 1)
DAYS = 365
BEFORE = 400  # days that the first crawl finds in the lists
HOURS = (7, 19)  # of the two runs of a day
RHYTHMS = ("many a day", "daily", "every few days", "weekly", "monthly", "in bursts")
_SHARES = (0.15, 0.25, 0.25, 0.15, 0.1, 0.1)
# Tết of 2025 to 2027 and the other days off, as the offices kept or will keep them.
_TET = (date(2025, 1, 29), date(2026, 2, 17), date(2027, 2, 6))
_DAYS_OFF = ((1, 1), (4, 30), (5, 1), (9, 1), (9, 2))
_KINGS = (date(2025, 4, 7), date(2026, 4, 26))


@dataclass(slots=True)
class Incident:
    """What befalls a portal, from `start` on; `end` where it passes. `expected`: the states that name it."""

    kind: str
    start: datetime
    expected: tuple[str, ...]
    end: datetime | None = None

    def covers(self, moment: datetime) -> bool:
        """True while it lasts."""
        return self.start <= moment and (self.end is None or moment < self.end)


@dataclass(slots=True)
class MadePortal:
    """A portal with its articles (moments, in order), its lists and its fate."""

    name: str
    rhythm: str
    articles: list[datetime]
    rows: tuple[int, ...]
    is_dated: bool
    outages: list[tuple[datetime, datetime]]
    incident: Incident | None = None
    flaky: float = 0.0  # share of list requests that fail for themselves
    lacking: float = 0.0  # share of articles that lack text for themselves
    _published: list[datetime] = field(default_factory=list)

    def published(self) -> list[datetime]:
        """The articles that appear: all of them, or those before the portal falls silent."""
        if not self._published:
            fate = self.incident
            is_silent = fate is not None and fate.kind in ("goes quiet", "is closed", "dies", "moves")
            self._published = [m for m in self.articles if not (is_silent and fate and fate.start <= m)]
        return self._published


# What befalls portals: kind → (how many of 60, states that name it, does it pass).
FATES: dict[str, tuple[int, tuple[str, ...], bool]] = {
    "dies": (4, ("unreachable",), False),
    "is closed": (2, ("degraded", "dead"), False),
    "goes quiet": (8, ("quiet",), False),
    "lists unreadable": (3, ("degraded",), False),
    "one list unreadable": (2, ("degraded",), False),
    "rows lost": (2, ("degraded",), False),
    "dates lost": (2, ("degraded",), False),
    "texts lost": (2, ("degraded",), False),
    "is challenged": (3, ("challenged",), True),
    "articles challenged": (1, ("challenged", "degraded"), False),
    "moves": (2, ("moved",), False),
    "long outage": (2, ("unreachable",), True),
}


def portals(seed: int, count: int = 60) -> list[MadePortal]:
    """Return the portals of a year, each with all that will happen to it."""
    chance = random.Random(seed)
    made = [_portal(number, chance) for number in range(count)]
    fated = chance.sample(made, sum(many for many, *_ in FATES.values()))
    for kind, (many, expected, passes) in FATES.items():
        for _ in range(many):
            start = _moment(FIRST_DAY + timedelta(chance.randrange(30, 330)), chance)
            end = start + timedelta(days=chance.uniform(4, 20)) if passes else None
            portal = fated.pop()
            portal.incident = Incident(kind, start, expected, end)
            portal.is_dated = portal.is_dated or kind == "dates lost"
    return made


def own_outages(seed: int) -> list[tuple[datetime, datetime]]:
    """Return when our own connection is broken: three times a year, for hours or days."""
    chance = random.Random(f"{seed} own")
    starts = [_moment(FIRST_DAY + timedelta(chance.randrange(DAYS)), chance) for _ in range(3)]
    return [(start, start + timedelta(hours=chance.uniform(6, 60))) for start in starts]


def runs() -> Iterator[datetime]:
    """Yield the times of the year's runs, two a day."""
    for day in range(DAYS):
        for hour in HOURS:
            yield datetime.combine(FIRST_DAY + timedelta(day), datetime.min.time(), VIETNAM).replace(
                hour=hour
            )


def visit(
    portal: MadePortal, now: datetime, before: datetime | None, is_offline: bool, chance: random.Random
) -> Visit:
    """Return what a crawl at `now` sees of a portal, the crawl before being at `before`."""
    fate = portal.incident.kind if portal.incident and portal.incident.covers(now) else ""
    at = (now + timedelta(minutes=chance.uniform(1, 20))).isoformat(timespec="seconds")
    is_out = is_offline or fate in ("dies", "long outage") or any(a <= now < b for a, b in portal.outages)
    lists: dict[str, ListTry | None] = {}
    seen = portal.published()
    place = bisect_left(seen, now)
    newest = seen[place - 1] if place else None
    for number, rows in enumerate(portal.rows):
        outcome, reason = "listed", None
        if is_out:
            outcome, reason = "timeout", "DownloadTimeoutError: no answer in time"
        elif fate == "is closed":
            outcome, reason = "gone", "HTTP 404"
        elif fate == "is challenged":
            outcome, reason = "challenged", "Challenged: a cookie stub"
        elif fate == "moves":
            outcome, reason = "off_site", "leads to http://elsewhere.example/"
        elif fate == "lists unreadable" or (fate == "one list unreadable" and number == 0):
            outcome, reason = "parse_error", "no article links were found on the section's first page"
        elif chance.random() < portal.flaky:
            outcome, reason = chance.choice(
                [
                    ("timeout", "TimeoutError: no answer"),
                    ("http_error", "HTTP 503"),
                    ("http_error", "HTTP 502"),
                ]
            )
        found = max(1, rows // 5) if fate == "rows lost" else max(1, rows - chance.choice((0, 0, 0, 1, 2)))
        is_listed = outcome == "listed"
        day = newest.date().isoformat() if newest and portal.is_dated and fate != "dates lost" else None
        lists[f"http://{portal.name}.example/{number}"] = ListTry(
            f"section {number}", outcome, found if is_listed else None, day if is_listed else None, reason
        )
    if not any(tried and tried.outcome == "listed" for tried in lists.values()):
        return Visit(portal.name, at, lists)
    fresh = place - (bisect_left(seen, before) if before else 0)
    lost = sum(chance.random() < 0.01 for _ in range(fresh)) if fate != "articles challenged" else fresh
    stored = fresh - lost
    without_text = sum(chance.random() < portal.lacking for _ in range(stored))
    outcomes = {"new": stored, ("challenged" if fate == "articles challenged" else "gone"): lost}
    return Visit(
        portal.name,
        at,
        lists,
        {outcome: n for outcome, n in outcomes.items() if n},
        stored,
        0 if fate == "dates lost" or not portal.is_dated else stored,
        0 if fate == "texts lost" else stored - without_text,
        stored,
    )


def is_day_off(day: date) -> bool:
    """True on the public holidays of 2026, the nine days of Tết among them."""
    return (
        (day.month, day.day) in _DAYS_OFF or day in _KINGS or any(-2 <= (day - tet).days <= 6 for tet in _TET)
    )


def _portal(number: int, chance: random.Random) -> MadePortal:
    rhythm = chance.choices(RHYTHMS, _SHARES)[0]
    outages = []
    for _ in range(chance.randrange(4)):  # maintenance: hours, seldom more than the time between two runs
        start = _moment(FIRST_DAY + timedelta(chance.randrange(DAYS)), chance)
        outages.append((start, start + timedelta(hours=chance.expovariate(1 / 5))))
    return MadePortal(
        name=f"portal{number:02}",
        rhythm=rhythm,
        articles=_articles(rhythm, chance),
        rows=tuple(chance.choice((6, 10, 15, 20, 30)) for _ in range(chance.randrange(1, 4))),
        is_dated=chance.random() > 0.08,
        outages=outages,
        flaky=chance.choice((0.0, 0.01, 0.02, 0.05)),
        lacking=chance.choice((0.0, 0.0, 0.05, 0.2)),
    )


def _articles(rhythm: str, chance: random.Random) -> list[datetime]:
    days = [FIRST_DAY + timedelta(offset) for offset in range(-BEFORE, DAYS)]
    closed = _closed(chance)
    if rhythm in ("weekly", "monthly"):
        period = 7 if rhythm == "weekly" else chance.choice((15, 30))
        return _regular(days, period, closed, chance)
    rate = {
        "many a day": chance.uniform(4, 12),
        "daily": chance.uniform(0.8, 2),
        "every few days": chance.uniform(0.25, 0.6),
        "in bursts": chance.uniform(0.15, 0.4),
    }[rhythm]
    weekend = chance.uniform(0, 0.35)
    swell, phase = chance.uniform(0, 0.35), chance.uniform(0, 6.28)  # the year's busier and quieter months
    moments: list[datetime] = []
    for number, day in enumerate(days):
        expected = rate * (weekend if day.weekday() > 4 else 1.25) * (0.03 if day in closed else 1)
        expected *= 1 + swell * sin(number / 365 * 6.28 + phase)
        for _ in range(_poisson(expected, chance)):
            many = chance.randrange(2, 8) if rhythm == "in bursts" else 1
            moments += [_moment(day, chance) for _ in range(many)]
    return sorted(moments)


def _regular(days: list[date], period: int, closed: set[date], chance: random.Random) -> list[datetime]:
    moments = []
    place = chance.randrange(period)
    while place < len(days):
        day = days[place] + timedelta(chance.choice((-1, 0, 0, 0, 0, 1, 2)))
        if chance.random() > 0.06 and day not in closed:
            moments.append(_moment(day, chance))
        place += period
    return sorted(moments)


def _closed(chance: random.Random) -> set[date]:
    """Return the days on which an office is shut: public holidays, its own Tết, perhaps a week of its own."""
    closed = {date(year, month, day) for year in (2024, 2025, 2026) for month, day in _DAYS_OFF} | set(_KINGS)
    for tet in _TET:
        before, after = chance.randrange(1, 5), chance.randrange(4, 13)
        closed |= {tet + timedelta(offset) for offset in range(-before, after)}
    if chance.random() < 0.3:
        start = FIRST_DAY + timedelta(chance.randrange(DAYS))
        closed |= {start + timedelta(offset) for offset in range(chance.randrange(2, 6))}
    return closed


def _moment(day: date, chance: random.Random) -> datetime:
    return datetime.combine(day, datetime.min.time(), VIETNAM) + timedelta(hours=chance.uniform(7.5, 18.5))


def _poisson(expected: float, chance: random.Random) -> int:
    count, product = 0, chance.random()
    limit = exp(-expected)
    while product > limit:
        count += 1
        product *= chance.random()
    return count
