"""The judgement: one pure function from a portal's history to its state."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from crawler.health.findings import (
    BAD_RUNS,
    Streak,
    confirmed,
    is_refusing,
    list_streaks,
    missing_fields,
    trouble_of,
)
from crawler.health.reasons import Reason, vietnamese_day
from crawler.health.rhythm import Rhythm
from crawler.health.visit import Visit

DEAD_AFTER = timedelta(days=30)  # of answering that every list is gone
_EVENING = 18  # o'clock: from then on a day without articles counts as one
_UNKNOWN_SILENCE = 90  # days, where a portal has shown no habit
_LISTED = 10  # visits whose lists may announce an article that could not be read


class State(StrEnum):
    """How a portal does. "Unreachable" is from here: it never means that the portal is gone."""

    OK = "ok"
    QUIET = "quiet"
    DEGRADED = "degraded"
    CHALLENGED = "challenged"
    UNREACHABLE = "unreachable"
    MOVED = "moved"
    DEAD = "dead"


_STATES = {"refused": State.CHALLENGED, "unreachable": State.UNREACHABLE, "moved": State.MOVED}


@dataclass(frozen=True, slots=True)
class Standing:
    """What was judged before: the state, and since when."""

    state: State
    since: str


@dataclass(frozen=True, slots=True)
class Health:
    """A portal's state with its reason; `since` is when it began (ISO 8601).

    `is_red`: a person should look. `suspicion`: one bad run, which is not enough for red. `last_success`:
    when a list was last read. `usual_gap`: days between articles that 9 gaps of 10 do not exceed.
    """

    portal: str
    state: State
    reason: Reason
    since: str
    is_red: bool
    suspicion: Reason | None = None
    last_success: str | None = None
    newest: str | None = None
    usual_gap: float | None = None


def judge(
    visits: Sequence[Visit],
    newest: int | None,
    habit: Rhythm | None,
    at: str,
    *,
    declared: str = "live",
    before: Standing | None = None,
) -> Health:
    """Return a portal's health.

    Args:
        visits: its visits in order of time, at least one, without those that say nothing of it (see
            `crawler.health.machine.blind`).
        newest: the day of its newest stored article (as `date.toordinal`), None where there is none.
        habit: how often it publishes, None where it has shown none.
        at: the present time, ISO 8601 with +07:00.
        declared: live, frozen, moved or dead, as its class says.
        before: the last judgement.
    """
    portal, last = visits[-1].portal, visits[-1].at
    good = next((visit.at for visit in reversed(visits) if _is_success(visit)), None)
    newest = max(newest or 0, _listed(visits)) or None

    def health(state: State, reason: Reason, since: str, suspicion: Reason | None = None) -> Health:
        is_same = before is not None and before.state is state
        return Health(
            portal,
            state,
            reason,
            before.since if before and is_same else since,
            is_red=state is not State.OK and declared in ("live", "frozen"),
            suspicion=suspicion,
            last_success=good,
            newest=date.fromordinal(newest).isoformat() if newest else None,
            usual_gap=habit.usual_gap if habit else None,
        )

    if declared in ("moved", "dead"):
        return health(State(declared), Reason.of(f"declared_{declared}"), last)
    usual, bad_since = visits[:-BAD_RUNS], visits[-1].at
    if before and before.state in (State.DEGRADED, State.DEAD):  # what came after does not tell what is usual
        bad_since = before.since
        usual = visits[: bisect_left(visits, bad_since, key=lambda visit: visit.at)]
    streaks, lists = list_streaks(visits, usual)
    if found := _of_lists(streaks, lists, at, bad_since):
        return health(*found)
    if missing := missing_fields(visits, usual):
        state = State.CHALLENGED if missing[0].code == "read" and is_refusing(visits) else State.DEGRADED
        return health(state, *missing)
    is_known = good is not None and confirmed([visits[0].at, good])
    if declared == "live" and good and is_known and (silence := _silence(good, newest, habit)):
        return health(State.QUIET, *silence)
    suspicion = next(iter(streaks.values())).trouble.reason if streaks else None
    code = "frozen" if declared == "frozen" else "ok" if len(visits) > 1 else "first"
    return health(State.OK, Reason.of(code), last, suspicion)


def _of_lists(
    streaks: Mapping[str, Streak], lists: int, at: str, bad_since: str
) -> tuple[State, Reason, str] | None:
    sure = [streak for streak in streaks.values() if streak.is_confirmed]
    if not sure:
        return None
    since = min(streak.since for streak in sure)
    kind = Counter(streak.trouble.kind for streak in sure).most_common(1)[0][0]
    streak = next(streak for streak in sure if streak.trouble.kind == kind)
    if len(sure) < lists:
        inner = Reason.of("part", count=len(sure), all=lists, name=streak.name, inner=streak.trouble.reason)
        return State.DEGRADED, inner, since
    lasting = datetime.fromisoformat(at) - datetime.fromisoformat(min(since, bad_since))
    if kind == "gone" and lasting >= DEAD_AFTER:
        return State.DEAD, streak.trouble.reason, since
    return _STATES.get(kind, State.DEGRADED), streak.trouble.reason, since


def _silence(last_success: str, newest: int | None, habit: Rhythm | None) -> tuple[Reason, str] | None:
    """Return why the portal is quiet and since when, None where it is not."""
    if newest is None:
        return Reason.of("empty"), last_success
    moment = datetime.fromisoformat(last_success)
    through = moment.date().toordinal() - (moment.hour < _EVENING)
    if not (habit.is_too_long(newest, through) if habit else through - newest > _UNKNOWN_SILENCE):
        return None
    day = date.fromordinal(newest)
    reason = Reason.of(
        "silent" if habit else "silent_long",
        day=day.isoformat(),
        ngay=vietnamese_day(day),
        days=moment.date().toordinal() - newest,
        usual=round(habit.usual_gap) if habit else None,
    )
    return reason, day.isoformat()


def _is_success(visit: Visit) -> bool:
    """True where a list was read, whatever it looked like."""
    tries = visit.tries.values()
    return any(not (trouble := trouble_of(tried)) or trouble.kind == "strange" for tried in tries)


def _listed(visits: Sequence[Visit]) -> int:
    """Return the newest day that a list announced, as `date.toordinal`; 0 where none did.

    Not the day of the visit itself: a list with a clock shows that one every time.
    """
    days = [
        date.fromisoformat(tried.newest).toordinal()
        for visit in visits[-_LISTED:]
        for tried in visit.tries.values()
        if tried.newest and tried.newest < visit.at[:10]
    ]
    return max(days, default=0)
