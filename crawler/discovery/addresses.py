"""What an address says about the page behind it: an article, a section, or neither."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urlsplit

_ID_PARAMETER = re.compile(
    r"id|p|cn|details|chitiet|(?:item|news|n|article|art_?|post|tin_?tuc_?|bai_?viet_?)id|id_?(?:tin|bai|news)\w*"
)
_ARTICLE_PATH = re.compile(
    r"/-/view_content/|/-/view-article/|/-/asset_publisher/|/chi-?tiet|/detail|newsdetail|view_detail|/node/\d"
    r"|/post/\d|tabid/\d{1,9}/(?:ctl|title|id)|-\d{5,19}(?:\.\w{3,5})?$|[-_]a?\d{2,19}\.(?:html?|aspx)$"
    r"|/\d{3,19}(?:[-/]|$)|!ut/p/z0/",
    re.IGNORECASE,
)
_NEVER_ARTICLE = re.compile(
    r"/(?:login|dang-?nhap|signin|register|dang-?ky|lien-?he|contact|so-?do|sitemap|search|tim-?kiem|rss|feed|tags?"
    r"|print|in-?trang|gioi-?thieu|hoi-?dap|trang-?chu)(?:\.\w{3,5})?/?(?:\?|$)"
    r"|//[^/]{1,255}/(?:index|default|home)?(?:\.\w{3,5})?$"
    r"|pop_up|viewmode=print|op=(?:savefile|print)|article\.print|printitem|/(?:print|savefile|sendmail|email)/"
    r"|[?&](?:print|in)=|^https?://(?:www\.)?(?:facebook|twitter|plus\.google|zalo)\.",
    re.IGNORECASE,
)
_SECOND_LEVEL = frozenset(
    {"gov", "com", "org", "edu", "net", "dcs", "info", "ac", "name", "health", "int", "pro", "biz"}
)
_EXTENSION = re.compile(r"\.(?:html?|aspx|php|jsp)$", re.IGNORECASE)
_PAGE_SEGMENT = re.compile(r"(?:(?:current)?page|trang)[-_]?\d*|\d{1,4}|index|default|pages")
_SLUG = r"([^/?#]+)"
_SHAPES = (
    (re.compile(r"\d+"), r"(\d+)"),
    (re.compile(r"\d+-.+"), r"(\d+)-[^/?#]+"),
    (re.compile(r".+-[a-z]?\d+"), r"[^/?#]+-[a-z]?(\d+)"),
    (re.compile(r".*"), _SLUG),
)


@lru_cache(maxsize=8192)
def article_likeness(url: str) -> float:
    """Return how much an address looks like an article's, 0..1: a number, a long slug, a known path."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return 0.0
    if _NEVER_ARTICLE.search(url):
        return 0.0
    path = unquote(parts.path)
    parameters = parse_qsl(parts.query)
    likeness = 0.1
    if _ARTICLE_PATH.search(path):
        likeness += 0.5
    is_slug_query = len(parts.query) > 12 and not parameters  # VNPT: /chi-tiet-tin?/<slug>/<id>
    if is_slug_query or any(_is_id(name, value) for name, value in parameters):
        likeness += 0.5
    last = path.rstrip("/").rsplit("/", 1)[-1]
    likeness += 0.08 * min(5, sum(map(last.count, "-_ +")))
    if len(parameters) > 7:  # a portlet's own address
        likeness -= 0.3
    return max(0.0, min(1.0, likeness))


def _is_id(name: str, value: str) -> bool:
    return _ID_PARAMETER.fullmatch(name.lower()) is not None and re.search(r"\d", value) is not None


def path_of(url: str) -> str:
    """Return the path of an address, "" where it cannot be split."""
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


@lru_cache(maxsize=1024)
def site_of(url: str) -> str:
    """Return the host without `www.`, port and user; "" where there is none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def is_same_domain(url: str, other: str) -> bool:
    """True where two addresses belong to one domain: a province's, or a body's with a name of its own."""
    return _domain(site_of(url)) == _domain(site_of(other))


def _domain(host: str) -> str:
    labels = host.split(".")
    kept = 3 if labels[-1] == "vn" and labels[-2:-1] and labels[-2] in _SECOND_LEVEL else 2
    return ".".join(labels[-kept:])


def section_of(url: str) -> tuple[str, ...]:
    """Return host and path of a list page without page number and extension: what its pages share."""
    try:
        path = urlsplit(url).path
    except ValueError:
        return ()
    segments = [_EXTENSION.sub("", segment.lower()) for segment in path.split("/") if segment]
    while segments and _PAGE_SEGMENT.fullmatch(segments[-1]):
        segments.pop()
    if segments:
        segments[-1] = re.sub(r"(-c\d{1,9})-\d{1,5}$", r"\1", segments[-1])
    return (site_of(url), *segments)


def lies_below(url: str, list_url: str) -> bool:
    """True where an article's address lies below its list's, or in the folder of a list that is a file."""
    section, address = section_of(list_url), section_of(url)
    if len(section) > 1 and address[: len(section)] == section:
        return True
    return (
        len(section) > 2
        and _EXTENSION.search(path_of(list_url)) is not None
        and address[: len(section) - 1] == section[:-1]
    )


@lru_cache(maxsize=8192)
def address_form(url: str) -> str:
    """Return the coarse form of an address, which the articles of one list share."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    last = parts.path.rstrip("/").rpartition("/")[2]
    extension = found[0] if (found := _EXTENSION.search(last)) else ""
    ids = [name for name, value in parse_qsl(parts.query) if _is_id(name, value)]
    return f"{'0' if last.isdecimal() else 'a'}{extension}?{','.join(ids)}"


def article_pattern(urls: Sequence[str], list_url: str) -> str | None:
    """Return a regex that the articles' addresses share, its group the article's number (or slug).

    Written for `article_path` of a portal's class, that is to be searched for in an address; the part that
    names the section of `list_url` is left out, because an article stands in several. None for fewer than two
    addresses, or where under four fifths share one form.
    """
    if len(urls) < 2:
        return None
    section = section_of(list_url)[1:]
    if _EXTENSION.search(path_of(list_url)) and len(section) > 1:
        section = section[:-1]  # a list that is a file: its folder
    for keeps_folders in (True, False):
        patterns = Counter(pattern for url in urls if (pattern := _pattern_of(url, section, keeps_folders)))
        pattern = patterns.most_common(1)[0][0] if patterns else None
        if pattern and sum(re.search(pattern, url) is not None for url in urls) >= 0.8 * len(urls):
            return pattern
    return None


def _pattern_of(url: str, section: Sequence[str], keeps_folders: bool) -> str | None:
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    *folders, last = parts.path.strip("/").split("/")
    if [folder.lower() for folder in folders[: len(section)]] == list(section):
        folders = folders[len(section) :]
    # Folders that are words belong to the system ("/-/view_content"); those with numbers or slugs differ.
    is_system = keeps_folders and all(re.fullmatch(r"[A-Za-z_-]{1,20}", folder) for folder in folders)
    before = "".join(f"/{_escaped(folder)}" for folder in folders) if is_system else ""
    for name, value in parse_qsl(parts.query):
        if value.isdecimal() and _is_id(name, value):
            return rf"{before}/{_escaped(last)}\?(?:[^#]*&)?{_escaped(name)}=(\d+)"
    extension = found[0] if (found := _EXTENSION.search(last)) else ""
    shape = next(shape for test, shape in _SHAPES if test.fullmatch(last.removesuffix(extension)))
    if shape == _SLUG and not keeps_folders:
        return None  # would fit every address
    return f"{before}/{shape}{_escaped(extension) or '/?(?:[?#]|$)'}"


def _escaped(text: str) -> str:
    return re.escape(text).replace(r"\-", "-")
