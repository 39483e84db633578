"""The days that a crawl is asked for: --since and --until."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from crawler.extraction.dates import parse_stamp


@dataclass(frozen=True, slots=True)
class Period:
    """From `since` to `until`, both ISO dates and both included; None leaves a side open."""

    since: str | None = None
    until: str | None = None

    def covers(self, stamp: str | None) -> bool:
        """True where a printed stamp lies in the period; one that cannot be read might."""
        day = _day(stamp)
        return day is None or (self.since or "") <= day <= (self.until or "9999")

    def is_past(self, stamps: Iterable[str | None]) -> bool:
        """True where every stamp of a list page is before the period: older pages need no look."""
        if not self.since:
            return False
        days = [_day(stamp) for stamp in stamps]
        return bool(days) and all(day is not None and day < self.since for day in days)


def _day(stamp: str | None) -> str | None:
    found = parse_stamp(stamp) if stamp else None
    return found.value[:10] if found else None
