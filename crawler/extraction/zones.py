"""What kind of region an element makes, told by its names and its style.

Zones are bits; everything inside an element inherits them. Names lie ("has-sidebar", "print-area"), so the
zones that would take a region out of the article are claims, which `blocks` settles by the prose inside.
"""

from __future__ import annotations

import re
from functools import lru_cache

HIDDEN = 1  # not shown to a reader
CHROME = 2  # side column, menu: told by the tag
WIDGET = 4  # sharing, related lists, advertising
COMMENTS = 8
OVERLAY = 16  # cookie notices, dialogs
FOOTER = 32
CRUMBS = 64
CAPTION = 128
LEAD = 256
CELL = 512  # of a table
ASIDE = HIDDEN | CHROME | WIDGET | COMMENTS | OVERLAY | FOOTER | CRUMBS  # no part of an article

_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# `view-content-author` is Hà Nội's Liferay: the account that typed the article, hidden by its style sheet.
_NAMES = re.compile(
    r"(?<![a-z])(?:"
    r"(?<![\w-])(?P<hidden>d-none|hidden|hide|visually-?hidden|sr-only|screen-reader-text"
    r"|view-content-author)(?![\w-])"
    r"|(?:(?P<comments>comment(?:s|list|-?(?:list|area|section|form|body))?|binh-?luan|disqus\w*"
    r"|respond|fb-comments"
    r"|livefyre\w*)"
    r"|(?P<widget>share|sharing|social\w*|related\w*|relate|lien-?quan|other-?news|tin-?khac|pagination|pager"
    r"|sidebar|newsletter|subscri\w+|promo\w*|advert\w*|ads|banner|rating|toolbar|tools?|print|menu"
    r"|navigation|nav"
    r"|tags|recommend\w*|popular|most-?read|signup|teasers?|trending|sponsor\w*|outbrain|taboola|login"
    r"|skip-?(?:to|link)\w*|byline|bio|(?:about-?)?author-?(?:bio|box|info|card|about|description|profile)"
    r"|about-?(?:the-?)?author)"
    r"|(?P<crumbs>breadcrumbs?|bread-?crumb\w*|crumbs?|dd_chuyenmuc|duong-?dan|pathway|you-?are-?here)"
    r"|(?P<overlay>cookies?|cookie-?\w+|gdpr\w*|consent|modal|popup|overlay|lightbox|paywall)"
    r"|(?P<footer>footer|foot|copyright|imprint|chan-?trang)"
    r")(?![a-z]))"
    r"|(?<![\w-])(?P<lead>hometext|[a-z]*-?(?:lead|summary|intro|sapo)|lead-?detail|(?:news-?|post-?|detail-?)?desc?"
    r"|standfirst"
    r"|excerpt|brief|tom-?tat|mo-?ta|trich-?(?:dan|yeu)|noidungngan)(?![\w-])"
    r"|(?P<caption>caption|chu-?thich|img-?desc|photo-?desc|image-?credit|photo-?credit)",
    re.IGNORECASE,
)
_NAMED_ZONES = {
    "hidden": HIDDEN,
    "overlay": OVERLAY,
    "footer": FOOTER,
    "crumbs": CRUMBS,
    "comments": COMMENTS,
    "widget": WIDGET,
    "caption": CAPTION,
    "lead": LEAD,
}
_CENTRED = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_ITALIC_STYLE = re.compile(r"font-style\s*:\s*italic", re.IGNORECASE)


@lru_cache(maxsize=8192)
def named_zones(class_names: str, identifier: str) -> int:
    """Return the zones that an element's names claim; pages of one template repeat them without end."""
    zones = 0
    for found in _NAMES.finditer(f"{class_names[:400]} {identifier[:200]}"):
        zones |= _NAMED_ZONES[found.lastgroup or ""]
    return zones


@lru_cache(maxsize=8192)
def style_of(style: str) -> tuple[bool, bool, bool, bool]:
    """Return (centred, bold, italic, hidden)."""
    return (
        _CENTRED.search(style) is not None,
        _BOLD_STYLE.search(style) is not None,
        _ITALIC_STYLE.search(style) is not None,
        _HIDDEN_STYLE.search(style) is not None,
    )
