"""What is wrong with us, not with a portal: our own connection, crawls that do not happen, the disk."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from crawler.health.findings import is_unreachable
from crawler.health.judge import Health, Standing, State
from crawler.health.reasons import Reason
from crawler.health.rhythm import quantile
from crawler.health.visit import Visit

NAME = "tinso"  # among the portals' names

AROUND = timedelta(hours=1)  # of a visit: what belongs to one run
_FEWEST_OTHERS = 4  # portals that must be visited at about the same time to tell
_NEARLY_ALL = 0.8
_ONE_RUN = timedelta(minutes=30)  # between two portals of one run at most
_LEAST_WAIT = timedelta(hours=2)
_UNKNOWN_WAIT = timedelta(hours=24)
_PATIENCE = 3  # usual waits
_LEFT_OUT = timedelta(days=14)  # a dead section is due once a week
_DISK_DAYS = 14


def blind(visits: Iterable[Visit]) -> set[tuple[str, str]]:
    """Return (portal, time) of the visits that say nothing of their portal.

    That is where nearly all other portals could not be reached either within the hour: then it is our own
    connection that is broken, and no portal of theirs.
    """
    tried = sorted(
        (datetime.fromisoformat(visit.at), visit.portal, visit.at, bad)
        for visit in visits
        if (bad := is_unreachable(visit)) is not None
    )
    times = [moment for moment, *_ in tried]
    found = set()
    for moment, portal, at, bad in tried:
        if bad:
            near = tried[bisect_left(times, moment - AROUND) : bisect_right(times, moment + AROUND)]
            others = {name: is_bad for _, name, _, is_bad in near if name != portal}
            if len(others) >= _FEWEST_OTHERS and sum(others.values()) >= _NEARLY_ALL * len(others):
                found.add((portal, at))
    return found


def judge_machine(
    recent: Sequence[Visit],
    times: Sequence[str],
    last_visits: Mapping[str, str],
    at: str,
    *,
    days_left: float | None,
    before: Standing | None = None,
) -> Health:
    """Return how we ourselves do, under the name NAME.

    Args:
        recent: the visits of the last run, those too that say nothing of their portal.
        times: when portals were visited in the last month, in order.
        last_visits: portal → when it was last visited, of the portals that are expected to be.
        at: the present time.
        days_left: how long the disk will last.
        before: the last judgement.
    """
    found = _trouble(recent, times, last_visits, at, days_left)
    state, reason, since = found or (State.OK, Reason.of("ok"), at)
    if before and before.state is state:
        since = before.since
    return Health(NAME, state, reason, since, is_red=state is not State.OK, last_success=None)


def _trouble(
    recent: Sequence[Visit],
    times: Sequence[str],
    last_visits: Mapping[str, str],
    at: str,
    days_left: float | None,
) -> tuple[State, Reason, str] | None:
    moment = datetime.fromisoformat(at)
    if last_visits:
        last = max(last_visits.values())
        usual = max(_usual_wait(times), _LEAST_WAIT)
        day = datetime.fromisoformat(last)
        if moment - day > usual * _PATIENCE:
            reason = Reason.of(
                "stopped",
                at=f"{day:%Y-%m-%d %H:%M}",
                luc=f"{day:%H:%M %d/%m/%Y}",
                usual=round(usual / timedelta(hours=1)),
            )
            return State.DEGRADED, reason, last
    if len(recent) > _FEWEST_OTHERS and len(blind(recent)) >= _NEARLY_ALL * len(recent):
        return State.UNREACHABLE, Reason.of("offline"), recent[0].at
    left_out = {
        name: when for name, when in last_visits.items() if moment - datetime.fromisoformat(when) > _LEFT_OUT
    }
    if left_out:
        names = ", ".join(sorted(left_out, key=lambda name: left_out[name])[:5])
        names += f" (+{len(left_out) - 5})" if len(left_out) > 5 else ""
        oldest = min(left_out.values())
        days = (moment - datetime.fromisoformat(oldest)).days
        return State.DEGRADED, Reason.of("left_out", days=days, names=names), oldest
    if days_left is not None and days_left < _DISK_DAYS:
        return State.DEGRADED, Reason.of("disk", days=int(days_left)), at
    return None


def _usual_wait(times: Sequence[str]) -> timedelta:
    """Return the time between two runs that nine of ten do not exceed."""
    moments = map(datetime.fromisoformat, times)
    waits = [(later - sooner).total_seconds() for sooner, later in pairwise(moments)]
    waits = [wait for wait in waits if wait > _ONE_RUN.total_seconds()]
    return timedelta(seconds=quantile(waits, 0.9)) if waits else _UNKNOWN_WAIT
