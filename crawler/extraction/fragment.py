"""The article's own markup, without what stands around its text: what the reading page shows."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import TYPE_CHECKING

from lxml import etree

from crawler.extraction.element import HtmlElement
from crawler.extraction.pictures import address_of
from pipelines.markup import MOST

if TYPE_CHECKING:
    from crawler.page import Page

# Most of what editors write, and none of it kept: gone before the sanitiser (pipelines/markup.py) reads it.
_STYLING = ("style", "class", "id", "lang", "align", "face", "size", "color", "width", "height")
_UNKEPT = ("span", "font", "big", "nobr", "strike", "tt")
# HTML opens these again in each block that stands in them: hundreds that differ make gigabytes of a small
# page; of those that are alike, three are opened.
_REOPENED = ("b", "code", "em", "i", "s", "small", "strong", "u")


def body_fragment(body: HtmlElement, dropped: Iterable[HtmlElement], page: Page) -> str | None:
    """Return `body` as HTML without the `dropped` elements, its pictures and links with absolute addresses.

    It is not safe yet: scripts and handlers are what the page has. None where it is too long to be kept.
    """
    fragment, gone = copy.deepcopy(body), set(dropped)
    for original, twin in list(zip(body.iter(), fragment.iter(), strict=True)):
        if original in gone:
            twin.clear(keep_tail=True)
            twin.tag = "span"  # which the sanitiser takes away
        elif twin.tag == "a":
            if link := twin.get("href"):
                twin.set("href", page.absolute(link))
        elif twin.tag == "img" and (address := address_of(twin)):
            twin.set("src", page.absolute(address))
    etree.strip_attributes(fragment, *_STYLING)
    etree.strip_tags(fragment, *_UNKEPT)
    for inline in fragment.iter(*_REOPENED):
        inline.attrib.clear()
    markup = etree.tostring(fragment, encoding="unicode", method="html", with_tail=False)
    return markup if len(markup) <= MOST else None  # links grow with the page's base
