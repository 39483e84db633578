"""The simulated year sees what befalls its portals, and can tell a miss from a false alarm."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import islice

import pytest

from benchmarks import simulated_year
from benchmarks.years import FIRST_DAY, Incident, MadePortal, portals, runs
from crawler.clock import VIETNAM

NEW_YEAR = datetime(FIRST_DAY.year, FIRST_DAY.month, FIRST_DAY.day, tzinfo=VIETNAM)
TENTH = NEW_YEAR + timedelta(days=9, hours=12)


def busy(name: str) -> MadePortal:
    """Return a portal with three articles a day and nothing that happens to it."""
    moments = [NEW_YEAR + timedelta(days=day, hours=hour) for day in range(-400, 40) for hour in (8, 10, 15)]
    return MadePortal(name, "many a day", moments, (10, 20), True, [])


def lived(monkeypatch: pytest.MonkeyPatch, *made: MadePortal) -> list[simulated_year.Course]:
    """Return twenty days of these portals."""
    monkeypatch.setattr(simulated_year, "portals", lambda seed: list(made))
    monkeypatch.setattr(simulated_year, "own_outages", lambda seed: [])
    monkeypatch.setattr(simulated_year, "runs", lambda: islice(runs(), 40))
    return simulated_year.year(1)


def test_incidents_are_noticed_in_time_and_nothing_else_is(monkeypatch: pytest.MonkeyPatch) -> None:
    well, dying, quiet, outage = (busy(f"so{number}") for number in range(4))
    dying.incident = Incident("dies", TENTH, ("unreachable",))
    quiet.incident = Incident("goes quiet", TENTH, ("quiet",))
    outage.incident = Incident("long outage", TENTH, ("unreachable",), TENTH + timedelta(days=3))
    courses = lived(monkeypatch, well, dying, quiet, outage)
    assert not any(course.is_missed or course.false_alarms for course in courses)
    assert [course.noticed_as for course in courses] == ["", "unreachable", "quiet", "unreachable"]
    assert courses[1].noticed and courses[1].noticed - TENTH < timedelta(days=2)
    assert courses[3].cleared and courses[3].cleared - TENTH < timedelta(days=4)
    assert "| dies | 1 | 0 | 0 |" in simulated_year.by_incident(courses)


def test_an_incident_that_is_named_otherwise_is_a_miss_and_red_without_one_is_a_false_alarm(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dying, down = busy("so1"), busy("so2")
    dying.incident = Incident("dies", TENTH, ("moved",))
    down.outages = [(TENTH, TENTH + timedelta(days=4))]
    first, second = lived(monkeypatch, dying, down)
    assert first.is_missed
    assert [text.partition(":")[0] for _, text in second.false_alarms] == ["unreachable"]
    assert "| many a day | 2 |" in simulated_year.by_rhythm([first, second])


def test_a_seed_is_a_year() -> None:
    one, other, again = portals(1), portals(2), portals(1)
    assert [portal.articles for portal in one] == [portal.articles for portal in again]
    assert [portal.articles for portal in one] != [portal.articles for portal in other]
