"""Where in an address the page number stands: a query parameter, a path, an offset."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

# The digit stands before the look behind it: to digits, not to assertions, the engine leaps.
_RUN = re.compile(r"\d(?<!\d\d)\d{0,6}(?!\d)")
_MOST_CHARACTERS = 1000  # of an address that turns pages
# Names that always hold a page number; a number elsewhere needs a run of links to be one.
_PAGE_PARAMETER = re.compile(
    r"(?:.*[_.-])?(?:p|pg|pn|pi|page\w*|paged|cur\w*|trang\w*|start|offset|ipage|sotrang)"
)
_PAGE_PATH = re.compile(r"(?:[/_-](?:(?:current)?page|trang|p)[-_/]?|-c\d{1,9}-)$")
# Names that hold a number of another kind.
_OTHER_PARAMETER = re.compile(
    r".*(?:delta|size|limit|per_?page|sort|order|print|lang|locale|rows|font).*|day|ngay|date|month|thang|year|nam|d|m|y"
)
_DATED_PATH = re.compile(r"/(?:19|20)\d\d/(?:\d{1,2}/)?$")


@dataclass(frozen=True, slots=True)
class Slot:
    """The place of the page number in an address: page `n` is asked for as `first + (n - 1) * step`."""

    before: str
    after: str
    first: int = 1
    step: int = 1

    def address(self, number: int) -> str:
        """Return the address of page `number` (from 1)."""
        return f"{self.before}{self.first + (number - 1) * self.step}{self.after}"

    def number_in(self, url: str) -> int | None:
        """Return the page number that `url` has in this place, None where it has another form."""
        value = self._value_in(url)
        if value is None or (value - self.first) % self.step:
            return None
        return max(1, (value - self.first) // self.step + 1)

    @property
    def parameter(self) -> str | None:
        """The query parameter that holds the number; None where the path does."""
        name = self.before.partition("?")[2].rpartition("&")[2]
        return name[:-1] if name.endswith("=") else None

    @property
    def is_known(self) -> bool:
        """True where a parameter or path of this name always holds a page number."""
        if self.parameter is not None:
            return _PAGE_PARAMETER.fullmatch(self.parameter[-40:].lower()) is not None
        return _PAGE_PATH.search(self.before[-20:].lower()) is not None

    @property
    def is_other(self) -> bool:
        """True where the number is a page size, a sort order, a language or part of a date."""
        if self.parameter is not None:
            return _OTHER_PARAMETER.fullmatch(unquote(self.parameter[-40:]).lower()) is not None
        return _DATED_PATH.search(self.before[-20:]) is not None

    def _value_in(self, url: str) -> int | None:
        if self.parameter is not None:
            found = re.search(rf"[?&]{re.escape(self.parameter)}=(\d{{1,7}})(?:&|$)", url)
            return int(found[1]) if found else None
        if url.startswith(self.before) and url.endswith(self.after):
            middle = url[len(self.before) : len(url) - len(self.after)]
            return int(middle) if middle.isdecimal() and len(middle) < 8 else None
        return None


def slots_of(number: int, url: str) -> Iterator[Slot]:
    """Yield the places in an address that may hold page `number`: as it is, from 0, or as an offset."""
    for run, value in _numbers_in(url):
        if value == number:
            yield _slot(run)
        if value == number - 1:
            yield _slot(run, first=0)
        elif number > 1 and value % (number - 1) == 0 and 5 <= value // (number - 1) <= 100:
            yield _slot(run, first=0, step=value // (number - 1))


def has_page_slot(url: str) -> bool:
    """True where an address holds a number in a place that is known for page numbers."""
    return any(_slot(run).is_known for run, _ in _numbers_in(url))


def _slot(run: re.Match[str], first: int = 1, step: int = 1) -> Slot:
    return Slot(run.string[: run.start()], run.string[run.end() :], first, step)


def _numbers_in(url: str) -> Iterator[tuple[re.Match[str], int]]:
    if len(url) > _MOST_CHARACTERS:
        return
    for run in _RUN.finditer(url, max(url.find("/", 8), 0)):
        value = int(run[0])
        if run[0] == str(value):  # "02" is a day, a month, an order; pages have no leading zero
            yield run, value
