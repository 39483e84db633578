"""When lists and articles are due again."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from crawler.clock import VIETNAM
from crawler.rhythm import (
    LONGEST,
    LONGEST_PAUSE,
    REREADINGS,
    SHORTEST,
    Rhythm,
    next_reading,
    pause_after,
)

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=VIETNAM)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)

moments = st.datetimes(datetime(2000, 1, 1), datetime(2040, 1, 1)).map(
    lambda moment: moment.replace(tzinfo=VIETNAM)
)


def shown(*ages: float) -> Rhythm:
    """Return the rhythm of a list whose articles are so many days old."""
    rhythm = Rhythm.of([NOW - age * DAY for age in ages], NOW)
    assert rhythm
    return rhythm


def watched(rhythm: Rhythm, found_a_day: float, days: int) -> Rhythm:
    """Return the rhythm after so many days of visits when they are due."""
    passed = 0.0
    while passed < days:
        wait = rhythm.interval / DAY
        before, passed = int(passed * found_a_day), passed + wait
        rhythm = rhythm.after(int(passed * found_a_day) - before, wait)
    return rhythm


def test_a_busy_list_is_visited_hourly_a_dead_one_weekly() -> None:
    assert shown(*(number / 20 for number in range(20))).interval == SHORTEST == HOUR
    assert shown(400, 410, 420).interval == LONGEST == timedelta(days=7)


def test_a_list_with_an_article_a_day_is_visited_twice_a_day() -> None:
    assert 10 * HOUR < shown(0, 1, 2, 3, 4, 5, 6, 7, 8, 9).interval < 14 * HOUR


def test_what_a_list_prints_counts_less_the_older_it_is() -> None:
    assert shown(0, 1, 2, 3).interval < shown(20, 21, 22, 23).interval


def test_one_old_article_pinned_to_the_top_does_not_make_a_busy_list_slow() -> None:
    ages = [number / 4 for number in range(20)]
    assert shown(3000, *ages).interval < 6 * HOUR


def test_a_list_without_dates_has_no_rhythm_of_its_own_and_begins_with_a_guess() -> None:
    assert Rhythm.of([], NOW) is None
    assert Rhythm().interval == 12 * HOUR


def test_a_list_that_falls_silent_is_visited_less_and_less_and_weekly_after_some_weeks() -> None:
    rhythm, intervals = Rhythm(24, 1), []
    for _ in range(200):
        intervals.append(rhythm.interval)
        rhythm = rhythm.after(0, rhythm.interval / DAY)
    assert intervals == sorted(intervals) and intervals[0] == HOUR
    assert intervals[-1] == LONGEST
    assert watched(Rhythm(24, 1), 0, 60).interval == LONGEST


def test_a_dead_list_that_wakes_is_visited_daily_within_some_weeks() -> None:
    dead = watched(Rhythm(), 0, 200)
    assert dead.interval == LONGEST
    assert watched(dead, 5, 21).interval < 12 * HOUR


def test_visits_learn_what_the_list_gives_whatever_the_guess_was() -> None:
    for guess in (Rhythm(), Rhythm(50, 1), Rhythm(0.01, 20)):
        assert 2 * HOUR < watched(guess, 4, 120).interval < 4 * HOUR


@given(st.floats(0, 1e9), st.floats(0, 1e9), st.integers(0, 10**6), st.floats(0, 1e5))
def test_the_interval_keeps_its_bounds(articles: float, days: float, found: int, passed: float) -> None:
    for rhythm in (Rhythm(articles, days), Rhythm(articles, days).after(found, passed)):
        assert SHORTEST <= rhythm.interval <= LONGEST


@given(st.lists(moments, max_size=30), moments)
def test_no_dates_that_a_list_may_print_break_the_bounds(published: list[datetime], at: datetime) -> None:
    rhythm = Rhythm.of(published, at) or Rhythm()
    assert SHORTEST <= rhythm.interval <= LONGEST


def test_what_fails_is_left_alone_longer_each_time_and_a_day_at_most() -> None:
    assert [pause_after(failures) for failures in (1, 2, 3)] == [HOUR, 4 * HOUR, 16 * HOUR]
    assert pause_after(4) == pause_after(10**9) == LONGEST_PAUSE == DAY


def test_an_article_is_read_again_after_1_3_10_and_30_days_and_then_no_more() -> None:
    read, days = NOW, []
    while due := next_reading(NOW, read):
        days.append((due - NOW) / DAY)
        read = due + 2 * HOUR
    assert tuple(days) == REREADINGS == (1, 3, 10, 30)


def test_what_was_published_long_ago_is_read_once() -> None:
    assert next_reading(NOW - 31 * DAY, NOW) is None
    assert next_reading(NOW - 2 * DAY, NOW) == NOW + DAY


@given(moments, moments)
def test_a_reading_is_always_in_the_future_and_within_30_days(born: datetime, read: datetime) -> None:
    due = next_reading(born, read)
    assert due is None or read < due <= read + 30 * DAY
