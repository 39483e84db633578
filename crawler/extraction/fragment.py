"""The article's own markup as a safe fragment: what the reading page shows."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable
from operator import itemgetter
from typing import TYPE_CHECKING

import nh3
from lxml import etree

from crawler.extraction.element import HtmlElement
from crawler.extraction.pictures import address_of

if TYPE_CHECKING:
    from crawler.page import Page

_TAGS = {
    *(
        "a",
        "abbr",
        "b",
        "blockquote",
        "br",
        "caption",
        "code",
        "dd",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
    ),
    *(
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
        "li",
        "ol",
        "p",
        "pre",
        "s",
        "small",
        "strong",
        "sub",
        "sup",
    ),
    *("table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul"),
}
# Paragraphs indented by hand.
_INDENT = re.compile(r"(<(?:p|li|td|h[2-6])>(?:<(?:b|strong|em|i)>)?)(?:&nbsp;|\s)+")
# Most of what editors write, and none of it kept: gone before the sanitiser has to read it.
_STYLING = ("style", "class", "id", "lang", "align", "face", "size", "color", "width", "height")
_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
_SANITISER = nh3.Cleaner(tags=_TAGS, attributes=_ATTRIBUTES, url_schemes={"http", "https"})


def body_fragment(body: HtmlElement, dropped: Iterable[HtmlElement], page: Page) -> str | None:
    """Return `body` as HTML without the `dropped` elements; None where nothing is left.

    Scripts, styles and handlers are gone, pictures and links have absolute http(s) addresses.
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
    etree.strip_tags(fragment, "span", "font")
    safe = _SANITISER.clean(etree.tostring(fragment, encoding="unicode", method="html", with_tail=False))
    return _INDENT.sub(itemgetter(1), safe).strip() or None
