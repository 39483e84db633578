"""Which lists and pages of a portal are due in a run, and what the run teaches of when they are due again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crawler.clock import from_iso, now
from crawler.declaration import Declaration
from crawler.discovery.contract import Row
from crawler.frontier import NO_FAULT, Frontier
from crawler.period import day_of
from crawler.target import Target
from pipelines.outcomes import Outcome


class Visits:
    """The schedule of one portal in one run.

    A run that is `only_due` leaves alone what is not due yet; every other run visits all lists. One that is
    not `live` replays an archive and teaches nothing: what was captured says when the portal was read, not
    when it was last asked.
    """

    def __init__(self, portal: type[Declaration], frontier: Frontier, *, only_due: bool, live: bool) -> None:
        self._name, self._frontier, self._live = portal.name, frontier, live
        self._begun = now()
        self._due = self._begun if only_due else None
        self._lists = set(portal.section_urls().values())
        self._countable = portal.countable
        if live:
            frontier.keep_visits(portal.name, self._lists | set(portal.countable.values()))
        self._next = frontier.next_visits(portal.name)
        self._unfinished = frontier.unfinished_walks(portal.name, self._lists)

    def is_due(self, url: str) -> bool:
        """True where a section's list is to be visited in this run."""
        return self._due is None or self._next.get(url, "") <= self._due

    def left(self, *, full: bool) -> Iterator[tuple[Target, bool]]:
        """Yield the pages besides sections' lists that this run is to have, each with whether it can wait.

        Those are what an earlier run left, and articles that are due to be read again, or all for a `full`
        crawl.
        """
        for target in self._frontier.waiting(self._name, due=self._due):
            is_its_counts = target.section in self._countable and target.record is None
            if target.url not in self._lists and not is_its_counts:
                yield target, target.record is None
        if full:
            for target in self._frontier.articles(self._name):
                yield target, True
        elif self._live:
            for target in self._frontier.to_read_again(self._name, self._begun):
                yield target, False

    def is_walked(self, url: str, section: str | None, *, resumed: bool) -> bool:
        """True where a walk over a section's list may end at a page that is known.

        The list was followed to its end once; or an earlier run's walk goes on from where that run ended.
        """
        return self._frontier.walked(self._name, url) or (not resumed and section in self._unfinished)

    def walk_ended(self, url: str, section: str | None, *, resumed: bool) -> None:
        """Note that a walk came to the end of a section's list, or to where all is known."""
        if resumed or section not in self._unfinished:
            self._frontier.mark_walked(self._name, url, now())

    def listed(self, url: str, found: int, rows: Sequence[Row]) -> None:
        """Note that a section's first page was read: so many new articles, and the days that it prints."""
        if self._live:
            days = (day_of(row.stamp) for row in rows)
            published = [from_iso(day) for day in days if day]
            self._frontier.visited(self._name, url, found, published, from_iso(now()))

    def failed(self, target: Target, outcome: Outcome) -> None:
        """Note that a list could not be had or read; only a section's first page tells of the section."""
        is_failure = outcome is not Outcome.LISTED and outcome not in NO_FAULT
        if self._live and target.kind == "list" and is_failure and target.url in self._lists:
            self._frontier.visit_failed(self._name, target.url, from_iso(now()))

    def home_failed(self, home: str) -> None:
        """Note that the home page led to no list, where lists are found from it."""
        self._frontier.visit_failed(self._name, home, from_iso(now()))

    def born(self, row: Row, section_url: str, seen_at: str) -> str | None:
        """Return from when an article's readings again are counted.

        That is the day that the list prints, else when it was first seen; but the undated articles of a first
        walk may be of any age, and are read once.
        """
        return day_of(row.stamp) or (seen_at if self._frontier.walked(self._name, section_url) else None)

    def counting(self, url: str) -> None:
        """Note that a countable section is counted: again tomorrow, unless `count_left` says otherwise."""
        if self._live:
            self._frontier.due_at(self._name, url, from_iso(self._begun), days=1)

    def count_left(self, url: str) -> None:
        """Note that a count ended before its end: the next run goes on."""
        if self._live:
            self._frontier.due_at(self._name, url, from_iso(self._begun), days=0)
