"""Which `img` elements are pictures, and where their files are."""

from __future__ import annotations

import re
from functools import lru_cache

from crawler.extraction.element import HtmlElement

_LAZY = ("data-src", "data-original", "data-lazy-src", "data-srcset", "src")
_NO_PICTURE = re.compile(
    r"spacer|blank|pixel|icon|logo|sprite|avatar|loading|/print|/mail|facebook|twitter|zalo|1x1"
)
_SMALLEST = 60  # pixels; less is an icon


def address_of(element: HtmlElement) -> str | None:
    """Return where a picture's file is, lazily loaded or not; None for embedded and missing ones."""
    for name in _LAZY:
        value = element.get(name)
        if value and not value.startswith("data:"):
            return (
                value.split(",")[0].split()[0] if name.endswith("srcset") and value.split() else value.strip()
            )
    return None


def is_picture(element: HtmlElement) -> bool:
    """True for what is neither an icon nor a spacer."""
    for side in ("width", "height"):
        value = element.get(side, "")
        if value.isdigit() and int(value) < _SMALLEST:
            return False
    return not _is_furniture(address_of(element) or "")


@lru_cache(maxsize=4096)
def _is_furniture(address: str) -> bool:
    return _NO_PICTURE.search(address.rsplit("?", 1)[0][-80:].lower()) is not None
