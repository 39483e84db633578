"""The article's pictures with captions and credits.

A caption is printed as a figcaption, a table's caption, an italic or centred line under the picture, and
often once more as the alternative text; it is kept once, with the picture, and out of the body.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from lxml.html import HtmlElement

from crawler.extraction.blocks import Block
from crawler.page import Page
from pipelines.article import Image
from pipelines.text import fold, line

_LAZY = ("data-src", "data-original", "data-lazy-src", "data-srcset", "src")
_NO_PICTURE = re.compile(
    r"spacer|blank|pixel|icon|logo|sprite|avatar|loading|/print|/mail|facebook|twitter|zalo|1x1", re.I
)
_AUTOMATIC_ALT = re.compile(
    r"(?:.* - )?(?:ảnh|hình|image|photo|picture|img)[ _-]?\d*|[\w() .-]+\.(?:jpe?g|png|gif|webp)|", re.I
)
_CREDIT = re.compile(
    r"[\s.(–-]*\(?\s*(?:ảnh(?: tư liệu)?|nguồn(?: ảnh)?|photo(?: by|graph by)?|credit|picture)\s*:\s*(?P<credit>[^()]{2,60}?)[\s.)]*$",
    re.IGNORECASE,
)
_SMALLEST = 60  # pixels; less is an icon


def read_images(body: HtmlElement, captions: Sequence[Block], page: Page) -> list[Image]:
    """Return the pictures in `body`, each with the caption that follows it; addresses are absolute."""
    order = {element: place for place, element in enumerate(body.iter())}
    places = [(order.get(block.element, -1), block.text) for block in captions]
    images: list[Image] = []
    seen: set[str] = set()
    pictures = [element for element in body.iter("img") if _is_picture(element)]
    for number, element in enumerate(pictures):
        address = _address(element)
        if not address or address.startswith("data:"):
            continue
        address = page.absolute(address)
        if address in seen:
            continue
        seen.add(address)
        start = order[element]
        end = order[pictures[number + 1]] if number + 1 < len(pictures) else len(order)
        ancestors = set(element.iterancestors())
        text = next(
            (
                block.text
                for (place, _), block in zip(places, captions, strict=True)
                if start < place < end or block.element in ancestors
            ),
            None,
        )
        caption, credit = split_credit(text or _alternative(element))
        images.append(Image(url=address, caption=caption, credit=credit))
    return images


def split_credit(caption: str | None) -> tuple[str | None, str | None]:
    """Return caption and credit: "Quang cảnh hội nghị. Ảnh: Lê Hải" → ("Quang cảnh hội nghị", "Lê Hải")."""
    if not caption:
        return None, None
    found = _CREDIT.search(caption)
    if not found:
        return line(caption) or None, None
    return line(caption[: found.start()]).rstrip(" .(") or None, line(found["credit"]) or None


def alternative_texts(images: Iterable[HtmlElement]) -> set[str]:
    """Return, folded, the alternative texts that may stand once more as lines in the body."""
    return {fold(line(alt)) for element in images if (alt := element.get("alt")) and len(alt) > 8}


def _alternative(element: HtmlElement) -> str | None:
    alt = line(element.get("alt", "") or element.get("title", ""))
    return None if _AUTOMATIC_ALT.fullmatch(alt) else alt


def _address(element: HtmlElement) -> str | None:
    for name in _LAZY:
        value = element.get(name)
        if value and not value.startswith("data:"):
            return (
                value.split(",")[0].split()[0] if name.endswith("srcset") and value.split() else value.strip()
            )
    return None


def _is_picture(element: HtmlElement) -> bool:
    for side in ("width", "height"):
        value = element.get(side, "")
        if value.isdigit() and int(value) < _SMALLEST:
            return False
    return not _NO_PICTURE.search((_address(element) or "").rsplit("?", 1)[0][-80:])
