"""The days that a crawl is asked for: --since and --until."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from crawler.extraction.dates import parse_stamp


@dataclass(frozen=True, slots=True)
class Period:
    """From `since` to `until`, both ISO dates and both included; None leaves a side open."""

    since: str | None = None
    until: str | None = None

    def __post_init__(self) -> None:
        """Check the days. Raises ValueError for one that is none."""
        for name in ("since", "until"):
            day = getattr(self, name)
            try:
                date.fromisoformat(day or "2000-01-01")
            except ValueError as error:
                raise ValueError(f"{name}: {day!r} is no date; write it as 2024-01-31") from error

    @property
    def is_open(self) -> bool:
        """True where no day was asked for."""
        return not (self.since or self.until)

    def covers(self, stamp: str | None) -> bool:
        """True where a printed stamp lies in the period; one that cannot be read might."""
        day = day_of(stamp)
        return day is None or (self.since or "") <= day <= (self.until or "9999")

    def is_past(self, stamps: Iterable[str | None]) -> bool:
        """True where every stamp of a list page is before the period: older pages need no look."""
        if not self.since:
            return False
        days = [day_of(stamp) for stamp in stamps]
        return bool(days) and all(day is not None and day < self.since for day in days)


@lru_cache(maxsize=4096)
def day_of(stamp: str | None) -> str | None:
    """Return the day of a stamp as printed, as ISO date; None where it cannot be read."""
    found = parse_stamp(stamp) if stamp else None
    return found.value[:10] if found else None
