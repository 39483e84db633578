"""What on a page is no part of its main column: menus, side boxes, related lists."""

from __future__ import annotations

import re
from functools import cached_property

from crawler.discovery.addresses import path_of
from crawler.extraction.element import HtmlElement
from crawler.page import Page
from pipelines.text import fold, line

_TAGS = frozenset({"nav", "footer", "aside", "menu", "marquee"})
_CLASS = re.compile(
    r"(?:^|[\s_-])(?:menu\w*|nav\w*|breadcrumb\w*|footer\w*|side-?bar\w*|aside|related\w*|lien-?quan|lien-?ket"
    r"|web-?link\w*|xem-?nhieu|tophits|marquee\w*|banner\w*|quang-?cao|advert\w*|tags?|share|social|comment\w*)(?:$|[\s_-])",
    re.IGNORECASE,
)
_LAYOUT_CLASS = re.compile(r"(?:has|no|with|both|two|one|content|main)[_-]side-?bars?\w*", re.IGNORECASE)
_LABEL = re.compile(
    r".*(?:xem|doc) nhieu.*|.*lien quan.*|.*cung (?:chuyen muc|chu de)|lien ket.*|other news|related.*"
    r"|video.*|thu vien.*|thong ke.*|cau hoi.*|y kien.*|lich cong tac.*"
)
# Over a side box as often as over the page's own list.
_WEAK_LABEL = re.compile(
    r"(?:cac )?(?:tin|bai)?(?: tuc| viet)? ?(?:moi(?: nhat| dang| cap nhat)?|noi bat|tieu diem|duoc quan tam)"
    r"|hot news|van ban.*|thong bao.*|danh muc.*|chuyen muc.*"
)
_STEP = re.compile(r"[»›>/|]")
_MOSTLY = 0.7  # of the page's links
_WRAPPER_LEVEL = 4  # above a row: nearer elements are its list and its box
_LONGEST_LABEL = 60  # characters


class Asides:
    """Tells the side boxes of one page; what it found out about an element it remembers."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._called: dict[HtmlElement, bool] = {}
        self._most: dict[HtmlElement, bool] = {}

    def hold(self, row: HtmlElement) -> bool:
        """True where a row stands in a menu, a side box or a related list by tag, class or heading.

        An element that holds most of the page's links is the page, whatever it is called; and a heading
        that the page itself bears ("Video" over the list of the section Video) is no side box's.
        """
        for level, above in enumerate((row, *row.iterancestors())):
            if self._is_called_aside(above) and (level < _WRAPPER_LEVEL or not self._is_most(above)):
                return True
        return self._bears(_LABEL, row)

    def may_hold(self, row: HtmlElement) -> bool:
        """True where the heading over a row is one that side boxes bear, and main lists too ("Tin mới")."""
        return self._bears(_WEAK_LABEL, row)

    def bear_own_name(self, row: HtmlElement) -> bool:
        """True where the heading over a row, or the end of the path over it, is the page's own name."""
        label = _STEP.split(fold(label_of(row)))[-1].strip()
        return len(label) > 3 and self._is_own_name(label)

    def _bears(self, labels: re.Pattern[str], row: HtmlElement) -> bool:
        label = fold(label_of(row))
        return bool(label) and labels.fullmatch(label) is not None and not self._is_own_name(label)

    def _is_called_aside(self, element: HtmlElement) -> bool:
        if element not in self._called:
            called = f"{element.get('class') or ''} {element.get('id') or ''}"
            self._called[element] = element.tag not in ("html", "body") and (
                element.tag in _TAGS or _CLASS.search(_LAYOUT_CLASS.sub("", called)) is not None
            )
        return self._called[element]

    def _is_most(self, element: HtmlElement) -> bool:
        if element not in self._most:
            self._most[element] = sum(1 for _ in element.iter("a")) > _MOSTLY * self._links
        return self._most[element]

    @cached_property
    def _links(self) -> int:
        return sum(1 for _ in self._page.root.iter("a"))

    def _is_own_name(self, label: str) -> bool:
        return self._title.startswith(label) or re.sub(r"[^a-z]", "", label) in self._slug

    @cached_property
    def _title(self) -> str:
        return fold(line(self._page.selector.xpath("string(//title)").get() or ""))

    @cached_property
    def _slug(self) -> str:
        return re.sub(r"[^a-z]", "", fold(path_of(self._page.url)))


def label_of(row: HtmlElement) -> str:
    """Return the heading over a list, given its first row: the nearest text before it, "" if that is long."""
    element = row
    for _ in range(5):
        for count, before in enumerate(element.itersiblings(preceding=True)):
            if count == 3:
                break
            if isinstance(before.tag, str) and before.tag not in ("script", "style"):
                text = _start_of(before)
                if text:
                    return text if len(text) <= _LONGEST_LABEL else ""
        parent = element.getparent()
        if parent is None or parent.tag in ("body", "html"):
            break
        element = parent
    return ""


def _start_of(element: HtmlElement) -> str:
    """Return the element's text as one line, cut soon after it is too long for a heading."""
    parts: list[str] = []
    length = 0
    for text in element.itertext():
        stripped = text.strip()
        if stripped:
            parts.append(stripped[: 2 * _LONGEST_LABEL])
            length += len(parts[-1])
        if length > _LONGEST_LABEL:
            break
    return line(" ".join(parts))
