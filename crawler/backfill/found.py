"""What the index of a web archive says of one capture."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

from crawler.clock import to_iso
from crawler.homes import is_address
from pipelines.identify import canonical_url

_TIMESTAMP = "%Y%m%d%H%M%S"
_FOURTEEN = re.compile(r"[0-9]{14}")


@dataclass(frozen=True)
class Found:
    """One capture that can be had.

    `timestamp` is UTC with 14 digits, as indexes print it. `digest` is the index's own of the payload, ""
    where it tells none. `place` is what the source needs to give the capture; `truncated` says that the
    source itself has only the beginning of the page.
    """

    url: str
    timestamp: str
    digest: str = ""
    place: str = ""
    truncated: bool = False

    @cached_property
    def page(self) -> str:
        """What the addresses of one page share: with or without https, "www." and a last slash."""
        return page_key(self.url)

    @property
    def captured_at(self) -> str:
        """The time of capture as we write it (ISO 8601, +07:00)."""
        return to_iso(moment(self.timestamp))


def found(url: str, timestamp: str, **more: object) -> Found | None:
    """Return the capture that a line of an index names; None where its address or time is none."""
    if not is_address(url) or not _FOURTEEN.fullmatch(timestamp):
        return None
    try:
        moment(timestamp)
    except ValueError:  # the 31st of February; indexes of old crawls hold such
        return None
    return Found(url, timestamp, **more)  # type: ignore[arg-type]


def page_key(url: str) -> str:
    """Return an address without what captures of one page differ in."""
    return canonical_url(url).partition("://")[2].removeprefix("www.").rstrip("/")


def moment(timestamp: str) -> datetime:
    """Return the time that 14 digits say. Raises ValueError."""
    return datetime.strptime(timestamp, _TIMESTAMP).replace(tzinfo=UTC)


def timestamp_of(iso: str) -> str:
    """Return a time of ours as 14 digits of UTC."""
    return datetime.fromisoformat(iso).astimezone(UTC).strftime(_TIMESTAMP)
