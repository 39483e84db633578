"""What is wrong with a portal's lists and articles, visit for visit. Pure functions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice, takewhile
from math import comb
from operator import itemgetter
from statistics import median

from crawler.health.reasons import Reason
from crawler.health.rhythm import quantile
from crawler.health.visit import ListTry, Visit
from pipelines.outcomes import Outcome

BAD_RUNS = 2  # before red
_MOST_RUNS = 4  # before red where runs often fail
_BY_CHANCE = 2e-4  # chance of a row of failures that is small enough: of two runs a day, one in seven years
LEAST_SPAN = timedelta(hours=6)  # between the first and the last of them: a restart is no outage
_CONSIDERED = 60  # visits that tell how a list is now
_TRIES = 120  # of a list that tell how many rows are usual
_FEWEST_TRIES = 5
_DETAIL = 120  # characters of the ledger's reason
_SHORT = 0.4  # of the usual rows
_ARTICLES = 300  # that tell which fields are usual
_FEWEST_ARTICLES = 10
_VISITS = 8  # with articles, over which a field may be missing before it is noticed
_SEARCHED = 300  # visits that are looked through for those
_A_YEAR = 0.2  # times a year that fields may seem to be missing by chance
_LEAST_CHANCE, _MOST_CHANCE = 1e-5, 4e-3

_REFUSALS = tuple(f"HTTP {status}" for status in (401, 403, 405, 406, 418, 429, 451))
_KINDS = {
    Outcome.CHALLENGED: "refused",
    Outcome.OFF_SITE: "moved",
    Outcome.GONE: "gone",
    Outcome.SOFT_404: "gone",
    Outcome.TIMEOUT: "unreachable",
    Outcome.DNS_ERROR: "unreachable",
    Outcome.TLS_ERROR: "unreachable",
    Outcome.PARSE_ERROR: "unreadable",
    Outcome.NOT_HTML: "unreadable",
    Outcome.TOO_LARGE: "unreadable",
    Outcome.INCOMPLETE: "unreadable",
}
_GOOD_ARTICLES = (Outcome.NEW, Outcome.REVISED, Outcome.UNCHANGED, Outcome.DUPLICATE_ADDRESS)
_NOT_TRIED = (Outcome.NOT_ARCHIVED, Outcome.SKIPPED_BUDGET)


@dataclass(frozen=True, slots=True)
class Trouble:
    """What was wrong with a list in one visit; `kind` is a code of `reasons`."""

    kind: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Streak:
    """A list's trouble over its last tries, the newest's trouble standing for all."""

    name: str
    trouble: Trouble
    since: str
    is_confirmed: bool


def trouble_of(tried: ListTry, usual_rows: Sequence[int] = ()) -> Trouble | None:
    """Return what is wrong with a list as it was found, None where nothing is.

    `usual_rows` are the rows of earlier tries.
    """
    reason, outcome = tried.reason or "", Outcome(tried.outcome)
    kind = _KINDS.get(outcome)
    if outcome is Outcome.HTTP_ERROR:
        kind = "refused" if reason.startswith(_REFUSALS) else "unreachable"
    elif outcome is Outcome.BLOCKED_BY_ROBOTS:
        kind = "unreachable" if reason.startswith("RobotsUnavailable") else "refused"
    elif outcome is Outcome.LISTED and reason:
        kind = "strange"
    if kind:
        detail = reason[:_DETAIL] or outcome.value
        return Trouble(kind, Reason.of(kind, detail=detail, chi_tiet=_in_vietnamese(outcome, reason)))
    if tried.rows is not None and len(usual_rows) >= _FEWEST_TRIES:
        usual = median(usual_rows)
        if tried.rows < _SHORT * usual and tried.rows < quantile([*map(float, usual_rows)], 0.05):
            return Trouble("short", Reason.of("short", rows=tried.rows, usual=round(usual)))
    return None


def _in_vietnamese(outcome: Outcome, reason: str) -> str:
    """Return why a list was not read: the outcome's name, and what in the ledger's words is no English."""
    told = re.search(r"HTTP \d{3}|https?://\S{1,100}", reason)
    return f"{outcome.label}: {told[0]}" if told else outcome.label


def list_streaks(visits: Sequence[Visit], usual: Sequence[Visit]) -> tuple[dict[str, Streak], int]:
    """Return the lists that are in trouble, by address, and how many lists the portal has.

    Only those count that the last visit names; `usual` are the visits that tell how many rows are usual, and
    how many failures. A streak is confirmed after two bad tries some hours apart (more where tries often
    fail); and for all lists once every list that was asked for in two such visits was bad.
    """
    visits = visits[-_CONSIDERED:]
    tries: dict[str, list[tuple[str, ListTry]]] = {}
    for url in visits[-1].lists:
        if found := [(visit.at, one) for visit in visits if (one := visit.lists.get(url))]:
            tries[url] = found
    streaks: dict[str, Streak] = {}
    bad_at: dict[str, list[str]] = {}
    all_failing = 1.0
    for url, tried in tries.items():
        past = [(visit.at, one) for visit in usual[-_TRIES:] if (one := visit.lists.get(url))]
        rows = [one.rows for _, one in past if one.rows is not None]
        streak = list(takewhile(itemgetter(1), ((at, trouble_of(one, rows)) for at, one in reversed(tried))))
        if streak and (trouble := streak[0][1]):
            since = streak[-1][0]
            before = [trouble_of(one) is not None for at, one in past if at < since]
            # As if one try of twenty failed, until more is known.
            failing = (sum(before) + 0.5) / (len(before) + 10)
            all_failing *= failing
            bad_at[url] = [at for at, _ in streak]
            streaks[url] = Streak(tried[-1][1].name, trouble, since, confirmed(bad_at[url], failing))
    all_bad: list[str] = []  # the last visits in which no list was good
    for visit in reversed(visits):
        asked = visit.tries.keys() & tries.keys()
        if any(visit.at not in bad_at.get(url, ()) for url in asked):
            break
        all_bad += [visit.at] if asked else []
    if len(streaks) == len(tries) and confirmed(all_bad, all_failing):
        streaks = {
            url: replace(streak, since=min(streak.since, all_bad[-1]), is_confirmed=True)
            for url, streak in streaks.items()
        }
    return streaks, len(tries)


def confirmed(times: Sequence[str], failing: float = 0.0) -> bool:
    """True for bad runs (ISO 8601 times, in any order) that are enough and lie some hours apart.

    `failing` is the share of earlier runs that were bad: where many are, two say little.
    """
    needed = next((n for n in range(BAD_RUNS, _MOST_RUNS) if failing**n < _BY_CHANCE), _MOST_RUNS)
    if len(times) < needed:
        return False
    span = datetime.fromisoformat(max(times)) - datetime.fromisoformat(min(times))
    return span >= LEAST_SPAN


def missing_fields(visits: Sequence[Visit], usual: Sequence[Visit]) -> tuple[Reason, str] | None:
    """Return what the articles of the last visits lack and since when; None where they are as usual."""
    telling = [visit for visit in islice(reversed(visits), _SEARCHED) if visit.stored or visit.fresh]
    for code in ("read", "dated", "with_text", "by_layout"):
        counted = ((visit.at, *_counted(visit, code)) for visit in telling)
        lately = list(islice((count for count in counted if count[2]), _VISITS))
        for number in range(BAD_RUNS, len(lately) + 1):
            if found := _drop(lately[:number], usual, code):
                return found
    return None


def is_refusing(visits: Sequence[Visit]) -> bool:
    """True where most article pages that the last visits could not read were challenges."""
    failures: Counter[str] = Counter()
    for visit in visits[-BAD_RUNS:]:
        failures.update({o: n for o, n in visit.fresh.items() if o not in _GOOD_ARTICLES + _NOT_TRIED})
    return failures[Outcome.CHALLENGED] * 2 > failures.total()


def is_unreachable(visit: Visit) -> bool | None:
    """True where no list of a visit could be reached, False where one answered, None without evidence."""
    kinds = [trouble.kind if (trouble := trouble_of(tried)) else "" for tried in visit.tries.values()]
    return all(kind == "unreachable" for kind in kinds) if kinds else None


def _counted(visit: Visit, code: str) -> tuple[int, int]:
    """Return how many of a visit's articles have what a check asks for, and of how many."""
    if code == "read":
        good = sum(visit.fresh.get(outcome, 0) for outcome in _GOOD_ARTICLES)
        return good, sum(visit.fresh.values()) - sum(visit.fresh.get(outcome, 0) for outcome in _NOT_TRIED)
    return {"dated": visit.dated, "with_text": visit.with_text, "by_layout": visit.by_layout}[
        code
    ], visit.stored


def _drop(
    lately: Sequence[tuple[str, int, int]], usual: Sequence[Visit], code: str
) -> tuple[Reason, str] | None:
    """Return what the last visits (newest first) have less of than chance explains, and since when."""
    good, all_ = sum(count[1] for count in lately), sum(count[2] for count in lately)
    since = lately[-1][0]
    is_bad = good * 2 < all_ and all(some * 2 < of for _, some, of in lately[:BAD_RUNS])
    if not is_bad or not confirmed([at for at, *_ in lately]):
        return None
    usual_good = usual_all = last_all = 0
    first = since
    for visit in reversed(usual):
        if visit.at < since:
            some_good, last_all = _counted(visit, code)
            usual_good, usual_all, first = usual_good + some_good, usual_all + last_all, visit.at
            if usual_all >= _ARTICLES:
                break
    if usual_all < _FEWEST_ARTICLES or good / all_ >= usual_good / usual_all / 2:
        return None
    days = (datetime.fromisoformat(since) - datetime.fromisoformat(first)) / timedelta(1)
    yearly = 365 * (usual_all - last_all) / max(days, 1.0)  # the first visit may have found years of articles
    chance = min(max(_A_YEAR / max(yearly, 1.0), _LEAST_CHANCE), _MOST_CHANCE)
    if _at_most(good, all_, (usual_good + 1) / (usual_all + 2)) >= chance:
        return None
    return Reason.of(code, good=good, all=all_, usual=round(100 * usual_good / usual_all)), since


def _at_most(good: int, all_: int, share: float) -> float:
    """Return the chance of `good` or fewer among `all_` where each is good with a chance of `share`."""
    return sum(comb(all_, k) * share**k * (1 - share) ** (all_ - k) for k in range(good + 1))
