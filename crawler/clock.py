"""Times as we write them: ISO 8601, seconds, Vietnam's +07:00 (no daylight saving since 1975)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7), "+07")


def now() -> str:
    """Return the present time."""
    return to_iso(datetime.now(VIETNAM))


def to_iso(moment: datetime) -> str:
    """Return an aware `moment` as we write it."""
    return moment.astimezone(VIETNAM).isoformat(timespec="seconds")


def from_iso(text: str) -> datetime:
    """Return the moment of an ISO 8601 text; a day begins in Vietnam. Raises ValueError."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)


def from_warc_date(date: str) -> str:
    """Return a WARC-Date (UTC, `2022-08-27T03:50:54Z`, fractions allowed) as we write it."""
    return to_iso(datetime.fromisoformat(date.replace("Z", "+00:00")))


def to_warc_date(moment: str) -> str:
    """Return a moment as we write it as WARC-Date: UTC, seconds."""
    return datetime.fromisoformat(moment).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
