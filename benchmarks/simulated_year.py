"""A year of 60 portals that never were, judged twice a day by the code that judges real ones.

python -m benchmarks.simulated_year                    the tables of docs/reliability.md
python -m benchmarks.simulated_year --seeds 1-4        other years; the limits were set on 1-4
python -m benchmarks.simulated_year --seeds 3 --each   every incident and every false alarm, one a line
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import pairwise
from statistics import median

import click

from benchmarks.tables import markdown
from benchmarks.years import (
    BEFORE,
    DAYS,
    FATES,
    FIRST_DAY,
    RHYTHMS,
    Incident,
    MadePortal,
    is_day_off,
    own_outages,
    portals,
    runs,
    visit,
)
from crawler.health.judge import Health, Standing, judge
from crawler.health.machine import blind
from crawler.health.rhythm import Rhythm, quantile, rhythm
from crawler.health.visit import Visit

USUAL = 0.9  # share of a portal's gaps between days with articles that a usual gap is not below
PATIENCE = 3  # usual gaps until which an incident must be noticed
_RUN = timedelta(hours=13)  # from one run to the end of the next
_BACK_TO_USUAL = timedelta(days=2)  # after an incident in which red is no false alarm
PUBLISHED = "401-404"


@dataclass
class Course:
    """One portal's year as it was judged."""

    portal: MadePortal
    usual_gap: float
    visits: list[Visit] = field(default_factory=list)
    articles: Counter[int] = field(default_factory=Counter)
    counted: int = 0
    habit: Rhythm | None = None
    newest: int | None = None
    health: Health | None = None
    noticed: datetime | None = None
    noticed_as: str = ""
    cleared: datetime | None = None
    false_alarms: list[tuple[datetime, str]] = field(default_factory=list)

    @cached_property
    def deadline(self) -> datetime:
        """Until when the incident must be noticed: usual gaps after it began, or after the last article.

        Public holidays do not count, and the next run may tell.
        """
        fate = self.portal.incident
        assert fate
        start, usual = fate.start, usual_gap(self.portal, fate.start.date())
        if fate.kind == "goes quiet":
            start = max((m for m in self.portal.published()), default=start)
        left, day = PATIENCE * usual, start
        while left > 0:
            day += timedelta(hours=1)
            left -= 0 if is_day_off(day.date()) else 1 / 24
        return day + _RUN

    @property
    def watched(self) -> float:
        """The share of the year in which nothing was the matter: red is a false alarm then."""
        fate = self.portal.incident
        if not fate:
            return 1.0
        ill = (
            fate.end or datetime.combine(FIRST_DAY, datetime.min.time(), fate.start.tzinfo) + timedelta(365)
        ) - fate.start
        return 1 - ill / timedelta(365)

    @property
    def is_open(self) -> bool:
        """True for an incident that was not noticed when the year ended, before its deadline."""
        return self.noticed is None and self.deadline.date() >= FIRST_DAY + timedelta(DAYS)

    @property
    def is_missed(self) -> bool:
        """True for an incident that was not noticed in time, though it lasted that long."""
        fate = self.portal.incident
        lasted = fate is not None and not self.is_open and (fate.end is None or fate.end > self.deadline)
        return lasted and (self.noticed is None or self.noticed > self.deadline)


def year(seed: int) -> list[Course]:
    """Return how every portal of a year was judged."""
    chance = random.Random(f"{seed} visits")
    courses = [Course(portal, usual_gap(portal, FIRST_DAY)) for portal in portals(seed)]
    offline = own_outages(seed)
    before: datetime | None = None
    for now in runs():
        is_offline = any(start <= now < end for start, end in offline)
        seen = {c.portal.name: visit(c.portal, now, before, is_offline, chance) for c in courses}
        unseeing = blind(seen.values())
        for course in courses:
            found = seen[course.portal.name]
            if (found.portal, found.at) not in unseeing:
                course.visits.append(found)
                _take(course, now)
        before = now
    return courses


def _take(course: Course, now: datetime) -> None:
    """Judge a portal after a run, and note what that tells."""
    last = course.health
    standing = Standing(last.state, last.since) if last else None
    newest = _count(course, now)
    health = judge(course.visits, newest, course.habit, course.visits[-1].at, before=standing)
    course.health = health
    fate = course.portal.incident
    is_ill = fate is not None and fate.covers(now)
    if fate and is_ill and health.is_red and health.state in fate.expected:
        course.noticed = course.noticed or now
        course.noticed_as = health.state
    recovering = fate is not None and fate.end is not None and fate.end <= now < fate.end + _BACK_TO_USUAL
    if fate and fate.end and now >= fate.end and not health.is_red:
        course.cleared = course.cleared or now
    if health.is_red and not (last and last.is_red) and not is_ill and not recovering:
        course.false_alarms.append((now, f"{health.state}: {health.reason.english}"))


def _count(course: Course, now: datetime) -> int | None:
    """Take in the articles that crawls have stored by now; return the day of the newest.

    Without dates an article stands under the day on which a crawl found it; the first crawl's all under one.
    """
    published, first = course.portal.published(), FIRST_DAY.toordinal()
    while course.counted < len(published) and published[course.counted] < now:
        day = published[course.counted].date().toordinal()
        day = day if course.portal.is_dated else max(day, first)
        course.articles[day] += 1
        course.counted += 1
        course.habit = None
        course.newest = max(course.newest or 0, day)
    if course.newest and course.habit is None:
        course.habit = rhythm(course.articles, course.newest)
    return course.newest


def usual_gap(portal: MadePortal, day: date) -> float:
    """Return the gap in days that nine of ten did not exceed in the year before a day; at least one."""
    first = day - timedelta(BEFORE)
    if (
        not portal.is_dated and day > FIRST_DAY
    ):  # before the first crawl nobody could see how often it published
        first = max(first, FIRST_DAY)
    days = sorted({m.date().toordinal() for m in portal.articles if first <= m.date() < day})
    gaps = [float(later - sooner) for sooner, later in pairwise(days)]
    return max(1.0, quantile(gaps, USUAL)) if gaps else float(BEFORE)


def by_incident(courses: Iterable[Course]) -> str:
    """Return a table with a row per kind of incident."""
    courses = [course for course in courses if course.portal.incident]
    rows = []
    for kind in (*FATES, "all"):
        some = [c for c in courses if kind in ("all", _fate(c).kind)]
        if not some:
            continue
        delays = [((c.noticed - _fate(c).start) / timedelta(1), c.usual_gap) for c in some if c.noticed]
        in_days, in_gaps = [days for days, _ in delays], [days / gap for days, gap in delays]
        missed, still_open = sum(c.is_missed for c in some), sum(c.is_open for c in some)
        figures = ["–"] * 4
        if delays:
            exact = (median(in_days), quantile(in_days, 0.9), median(in_gaps), max(in_gaps))
            figures = [f"{figure:.1f}" for figure in exact]
        rows.append([kind, str(len(some)), str(missed), str(still_open), *figures])
    after = ["noticed after: median days", "9 of 10 within", "median in usual gaps", "longest"]
    return markdown(["incident", "cases", "missed", "year over first", *after], rows)


def by_rhythm(courses: Iterable[Course]) -> str:
    """Return a table with a row per rhythm: false alarms a portal and year."""
    courses = list(courses)
    rows = []
    for name in (*RHYTHMS, "all"):
        some = [c for c in courses if name in ("all", c.portal.rhythm)]
        if not some:
            continue
        years = sum(c.watched for c in some)
        alarms = [text.partition(":")[0] for c in some for _, text in c.false_alarms]
        kinds = ", ".join(f"{kind} {many}" for kind, many in Counter(alarms).most_common())
        usual, worst = median(c.usual_gap for c in some), max(len(c.false_alarms) for c in some)
        figures = [f"{usual:.1f}", f"{years:.0f}", str(len(alarms)), f"{len(alarms) / years:.2f}", str(worst)]
        rows.append([name, str(len(some)), *figures, kinds])
    head = ["usual gap, days", "portal-years", "false alarms", "a portal and year", "most of one", "which"]
    return markdown(["rhythm", "portals", *head], rows)


def _fate(course: Course) -> Incident:
    assert course.portal.incident
    return course.portal.incident


def _seeds(context: click.Context, option: click.Parameter, text: str) -> list[int]:
    first, _, last = text.partition("-")
    try:
        return list(range(int(first), int(last or first) + 1))
    except ValueError as error:
        raise click.BadParameter(f"{text!r} is no range; write 401-404") from error


@click.command()
@click.option("--seeds", callback=_seeds, default=PUBLISHED, show_default=True, help="Years to live through.")
@click.option("--jobs", type=click.IntRange(min=1), default=2, show_default=True, help="Years side by side.")
@click.option("--each", is_flag=True, help="Print every incident and every false alarm.")
def main(seeds: list[int], jobs: int, each: bool) -> None:
    """Print misses and false alarms as Markdown."""
    with ProcessPoolExecutor(jobs) as pool:
        courses = [course for courses in pool.map(year, seeds) for course in courses]
    if each:
        for line in _each(courses):
            click.echo(line)
    click.echo(by_incident(courses) + "\n\n" + by_rhythm(courses))
    passed = [c for c in courses if c.noticed and c.portal.incident and c.portal.incident.end]
    clear = [(c.cleared - end) / timedelta(1) for c in passed if c.cleared and (end := _fate(c).end)]
    still = len(passed) - len(clear)
    click.echo(
        f"\n{len(passed)} incidents passed; the all-clear came after {max(clear, default=0):.1f} days at "
        f"most, {still} times never."
    )


def _each(courses: Iterable[Course]) -> Iterable[str]:
    for c in courses:
        name = f"{c.portal.name} ({c.portal.rhythm}, {c.usual_gap:.0f} d)"
        if fate := c.portal.incident:
            told = f"{c.noticed:%m-%d %H} as {c.noticed_as}" if c.noticed else "never"
            missed = " MISSED" if c.is_missed else ""
            due = f"{c.deadline:%m-%d %H}"
            yield f"{name}: {fate.kind} {fate.start:%m-%d %H}, due {due}, noticed {told}{missed}"
        for moment, text in c.false_alarms:
            yield f"{name}: false alarm {moment:%m-%d %H} {text}"


if __name__ == "__main__":
    main()
