"""The pagers of a page: anchors that turn its lists by number, by "Trang sau", by a sign."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from crawler.discovery.addresses import site_of
from crawler.discovery.slots import Slot, has_page_slot, slots_of
from crawler.extraction.element import HtmlElement
from crawler.page import Page
from pipelines.text import fold, line

_NUMBER = re.compile(r"(?:trang |page )?[\[(]?(\d{1,5})[\])]?")
_SIGNS = re.compile(r"[\s«»‹›<>→←❯❮|.…\[\]()]+")
_NEXT = re.compile(
    r"(?:trang )?(?:sau|tiep(?: theo)?|ke(?: tiep)?)|next(?: page)?"
    r"|older posts|(?:cac )?(?:bai|tin) (?:viet )?cu hon"
)
_LAST = re.compile(r"(?:trang )?cuoi(?: cung)?|last(?: page)?")
_NEXT_SIGNS = frozenset({">", ">>", "»", "›", "→", "❯"})
_LOCATION = re.compile(r"location(?:\.href)?\s{0,9}=\s{0,9}['\"]([^'\"]{1,1000})['\"]")
_CALENDAR = re.compile(r"calendar|datepicker|lich", re.IGNORECASE)
_PAGER_CLASS = re.compile(r"pag(?:er|ing|ination)|phan-?trang|nav-(?:links|previous)|next", re.IGNORECASE)
_LONGEST_TEXT = 40  # characters of an anchor that turns a page
_MOST_PAGES = 3000  # a pager that promises more is believed so far
_MOST_SPOKEN = 40  # anchors that say "next"; a page has one or two of them per list


@dataclass(slots=True, eq=False)
class Pager:
    """The turns of one list: addresses by page number, and the one that says only "next"."""

    slot: Slot | None
    anchors: list[HtmlElement] = field(default_factory=list)
    pages: dict[int, str] = field(default_factory=dict)
    next: str | None = None

    def following(self, url: str) -> list[str]:
        """Return the addresses of the pages after the one at `url` as far as known, without a gap."""
        if self.slot is None:
            return [self.next] if self.next and self.next != url else []
        current = self.slot.number_in(url) or 1
        last = min(max(self.pages, default=0), current + _MOST_PAGES)
        return [
            self.pages.get(number) or self.slot.address(number) for number in range(current + 1, last + 1)
        ]


def pagers(page: Page) -> list[Pager]:
    """Return the page's pagers that turn by addresses, the longest first."""
    numbered: dict[Slot, Pager] = {}
    spoken: list[tuple[HtmlElement, str]] = []
    for anchor in page.root.iter("a", "link", "option"):
        said = _said_by(anchor)
        number = number_of(anchor, said)
        if number is None and not (
            _is_link_next(anchor) or says_next(anchor, said) or says_last(anchor, said)
        ):
            continue
        url = _target(anchor, page)
        if url is None:
            continue
        if number is None:
            spoken.append((anchor, url))
            continue
        for slot in slots_of(number, url):
            pager = numbered.get(slot) or numbered.setdefault(slot, Pager(slot))
            pager.anchors.append(anchor)
            pager.pages.setdefault(number, url)
    found = [pager for slot, pager in numbered.items() if _is_plausible(slot, pager)]
    for anchor, url in spoken[:_MOST_SPOKEN]:
        _add_spoken(anchor, url, found)
    return sorted(found, key=lambda pager: len(pager.pages), reverse=True)


def number_of(anchor: HtmlElement, said: str | None = None) -> int | None:
    """Return the page number that an anchor's text names; `said` is that text where it is known already."""
    found = _NUMBER.fullmatch(_said_by(anchor) if said is None else said)
    return int(found[1]) if found else None


def says_next(anchor: HtmlElement, said: str | None = None) -> bool:
    """True for an anchor that says "next page" in words, a sign, or `rel`."""
    if anchor.tag == "a" and "next" in (anchor.get("rel") or "").lower().split():
        return True
    text = _said_by(anchor) if said is None else said
    words = _SIGNS.sub(" ", text).strip()
    if not words:
        words = _SIGNS.sub(" ", _hint_of(anchor)).strip()
    return _NEXT.fullmatch(words) is not None or text in _NEXT_SIGNS


def says_last(anchor: HtmlElement, said: str | None = None) -> bool:
    """True for an anchor that leads to the last page."""
    text = _said_by(anchor) if said is None else said
    return _LAST.fullmatch(_SIGNS.sub(" ", text or _hint_of(anchor)).strip()) is not None


def is_calendar(numbers: Collection[int]) -> bool:
    """True for numbers that are the days of a month rather than pages."""
    return len(numbers) >= 28 and max(numbers) <= 31


def _said_by(anchor: HtmlElement) -> str:
    """Return an anchor's text without marks, in lower case; "" where it is too long to turn a page."""
    parts = []
    length = 0
    for text in anchor.itertext():
        parts.append(text.strip())
        length += len(parts[-1])
        if length > _LONGEST_TEXT:
            return ""
    return fold(line(" ".join(parts)))


def _hint_of(anchor: HtmlElement) -> str:
    hint = anchor.get("title") or anchor.get("aria-label")
    return fold(hint[:_LONGEST_TEXT]) if hint else ""


def _is_link_next(element: HtmlElement) -> bool:
    return element.tag == "link" and (element.get("rel") or "").lower() == "next"


def _target(anchor: HtmlElement, page: Page) -> str | None:
    """Return the address that an anchor, a menu's option or its script leads to, on the same host only."""
    href = (anchor.get("value" if anchor.tag == "option" else "href") or "").strip()
    if not href or href[0] == "#" or href[:11].lower() == "javascript:":
        scripted = _LOCATION.search(href) or _LOCATION.search(anchor.get("onclick") or "")
        href = scripted[1] if scripted else ""
    if not href or (anchor.tag == "option" and href[0] not in "/?h"):
        return None
    url = page.absolute(href).partition("#")[0]
    return url if url[:4].lower() == "http" and site_of(url) == site_of(page.url) else None


def _is_plausible(slot: Slot, pager: Pager) -> bool:
    """A pager has page numbers in a known place, or a run of them; calendars and page-size menus have not."""
    if slot.is_other or (is_calendar(pager.pages) and _is_in_calendar(pager.anchors[0])):
        return False
    numbers = sorted(pager.pages)
    return slot.is_known or (len(numbers) > 1 and numbers[1] - numbers[0] == 1 and slot.step == 1)


def _is_in_calendar(anchor: HtmlElement) -> bool:
    return any(
        above.tag == "table" or _CALENDAR.search(f"{above.get('class') or ''} {above.get('id') or ''}")
        for above in _near(anchor, 8)
    )


def _add_spoken(anchor: HtmlElement, url: str, found: list[Pager]) -> None:
    """Put "next" and "last" to the pager whose address they fill in, or open a pager of their own."""
    for pager in found:
        number = pager.slot.number_in(url) if pager.slot else None
        if number is not None:
            pager.anchors.append(anchor)
            pager.pages.setdefault(number, url)
            return
    if says_last(anchor):
        return
    if has_page_slot(url) or anchor.tag == "link" or _is_in_pager(anchor):
        found.append(Pager(None, [anchor], next=url))


def _is_in_pager(anchor: HtmlElement) -> bool:
    return any(
        _PAGER_CLASS.search(f"{above.get('class') or ''} {above.get('id') or ''}")
        for above in _near(anchor, 4)
    )


def _near(anchor: HtmlElement, levels: int) -> Iterator[HtmlElement]:
    yield anchor
    for above, _ in zip(anchor.iterancestors(), range(levels - 1), strict=False):
        yield above
