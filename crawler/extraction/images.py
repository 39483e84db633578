"""The article's pictures with captions and credits.

A caption is printed as a figcaption, a table's caption, an italic or centred line under the picture, and
often once more as the alternative text; it is kept once, with the picture, and out of the body.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING

from crawler.extraction.blocks import Block
from crawler.extraction.element import HtmlElement
from crawler.extraction.pictures import address_of, is_picture
from pipelines.article import Image
from pipelines.text import fold, line

if TYPE_CHECKING:
    from crawler.page import Page

_MOST_PICTURES = 500  # of an article, as of links to files
_AUTOMATIC = re.compile(
    r"(?:ảnh|hình|(?:slide )?image|photo|picture|img)[ _-]?\d*\.?|anh-tin-bai|image (?:banner|advertisement)"
    r"|alternate text|[0-9a-f]{16,64}|[\w() .-]+\.(?:jpe?g|png|gif|webp)|",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"[\s.(–-]*\(?\s*(?:ảnh(?: tư liệu)?|nguồn(?: ảnh)?|photo(?: by|graph by)?|credit|picture)\s*:"
    r"\s*(?P<credit>[^()]{2,60}?)[\s.)]*$",
    re.IGNORECASE,
)


def pictures_above(region: HtmlElement, headline: HtmlElement, body: HtmlElement) -> list[HtmlElement]:
    """Return the pictures between headline and body, where the lead's picture often stands."""
    found: list[HtmlElement] = []
    below_headline = False
    for element in region.iter():
        if element is body:
            return found
        if element is headline:
            below_headline = True
        elif below_headline and element.tag == "img" and is_picture(element):
            found.append(element)
    return []


def read_images(
    body: HtmlElement,
    above: Sequence[HtmlElement],
    captions: Sequence[Block],
    page: Page,
    headline: str | None,
) -> list[Image]:
    """Return the pictures in `body`, each with the captions that follow it; addresses are absolute.

    `above` are pictures between headline and body. An alternative text stands in for a missing caption
    unless the CMS made it of the headline. What stands behind the first hundreds is left out.
    """
    pictures = [element for element in body.iter("img") if is_picture(element)]
    if not (pictures or above):
        return []
    lines: dict[HtmlElement, list[str]] = {element: [] for element in pictures}
    if captions and pictures:
        order = {element: place for place, element in enumerate(body.iter())}
        places = [order[picture] for picture in pictures]
        for block in captions:
            if not _is_automatic(block.text):
                lines[_picture_of(block.element, pictures, places, order)].append(block.text)
    images: dict[str, Image] = {}
    for element in [*above, *pictures][:_MOST_PICTURES]:
        address = address_of(element)
        if not address:
            continue
        caption, credit = split_credit(
            " ".join(dict.fromkeys(lines.get(element, ()))) or _alternative(element, headline)
        )
        url = page.absolute(address)
        image = images.setdefault(url, Image(url=url, caption=None, credit=None))
        image["caption"] = image["caption"] or caption
        image["credit"] = image["credit"] or credit
    return list(images.values())


def _picture_of(
    caption: HtmlElement,
    pictures: Sequence[HtmlElement],
    places: Sequence[int],
    order: dict[HtmlElement, int],
) -> HtmlElement:
    """Return the picture that a caption belongs to: one inside its element, else the last before it."""
    inside = next((element for element in caption.iter("img") if element in order), None)
    if inside is not None and is_picture(inside):
        return inside
    return pictures[max(bisect_left(places, order.get(caption, 0)) - 1, 0)]


def split_credit(caption: str | None) -> tuple[str | None, str | None]:
    """Return caption and credit: "Quang cảnh hội nghị. Ảnh: Lê Hải" → ("Quang cảnh hội nghị", "Lê Hải")."""
    if not caption:
        return None, None
    found = _CREDIT.search(caption) if ":" in caption else None
    if not found:
        return line(caption) or None, None
    return line(caption[: found.start()]).rstrip(" .(") or None, line(found["credit"]) or None


def _is_automatic(text: str) -> bool:
    """True for what a CMS writes by itself: a file name, a hash, "<headline> - Ảnh 3"."""
    return len(text) < 400 and _AUTOMATIC.fullmatch(text.rpartition(" - ")[2]) is not None


def alternative_texts(body: HtmlElement) -> set[str]:
    """Return, folded, the alternative texts of the pictures in `body`: some portals print them as lines."""
    texts = {fold(line(element.get("alt", ""))) for element in body.iter("img")}
    return {text for text in texts if len(text) > 12}


def _alternative(element: HtmlElement, headline: str | None) -> str | None:
    alt = line(element.get("alt", "") or element.get("title", ""))
    if _is_automatic(alt) or (headline and fold(alt) == fold(headline)):
        return None
    return alt
