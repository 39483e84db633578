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
from typing import NamedTuple

from crawler.extraction.contract import Candidate
from crawler.extraction.dates import FIRST_YEAR, LAST_YEAR
from crawler.extraction.stamp_grammar import LOWER
from pipelines.article import Article
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


class _Candidate(NamedTuple):
    strength: _Strength
    day: int  # 1 where only the month is printed
    month: int
    year: int | None
    hour: str  # "", "T14" or "T14:30"
    raw: str
    start: int
    end: int


class _Opening(NamedTuple):
    text: str
    lowered: str  # letter for letter; what the patterns read, because ignoring case in them is dear


# A day is looked for only behind one of these words.
_CUE = re.compile(
    r"(?P<cue>sáng|trưa|chiều|tối|đêm|ngày|hôm|từ)\b"
    r"(?:[\s,(:]|nay|qua|hôm|ngày|từ|và|sáng|chiều|tối|thứ\s?\w{1,3}|chủ\snhật|mùng|mồng){1,12}+(?=[0-9])"
)
_ITEM = re.compile(
    r"(?P<day>[0-9]{1,2})(?![0-9])(?:"
    r"\s?(?P<sign>[/.\-–])\s?(?P<month>[0-9]{1,2})(?![0-9])"
    r"(?:\s?(?P=sign)\s?(?P<year>[0-9]{4})(?![0-9])|(?!\s?[/.]\s?[0-9]))"
    r"|\s?tháng\s(?P<month_word>[0-9]{1,2})(?![0-9])(?:\s?(?:,?\snăm|/|-)\s?(?P<year_word>[0-9]{4})(?![0-9]))?"
    r")?"
)
_JOIN = re.compile(r"\s?(?:,|;|và|&|đến|tới|[-–—])\s?(?:hết\s)?(?:sáng\s|chiều\s|tối\s)?(?:ngày\s)?(?=[0-9])")
_YEAR_BEHIND = re.compile(r"\s?,?\snăm\s(?P<year>[0-9]{4})(?![0-9])(?!\s?[-–])")
_MOST_ITEMS = 12  # days in one list
_CALENDAR = re.compile(r"ngày|tháng|/")
_AFTERNOON = frozenset({"chiều", "tối", "đêm"})
_HOUR_BEFORE = re.compile(
    r"(?<![0-9])(?P<hour>[0-9]{1,2})\s?(?:giờ|h|g|:)\s?(?P<minute>[0-5][0-9])?(?:\s?phút)?,?\s$"
)
_MONTH = re.compile(
    r"tháng\s(?P<month>[0-9]{1,2})(?![0-9])"
    r"(?:(?:\snăm\s|\s?[/-]\s?)(?P<year>[0-9]{4}))?(?![0-9])"
)
_IN = re.compile(r"\btrong\s$")
_WINDOW = 90  # characters before a cue in which its traps stand

# A date opens a sentence behind a full stop, an agency's tag ("HNP - ") or nothing, or with a capital.
_SENTENCE_START = re.compile(
    r"(?:^|[.!?…\n]|(?:^|\n)\(?[^\s()]{2,20}\)?\s?[-–—:])[\s\"“(]{0,3}(?:vào\s)?(?:lúc\s)?"
    r"(?:trong\s(?:[0-9]{1,2}|các|hai|ba|bốn|năm)\s)?$"
)
_DOCUMENT = (
    "chỉ thị|nghị quyết|nghị định|quyết định|kế hoạch|hướng dẫn|công văn|văn bản|thông báo|thông tư|quy định"
    "|quy chế|kết luận|chương trình hành động|luật|pháp lệnh|công điện|tờ trình|đề án"
).replace(" ", r"\s")
_TRAP_BEFORE = re.compile(
    rf"(?:\bsố:?\s?\S{{1,30}}|/[a-zđð][\w&đ.-]{{0,16}}|\b(?:{_DOCUMENT})\b[^,;:.\n]{{0,60}}),?"
    r"\s(?:ra\s|ký\s|ban\shành\s)?$"
    r"|\b(?:trước|đến|hết|sau|kể|hạn|dịp|đợt|mừng|niệm|nhân|sinh|mất|lực|hành|ký|cấp|lập|ứng|thống|nhất|cách\sđây"
    r"|tuyển|năm|là|mỗi|hàng|hằng|với)\s(?:kể\s)?(?:từ\s)?$"
)
_TRAP_BEHIND = re.compile(r"\s?,?\s(?:của|có\shiệu\slực|là|hàng\snăm|hằng\snăm|trở\sđi|về\sviệc|quy\sđịnh)\b")
_TO_COME = re.compile(r"\b(?:sẽ|sắp|dự\skiến|chuẩn\sbị|tới\sđây|thông\sbáo|mời|khai\smạc\svào)\b")
_SENTENCE_END = re.compile(rf"[.!?…](?=\s+[^\s{LOWER}])|\n")
_YEAR_IN_TEXT = re.compile(
    r"(?<!đến\s)(?<!tới\s)(?<!từ\s)(?<!nhìn\s)(?<![0-9]\s)\bnăm\s(?P<year>(?:19|20)[0-9]{2})(?![0-9])"
    r"(?!\s?[-–]\s?[0-9])"
)
_TERM = re.compile(r"\bnhiệm\skỳ:?\s\(?(?P<first>20[0-9]{2})\s?[-–]\s?20[0-9]{2}")
_CONGRESS = re.compile(r"\bđại\shội\b")


def event_date(text: str, *, published: str | None, headline: str | None = None) -> EventDate | None:
    """Return the day of the event that an article's `text` (lead and body) reports, or None.

    `published` is the publication date (ISO 8601) or None. A day without year is the latest one not after the
    publication, unless the sentence announces what is to come. Without any year there is no event date.
    """
    resolved = _read(text, published, headline, [])
    return next((found for _, found in resolved if found), None)


def tell_event(article: Article, opening: str) -> None:
    """Give an article the event date that its `opening` (lead and body) tells, and what it comes from."""
    event = event_date(opening, published=article.date_published, headline=article.headline)
    if event:
        article.event_date, article.event_date_source = event.value, event.reason


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
    opening, title = _opening(text[:_OPENING]), (headline or "").lower()
    known = date.fromisoformat(published[:10]) if published else None
    weaker: list[_Candidate] = []
    for candidate in chain(_days(opening, traps), _months(opening)):
        if candidate.strength is _Strength.DATELINE:
            yield candidate, _resolve(candidate, known, opening, title)
        else:
            weaker.append(candidate)
    for candidate in sorted(weaker, key=lambda candidate: candidate.strength):
        yield candidate, _resolve(candidate, known, opening, title)


def _opening(text: str) -> _Opening:
    text = clean(text)
    return _Opening(text, text.replace("İ", "i").lower())  # the only letter that is two in lower case


def _days(opening: _Opening, traps: list[str]) -> Iterator[_Candidate]:
    """Yield the days that the opening names, in its order; those of something else go to `traps`."""
    text, lowered = opening
    for cue in _found(_CUE, lowered):
        first, year, end = _read_list(lowered, cue.end())
        if first is None:
            continue
        if _TRAP_BEHIND.match(lowered, end):
            traps.append(text[cue.start() : end])
            continue
        word = cue["cue"]
        if word == "từ" and not _CALENDAR.search(lowered, cue.start(), end):  # "từ 5-10 triệu đồng"
            continue
        names_part_of_day = word not in {"ngày", "từ"}
        window = max(0, cue.start() - _WINDOW)
        if not names_part_of_day and _TRAP_BEFORE.search(lowered, window, cue.start()):
            traps.append(text[cue.start() : end])
            continue
        hour = _HOUR_BEFORE.search(lowered, window, cue.start())
        start = hour.start() if hour else cue.start()
        leading = names_part_of_day or text[cue.start()].isupper() or _opens_sentence(lowered, start)
        end += text.startswith(")", end) and "(" in text[start:end]
        yield _Candidate(
            _Strength.DATELINE if leading else _Strength.INSIDE,
            *first,
            year,
            _hour(hour, word),
            text[start:end],
            start,
            end,
        )


def _months(opening: _Opening) -> Iterator[_Candidate]:
    """Yield the months that the opening names without a day: "Tháng 8, …", "trong tháng 8 năm 2022"."""
    text, lowered = opening
    for found in _found(_MONTH, lowered):
        start, end = found.span()
        year = int(found["year"]) if found["year"] else None
        inside = year is not None and _IN.search(lowered, max(start - 6, 0), start) is not None
        if 1 <= int(found["month"]) <= 12 and (inside or _opens_sentence(lowered, start)):
            yield _Candidate(_Strength.MONTH, 1, int(found["month"]), year, "", text[start:end], start, end)


def _found(pattern: re.Pattern[str], lowered: str) -> Iterator[re.Match[str]]:
    """Yield where a pattern matches whole words."""
    for found in pattern.finditer(lowered):
        if not (found.start() and lowered[found.start() - 1].isalnum()):
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


def _sentence(candidate: _Candidate, opening: _Opening) -> str:
    """Return, in lower case, the sentence that holds a date."""
    ends = _SENTENCE_END.finditer(opening.text, 0, candidate.start)
    begins = max((found.end() for found in ends), default=0)
    stop = _SENTENCE_END.search(opening.text, candidate.end)
    return opening.lowered[begins : stop.start() if stop else None]


def _is_to_come(candidate: _Candidate, opening: _Opening) -> bool:
    """True where the sentence announces what is still to come."""
    return _TO_COME.search(_sentence(candidate, opening)) is not None


def _resolve(
    candidate: _Candidate, published: date | None, opening: _Opening, title: str
) -> EventDate | None:
    reason = "dateline" if candidate.strength is _Strength.DATELINE else "text"
    year, source = candidate.year, ""
    if year is None and published is not None:
        year, source = _year_near(candidate, published, opening), "+published"
    elif year is None:
        year, source = _year_from_text(candidate, opening, title)
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    day = _day(year, candidate.month, candidate.day)
    if day is None or (published is not None and not _is_credible(candidate, day, published, opening)):
        return None
    value = f"{day:%Y-%m}" if candidate.strength is _Strength.MONTH else day.isoformat() + candidate.hour
    return EventDate(value, reason + source, candidate.raw)


def _is_credible(candidate: _Candidate, day: date, published: date, opening: _Opening) -> bool:
    if day > published:
        return day - published <= _LONGEST_LEAD and _is_to_come(candidate, opening)
    if candidate.strength is _Strength.INSIDE:
        return published - day <= _LONGEST_LAG_INSIDE
    if candidate.strength is _Strength.MONTH:
        return published - day <= _LONGEST_LAG_OF_MONTH
    return candidate.year is None or published - day <= _LONGEST_LAG


def _year_near(candidate: _Candidate, published: date, opening: _Opening) -> int | None:
    """Return the year of the latest such day up to the publication; of the nearest one if it is to come."""
    days = [
        day
        for year in range(published.year - 1, published.year + 2)
        if (day := _day(year, candidate.month, candidate.day))
    ]
    latest = max((day for day in days if day <= published), default=None)
    nearest = min(days, key=lambda day: abs(day - published), default=None)
    if nearest != latest and _is_to_come(candidate, opening):
        latest = nearest
    return latest.year if latest else None


def _year_from_text(candidate: _Candidate, opening: _Opening, title: str) -> tuple[int | None, str]:
    """Return the year that the sentence or headline names, or in which the congress's term begins."""
    for place in (_sentence(candidate, opening), title):
        years = sorted({int(found["year"]) for found in _YEAR_IN_TEXT.finditer(place)})
        if len(years) == 1:
            return years[0], "+text"
        if len(years) == 2 and years[0] + 1 == years[1]:  # "tổng kết năm 2021, nhiệm vụ năm 2022"
            return years[candidate.month < 10], "+text"
    for place in (title, opening.lowered):
        if _CONGRESS.search(place) and (term := _TERM.search(place)):
            return int(term["first"]), "+term"
    return None, ""


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
