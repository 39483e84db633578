"""When the thing happened: the event date, from the dateline or the first sentences of an article.

"Sáng 13/3, …" names a day without its year; the publication tells the year, else a year in the same
sentence, else the term that a congress opens. Dates of documents, birthdays, feasts and deadlines never win,
and an overview that names no day of its own has no event date.

Source: how some 125 articles of provincial portals open (`tests/test_event_date.py` holds each shape).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from itertools import chain

from crawler.extraction.contract import Candidate
from crawler.extraction.dates import FIRST_YEAR, LAST_YEAR
from crawler.extraction.stamp_grammar import LOWER
from pipelines.text import clean

_OPENING = 900  # characters of the text that are read
_LONGEST_LAG = timedelta(days=120)  # an older full date is history; measured lags end at 77 days
_LONGEST_LAG_INSIDE = timedelta(days=31)  # of a date inside a sentence, where most old ones are asides
_LONGEST_LAG_OF_MONTH = timedelta(days=62)  # from the first of a month that is named without a day
_LONGEST_LEAD = timedelta(days=120)  # from an announcement to what it announces


@dataclass(frozen=True, slots=True)
class EventDate:
    """The day of an event. `raw` is what was read, as printed (spaces cleaned)."""

    value: str  # "2015-04-24", "2023-11-03T14", "2022-08"; the first day of a range
    reason: str  # "dateline" or "text", and "+published", "+text", "+term" where the year comes from there
    raw: str


class _Strength(IntEnum):
    """How sure a date is the event's, best first."""

    DATELINE = 0  # opens a sentence, or names the part of the day
    INSIDE = 1  # a day inside a sentence
    MONTH = 2  # no day at all


@dataclass(frozen=True, slots=True)
class _Candidate:
    strength: _Strength
    day: int  # 1 where only the month is printed
    month: int
    year: int | None
    hour: str  # "", "T14" or "T14:30"
    raw: str
    sentence: str


# A day is looked for only behind one of these words. In lower case: ignoring it in the pattern is dear.
_CUE = re.compile(
    r"(?P<cue>sáng|trưa|chiều|tối|đêm|ngày|hôm|từ)\b"
    r"(?:[\s,(:]|nay|qua|hôm|ngày|từ|và|sáng|chiều|tối|thứ\s?\w{1,3}|chủ\snhật|mùng|mồng){1,12}+(?=[0-9])"
)
_ITEM = re.compile(
    r"(?P<day>[0-9]{1,2})(?![0-9])(?:"
    r"\s?(?P<sign>[/.\-–])\s?(?P<month>[0-9]{1,2})(?![0-9])"
    r"(?:\s?(?P=sign)\s?(?P<year>[0-9]{4})(?![0-9])|(?!\s?[/.]\s?[0-9]))"
    r"|\s?tháng\s(?P<month_word>[0-9]{1,2})(?![0-9])(?:\s?(?:,?\snăm|/|-)\s?(?P<year_word>[0-9]{4})(?![0-9]))?"
    r")?",
    re.IGNORECASE,
)
_JOIN = re.compile(
    r"\s?(?:,|;|và|&|đến|tới|[-–—])\s?(?:hết\s)?(?:sáng\s|chiều\s|tối\s)?(?:ngày\s)?(?=[0-9])", re.IGNORECASE
)
_YEAR_BEHIND = re.compile(r"\s?,?\snăm\s(?P<year>[0-9]{4})(?![0-9])(?!\s?[-–])", re.IGNORECASE)
_MOST_ITEMS = 12  # days in one list
_CALENDAR = re.compile(r"ngày|tháng|/", re.IGNORECASE)
_AFTERNOON = frozenset({"chiều", "tối", "đêm"})
_HOUR_BEFORE = re.compile(
    r"(?<![0-9])(?P<hour>[0-9]{1,2})\s?(?:giờ|h|g|:)\s?(?P<minute>[0-5][0-9])?(?:\s?phút)?,?\s$",
    re.IGNORECASE,
)
_MONTH = re.compile(
    r"tháng\s(?P<month>[0-9]{1,2})(?![0-9])"
    r"(?:(?:\snăm\s|\s?[/-]\s?)(?P<year>[0-9]{4}))?(?![0-9])"
)
_IN = re.compile(r"\btrong\s$", re.IGNORECASE)
_WINDOW = 90  # characters before a cue in which its traps stand

# A date opens a sentence behind a full stop, an agency's tag ("HNP - ") or nothing, or with a capital.
_SENTENCE_START = re.compile(
    r"(?:^|[.!?…\n]|(?:^|\n)\(?[^\s()]{2,20}\)?\s?[-–—:])[\s\"“(]{0,3}(?:vào\s)?(?:lúc\s)?"
    r"(?:trong\s(?:[0-9]{1,2}|các|hai|ba|bốn|năm)\s)?$",
    re.IGNORECASE,
)
_DOCUMENT = (
    "chỉ thị|nghị quyết|nghị định|quyết định|kế hoạch|hướng dẫn|công văn|văn bản|thông báo|thông tư|quy định"
    "|quy chế|kết luận|chương trình hành động|luật|pháp lệnh|công điện|tờ trình|đề án"
).replace(" ", r"\s")
_TRAP_BEFORE = re.compile(
    rf"(?:\bsố:?\s?\S{{1,30}}|/[A-ZĐÐ][\w&Đ.-]{{0,16}}|\b(?:{_DOCUMENT})\b[^,;:.\n]{{0,60}}),?"
    r"\s(?:ra\s|ký\s|ban\shành\s)?$"
    r"|\b(?:trước|đến|hết|sau|kể|hạn|dịp|đợt|mừng|niệm|nhân|sinh|mất|lực|hành|ký|cấp|lập|ứng|thống|nhất|cách\sđây"
    r"|tuyển|năm|là|mỗi|hàng|hằng|với)\s(?:kể\s)?(?:từ\s)?$",
    re.IGNORECASE,
)
_TRAP_BEHIND = re.compile(
    r"\s?,?\s(?:của|có\shiệu\slực|là|hàng\snăm|hằng\snăm|trở\sđi|về\sviệc|quy\sđịnh)\b", re.IGNORECASE
)
_TO_COME = re.compile(
    r"\b(?:sẽ|sắp|dự\skiến|chuẩn\sbị|tới\sđây|thông\sbáo|mời|khai\smạc\svào)\b", re.IGNORECASE
)
_SENTENCE_END = re.compile(rf"[.!?…](?=\s+[^\s{LOWER}])|\n")
_YEAR_IN_TEXT = re.compile(
    r"(?<!đến\s)(?<!tới\s)(?<!từ\s)(?<!nhìn\s)(?<![0-9]\s)\bnăm\s(?P<year>(?:19|20)[0-9]{2})(?![0-9])"
    r"(?!\s?[-–]\s?[0-9])",
    re.IGNORECASE,
)
_TERM = re.compile(r"\bnhiệm\skỳ:?\s\(?(?P<first>20[0-9]{2})\s?[-–]\s?20[0-9]{2}", re.IGNORECASE)
_CONGRESS = re.compile(r"\bđại\shội\b", re.IGNORECASE)


def event_date(text: str, *, published: str | None, headline: str | None = None) -> EventDate | None:
    """Return the day of the event that an article's `text` (lead and body) reports, or None.

    `published` is the publication date (ISO 8601) or None. A day without year is the latest one not after the
    publication, unless the sentence announces what is to come. Without any year there is no event date.
    """
    resolved = _read(text, published, headline, [])
    return next((found for _, found in resolved if found), None)


def event_candidates(text: str, *, published: str | None, headline: str | None = None) -> list[Candidate]:
    """Return every date that `event_date` looks at, with what spoke for or against it."""
    traps: list[str] = []
    found: list[Candidate] = []
    for candidate, event in _read(text, published, headline, traps):
        verdict = "no year is known, or not credible beside the publication"
        if event:
            verdict = "weaker than the chosen one" if any(other.value for other in found) else "chosen"
        score = (0.9, 0.6, 0.3)[candidate.strength]
        found.append(Candidate(event.value if event else None, candidate.raw, "text", score, verdict))
    traps_refused = [Candidate(None, raw, "text", 0.0, "of a document, a feast, a term") for raw in traps]
    return [*found, *traps_refused]


def _read(
    text: str, published: str | None, headline: str | None, traps: list[str]
) -> Iterator[tuple[_Candidate, EventDate | None]]:
    """Yield the candidates, best first, with what they resolve to; what is refused before goes to `traps`."""
    opening = clean(text[:_OPENING])
    known = date.fromisoformat(published[:10]) if published else None
    weaker: list[_Candidate] = []
    for candidate in chain(_days(opening, traps), _months(opening)):
        if candidate.strength is _Strength.DATELINE:
            yield candidate, _resolve(candidate, known, opening, headline or "")
        else:
            weaker.append(candidate)
    for candidate in sorted(weaker, key=lambda candidate: candidate.strength):
        yield candidate, _resolve(candidate, known, opening, headline or "")


def _days(opening: str, traps: list[str]) -> Iterator[_Candidate]:
    """Yield the days that the opening names, in its order; those of something else go to `traps`."""
    for cue in _found(_CUE, opening):
        first, year, end = _read_list(opening, cue.end())
        if first is None:
            continue
        if _TRAP_BEHIND.match(opening, end):
            traps.append(opening[cue.start() : end])
            continue
        word = cue["cue"]
        if word == "từ" and not _CALENDAR.search(opening, cue.start(), end):  # "từ 5-10 triệu đồng"
            continue
        names_part_of_day = word not in {"ngày", "từ"}
        window = max(0, cue.start() - _WINDOW)
        if not names_part_of_day and _TRAP_BEFORE.search(opening, window, cue.start()):
            traps.append(opening[cue.start() : end])
            continue
        hour = _HOUR_BEFORE.search(opening, window, cue.start())
        start = hour.start() if hour else cue.start()
        leading = names_part_of_day or opening[cue.start()].isupper() or _opens_sentence(opening, start)
        end += opening.startswith(")", end) and "(" in opening[start:end]
        yield _Candidate(
            _Strength.DATELINE if leading else _Strength.INSIDE,
            *first,
            year,
            _hour(hour, word),
            opening[start:end],
            _sentence(opening, start, end),
        )


def _months(opening: str) -> Iterator[_Candidate]:
    """Yield the months that the opening names without a day: "Tháng 8, …", "trong tháng 8 năm 2022"."""
    for found in _found(_MONTH, opening):
        start = found.start()
        year = int(found["year"]) if found["year"] else None
        inside = year is not None and _IN.search(opening, max(start - 6, 0), start) is not None
        if 1 <= int(found["month"]) <= 12 and (inside or _opens_sentence(opening, start)):
            sentence = _sentence(opening, start, found.end())
            raw = opening[start : found.end()]
            yield _Candidate(_Strength.MONTH, 1, int(found["month"]), year, "", raw, sentence)


def _found(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield where a pattern in lower case matches whole words of `text`, whatever its case."""
    lowered = text.lower()
    for found in pattern.finditer(lowered if len(lowered) == len(text) else text):
        if not (found.start() and text[found.start() - 1].isalnum()):
            yield found


def _opens_sentence(text: str, start: int) -> bool:
    return _SENTENCE_START.search(text, max(0, start - 32), start) is not None


def _read_list(text: str, start: int) -> tuple[tuple[int, int] | None, int | None, int]:
    """Read the days joined at `start` ("23 và 24/6", "27/4 đến ngày 29/4/2022").

    Returns the first day with its month (None: no day of a month is named), its year if printed, and where
    the list ends.
    """
    items: list[tuple[int, int | None, int | None]] = []
    end = start
    while len(items) < _MOST_ITEMS and (item := _ITEM.match(text, start)):
        month, year = item["month"] or item["month_word"], item["year"] or item["year_word"]
        items.append((int(item["day"]), int(month) if month else None, int(year) if year else None))
        if month or len(items) == 1:
            end = item.end()
        join = _JOIN.match(text, item.end())
        if join is None:
            break
        start = join.end()
    if not items:
        return None, None, end
    day = items[0][0]
    dated = next(((month, year) for _, month, year in items if month is not None), None)
    if dated is None or not 1 <= dated[0] <= 12 or not 1 <= day <= 31:
        return None, None, end
    first = (day, dated[0])
    years = [(other, year) for _, other, year in items if year is not None]
    if years:
        last_month, last_year = years[0]
        return first, last_year - (dated[0] > (last_month or 12)), end
    if behind := _YEAR_BEHIND.match(text, end):
        return first, int(behind["year"]), behind.end()
    return first, None, end


def _hour(found: re.Match[str] | None, part_of_day: str) -> str:
    if found is None or int(found["hour"]) > 23:
        return ""
    hour = int(found["hour"])
    hour += 12 if part_of_day in _AFTERNOON and hour < 12 else 0
    return f"T{hour:02d}" + (f":{found['minute']}" if found["minute"] else "")


def _sentence(text: str, start: int, end: int) -> str:
    """Return the sentence that holds `text[start:end]`."""
    begins = max((found.end() for found in _SENTENCE_END.finditer(text, 0, start)), default=0)
    stop = _SENTENCE_END.search(text, end)
    return text[begins : stop.start() if stop else len(text)]


def _resolve(candidate: _Candidate, published: date | None, opening: str, headline: str) -> EventDate | None:
    reason = "dateline" if candidate.strength is _Strength.DATELINE else "text"
    to_come = _TO_COME.search(candidate.sentence) is not None
    year, source = candidate.year, ""
    if year is None and published is not None:
        year, source = _year_near(candidate, published, to_come), "+published"
    elif year is None:
        year, source = _year_from_text(candidate, opening, headline)
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    day = _day(year, candidate.month, candidate.day)
    if day is None or (published is not None and not _is_credible(candidate, day, published, to_come)):
        return None
    value = f"{day:%Y-%m}" if candidate.strength is _Strength.MONTH else day.isoformat() + candidate.hour
    return EventDate(value, reason + source, candidate.raw)


def _is_credible(candidate: _Candidate, day: date, published: date, to_come: bool) -> bool:
    if day > published:
        return to_come and day - published <= _LONGEST_LEAD
    if candidate.strength is _Strength.INSIDE:
        return published - day <= _LONGEST_LAG_INSIDE
    if candidate.strength is _Strength.MONTH:
        return published - day <= _LONGEST_LAG_OF_MONTH
    return candidate.year is None or published - day <= _LONGEST_LAG


def _year_near(candidate: _Candidate, published: date, to_come: bool) -> int | None:
    """Return the year of the latest such day up to the publication; of the nearest one if it is to come."""
    days = [
        day
        for year in range(published.year - 1, published.year + 2)
        if (day := _day(year, candidate.month, candidate.day))
    ]
    if to_come:
        return min(days, key=lambda day: abs(day - published), default=date.min).year if days else None
    return max((day.year for day in days if day <= published), default=None)


def _year_from_text(candidate: _Candidate, opening: str, headline: str) -> tuple[int | None, str]:
    """Return the year that the sentence or headline names, or in which the congress's term begins."""
    for place in (candidate.sentence, headline):
        years = sorted({int(found["year"]) for found in _YEAR_IN_TEXT.finditer(place)})
        if len(years) == 1:
            return years[0], "+text"
        if len(years) == 2 and years[0] + 1 == years[1]:  # "tổng kết năm 2021, nhiệm vụ năm 2022"
            return years[candidate.month < 10], "+text"
    for place in (headline, opening):
        if _CONGRESS.search(place) and (term := _TERM.search(place)):
            return int(term["first"]), "+term"
    return None, ""


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
