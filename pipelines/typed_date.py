"""A date as a reader types it, and the ways in which texts write that date."""

from __future__ import annotations

import re

from pipelines.text import fold

_DAY = re.compile(
    r"(?:ngay )?(?P<day>\d{1,2})"
    r"(?:(?P<sign>[/.-])(?P<m>\d{1,2})(?:(?P=sign)(?P<y>\d{4}))?"
    r"| thang (?P<month>\d{1,2})(?: nam (?P<year>\d{4}))?)"
)
_MONTH = re.compile(r"(?:thang )?(?P<month>\d{1,2})(?:[/.-]| nam )(?P<year>\d{4})")
_YEAR = re.compile(r"nam (?P<year>\d{4})")


def spellings(text: str) -> list[str]:
    """Return a date's spellings, `text` first; none for what is no date.

    5/4/2015 is 05/04/2015 and 5 tháng 4 năm 2015; tháng 9 năm 2020 is 9/2020, also inside 18/09/2020.
    """
    typed = fold(text)
    if found := _DAY.fullmatch(typed):
        day, month = int(found["day"]), int(found["m"] or found["month"])
        year = found["y"] or found["year"]
        return [text, *_of_day(day, month, year)] if 1 <= day <= 31 and 1 <= month <= 12 else []
    if found := _MONTH.fullmatch(typed):
        month = int(found["month"])
        return [text, *_of_month(month, found["year"])] if 1 <= month <= 12 else []
    if found := _YEAR.fullmatch(typed):
        return [text, found["year"]]
    return []


def _of_day(day: int, month: int, year: str | None) -> list[str]:
    behind, spoken = (f"/{year}", f" năm {year}") if year else ("", "")
    numbers = [f"{a}/{b}{behind}" for a in (f"{day}", f"{day:02}") for b in (f"{month}", f"{month:02}")]
    words = [f"{a} tháng {b}{spoken}" for a, b in ((f"{day}", f"{month}"), (f"{day:02}", f"{month:02}"))]
    return [*numbers, *words]


def _of_month(month: int, year: str) -> list[str]:
    forms = (f"{month}", f"{month:02}")
    return [*(f"{form}/{year}" for form in forms), *(f"{form} năm {year}" for form in forms)]
