"""When a walk over the pages of a list ends, and why."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

from crawler.discovery.contract import PageRequest, Row

_PATIENCE = 3  # pages without a new row before a deep walk is called a trap
_MOST_PAGES = 5000
_LONGEST_ADDRESS = 2000


class Stop(StrEnum):
    """Why no further page of a list is fetched."""

    END = "end"  # the pager names no further page
    EMPTY = "empty"  # the page holds no rows: past the end
    REPEATED = "repeated"  # the page holds the same rows as one before: portals answer any number
    NOTHING_NEW = "nothing_new"  # every row was known before this walk: the rest was read earlier
    STALLED = "stalled"  # several pages in a row led to nothing that this walk had not seen
    GROWING = "growing"  # each address is the last one and some more: a calendar, a doubled path
    TOO_MANY = "too_many"  # the cap on pages

    @property
    def is_trap(self) -> bool:
        """True where the portal, not the end of its list, is the reason; such a stop is worth a report."""
        return self in (Stop.REPEATED, Stop.STALLED, Stop.GROWING, Stop.TOO_MANY)


@dataclass(slots=True)
class Walk:
    """The book of one walk over a list, from its first page on.

    `until_known` ends it at the first page of which every row was known before the walk (the daily crawl);
    a walk to the end of the list (the first crawl, `--full`) leaves it False.
    """

    until_known: bool = True
    most_pages: int = _MOST_PAGES
    _pages: int = 0
    _stale: int = 0
    _seen: set[str] = field(default_factory=set)
    _pages_seen: set[tuple[str, ...]] = field(default_factory=set)
    _addresses: list[str] = field(default_factory=list)

    def after(
        self,
        request: PageRequest,
        rows: Sequence[Row],
        following: Sequence[PageRequest],
        known: Collection[str] = (),
    ) -> Stop | None:
        """Take in a fetched page; return why the walk ends with it, None where it goes on.

        `known` are the addresses that were known before this walk.
        """
        addresses = tuple(row.url for row in rows)
        fresh = [url for url in addresses if url not in self._seen]
        repeated = addresses in self._pages_seen
        self._pages += 1
        self._stale = 0 if fresh else self._stale + 1
        self._seen.update(fresh)
        self._pages_seen.add(addresses)
        self._addresses.append(request.url)
        if not rows:
            return Stop.EMPTY
        if repeated:
            return Stop.REPEATED
        if self._stale >= _PATIENCE:
            return Stop.STALLED
        if self.until_known and all(url in known for url in addresses):
            return Stop.NOTHING_NEW
        if not following:
            return Stop.END
        if self._is_growing(following[0].url):
            return Stop.GROWING
        return Stop.TOO_MANY if self._pages >= self.most_pages else None

    def _is_growing(self, coming: str) -> bool:
        """True for addresses that collect what they were called with.

        `?page=9` → `?page=10` grows by a digit once in a while; three times running by four characters does
        not happen to a page number.
        """
        last = [*self._addresses[-3:], coming]
        grown = [len(later) - len(earlier) for earlier, later in pairwise(last)]
        return len(coming) > _LONGEST_ADDRESS or (len(grown) == 3 and min(grown) >= 4)
