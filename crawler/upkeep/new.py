"""A portal's class and frozen pages, drafted from what its site shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urljoin, urlsplit, urlunsplit

from crawler.archive import Capture
from crawler.discovery import Discovery
from crawler.discovery.contract import PageRequest, Row
from crawler.discovery.platform import detect_platform
from crawler.exceptions import NoSections, NotHtml, TinsoError
from crawler.extraction import kind_of
from crawler.extraction.contract import Hints
from crawler.look import Fetch, Unreachable, page_of
from crawler.page import Page
from crawler.platforms import platforms
from crawler.portal import Portal
from crawler.survey import survey, worthwhile
from crawler.upkeep.naming import Named, named
from pipelines.article import Article

_MARKS = 0.4  # a platform's score from which its base is tried
_PAGES = 3  # frozen
_MOST_TRIED = 6  # article pages asked for, to find those
_MOST_SECTIONS = 3


class UnknownProvince(TinsoError):
    """Raised where neither host nor title names a province: give it with --province."""


class NameTaken(TinsoError):
    """Raised where another portal has the name that would be given: give one with --name."""


@dataclass(frozen=True, slots=True)
class Frozen:
    """An article page as it came, the hints of its list row, and what was read from it."""

    capture: Capture
    hints: Hints
    article: Article


@dataclass(frozen=True, slots=True)
class Draft:
    """A portal as evidence gives it."""

    named: Named
    base: type[Portal]
    home: str
    sections: dict[str, str]  # name → address, relative to home; best first
    article_path: str | None  # None: the base's own fits
    pages: list[Frozen]


def draft(url: str, fetch: Fetch, *, province: str | None = None, name: str | None = None) -> Draft:
    """Return a portal's draft from its home address; seventeen pages at most are asked for, none is kept.

    Raises:
        Unreachable, NotHtml: the home page cannot be had, or is none.
        UnknownProvince: no province was given, and none can be told.
        NoSections: no list of articles is found, or none of its articles can be read.
    """
    first = page_of(fetch(PageRequest(url)))
    home = _home(url, first.url)
    about = named(home, first, province=province, name=name)
    if about is None:
        raise UnknownProvince(f"{url}: neither host nor title names a province; give it with --province")
    discovery = survey(url, fetch)
    found = worthwhile(home, discovery)
    sections = {name: _relative(home, url) for name, url in list(found.items())[:_MOST_SECTIONS]}
    list_url = discovery.list_url or next(iter(found.values()))
    listing = page_of(fetch(PageRequest(list_url)))
    base, article_path = _base(home, first, listing, discovery)
    portal = _class(base, home, sections, article_path)
    read = _articles(portal, portal.list_rows(listing), next(iter(sections)), fetch)
    pages = list(islice(read, _PAGES))
    if not pages:
        raise NoSections(f"{url}: no article could be read from the list at {list_url}")
    return Draft(about, base, home, sections, article_path, pages)


def _home(asked: str, answered: str) -> str:
    """Return the address asked for, on the scheme and host to which it leads."""
    parts, final = urlsplit(asked), urlsplit(answered)
    return urlunsplit((final.scheme, final.netloc, parts.path or "/", parts.query, ""))


def _relative(home: str, url: str) -> str:
    root = home.rpartition("/")[0] + "/"
    short = url.removeprefix(root)
    return short if urljoin(home, short) == url else url


def _base(home: str, first: Page, listing: Page, discovery: Discovery) -> tuple[type[Portal], str | None]:
    """Return the platform's class and the article path that it needs besides: those that read the list.

    A platform whose marks the pages bear but whose class reads less than half of what evidence finds is not
    taken; without any, the generic class is.
    """
    bases = {base.platform: base for base in platforms()}
    scores: dict[str, float] = {}
    for family, score in [*detect_platform(first), *detect_platform(listing)]:
        scores[family] = max(score, scores.get(family, 0.0))
    likely = sorted((name for name in scores if scores[name] >= _MARKS), key=lambda name: -scores[name])
    for base in [bases[name] for name in likely if name in bases and name != "generic"]:
        for path in (None, discovery.article_pattern):
            portal = _class(base, home, {"": listing.url}, path)
            rows = portal.list_rows(listing)
            told = sum(portal.asset_of(row.url) is not None for row in rows)
            if told * 2 >= len(discovery.rows) > 0:
                return base, path
    return bases.get("generic", Portal), discovery.article_pattern


def _class(base: type[Portal], home: str, sections: dict[str, str], article_path: str | None) -> type[Portal]:
    """Return a class that reads as the portal's own will, without name or province."""
    attributes = {"home": home, "sections": sections, "province": "", "body": "", "name": ""}
    own = {} if article_path is None else {"article_path": article_path}
    portal: type[Portal] = type("Drafted", (base,), own)
    for attribute, value in attributes.items():  # set afterwards: what a declaration must name is not known
        setattr(portal, attribute, value)
    return portal


def _articles(portal: type[Portal], rows: list[Row], section: str, fetch: Fetch) -> Iterator[Frozen]:
    """Yield the pages of a list that read as articles."""
    for row in [row for row in rows if portal.owns(row.url)][:_MOST_TRIED]:
        try:
            capture = fetch(PageRequest(row.url))
            page = page_of(capture)
        except (Unreachable, NotHtml):
            continue
        if kind_of(page) != "article" and portal.asset_of(page.url) is None:
            continue
        hints = Hints(headline=row.headline, stamp=row.stamp, section=section)
        article = portal.read_article(page, hints).article
        if article.headline and (article.article_body or article.attachments):
            yield Frozen(capture, hints, article)
