"""What an address says about the page behind it: an article, a section, or neither."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urlsplit

_ID_PARAMETERS = frozenset(
    "id itemid newsid nid articleid art_id tintucid baivietid p details chitiet cn postid idtin idbaiviet".split()
)
_ARTICLE_PATH = re.compile(
    r"/-/view_content/|/-/view-article/|/-/asset_publisher/|/chi-?tiet|/detail|newsdetail|view_detail|/post/\d"
    r"|/node/\d|tabid/\d+/(?:ctl|title|id)|-\d{5,19}(?:\.\w{3,5})?$|[-_]a?\d{2,}\.(?:html?|aspx)$|/\d{3,}(?:[-/]|$)"
    r"|!ut/p/z0/",
    re.IGNORECASE,
)
_NEVER_ARTICLE = re.compile(
    r"/(?:login|dang-?nhap|signin|register|dang-?ky|lien-?he|contact|so-?do|sitemap|search|tim-?kiem|rss|feed|tags?"
    r"|print|in-?trang|gioi-?thieu|hoi-?dap|home|trang-?chu|index|default)(?:[./_?-]|$)"
    r"|pop_up|viewmode=print|op=savefile|op=print|article\.print|printitem|/print/|sendmail|/email/"
    r"|facebook\.com|twitter\.com|plus\.google|zalo\.me",
    re.IGNORECASE,
)


@lru_cache(maxsize=8192)
def article_likeness(url: str) -> float:
    """Return how much an address looks like an article's, 0..1: an id, a long slug, a known path."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return 0.0
    path = unquote(parts.path)
    if _NEVER_ARTICLE.search(url):
        return 0.0
    likeness = 0.1
    if _ARTICLE_PATH.search(path):
        likeness += 0.5
    names = {name.lower() for name, value in parse_qsl(parts.query) if any(map(str.isdigit, value))}
    if names & _ID_PARAMETERS or (parts.query and "=" not in parts.query and len(parts.query) > 12):
        likeness += 0.5
    last = path.rstrip("/").rsplit("/", 1)[-1]
    words = last.count("-") + last.count("_") + last.count(" ") + last.count("+")
    likeness += min(words, 8) * 0.05
    if parts.query.count("&") > 6:
        likeness -= 0.3
    return max(0.0, min(1.0, likeness))


def section_of(url: str) -> tuple[str, ...]:
    """Return host and path segments of a list page without its page number and extension, to compare
    whether another address lies below it."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ()
    segments = [re.sub(r"\.(?:html?|aspx|php)$", "", part.lower()) for part in parts.path.split("/") if part]
    while segments and re.fullmatch(
        r"(?:page|trang)[-_]?\d*|\d{1,4}|vi|index|default|home|pages", segments[-1]
    ):
        segments.pop()
    return ((parts.hostname or "").removeprefix("www."), *segments)
