"""Which portals are due, and when the others will be."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from crawler.budget import is_night
from crawler.clock import from_iso, now
from crawler.declaration import Declaration
from crawler.frontier import Frontier


class Due(NamedTuple):
    """A portal and when it is due (ISO 8601, +07:00); "" for one with work that is left, or never visited."""

    portal: str
    at: str


def read_due(portals: Iterable[type[Declaration]], data: Path, *, night: bool = False) -> list[Due]:
    """Return what `due_times` does for a data directory; where nothing was crawled yet all portals are due.

    Raises:
        DataDirectoryError: its state.db is not ours, or from another version.
    """
    path = data / "state.db"
    if not path.is_file():
        return [Due(portal.name, "") for portal in portals]
    with closing(Frontier(path)) as frontier:
        return due_times(portals, frontier, now(), night=night)


def due_now(times: Iterable[Due]) -> set[str]:
    """Return the names of the portals that are due by now."""
    at = now()
    return {due.portal for due in times if due.at <= at}


def due_times(
    portals: Iterable[type[Declaration]], frontier: Frontier, at: str, *, night: bool = False
) -> list[Due]:
    """Return the portals, those that are due first.

    A portal is due with the first of its lists, re-readings and left pages, but not before its host wants to
    be asked again. `night` says that what can wait waits for the night (see `Budget`).
    """
    resting = frontier.resting(at)
    by_night = not night or is_night(from_iso(at))
    found = []
    for portal in portals:
        due = _due_time(portal, frontier, by_night=by_night)
        host = urlsplit(portal.home).hostname or ""
        found.append(Due(portal.name, max(due, resting.get(host, ""))))
    return sorted(found, key=lambda due: (due.at, due.portal))


def _due_time(portal: type[Declaration], frontier: Frontier, *, by_night: bool) -> str:
    lists = set(portal.section_urls().values())
    visits = frontier.next_visits(portal.name)
    counts = set(portal.countable.values())
    # Where sections are found by evidence, those of the last visit stand for those of the next.
    lists_or_found = lists or visits.keys() - counts
    times = [visits.get(url, "") for url in lists_or_found]
    if by_night:
        times += [visits.get(url, "") for url in counts]
    if not times and not counts:
        return ""
    for url, kind, section, state, due in frontier.left(portal.name):
        is_list = kind == "list" and url in lists_or_found
        if not is_list and (state == "fetched" or (by_night and section not in portal.countable)):
            times.append(due)
    if again := frontier.next_reading_again(portal.name):
        times.append(again)
    return min(times, default=_NEVER)


_NEVER = "9999"  # by day, of a portal that is only counted, which waits for the night
