"""How the pages of one template look: what a platform or a portal declares about its article pages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Layout:
    """CSS selectors of one article template. A field left None is found without a selector.

    The layout applies to a page where `probe` matches. Where a selector matches several elements the first
    with text counts (for `images` and `attachments`: all).
    """

    name: str
    probe: str
    headline: str | None = None
    stamp: str | None = None  # the element whose text holds the publication stamp
    lead: str | None = None
    body: str | None = None
    author: str | None = None
    section: str | None = None
    drop: str | None = None  # inside the body: what is not the article's text
    attachments: str | None = None  # links outside the body that are attachments
    dated: bool = True  # False: pages of this template print no publication date at all
