"""What a portal's class says, and what follows from it without any network."""

from __future__ import annotations

import inspect
import re
from datetime import date
from functools import cache, lru_cache
from typing import Any, Literal, get_args, get_origin, get_type_hints
from urllib.parse import urljoin, urlsplit

from crawler.discovery.contract import PageRequest, Row
from crawler.discovery.pagination import following_pages
from crawler.discovery.rows import list_rows
from crawler.exceptions import DeclarationError
from crawler.extraction import extract
from crawler.extraction.contract import Extraction, Hints
from crawler.extraction.layout import Layout
from crawler.extraction.site import SiteMemory
from crawler.homes import given_homes, is_address
from crawler.page import Page
from pipelines.provinces import kinds, successor, successors


class Declaration:
    """The attributes of a portal. A platform's base class sets the second block, a portal the first.

    Set `sections` to the lists to follow (name → address, relative to `home`). Everything left out is found
    by evidence on the page; everything declared only corrects or speeds that up.
    """

    name: str
    province: str  # as it was called when the portal published
    body: str  # publishing body
    home: str
    sections: dict[str, str] = {}
    countable: dict[str, str] = {}  # section name → article's address with {} or {last known number} in it
    hosts: tuple[str, ...] = ()  # besides home's own
    home_is_certain: bool = True  # False: no page names the host; TINSO_HOMES="name=address" sets it
    kind: str = "tttt"  # of body: a key of pipelines/data/kinds.json
    mark: Literal["seen", "code"] = "seen"  # a page of the host was seen, or it is known from public code
    state: Literal["live", "frozen", "moved", "dead"] = "live"
    valid_from: str | None = None  # ISO dates: when the body began and ended to publish there
    valid_to: str | None = None
    successor_portal: str | None = None  # name of the portal that took over
    backfill: tuple[str, ...] = ("wayback", "commoncrawl")  # web archives that may hold its pages
    tls: Literal["modern", "legacy", "insecure"] = "modern"
    tls_note: str | None = None  # since when and why, for any tls but "modern": "2026-07-01: …"
    min_delay: float = 0.0  # seconds between requests; only raises the setting
    date_order: Literal["DMY", "MDY"] = "DMY"
    clock: Literal[12, 24] = 24
    cookie_stub: Literal["count", "answer"] = "count"  # the D1N stub: a challenge, or a cookie to send back

    platform: str = "generic"
    layouts: tuple[Layout, ...] = ()
    row: str | None = None  # CSS of one item of a list page
    article_path: str | None = None  # regex on an article's address; its groups are the asset

    def __init_subclass__(cls, **keywords: Any) -> None:
        """Check a portal's declaration when its file is loaded. Raises DeclarationError."""
        super().__init_subclass__(**keywords)
        if "name" in cls.__dict__:
            if home := given_homes().get(cls.name):
                cls.home, cls.home_is_certain = home, True
            _check(cls)

    @classmethod
    def declaration(cls) -> dict[str, str | None]:
        """Return the portal's row for the corpus."""
        return {
            "name": cls.name,
            "province": cls.province or None,
            "successor_province": successor(cls.province) or None,
            "body": cls.body or None,
            "home": cls.home,
            "platform": cls.platform,
            "state": cls.state,
            "successor_portal": cls.successor_portal,
        }

    @classmethod
    def section_urls(cls) -> dict[str, str]:
        """Return section name → absolute address."""
        return {name: urljoin(cls.home, address) for name, address in cls.sections.items()}

    @classmethod
    def owns(cls, url: str) -> bool:
        """True where an address is the portal's own, with or without www."""
        return _bare_host(url) in _hosts(cls.home, tuple(cls.sections.values()), cls.hosts)

    @classmethod
    def asset_of(cls, url: str) -> str | None:
        """Return the portal's own number for the article at an address, None where it does not tell."""
        number = _number_in(url, cls.article_path) if cls.article_path else None
        return number if number and cls.owns(url) else None

    @classmethod
    def asset_on(cls, page: Page) -> str | None:
        """Return the portal's own number for the article on a page; a platform may find it in the markup."""
        return cls.asset_of(page.url)

    @classmethod
    def list_rows(cls, page: Page) -> list[Row]:
        """Return the article links of a list page."""
        is_article = (lambda url: cls.asset_of(url) is not None) if cls.article_path else None
        return list_rows(page, row=cls.row, is_article=is_article)

    @classmethod
    def following_pages(cls, page: Page) -> list[PageRequest]:
        """Return the list pages after this one, as far as the page tells them."""
        return [request for request in following_pages(page) if cls.owns(request.url)]

    @classmethod
    def read_article(
        cls,
        page: Page,
        hints: Hints = Hints(),  # noqa: B008 (immutable)
        site: SiteMemory | None = None,
    ) -> Extraction:
        """Return the article of a page with what the declaration adds to it."""
        hints = Hints(
            headline=hints.headline,
            stamp=hints.stamp,
            section=hints.section,
            portal=cls.name,
            site_names=(cls.body, f"{cls.body} {cls.province}", *cls.sections),
            date_order=cls.date_order,
            clock=cls.clock,
        )
        extraction = extract(page, layouts=cls.layouts, hints=hints, site=site)
        article = extraction.article
        article.body_html = extraction.markup()
        article.portal, article.asset = cls.name, cls.asset_on(page)
        article.province = cls.province or None
        article.successor_province = successor(cls.province) or None
        article.body = cls.body or None
        article.article_section = hints.section or article.article_section
        return extraction


# An article's address is asked when its list is read, before it is fetched, and when its page is read.
@lru_cache(maxsize=1024)
def _number_in(url: str, article_path: str) -> str | None:
    found = re.search(article_path, url)
    return "/".join(group for group in found.groups() if group) or None if found else None


@lru_cache(maxsize=1024)
def _bare_host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


@cache
def _hosts(home: str, sections: tuple[str, ...], others: tuple[str, ...]) -> frozenset[str]:
    addresses = [urljoin(home, address) for address in ("", *sections)]
    return frozenset(map(_bare_host, addresses)) | {host.removeprefix("www.") for host in others}


def _check(portal: type[Declaration]) -> None:
    def wrong(attribute: str, remedy: str) -> DeclarationError:
        file = inspect.getsourcefile(portal) or "?"
        return DeclarationError(f"{file}: {portal.__name__}.{attribute}: {remedy}")

    for attribute in ("province", "body", "home"):
        if not getattr(portal, attribute, None):
            raise wrong(attribute, "is missing; every portal names its province, publishing body and home")
    if not re.fullmatch(r"[a-z][a-z0-9_]*", portal.name):
        raise wrong("name", "use lower-case letters, digits and underscores")
    if portal.province not in {*successors(), *successors().values()}:
        raise wrong("province", f"{portal.province!r} is no province; see pipelines/data/provinces.json")
    if portal.kind not in kinds():
        raise wrong("kind", f"{portal.kind!r} is no kind of body; see pipelines/data/kinds.json")
    for attribute, choices in _choices().items():
        if getattr(portal, attribute) not in choices:
            raise wrong(attribute, f"is one of {', '.join(map(repr, choices))}")
    if not is_address(portal.home):
        raise wrong("home", f"{portal.home!r} is no address; begin with http:// or https://")
    if len(set(portal.section_urls().values())) < len(portal.sections):
        raise wrong("sections", "two sections have one address; keep one of them")
    if portal.min_delay < 0:
        raise wrong("min_delay", "only raises the delay; give seconds above the setting, or leave it out")
    for name, address in portal.countable.items():
        if name in portal.sections:
            raise wrong("countable", f"{name!r} is a list's name in sections; give the count another one")
        if len(re.findall(r"\{\d{0,12}\}", address)) != 1:
            raise wrong("countable", f"{name!r} needs the number's place once: 'NewsDetail.aspx?Id={{}}'")
        url = urljoin(portal.home, re.sub(r"\{\d*\}", "1", address))
        if portal.article_path and portal.asset_of(url) is None:
            raise wrong("countable", f"{name!r}: {url} is no article's address, see article_path")
        if not portal.sections and "{}" in address:
            raise wrong("countable", f"{name!r} needs a number to begin from: 'NewsDetail.aspx?Id={{13057}}'")
    for attribute in ("valid_from", "valid_to"):
        if (day := getattr(portal, attribute)) is not None and not _is_day(day):
            raise wrong(attribute, f"{day!r} is no ISO date; write it as 2025-03-01")
    if portal.valid_from and portal.valid_to and portal.valid_from >= portal.valid_to:
        raise wrong("valid_to", "the portal ended before it began; change the two dates")
    if portal.tls != "modern" and not _is_dated(portal.tls_note or ""):
        raise wrong("tls_note", f"tls {portal.tls!r} needs a day and a reason: '2026-07-01: chain is broken'")
    for attribute, value in vars(portal).items():
        if attribute.startswith("_"):
            continue
        if callable(value) or isinstance(value, (classmethod, staticmethod, property)):
            raise wrong(attribute, "a portal is declared, not programmed; logic belongs to its platform")
        if attribute not in Declaration.__annotations__:
            known = ", ".join(Declaration.__annotations__)
            raise wrong(attribute, f"is no attribute of a portal; known are {known}")


@cache
def _choices() -> dict[str, tuple[object, ...]]:
    hints = get_type_hints(Declaration)
    return {name: get_args(hint) for name, hint in hints.items() if get_origin(hint) is Literal}


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _is_dated(note: str) -> bool:
    day, _, reason = note.partition(": ")
    return _is_day(day) and bool(reason.strip())
