"""Articles whose addresses differ by a number alone: counted, where lists do not lead to all of them.

A count goes up from the newest number that is known, then down from there, one number after the other, and
ends in each direction after a run of numbers that hold nothing. What an earlier run found is not asked for
again; what it missed is left alone for a while: briefly above the newest number, where tomorrow's articles
will stand, and for long below it, where something was taken back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple
from urllib.parse import urljoin

from crawler.declaration import Declaration
from crawler.target import Target
from pipelines.identify import canonical_url
from pipelines.outcomes import Outcome

GAP = 30  # numbers in a row that hold nothing
_HELD = frozenset(
    {Outcome.NEW, Outcome.REVISED, Outcome.UNCHANGED, Outcome.NOT_MODIFIED, Outcome.DUPLICATE_ADDRESS}
)
_MISSING = frozenset({Outcome.GONE, Outcome.SOFT_404, Outcome.INCOMPLETE, Outcome.NOT_HTML})
TROUBLES = frozenset(
    {
        Outcome.CHALLENGED,
        Outcome.HTTP_ERROR,
        Outcome.TLS_ERROR,
        Outcome.DNS_ERROR,
        Outcome.TIMEOUT,
        Outcome.BLOCKED_BY_ROBOTS,
    }
)
_PATIENCE = 3  # numbers in a row that the portal does not answer for
FAR = 1_000_000  # above the newest number, and still below what databases take for a number
_AGAIN_ABOVE = timedelta(hours=12)
_AGAIN_BELOW = timedelta(days=60)
_SLOT = re.compile(r"\{(\d{0,12})\}")
_STAND_IN = 987_654_321


class Past(NamedTuple):
    """An article page of the frontier, with how it ended and when it was last had."""

    url: str
    section: str | None
    asset: str | None
    outcome: str | None  # None: not fetched yet
    at: str | None  # ISO 8601


@dataclass(slots=True)
class Count:
    """The book of one count. `answered` maps numbers to whether they hold an article.

    The first number asked for is `beyond`, which cannot hold one: a portal that answers it with a page gives
    that page for every number that it does not have (`filler`, whatever the caller compares pages by).
    """

    newest: int
    answered: dict[int, bool] = field(default_factory=dict)
    gap: int = GAP
    filler: object = field(default=None, init=False)
    _at: int = field(init=False)
    _step: int = field(default=1, init=False)
    _missed: int = field(default=0, init=False)
    _troubles: int = field(default=0, init=False)
    _held_back: int | None = field(default=None, init=False)
    _is_probed: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        self._at = self.newest - 1  # the newest number itself may only be a declared one

    @property
    def beyond(self) -> int:
        """A number that no article of the portal has."""
        return self.newest + FAR

    def next(self) -> int | None:
        """Return the number to ask for, None when the count has ended."""
        if self._held_back is not None and self._step:
            number, self._held_back = self._held_back, None
            return number
        following = self._following()
        if following is None or self._is_probed:
            return following
        self._is_probed, self._held_back = True, following
        return self.beyond

    def answer(self, number: int, found: bool) -> None:
        """Take in whether a number holds an article."""
        self._troubles = 0
        if number != self.beyond:
            self.answered[number] = found
            self._missed = 0 if found else self._missed + 1

    def trouble(self) -> None:
        """Take in that the portal did not answer, from which nothing follows; the third in a row ends it."""
        self._troubles += 1
        if self._troubles == _PATIENCE:
            self._step = 0

    def _following(self) -> int | None:
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


def target_of(portal: type[Declaration], name: str, number: int) -> Target:
    """Return the article of a countable section with a number."""
    url = canonical_url(_address(portal, name, number))
    return Target(portal.name, url, "article", name, portal.asset_of(url))


def numbering(portal: type[Declaration], name: str) -> Callable[[str, str | None], int | None]:
    """Return what tells the number of an article from its address and asset; None for any other page."""
    before, _, after = _identity(portal, _address(portal, name, _STAND_IN)).partition(str(_STAND_IN))
    shape = re.compile(rf"{re.escape(before)}(\d{{1,12}}){re.escape(after)}")

    def number_of(url: str, asset: str | None) -> int | None:
        found = shape.fullmatch(asset or _identity(portal, url))
        return int(found[1]) if found else None

    return number_of


def declared_number(portal: type[Declaration], name: str) -> int | None:
    """Return the last known number that a countable section's declaration tells."""
    found = _SLOT.search(portal.countable[name])
    return int(found[1]) if found and found[1] else None


def count_of(portal: type[Declaration], name: str, history: Iterable[Past], at: str) -> Count | None:
    """Return the count of a countable section, None where neither a page nor the declaration tells a number.

    `history` are the portal's article pages; `at` is now, ISO 8601.
    """
    number_of = numbering(portal, name)
    pages: dict[int, Past] = {}
    for page in history:
        if (number := number_of(page.url, page.asset)) is not None:
            pages[number] = page
    held = {number for number, page in pages.items() if _is_held(page, name)}
    known = held | ({declared} if (declared := declared_number(portal, name)) else set())
    if not known:
        return None
    newest = max(known)
    missed = {
        number
        for number, page in pages.items()
        if page.outcome in _MISSING and not _is_due(page, number > newest, at)
    }
    return Count(newest, dict.fromkeys(held, True) | dict.fromkeys(missed, False))


def _is_held(page: Past, name: str) -> bool:
    """True for a page that was read, or that a list has led to; a number only asked for proves nothing."""
    return page.outcome in _HELD or (page.section != name and page.outcome not in _MISSING)


def _is_due(page: Past, is_above: bool, at: str) -> bool:
    if not page.at:
        return True
    age = datetime.fromisoformat(at) - datetime.fromisoformat(page.at)
    return age >= (_AGAIN_ABOVE if is_above else _AGAIN_BELOW)


def _address(portal: type[Declaration], name: str, number: int) -> str:
    return urljoin(portal.home, _SLOT.sub(str(number), portal.countable[name], count=1))


def _identity(portal: type[Declaration], url: str) -> str:
    return portal.asset_of(url) or canonical_url(url)
