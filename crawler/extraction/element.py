"""What a page's tree is made of: lxml's own elements.

`lxml.html` would make an object of a Python class for each, whose methods nobody here needs but one: a
twentieth of what reading a page costs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lxml.etree import XPath

if TYPE_CHECKING:
    HtmlElement = Any  # of texts and tags, which are strings, the stubs say that they may be bytes too
else:
    from lxml.etree import _Element as HtmlElement

__all__ = ["HtmlElement", "text_of"]

_string = XPath("string()", smart_strings=False)


def text_of(element: HtmlElement) -> str:
    """Return the text in an element, as it stands there."""
    return str(_string(element))
