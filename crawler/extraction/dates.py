"""Publication dates as Vietnamese portals print them, read by a strict grammar.

A stamp is day/month/year (or year-month-day, or "20 tháng 6 năm 2019") with, before or after it, a time, a
weekday and a label. Whatever the grammar does not know is no stamp: a missing date is a flag, a wrong one a
lie. Times are Vietnam's; values are ISO 8601, a bare day where no credible time is printed.

Every expression looks at a bounded window, so that reading is linear in the text's length.

Sources: the stamps seen on the portals of 63 provinces; `tests/test_dates.py` holds one of each shape.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Literal, NamedTuple

from crawler.clock import VIETNAM, to_iso
from crawler.extraction import stamp_grammar as grammar
from crawler.extraction.loose_dates import parse_loosely

DateOrder = Literal["DMY", "MDY"]
Clock = Literal[12, 24]

FIRST_YEAR = 1990  # no portal is older
LAST_YEAR = 2099  # where the day of the fetch is not known

# One character for another, so that offsets stay: Ð (eth) typed for Đ, invisible characters as spaces.
_LOOK_ALIKES = {0xD0: "Đ", 0xF0: "đ", **dict.fromkeys([0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF], " ")}


@dataclass(frozen=True, slots=True)
class Stamp:
    """A publication stamp. `raw` is `text[start:end]`: what was read, without its label."""

    value: str  # "2020-03-18T17:23:00+07:00", or "2020-03-18" where no credible time is printed
    raw: str
    start: int
    end: int
    labelled: bool  # stands behind "Ngày đăng", "Cập nhật", …


class _Found(NamedTuple):
    rank: int  # 0: behind "Ngày đăng"; 1: behind "Cập nhật"; 2: without label
    stamp: Stamp


_LONGEST_PRINTED = 90  # characters of a stamp that is worth remembering
_LONGEST_RELATIVE = 64  # characters; a sentence may hold "ba ngày trước" of anything
_UNITS = {
    "giây": "seconds",
    "phút": "minutes",
    "giờ": "hours",
    "tiếng": "hours",
    "ngày": "days",
    "tuần": "weeks",
}
_DAYS_BACK = {"nay": 0, "qua": 1, "kia": 2}

_EPOCH = re.compile(r"/Date\((?P<json>[0-9]{12,13})(?:[+-][0-9]{4})?\)/|(?P<ms>[0-9]{13})|(?P<s>[0-9]{10})")
_ISO = re.compile(
    r"(?P<y>[0-9]{4})(?P<sign>[-/.]?)(?P<m>[0-9]{1,2})(?P=sign)(?P<d>[0-9]{1,2})"
    r"(?:[Tt\s]\s?(?P<H>[0-9]{1,2}):?(?P<M>[0-9]{2})(?::?(?P<S>[0-9]{2})(?:[.,][0-9]{1,9})?)?"
    r"\s?(?P<zone>[Zz]|UTC|GMT|[+-][0-9]{2}(?::?[0-9]{2})?)?)?"
)
_RFC_822 = re.compile(r"(?:[A-Za-z]{3},?\s)?(?:[0-9]{1,2}\s[A-Za-z]{3}|[A-Za-z]{3}\s{1,2}[0-9]{1,2})\s")
_URL_DATES = (
    # vccorp: a site's prefix, then yyMMddHHmmssSSS
    re.compile(
        r"(?<![0-9])[0-9]{3,4}(?P<y>[0-9]{2})(?P<m>[0-9]{2})(?P<d>[0-9]{2})(?P<H>[0-9]{2})(?P<M>[0-9]{2})"
        r"(?P<S>[0-9]{2})[0-9]{3}(?![0-9])"
    ),
    re.compile(r"/(?P<d>[0-9]{2})-(?P<m>[0-9]{2})-(?P<y>(?:19|20)[0-9]{2})(?=[-/_.]|$)"),
    re.compile(r"/(?P<y>(?:19|20)[0-9]{2})(?P<sign>[-/]?)(?P<m>[0-9]{2})(?P=sign)(?P<d>[0-9]{2})(?=/|$)"),
    re.compile(r"/(?P<ms>1[0-9]{12})(?=[/.]|$)"),  # Liferay
)


def parse_stamp(
    text: str, *, fetched_at: str | None = None, date_order: DateOrder = "DMY", clock: Clock = 24
) -> Stamp | None:
    """Return the publication stamp of a short `text` that is known to hold one, or None.

    `text` is a stamp element, a list row or a meta value. "Ngày đăng" wins over "Cập nhật" and both over a
    stamp without label; of equals the first.
    `fetched_at` (ISO 8601) is what relative forms refer to, and what no stamp may lie over a day behind.
    `date_order` and `clock` are the portal's habits; with `clock=12` an hour without AM/PM is not believed.
    """
    readable, offsets = _readable(text)
    read = _read_again if len(readable) <= _LONGEST_PRINTED else _read
    if stamps := read(readable, _latest(fetched_at), date_order, clock):
        return _placed(min(stamps, key=lambda found: found.rank).stamp, text, offsets)
    if grammar.DATE.search(readable):  # a date that is no stamp, which nothing less strict shall read
        return None
    stamp = (
        _read_relative(readable, fetched_at)
        or _read_feed_date(readable, fetched_at)
        or _read_loosely(readable, fetched_at, date_order)
    )
    return _placed(stamp, text, offsets) if stamp else None


def find_stamps(
    text: str, *, fetched_at: str | None = None, date_order: DateOrder = "DMY", clock: Clock = 24
) -> list[Stamp]:
    """Return every publication stamp of a running `text`, in its order. Arguments as for `parse_stamp`.

    Left out: dates of documents, licences, birthdays and datelines, letter heads ("Hải Phòng, ngày …"),
    ranges, "Hôm nay, …" clocks, and dates inside sentences.
    """
    readable, offsets = _readable(text)
    stamps = _read(readable, _latest(fetched_at), date_order, clock)
    return [_placed(found.stamp, text, offsets) for found in stamps]


def parse_machine_date(text: str) -> str | None:
    """Return a date written for machines (ISO 8601, RFC 822, `/Date(ms)/`, epoch) as ours, or None.

    A date without zone is Vietnam's. Midnight, in Vietnam or in UTC, means that no time was recorded.
    Stamps printed for people are `parse_stamp`'s.
    """
    text = text.strip()
    if len(text) > 64:
        return None
    if found := _EPOCH.fullmatch(text):
        milliseconds = found["json"] or found["ms"] or found["s"] + "000"
        return _moment(datetime.fromtimestamp(int(milliseconds) / 1000, VIETNAM))
    try:
        if found := _ISO.fullmatch(text):
            return _iso_moment(found)
        if not _RFC_822.match(text):
            return None
        return _moment(parsedate_to_datetime(re.sub(r"GMT\+0?7(?::?00)?|\bICT\b", "+0700", text)))
    except (ValueError, TypeError, IndexError, OverflowError):  # no such day; email.utils on malformed dates
        return None


def date_in_url(url: str) -> str | None:
    """Return the day or moment that an address carries, or None; a month alone does not count.

    A weak witness: folders name the day of an upload, Liferay's milliseconds the creation of the draft, which
    may precede the publication by weeks.
    """
    path = url.partition("?")[0].partition("#")[0][-400:]
    for pattern in _URL_DATES:
        for found in pattern.finditer(path):
            parts = {name: int(value) for name, value in found.groupdict().items() if name != "sign"}
            if "ms" in parts:
                return _moment(datetime.fromtimestamp(parts["ms"] / 1000, VIETNAM))
            day = _day(parts["y"] + (2000 if parts["y"] < 100 else 0), parts["m"], parts["d"])
            if day and "H" not in parts:
                return day.isoformat()
            if day and (clock := _clock_time(parts["H"], parts["M"], parts["S"])):
                return _value(day, clock)
    return None


def _readable(text: str) -> tuple[str, list[int] | None]:
    """Return `text` composed, and for each character its offset in `text` (None: they are the same)."""
    if text.isascii():
        return text, None
    if not text.isprintable() or "Ð" in text or "ð" in text:
        text = text.translate(_LOOK_ALIKES)
    if unicodedata.is_normalized("NFC", text):
        return text, None
    characters: list[str] = []
    offsets: list[int] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end < len(text) and unicodedata.combining(text[end]):
            continue
        composed = unicodedata.normalize("NFC", text[start:end])
        characters.append(composed)
        offsets.extend([start] * len(composed))
        start = end
    return "".join(characters), [*offsets, len(text)]


def _placed(stamp: Stamp, text: str, offsets: list[int] | None) -> Stamp:
    """Return a stamp of the readable text as one of `text`."""
    if offsets is None and stamp.raw == text[stamp.start : stamp.end]:
        return stamp
    start, end = (stamp.start, stamp.end) if offsets is None else (offsets[stamp.start], offsets[stamp.end])
    return replace(stamp, raw=text[start:end], start=start, end=end)


def _read(text: str, latest: str, date_order: DateOrder, clock: Clock) -> tuple[_Found, ...]:
    stamps = []
    floor = 0  # end of the date before: its time is not ours
    for found in grammar.DATE.finditer(text):
        stamp = _read_one(text, floor, found, latest, date_order, clock)
        floor = stamp.stamp.end if stamp else found.end()
        if stamp:
            stamps.append(stamp)
    return tuple(stamps)


_read_again = lru_cache(maxsize=1024)(_read)  # what a list prints beside a headline its page prints too


def _read_one(
    text: str, floor: int, found: re.Match[str], latest: str, date_order: DateOrder, clock: Clock
) -> _Found | None:
    start, end = found.span()
    weekday = timed = label = None
    if start > floor and (before := grammar.BEFORE.search(text, max(floor, start - grammar.WINDOW), start)):
        weekday = grammar.WEEKDAY.search(text, before.start("between"), start)
        timed = grammar.TIME.search(text, before.start("between"), start)
        label = before["label"]
    day = _day_of(found, grammar.weekday_number(weekday), date_order)
    if day is None or day.isoformat() > latest:
        return None
    start = min(match.start() for match in (timed, weekday, found) if match)
    if found["year"] and (tail := grammar.ISO_TAIL.match(text, end)):
        end = tail.end()
        value = parse_machine_date(text[found.start() : end])
    else:
        if timed is None and (timed := grammar.AFTER.match(text, end)):
            end = timed.end()
        value = _value(day, _time_of(timed, clock))
    if value is None or (label is None and end - start < len(text) and _is_trap(text, start, found, timed)):
        return None
    rank = 2 if label is None else int(grammar.UPDATED.search(label) is not None)
    return _Found(rank, Stamp(value, text[start:end], start, end, label is not None))


def _is_trap(text: str, start: int, found: re.Match[str], timed: re.Match[str] | None) -> bool:
    """True where the words around an unlabelled date say that it is not the page's own."""
    if grammar.RANGE_AFTER.match(text, found.end()):
        return True
    if timed is None and grammar.SENTENCE_AFTER.match(text, found.end()):
        return True
    if timed is not None and grammar.HOURS_AFTER.match(text, timed.end()):  # of an event
        return True
    window = max(0, start - grammar.WINDOW)
    window = max(window, text.rfind("\n", window, start) + 1)
    if window == start:
        return False
    if grammar.TRAP_BEFORE.search(text, window, start):
        return True
    word = grammar.WORD_BEFORE.search(text, window, start)
    if word is None:
        return False
    return timed is None or word["day"] is not None or "ngày" in text[start : found.start()].lower()


def _day_of(found: re.Match[str], weekday: int | None, date_order: DateOrder) -> date | None:
    if found["day_word"]:
        month = found["month_word"].casefold()
        number = int(month) if month.isdigit() else grammar.month_number(" ".join(month.split()))
        return _day(int(found["year_word"]), number, int(found["day_word"]))
    if found["year"]:
        return _day(int(found["year"]), int(found["month"]), int(found["day"]))
    first, middle, year = int(found["first"]), int(found["middle"]), int(found["last"])
    day, month = (first, middle) if date_order == "DMY" else (middle, first)
    usual = _day(year, month, day)
    if weekday is not None and not (usual and usual.weekday() == weekday):
        other = _day(year, day, month)
        if other and other.weekday() == weekday:
            return other
    return usual


def _time_of(found: re.Match[str] | None, clock: Clock) -> time | None:
    """Return the time printed, None where it is none, incredible, or the CMS's sign for "not recorded"."""
    if found is None or not found["time"]:
        return None
    hour, minute, second = (
        int(found["hour"]),
        int(found["minute"] or found["minute_word"] or 0),
        found["second"],
    )
    half = (found["half"] or "").casefold()
    if half[:1] == "a" or half in {"sa", "sáng"}:
        if hour > 12:
            return None
        hour %= 12
    elif half:
        hour += 12 if hour < 12 and not (half == "trưa" and hour > 9) else 0
    elif clock == 12:
        return None
    return _clock_time(hour, minute, int(second or 0))


def _clock_time(hour: int, minute: int, second: int) -> time | None:
    if hour > 23 or minute > 59 or second > 59 or hour == minute == second == 0:
        return None
    return time(hour, minute, second)


def _day(year: int, month: int, day: int) -> date | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _value(day: date, clock_time: time | None) -> str:
    return f"{day.isoformat()}T{clock_time.isoformat()}+07:00" if clock_time else day.isoformat()


def _latest(fetched_at: str | None) -> str:
    """Return the last day that a stamp may name, as ISO date."""
    return _day_after(fetched_at[:10]) if fetched_at else f"{LAST_YEAR}-12-31"


@lru_cache(maxsize=16)
def _day_after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def _moment(moment: datetime) -> str | None:
    if not FIRST_YEAR < moment.year < LAST_YEAR:
        return None
    midnight_somewhere = moment.hour == moment.minute == moment.second == 0
    local = moment.replace(tzinfo=VIETNAM) if moment.tzinfo is None else moment.astimezone(VIETNAM)
    if midnight_somewhere or local.hour == local.minute == local.second == 0:
        return (moment if midnight_somewhere else local).date().isoformat()
    return to_iso(local)


def _iso_moment(found: re.Match[str]) -> str | None:
    day = date(int(found["y"]), int(found["m"]), int(found["d"]))
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return None
    if not found["H"]:
        return day.isoformat()
    clock_time = time(int(found["H"]), int(found["M"]), int(found["S"] or 0))
    zone = (found["zone"] or "").upper()
    offset = "+00:00" if zone in {"Z", "UTC", "GMT"} else zone
    return _moment(datetime.fromisoformat(f"{day.isoformat()}T{clock_time.isoformat()}{offset}"))


def _read_relative(text: str, fetched_at: str | None) -> Stamp | None:
    """Read "2 giờ trước", "Hôm qua 08:15". Months and years ago tell no day and are not read."""
    if fetched_at is None or len(text) > _LONGEST_RELATIVE:
        return None
    moment = datetime.fromisoformat(fetched_at)
    if found := grammar.AGO.search(text):
        unit = found["unit"].casefold()
        past = moment - timedelta(**{_UNITS[unit]: int(found["count"])})
        value = past.date().isoformat() if unit in {"ngày", "tuần"} else to_iso(past)
    elif found := grammar.NEAR.search(text):
        day = moment.date() - timedelta(days=_DAYS_BACK[found["near"].casefold()])
        value = _value(day, _time_of(found, 24))
    else:
        return None
    return Stamp(value, found.group(), found.start(), found.end(), False)


def _read_feed_date(text: str, fetched_at: str | None) -> Stamp | None:
    """Read what feeds print ("Thu, 18 Jan 2024 20:09:00 GMT"): its zone may turn the day."""
    if not _RFC_822.match(text.strip()) or not (value := parse_machine_date(text)):
        return None
    if value[:10] > _latest(fetched_at):
        return None
    return Stamp(value, text, 0, len(text), False)


def _read_loosely(text: str, fetched_at: str | None, date_order: DateOrder) -> Stamp | None:
    day = parse_loosely(text, date_order)
    if day is None or day.year < FIRST_YEAR or day.isoformat() > _latest(fetched_at):
        return None
    return Stamp(_value(day, _time_of(grammar.TIME.search(text), 24)), text, 0, len(text), False)
