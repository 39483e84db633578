"""Articles whose addresses differ by a number alone: counted, where lists do not lead to all of them.

A count goes up from the newest number that is known, then down from there, one number after the other, and
ends in each direction after a run of numbers that hold nothing. What an earlier run found is not asked for
again; what it missed is left alone for a while: briefly above the newest number, where tomorrow's articles
will stand, and for long below it, where something was taken back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple
from urllib.parse import urljoin

from crawler.declaration import Declaration
from crawler.target import Target
from pipelines.identify import canonical_url
from pipelines.outcomes import Outcome

GAP = 30  # numbers in a row that hold nothing
MISSING = frozenset({Outcome.GONE, Outcome.SOFT_404, Outcome.INCOMPLETE, Outcome.NOT_HTML})
_AGAIN_ABOVE = timedelta(hours=12)
_AGAIN_BELOW = timedelta(days=60)
_SLOT = re.compile(r"\{(\d{0,12})\}")
_STAND_IN = 987_654_321


class Settled(NamedTuple):
    """An article page of the frontier, with how it ended and when it was last had."""

    url: str
    asset: str | None
    outcome: str | None  # None: not fetched yet
    at: str | None  # ISO 8601


@dataclass(slots=True)
class Count:
    """The book of one count. `answered` maps numbers to whether they hold an article."""

    newest: int
    answered: dict[int, bool] = field(default_factory=dict)
    gap: int = GAP
    _at: int = field(init=False)
    _step: int = field(default=1, init=False)
    _missed: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        self._at = self.newest - 1  # the newest number itself may only be a declared one

    def next(self) -> int | None:
        """Return the number to ask for, None when the count has ended."""
        while self._step:
            number = self._at + self._step
            if number < 1 or self._missed >= self.gap:
                self._at, self._missed = self.newest, 0
                self._step = -1 if self._step == 1 else 0
                continue
            self._at = number
            if number not in self.answered:
                return number
            self._missed = 0 if self.answered[number] else self._missed + 1
        return None

    def answer(self, number: int, found: bool) -> None:
        """Take in whether a number holds an article."""
        self.answered[number] = found
        self._missed = 0 if found else self._missed + 1

    def stop(self) -> None:
        """End the count: the portal does not answer, and nothing follows from that."""
        self._step = 0


def target_of(portal: type[Declaration], name: str, number: int) -> Target:
    """Return the article of a countable section with a number."""
    url = canonical_url(_address(portal, name, number))
    return Target(portal.name, url, "article", name, portal.asset_of(url))


def count_of(portal: type[Declaration], name: str, settled: Iterable[Settled], at: str) -> Count | None:
    """Return the count of a countable section, None where neither a page nor the declaration tells a number.

    `settled` are the portal's article pages; `at` is now, ISO 8601.
    """
    before, _, after = _identity(portal, _address(portal, name, _STAND_IN)).partition(str(_STAND_IN))
    shape = re.compile(rf"{re.escape(before)}(\d{{1,12}}){re.escape(after)}")
    pages: dict[int, Settled] = {}
    for page in settled:
        if found := shape.fullmatch(page.asset or _identity(portal, page.url)):
            pages[int(found[1])] = page
    held = [number for number, page in pages.items() if page.outcome not in MISSING]
    declared = _SLOT.search(portal.countable[name])
    if declared and declared[1]:
        held.append(int(declared[1]))
    if not held:
        return None
    newest = max(held)
    answered = {number: page.outcome not in MISSING for number, page in pages.items()}
    due = {
        number
        for number, page in pages.items()
        if not answered[number] and _is_due(page, number > newest, at)
    }
    return Count(newest, {number: found for number, found in answered.items() if number not in due})


def _is_due(page: Settled, is_above: bool, at: str) -> bool:
    if not page.at:
        return True
    age = datetime.fromisoformat(at) - datetime.fromisoformat(page.at)
    return age >= (_AGAIN_ABOVE if is_above else _AGAIN_BELOW)


def _address(portal: type[Declaration], name: str, number: int) -> str:
    return urljoin(portal.home, _SLOT.sub(str(number), portal.countable[name], count=1))


def _identity(portal: type[Declaration], url: str) -> str:
    return portal.asset_of(url) or canonical_url(url)
