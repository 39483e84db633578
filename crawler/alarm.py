"""Tells people when a portal's state changes: once on every channel, and once more when all is well again.

What was told is kept per channel in health.db: a channel that failed is tried again at the next run, and the
others are not told twice.
"""

from __future__ import annotations

import fcntl
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from crawler.alarm_channels import AlarmFailed, Channel, PartlySent
from crawler.health.history import Change, History

WELL = "ok"  # what is told of every state that is not red
_NAMED = 3  # portals in a subject


@dataclass(frozen=True, slots=True)
class Notice:
    """A change that a channel has not been told: `was` is what it was told last."""

    portal: str
    state: str
    was: str
    since: str
    reason: str
    reason_vi: str


@dataclass(frozen=True, slots=True)
class Message:
    """Some notices as a person reads them, and as a program does."""

    subject: str
    text: str
    json: str


_HELLO = "Alarms of tinso reach you. Cảnh báo của tinso gửi được đến đây."
TEST = Message(
    "tinso: a test", f"{_HELLO}\n", json.dumps({"text": _HELLO, "event": "tinso.test", "notices": []})
)


def notices(standings: Mapping[str, Change], told: Mapping[str, str]) -> list[Notice]:
    """Return what a channel does not know yet, troubles first; what it was never told of was well."""
    found = []
    for portal, change in sorted(standings.items()):
        state, was = change.state if change.is_red else WELL, told.get(portal, WELL)
        if state != was:
            found.append(Notice(portal, state, was, change.since, change.reason, change.reason_vi))
    return sorted(found, key=lambda notice: notice.state == WELL)


def message(found: Iterable[Notice], at: str) -> Message:
    """Return the notices, at least one, as one message in English and Vietnamese."""
    found = list(found)
    red = [notice for notice in found if notice.state != WELL]
    well = [notice for notice in found if notice.state == WELL]
    parts = [_names(red, "in trouble"), _names(well, "well again")]
    subject = "tinso: " + "; ".join(part for part in parts if part)
    text = "\n\n".join(map(_paragraph, found)) + f"\n\ntinso status · {at}\n"
    content = {"event": "tinso.alarm", "at": at, "subject": subject, "notices": list(map(asdict, found))}
    # "text" is what chat programs show of a webhook's content.
    return Message(subject, text, json.dumps({"text": f"{subject}\n\n{text}", **content}, ensure_ascii=False))


def tell(data: Path, channels: Iterable[Channel], at: str) -> list[str]:
    """Tell every channel what it does not know yet; return what went wrong, one line a channel."""
    failures = []
    with (data / "alarm.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the end of a crawl and `tinso status` may meet
        history = History(data / "health.db")
        try:
            for channel in channels:
                found = notices(history.standings(), history.told(channel.name))
                if not found:
                    continue
                try:
                    channel.send(message(found, at))
                except AlarmFailed as error:
                    what = "not sent to all" if isinstance(error, PartlySent) else "not sent"
                    failures.append(f"alarm by {channel.name}: {what}: {error}")
                    if not isinstance(error, PartlySent):
                        continue
                history.mark_told(channel.name, [(notice.portal, notice.state) for notice in found], at)
        finally:
            history.close()
    return failures


def _names(found: list[Notice], what: str) -> str:
    if not found:
        return ""
    names = [n.portal if n.state == WELL else f"{n.portal} ({n.state})" for n in found[:_NAMED]]
    more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
    return f"{what}: {', '.join(names)}{more}"


def _paragraph(notice: Notice) -> str:
    since = notice.since[:16].replace("T", " ")
    if notice.state == WELL:
        return f"{notice.portal}: ok again (was {notice.was})\n{notice.portal}: đã bình thường trở lại"
    return (
        f"{notice.portal}: {notice.state} since {since}: {notice.reason}\n"
        f"{notice.portal}: từ {since}: {notice.reason_vi}"
    )
