"""What a run, or a look at the status, concludes from the history: judgements and changes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path

from crawler.clock import to_iso
from crawler.health.history import Change, History
from crawler.health.judge import Health, Standing, State, judge
from crawler.health.machine import AROUND, NAME, blind, judge_machine
from crawler.health.rhythm import LOOKED_BACK, rhythm
from crawler.health.storage import MONTH, storage
from pipelines.health import PortalHealth, articles_by_day, declared, newest_day, write_health

_REGULAR = 5  # visits: a portal that was tried less often is not missed


def assess(
    history: History, corpus: sqlite3.Connection, at: str, portals: Iterable[str] | None = None
) -> list[Health]:
    """Return the health of portals, of all that were ever visited if none are named."""
    standings, states = history.standings(), declared(corpus)
    today = date.fromisoformat(at[:10]).toordinal()
    found = []
    for portal in sorted(history.last_visits() if portals is None else portals):
        if not (visits := history.visits_of(portal)):
            continue
        newest = newest_day(corpus, portal, today)
        habit = rhythm(articles_by_day(corpus, portal, newest - LOOKED_BACK), newest) if newest else None
        before = _standing(standings.get(portal))
        state = states.get(portal, "live")
        found.append(judge(visits, newest, habit, at, declared=state, before=before))
    return found


def assess_machine(history: History, corpus: sqlite3.Connection, data: Path, at: str) -> Health:
    """Return how we ourselves do: whether crawls happen, the connection works and the disk lasts."""
    states = declared(corpus)
    expected = {
        portal: when
        for portal, when in history.last_visits(fewest=_REGULAR).items()
        if states.get(portal, "live") in ("live", "frozen")
    }
    a_month_ago = to_iso(datetime.fromisoformat(at) - timedelta(MONTH))
    times = history.times_since(a_month_ago)
    recent = history.visits_since(to_iso(datetime.fromisoformat(times[-1]) - AROUND)) if times else []
    return judge_machine(
        recent,
        times,
        expected,
        at,
        days_left=storage(data, history.sizes(a_month_ago[:10])).days_left,
        before=_standing(history.standings().get(NAME)),
    )


def keep(history: History, found: Iterable[Health], at: str) -> list[Change]:
    """Write down the changes of state; return them."""
    standings = history.standings()
    changes = []
    for health in found:
        before = standings.get(health.portal)
        if before is None or (before.state, before.is_red) != (health.state, health.is_red):
            reason = health.reason
            change = Change(
                health.portal,
                at,
                health.state,
                health.is_red,
                health.since,
                reason.english,
                reason.vietnamese,
            )
            history.change(change)
            changes.append(change)
    return changes


def conclude(data: Path, corpus: sqlite3.Connection, at: str, portals: Iterable[str]) -> list[Health]:
    """Judge the portals of a run that has ended; write it down here, and for the site in the corpus.

    `corpus` must be writable.
    """
    history = History(data / "health.db")
    try:
        recent = history.visits_since(to_iso(datetime.fromisoformat(at) - timedelta(1)))
        history.mark_blind(blind(recent))
        history.measure(at[:10], storage(data).size)
        found = assess(history, corpus, at, portals)
        found.append(assess_machine(history, corpus, data, at))
        keep(history, found, at)
    finally:
        history.close()
    write_health(corpus, [_row(health, at) for health in found])
    return found


def _row(health: Health, at: str) -> PortalHealth:
    return PortalHealth(
        health.portal,
        health.state,
        health.is_red,
        health.since,
        health.reason.vietnamese,
        at,
        health.last_success,
        health.newest,
        health.usual_gap,
    )


def _standing(change: Change | None) -> Standing | None:
    return Standing(State(change.state), change.since) if change else None
