"""What a run may ask a portal for: so many pages, so many articles, by day nothing that can wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

from crawler.clock import VIETNAM
from crawler.target import Kind

NIGHT_BEGINS, NIGHT_ENDS = time(22), time(6)  # in Vietnam, when portals have the fewest readers


@dataclass(slots=True)
class Budget:
    """The pages that are left to a portal's crawl; None is no limit.

    With `night`, what is not news waits for the night: the rest of a first walk, counting, reading all again,
    and what earlier runs left.
    """

    pages: int | None = None
    articles: int | None = None
    night: bool = False

    def refusal(self, kind: Kind, *, is_backfill: bool) -> str | None:
        """Return why a page may not be asked for in this run, None where it may."""
        if self.pages == 0:
            return "the limit of pages is reached"
        if kind == "article" and self.articles == 0:
            return "the limit of articles is reached"
        if self.night and is_backfill and not is_night():
            return f"waits for the night ({NIGHT_BEGINS:%H:%M} to {NIGHT_ENDS:%H:%M} in Vietnam)"
        return None

    def spend(self, kind: Kind) -> None:
        """Take a page out of the budget."""
        if self.pages is not None:
            self.pages -= 1
        if kind == "article" and self.articles is not None:
            self.articles -= 1


def is_night(moment: datetime | None = None) -> bool:
    """True from 22:00 to 6:00 in Vietnam, now or at an aware `moment`."""
    clock = (moment or datetime.now(VIETNAM)).astimezone(VIETNAM).time()
    return clock >= NIGHT_BEGINS or clock < NIGHT_ENDS
