"""The links of a page: where they lead, what they say, and how their places resemble each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from lxml import etree

from crawler.extraction.element import HtmlElement
from crawler.extraction.metadata import LONGEST_LINK
from crawler.page import Page
from pipelines.identify import canonical_url
from pipelines.text import fold, line

# Class words that tell a row from its neighbours (place, state), never one list from another.
_PLACE_WORD = re.compile(
    r"(?:.*[_-])?(?:odd|even|first|last|active|current|alt|alternat\w*|selected|hot|no-?bor\w*|nobo|end|begin|start)"
    r"(?:[_-].*)?"
)
_LONGEST_CLASS = 200  # characters
_DIGITS = re.compile(r"\d+")
_ALTERNATE = re.compile(r"(?<=[a-z])Alt(?=[A-Z])")  # Telerik's rgRow, rgAltRow
_FILE = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|rtf|zip|rar|7z|jpe?g|png|gif|bmp|webp|svg|mp[34]|avi|flv|wmv|wav|exe|css|js"
    r"|xml|rss)$",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"(?:(?:xem|doc) (?:tiep|them|chi tiet|tat ca)|chi tiet|read more|more|tiep)?[\s»›>.…\[\]()]*"
)


_BLOCKS = frozenset(
    {"br", "div", "p", "li", "td", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "img", "section"}
)


@dataclass(frozen=True, slots=True, eq=False)
class Link:
    """An anchor of a page with the absolute address it leads to (no fragment) and its text in one line."""

    element: HtmlElement
    url: str
    key: str  # the address in its canonical form: two links with one key lead to the same page
    text: str
    place: int  # its turn among the page's anchors


def page_links(page: Page, within: Iterable[HtmlElement] | None = None) -> Iterator[Link]:
    """Yield the anchors that lead to another page over http(s), in document order; files are left out.

    `within` are the elements to look into; without it the whole page is.
    """
    here = canonical_url(page.url)
    regions = (page.root,) if within is None else within
    anchors = dict.fromkeys(chain.from_iterable(node.iter("a") for node in regions))  # regions may be nested
    for place, element in enumerate(anchors):
        href = (element.get("href") or "").strip()
        if not href or href[0] == "#" or len(href) > LONGEST_LINK:
            continue
        url = page.absolute(href).partition("#")[0]
        if not url[:5].lower().startswith("http"):
            continue
        key = canonical_url(url)
        if key != here and not is_file(key):
            yield Link(element, url, key, " ".join("".join(element.itertext()).split()), place)


def headline_worth(text: str) -> float:
    """Return how much a link's text reads like a headline, 0..1: headlines are sentences, labels are not."""
    words = len(text.split())
    if not words or (words < 6 and _MORE.fullmatch(fold(text))):
        return 0.0
    return (0.05, 0.1, 0.3, 0.6, 0.8)[words - 1] if words < 6 else 1.0


def text_in(element: HtmlElement) -> str:
    """Return an element's text as one line; only blocks and breaks part words, inline tags do not."""
    parts: list[str] = []
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if node.tag in _BLOCKS:
            parts.append(" ")
        if event == "start" and isinstance(node.tag, str):
            parts.append(node.text or "")
        elif event == "end" and node is not element:
            parts.append(node.tail or "")
    return line("".join(parts))


def headings_in(element: HtmlElement) -> Iterator[str]:
    """Yield the texts of the headings inside an element, one line each."""
    for heading in element.iter("h1", "h2", "h3", "h4", "h5", "h6"):
        if text := text_in(heading):
            yield text


def is_file(key: str) -> bool:
    """True when an address in its canonical form names a document or an image, not a page."""
    return _FILE.search(key.partition("?")[0]) is not None


@dataclass(slots=True)
class Places:
    """Numbers the places of a page: elements with the same chain of tags and classes share a number.

    Chains are interned from the root down, so that a page costs one step per element however deep it is.
    """

    _numbers: dict[tuple[int, str, str], int] = field(default_factory=dict)
    _places: dict[HtmlElement, int] = field(default_factory=dict)
    _classes: dict[str, str] = field(default_factory=dict)

    def of(self, element: HtmlElement) -> int:
        """Return the number of the element's place."""
        chain = []
        above: HtmlElement | None = element
        while above is not None and above not in self._places:
            chain.append(above)
            above = above.getparent()
        place = self._places[above] if above is not None else 0
        for below in reversed(chain):
            shape = (place, str(below.tag), self._class(below.get("class")))
            place = self._numbers.setdefault(shape, len(self._numbers) + 1)
            self._places[below] = place
        return place

    def _class(self, printed: str | None) -> str:
        if not printed:
            return ""
        if printed not in self._classes:
            words = {
                _ALTERNATE.sub("", _DIGITS.sub("", word)).lower() for word in printed[:_LONGEST_CLASS].split()
            }
            self._classes[printed] = " ".join(
                sorted(word for word in words if not _PLACE_WORD.fullmatch(word))
            )
        return self._classes[printed]
