"""Anchors that turn the pages of a list: page numbers, "Trang sau", "»", and what addresses they fill in."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from lxml.html import HtmlElement

from crawler.discovery.addresses import site_of
from crawler.page import Page
from pipelines.text import fold, line

_NUMBER = re.compile(r"(?:trang |page )?[\[(]?(\d{1,5})[\])]?")
_RUNS = re.compile(r"\d{1,7}")
_SIGNS = re.compile(r"[\s«»‹›<>→←❯❮|.…\[\]()]+")
_NEXT = frozenset(
    {
        "trang sau",
        "trang tiep",
        "trang tiep theo",
        "trang ke",
        "trang ke tiep",
        "tiep",
        "tiep theo",
        "ke tiep",
        "sau",
    }
    | {"next", "next page", "older posts", "bai cu hon", "tin cu hon", "cac tin cu hon"}
)
_LAST = frozenset({"cuoi", "trang cuoi", "cuoi cung", "last", "last page", "trang cuoi cung"})
_NEXT_SIGNS = frozenset({">", ">>", "»", "›", "→", "❯"})
# A query parameter or a path that is known to hold a page number; other numbers need a run of links.
_PAGE_PARAMETER = re.compile(
    r"(?:\w*[_.-])?(?:p|pg|pn|pi|page\w*|paged|cur\w*|trang\w*|start|offset|ipage|sotrang)=", re.IGNORECASE
)
_PAGE_PATH = re.compile(r"(?:/|-|_)(?:page|trang|p)[-_/]?|-c\d+-", re.IGNORECASE)
_NO_PAGE = re.compile(
    r"(?:delta|size|limit|per_?page|sort|order|print|lang\w*|locale|day|ngay|date|month|thang|year|nam|rows|font\w*)"
    r"=|/(?:19|20)\d\d/(?:\d{1,2}/)?",
    re.IGNORECASE,
)
_CALENDAR = re.compile(r"calendar|datepicker|lich", re.IGNORECASE)
_PAGER_CLASS = re.compile(r"pag(?:er|ing|ination)|phan-?trang|nav-(?:links|previous)|next", re.IGNORECASE)
_LONGEST_TEXT = 40  # characters of an anchor that turns a page
_MOST_PAGES = 3000  # a pager that promises more is believed so far


@dataclass(frozen=True, slots=True)
class Slot:
    """The place of the page number in an address: page `n` is asked for as `first + (n - 1) * step`."""

    before: str
    after: str
    first: int
    step: int

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
    def is_known(self) -> bool:
        """True where a parameter or path of this name always holds a page number."""
        return bool(re.search(_PAGE_PARAMETER.pattern + r"$", self.before, re.IGNORECASE)) or bool(
            re.search(r"(?:" + _PAGE_PATH.pattern + r")$", self.before, re.IGNORECASE)
        )

    @property
    def parameter(self) -> str | None:
        """The query parameter that holds the number; None where the path does."""
        query = self.before.partition("?")[2]
        name = query.rpartition("&")[2]
        return name[:-1] if name.endswith("=") else None

    def _value_in(self, url: str) -> int | None:
        if self.parameter is not None:
            found = re.search(rf"[?&]{re.escape(self.parameter)}=(\d{{1,7}})(?:&|$)", url)
            return int(found[1]) if found else None
        if url.startswith(self.before) and url.endswith(self.after):
            middle = url[len(self.before) : len(url) - len(self.after)]
            return int(middle) if middle.isdecimal() and len(middle) < 8 else None
        return None


@dataclass(slots=True, eq=False)
class Pager:
    """The turns of one list: addresses by page number, and the one that says only "next"."""

    slot: Slot | None
    anchors: list[HtmlElement] = field(default_factory=list)
    pages: dict[int, str] = field(default_factory=dict)
    next: str | None = None

    def following(self, url: str) -> list[str]:
        """Return the addresses of the pages after the one at `url`, as far as they are known, without a gap."""
        if self.slot is not None:
            current = self.slot.number_in(url) or 1
            last = min(max(self.pages, default=0), current + _MOST_PAGES)
            if last > current:
                return [
                    self.pages.get(number) or self.slot.address(number)
                    for number in range(current + 1, last + 1)
                ]
            if self.next and (self.slot.number_in(self.next) or 0) <= current:
                return []
        return [self.next] if self.next and self.next != url else []


def said_by(anchor: HtmlElement) -> str:
    """Return an anchor's text without marks, in lower case; "" where it is too long to turn a page."""
    text = "".join(anchor.itertext())
    return fold(line(text)) if len(text) < _LONGEST_TEXT or len(text.split()) < 6 else ""


def number_of(anchor: HtmlElement) -> int | None:
    """Return the page number that an anchor's text names."""
    found = _NUMBER.fullmatch(said_by(anchor))
    return int(found[1]) if found else None


def says_next(anchor: HtmlElement) -> bool:
    """True for an anchor that says "next page" in words, a sign, or `rel`."""
    if "next" in (anchor.get("rel") or "").lower().split():
        return True
    text = said_by(anchor)
    spoken = _SIGNS.sub(" ", text).strip()
    if spoken:
        return spoken in _NEXT
    hint = fold(anchor.get("title") or anchor.get("aria-label") or "")
    return text in _NEXT_SIGNS or _SIGNS.sub(" ", hint).strip() in _NEXT


def says_last(anchor: HtmlElement) -> bool:
    """True for an anchor that leads to the last page."""
    text = said_by(anchor) or fold(anchor.get("title") or "")
    return _SIGNS.sub(" ", text).strip() in _LAST


def pagers(page: Page) -> list[Pager]:
    """Return the page's pagers that turn by plain links, the longest first."""
    numbered: list[tuple[int, HtmlElement, str]] = []
    spoken: list[tuple[HtmlElement, str]] = []
    for anchor in _anchors(page):
        number = number_of(anchor)
        if number is None and not (anchor.tag == "link" or says_next(anchor) or says_last(anchor)):
            continue
        url = page.absolute(anchor.get("href") or "").partition("#")[0]
        if url[:4].lower() != "http" or site_of(url) != site_of(page.url):
            continue
        if number is not None:
            numbered.append((number, anchor, url))
        else:
            spoken.append((anchor, url))
    found = _numbered_pagers(numbered)
    for anchor, url in spoken:
        _add_spoken(anchor, url, found)
    return sorted(found, key=lambda pager: len(pager.pages), reverse=True)


def _anchors(page: Page) -> Iterator[HtmlElement]:
    for anchor in page.root.iter("a", "link"):
        href = (anchor.get("href") or "").strip()
        if href and href[0] != "#" and (anchor.tag == "a" or anchor.get("rel") == "next"):
            yield anchor


def _numbered_pagers(numbered: list[tuple[int, HtmlElement, str]]) -> list[Pager]:
    found: dict[Slot, Pager] = {}
    for number, anchor, url in numbered:
        for slot in _slots(number, url):
            pager = found.setdefault(slot, Pager(slot))
            pager.anchors.append(anchor)
            pager.pages.setdefault(number, url)
    return [pager for pager in found.values() if _is_plausible(pager)]


def _slots(number: int, url: str) -> Iterator[Slot]:
    """Yield the places in an address that may hold page `number`: as it is, counted from 0, or as an offset."""
    start = url.find("/", 8)
    for run in _RUNS.finditer(url, max(start, 0)):
        before, after, value = url[: run.start()], url[run.end() :], int(run[0])
        if run[0] != str(value) or before[-1:].isdigit() or after[:1].isdigit():
            continue
        if value == number:
            yield Slot(before, after, 1, 1)
        if value == number - 1:
            yield Slot(before, after, 0, 1)
        elif number > 1 and value % (number - 1) == 0 and 5 <= value // (number - 1) <= 100:
            yield Slot(before, after, 0, value // (number - 1))


def _is_plausible(pager: Pager) -> bool:
    """A pager has page numbers in a known place, or a run of them; a calendar and a page-size menu have not."""
    slot = pager.slot
    assert slot is not None
    if re.search(r"(?:" + _NO_PAGE.pattern + r")$", unquote(slot.before), re.IGNORECASE):
        return False
    numbers = sorted(pager.pages)
    if is_calendar(numbers) and _in_calendar(pager.anchors[0]):
        return False
    if slot.is_known:
        return True
    return len(numbers) >= 2 and numbers[1] - numbers[0] == 1 and slot.step == 1


def is_calendar(numbers: Collection[int]) -> bool:
    """True for numbers that are the days of a month rather than pages."""
    return len(numbers) >= 28 and max(numbers) <= 31


def _in_calendar(anchor: HtmlElement) -> bool:
    return any(
        _CALENDAR.search(f"{above.get('class') or ''} {above.get('id') or ''}") or above.tag == "table"
        for above, _ in zip(anchor.iterancestors(), range(8), strict=False)
    )


def _add_spoken(anchor: HtmlElement, url: str, found: list[Pager]) -> None:
    """Put "next" and "last" to the pager whose address they fill in, or open a pager of their own."""
    forward = anchor.tag == "link" or says_next(anchor)
    for pager in found:
        number = pager.slot.number_in(url) if pager.slot else None
        if number is not None:
            pager.anchors.append(anchor)
            pager.pages.setdefault(number, url)
            return
    if forward and (_has_known_slot(url) or anchor.tag == "link" or _in_pager(anchor)):
        found.append(Pager(None, [anchor], next=url))


def _has_known_slot(url: str) -> bool:
    runs = _RUNS.finditer(url, max(url.find("/", 8), 0))
    return any(Slot(url[: run.start()], url[run.end() :], 1, 1).is_known for run in runs)


def _in_pager(anchor: HtmlElement) -> bool:
    return any(
        _PAGER_CLASS.search(f"{above.get('class') or ''} {above.get('id') or ''}")
        for above, _ in zip([anchor, *anchor.iterancestors()], range(4), strict=False)
    )
