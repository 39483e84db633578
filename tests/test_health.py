"""A portal is judged against its own history."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.clock import VIETNAM
from crawler.health.calendar import is_holiday, worked
from crawler.health.judge import Health, Standing, State, judge
from crawler.health.lunar import lunar_day, new_year
from crawler.health.machine import blind, judge_machine
from crawler.health.reasons import _TEXTS, Reason
from crawler.health.rhythm import Rhythm, rhythm
from crawler.health.visit import ListTry, Visit

START = datetime(2026, 5, 4, 7, tzinfo=VIETNAM)  # a Monday
GOOD = ListTry("Tin", "listed", 10)
URL = "http://so.example/tin"
DAILY = Rhythm(1.0, 4.0, 4.0, (1.0,) * 7)


def times(hours: int = 12) -> Iterator[str]:
    moment = START
    while True:
        yield moment.isoformat()
        moment += timedelta(hours=hours)


def visits(*tries: Any, hours: int = 12, **fields: Any) -> list[Visit]:
    """Return a visit for each try of the portal's one list."""
    return [Visit("so", at, {URL: tried}, **fields) for tried, at in zip(tries, times(hours), strict=False)]


def state_of(seen: list[Visit], **more: Any) -> Health:
    """Return the judgement at the last visit; the newest article is of that day."""
    at = seen[-1].at
    newest = more.pop("newest", date.fromisoformat(at[:10]).toordinal())
    return judge(seen, newest, more.pop("habit", DAILY), more.pop("at", at), **more)


def bad(outcome: str, reason: str = "") -> ListTry:
    return ListTry("Tin", outcome, None, None, reason)


# Lists


@pytest.mark.parametrize(
    ("tried", "state"),
    [
        (bad("timeout", "TimeoutError: no answer in time"), State.UNREACHABLE),
        (bad("dns_error", "no such host"), State.UNREACHABLE),
        (bad("tls_error", "certificate has expired"), State.UNREACHABLE),
        (bad("http_error", "HTTP 503"), State.UNREACHABLE),
        (bad("blocked_by_robots", "RobotsUnavailable: robots.txt answers HTTP 500"), State.UNREACHABLE),
        (bad("http_error", "HTTP 403"), State.CHALLENGED),
        (bad("challenged", "a cookie stub"), State.CHALLENGED),
        (bad("blocked_by_robots", "Forbidden by robots.txt"), State.CHALLENGED),
        (bad("off_site", "leads to http://elsewhere.example/"), State.MOVED),
        (bad("gone", "HTTP 404"), State.DEGRADED),
        (bad("parse_error", "no article links were found"), State.DEGRADED),
        (ListTry("Tin", "listed", 10, None, "looks like drupal now"), State.DEGRADED),
        (ListTry("Tin", "listed", 2), State.DEGRADED),
    ],
)
def test_two_bad_runs_make_a_state_and_one_makes_a_suspicion(tried: ListTry, state: State) -> None:
    usual = [GOOD] * 40
    once, twice = state_of(visits(*usual, tried)), state_of(visits(*usual, tried, tried))
    assert (once.state, once.is_red) == (State.OK, False)
    assert once.suspicion
    assert (twice.state, twice.is_red) == (state, True)
    assert twice.since == visits(*usual, tried)[-1].at
    again = state_of(visits(*usual, tried, tried, GOOD), before=Standing(state, twice.since))
    assert (again.state, again.is_red) == (State.OK, False)


def test_unreachable_is_never_gone_however_long_it_lasts() -> None:
    seen = visits(*[GOOD] * 40, *[bad("dns_error", "no such host")] * 400)
    found = state_of(seen)
    assert found.state is State.UNREACHABLE
    assert "does not mean it is gone" in found.reason.english


def test_a_portal_that_answers_for_a_month_that_its_lists_are_gone_is_dead() -> None:
    gone = bad("gone", "HTTP 404")
    assert state_of(visits(*[GOOD] * 40, *[gone] * 59)).state is State.DEGRADED
    since = visits(*[GOOD] * 40, gone)[-1].at
    for before in (Standing(State.DEGRADED, since), Standing(State.DEAD, since)):
        assert state_of(visits(*[GOOD] * 40, *[gone] * 61), before=before).state is State.DEAD
        assert state_of(visits(*[GOOD] * 40, *[gone] * 300), before=before).state is State.DEAD


def test_two_bad_runs_within_an_hour_are_one() -> None:
    down = bad("timeout")
    assert state_of(visits(*[GOOD] * 40, down, down, hours=1)).state is State.OK
    assert state_of(visits(*[GOOD] * 40, *[down] * 8, hours=1)).state is State.UNREACHABLE


def test_a_portal_that_often_fails_has_to_fail_more_often() -> None:
    flaky = ([GOOD] * 9 + [bad("timeout")]) * 6
    assert state_of(visits(*flaky, GOOD, *[bad("timeout")] * 3)).state is State.OK
    assert state_of(visits(*flaky, GOOD, *[bad("timeout")] * 4)).state is State.UNREACHABLE


def test_one_list_of_three_degrades_the_portal_and_is_named() -> None:
    seen = [
        Visit("so", at, {URL: GOOD, f"{URL}/2": GOOD, f"{URL}/3": third})
        for third, at in zip([GOOD] * 40 + [bad("gone", "HTTP 404")] * 2, times(), strict=False)
    ]
    for visit in seen:
        for tried in visit.tries.values():
            assert tried
    seen = [Visit(v.portal, v.at, {**v.lists, f"{URL}/3": _named(v, "Đảng")}) for v in seen]
    found = state_of(seen)
    assert found.state is State.DEGRADED
    assert found.reason.english.startswith("1 of 3 lists: Đảng: ")
    assert found.reason.vietnamese.startswith("1/3 danh mục: Đảng: ")
    assert "không còn (404/410): HTTP 404" in found.reason.vietnamese


def _named(visit: Visit, name: str) -> ListTry:
    third = visit.lists[f"{URL}/3"]
    assert third
    return ListTry(name, third.outcome, third.rows, third.newest, third.reason)


def test_a_list_that_is_not_due_does_not_end_a_streak() -> None:
    down = bad("gone", "HTTP 404")
    seen = visits(*[GOOD] * 40, down, None, None, down)
    seen = [Visit(v.portal, v.at, {**v.lists, f"{URL}/2": GOOD}) for v in seen]
    assert state_of(seen).state is State.DEGRADED


def test_a_list_that_is_declared_no_more_does_not_count() -> None:
    down = bad("gone", "HTTP 404")
    seen = [Visit(v.portal, v.at, {**v.lists, f"{URL}/2": GOOD}) for v in visits(*[down] * 20)]
    assert state_of(seen).is_red
    seen.append(Visit("so", (START + timedelta(days=20)).isoformat(), {f"{URL}/2": GOOD}))
    assert not state_of(seen).is_red


def test_a_list_that_lost_most_of_its_rows_stays_degraded_until_someone_looks() -> None:
    short = ListTry("Tin", "listed", 2)
    before = Standing(State.DEGRADED, visits(*[GOOD] * 60, short)[-1].at)
    assert state_of(visits(*[GOOD] * 60, *[short] * 300), before=before).state is State.DEGRADED
    varying = [ListTry("Tin", "listed", rows) for rows in (10, 3, 2, 8, 10, 9) * 10]
    assert state_of(visits(*varying, short, short)).state is State.OK


# Articles


def fields(*stored: tuple[int, int], fresh: tuple[dict[str, int], ...] = ()) -> list[Visit]:
    """Return visits that stored articles, so many of them with a date."""
    seen = []
    for (count, dated), at in zip(stored, times(), strict=False):
        outcomes = {"new": count} if count else {}
        seen.append(Visit("so", at, {URL: GOOD}, outcomes, count, dated, count, count))
    moment = datetime.fromisoformat(seen[-1].at)
    for number, outcomes in enumerate(fresh, 1):
        at = (moment + timedelta(hours=12 * number)).isoformat()
        seen.append(Visit("so", at, {URL: GOOD}, outcomes))
    return seen


def test_dates_that_vanish_degrade_a_portal_that_had_them() -> None:
    assert state_of(fields(*[(2, 2)] * 60, (2, 0))).state is State.OK
    found = state_of(fields(*[(2, 2)] * 60, (2, 0), (2, 0)))
    assert found.state is State.DEGRADED
    assert found.reason.english == "0 of the last 4 articles have a date, usually 100 %"


def test_a_portal_without_dates_is_as_usual_without_dates() -> None:
    assert state_of(fields(*[(2, 0)] * 60)).state is State.OK
    assert state_of(fields(*[(1, 1), (1, 0)] * 30, (1, 0), (1, 0))).state is State.OK


def test_articles_that_are_all_challenges_are_told_as_such() -> None:
    seen = fields(*[(2, 2)] * 60, fresh=({"challenged": 3}, {"challenged": 2}))
    assert state_of(seen).state is State.CHALLENGED
    seen = fields(*[(2, 2)] * 60, fresh=({"incomplete": 3}, {"parse_error": 2}))
    assert state_of(seen).state is State.DEGRADED


def test_articles_left_for_the_next_run_say_nothing() -> None:
    seen = fields(*[(2, 2)] * 60, fresh=({"skipped_budget": 30}, {"skipped_budget": 30}))
    assert state_of(seen).state is State.OK


# Silence


def days(first: date, count: int, weekdays: str = "0123456", each: int = 1) -> dict[int, int]:
    ordinals = range(first.toordinal(), first.toordinal() + count)
    return {day: each for day in ordinals if str((day - 1) % 7) in weekdays and not is_holiday(day)}


def silence(articles: dict[int, int], at: datetime) -> Health:
    newest = max(articles)
    seen = [Visit("so", (at - timedelta(hours=h)).isoformat(), {URL: GOOD}) for h in (60, 48, 36, 24, 12, 0)]
    return judge(seen, newest, rhythm(articles, newest), at.isoformat())


def test_a_daily_portal_is_quiet_after_days_and_a_weekly_one_after_weeks() -> None:
    last = date(2026, 8, 28)  # a Friday
    daily = days(last - timedelta(400), 401, "01234", each=3)
    weekly = days(last - timedelta(400), 401, "4")
    evening = datetime(2026, 8, 31, 19, tzinfo=VIETNAM)
    assert silence(daily, datetime(2026, 8, 30, 19, tzinfo=VIETNAM)).state is State.OK  # a weekend
    found = silence(daily, datetime(2026, 9, 9, 19, tzinfo=VIETNAM))
    assert found.state is State.QUIET
    assert found.since == "2026-08-28"
    assert "không có bài mới từ 28/08/2026" in found.reason.vietnamese
    assert silence(weekly, evening + timedelta(days=10)).state is State.OK
    assert silence(weekly, evening + timedelta(days=25)).state is State.QUIET


def test_nobody_is_quiet_over_tet_and_the_holidays_of_spring_and_autumn() -> None:
    for last, back in (
        (date(2026, 2, 13), date(2026, 2, 25)),  # Tết is on the 17th
        (date(2026, 4, 29), date(2026, 5, 4)),
        (date(2026, 8, 31), date(2026, 9, 4)),
    ):
        daily = days(last - timedelta(400), 401, "01234", each=2)
        morning = datetime(back.year, back.month, back.day, 7, tzinfo=VIETNAM)
        assert silence(daily, morning).state is State.OK, last


def test_a_portal_that_cannot_be_seen_is_not_called_quiet() -> None:
    seen = visits(*[GOOD] * 40, *[bad("timeout")] * 60)
    found = state_of(seen, newest=date(2026, 5, 20).toordinal())
    assert found.state is State.UNREACHABLE


def test_a_frozen_portal_is_expected_to_be_silent_but_not_to_vanish() -> None:
    old = date(2020, 1, 1).toordinal()
    assert state_of(visits(*[GOOD] * 40), newest=old, declared="live").state is State.QUIET
    assert state_of(visits(*[GOOD] * 40), newest=old, declared="frozen").state is State.OK
    down = visits(*[GOOD] * 40, *[bad("timeout")] * 2)
    assert state_of(down, newest=old, declared="frozen").is_red


@pytest.mark.parametrize("declared", ["moved", "dead"])
def test_what_is_declared_moved_or_dead_is_no_news(declared: str) -> None:
    found = state_of(visits(*[bad("dns_error")] * 9), declared=declared)
    assert (found.state, found.is_red) == (declared, False)


def test_a_list_that_announces_newer_articles_is_not_quiet_but_its_clock_is_no_article() -> None:
    old = START.toordinal() - 30
    today = [ListTry("Tin", "listed", 10, at[:10]) for _, at in zip(range(6), times(), strict=False)]
    assert state_of(visits(*today), newest=old).state is State.QUIET
    yesterday = ListTry("Tin", "listed", 10, (START - timedelta(1)).date().isoformat())
    assert state_of(visits(*[yesterday] * 6), newest=old).state is State.OK


@given(
    st.lists(
        st.sampled_from([None, GOOD, bad("timeout"), bad("gone"), bad("challenged"), ListTry("T", "listed", 0)]),
        min_size=1, max_size=40,
    ),
    st.sampled_from([None, Standing(State.DEGRADED, START.isoformat()), Standing(State.QUIET, "2026-05-01")]),
    st.dictionaries(st.integers(739000, 739900), st.integers(0, 50), max_size=60),
)  # fmt: skip
def test_any_history_has_a_judgement_in_both_languages(
    tries: list[ListTry | None], before: Standing | None, articles: dict[int, int]
) -> None:
    seen = visits(*tries)
    newest = max(articles, default=None)
    found = judge(seen, newest, rhythm(articles, newest) if newest else None, seen[-1].at, before=before)
    assert found.reason.english and found.reason.vietnamese
    assert found.is_red == (found.state is not State.OK)
    datetime.fromisoformat(found.since)


# The calendar


def test_tet_falls_on_the_days_of_the_almanac() -> None:
    almanac = (
        "1985-01-21 2007-02-17 2015-02-19 2016-02-08 2017-01-28 2018-02-16 2019-02-05 2020-01-25 2021-02-12 "
        "2022-02-01 2023-01-22 2024-02-10 2025-01-29 2026-02-17 2027-02-06 2028-01-26 2029-02-13 2030-02-02"
    )
    for day in map(date.fromisoformat, almanac.split()):
        assert new_year(day.year) == day
    assert lunar_day(10, 3, 2023) == date(2023, 4, 29)  # in a year with a double second month
    assert lunar_day(10, 3, 2025) == date(2025, 4, 7)


def test_working_days_are_no_holidays() -> None:
    assert not any(is_holiday(date(2026, month, 16).toordinal()) for month in range(3, 13))
    assert is_holiday(date(2026, 9, 2).toordinal())


def test_a_day_that_may_be_a_holiday_counts_half() -> None:
    days = [
        date(2026, 8, 31) + timedelta(number) for number in range(5)
    ]  # 2/9 with the day before it or after
    assert [worked(day.toordinal()) for day in days] == [1.0, 0.5, 0.0, 0.5, 1.0]
    assert worked(date(2024, 4, 29).toordinal()) == 0.5, "between a Sunday and 30/4"


def test_silence_over_days_that_may_be_holidays_is_half_a_silence() -> None:
    habit = Rhythm(usual_gap=1.0, limit=99.0, calendar_limit=2.9, weights=(1.0,) * 7)
    last = date(2026, 8, 31).toordinal()
    assert [habit.is_too_long(last, last + days) for days in (4, 5, 6)] == [False, True, True]


# Ourselves


def crowd(at: datetime, down: int, of: int) -> list[Visit]:
    tries = [bad("timeout") if number < down else GOOD for number in range(of)]
    return [Visit(f"so{n}", at.isoformat(), {f"{URL}/{n}": tried}) for n, tried in enumerate(tries)]


def test_where_nearly_all_portals_are_down_at_once_it_is_us() -> None:
    assert len(blind(crowd(START, 20, 20))) == 20
    assert len(blind(crowd(START, 18, 20))) == 18
    assert blind(crowd(START, 5, 20)) == set()
    assert blind(crowd(START, 2, 2)) == set()  # two tell nothing
    at, down = START.isoformat(), crowd(START, 20, 20)
    found = judge_machine(down, [at], {"so0": at}, at, days_left=None)
    assert found.state is State.UNREACHABLE


def test_crawls_that_stop_portals_left_out_and_a_full_disk_are_told() -> None:
    seen = [visit for day in range(20) for visit in crowd(START + timedelta(day), 0, 5)]
    last = START + timedelta(days=19)
    lasts = {f"so{n}": last.isoformat() for n in range(5)}

    def told(after: timedelta, days_left: float | None = None, **other: datetime) -> Health:
        known = lasts | {name: moment.isoformat() for name, moment in other.items()}
        at = (last + after).isoformat()
        return judge_machine(seen[-5:], [visit.at for visit in seen], known, at, days_left=days_left)

    assert told(timedelta(hours=30)).state is State.OK
    assert "no crawl has ended since" in told(timedelta(days=4)).reason.english
    assert told(timedelta(hours=1), so9=last - timedelta(15)).reason.english == "not crawled for 15 days: so9"
    assert "full in 9 days" in told(timedelta(hours=1), 9.5).reason.english
    assert told(timedelta(hours=1), 90.0).state is State.OK


def test_every_reason_is_said_in_both_languages_with_the_same_facts() -> None:
    names = "detail chi_tiet day ngay days usual rows count all name good at luc names"
    facts = dict.fromkeys(names.split(), "x")
    for code in _TEXTS:
        reason = Reason.of(code, **facts, inner=Reason.of("ok"))
        assert reason.english and reason.vietnamese and reason.english != reason.vietnamese
