"""The second rung of date reading: what the strict grammar of `dates` does not know, by dateparser.

dateparser guesses without saying so ("05/13/20" turned round, "7 tháng Sáu, 2020" on the twelfth), hence a
day counts only where each part of it is printed: year and day as numbers, the month as number in its place
or as a word.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

_LONGEST = 64  # characters; what is longer holds more than a stamp
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = re.compile(rf"\b({'|'.join(_MONTHS)})[a-z]{{0,6}}\b", re.IGNORECASE)
_SHORT_YEAR = re.compile(r"(?<![0-9/.-])[0-9]{1,2}([/.-])[0-9]{1,2}\1[0-9]{2}(?![0-9/.-])")
_NUMBER = re.compile(r"[0-9]{1,4}")


def parse_loosely(text: str, date_order: Literal["DMY", "MDY"]) -> date | None:
    """Return the day of a stamp with an English month ("Mar 18, 2020") or a year of two digits, or None."""
    if len(text) > _LONGEST:
        return None
    month = _MONTH.search(text)
    if month is None and not _SHORT_YEAR.search(text):
        return None
    day = _ask_dateparser(text, date_order)
    if day is None:
        return None
    numbers = [int(number) for number in _NUMBER.findall(text)]
    if month:
        printed = _MONTHS[day.month - 1] == month[1].casefold() and {day.day, day.year} <= {*numbers}
    else:
        first_two = [day.day, day.month] if date_order == "DMY" else [day.month, day.day]
        printed = numbers[:3] == [*first_two, day.year % 100]
    return day if printed else None


def _ask_dateparser(text: str, date_order: str) -> date | None:
    import dateparser  # half a second, for one stamp in thousands

    try:
        moment = dateparser.parse(
            text.strip(),
            languages=["vi", "en"],
            settings={
                "DATE_ORDER": date_order,
                "STRICT_PARSING": True,
                "REQUIRE_PARTS": ["day", "month", "year"],
                "PREFER_DATES_FROM": "past",
            },
        )
    except (OverflowError, ValueError):  # days before the first year
        return None
    return moment.date() if moment else None
