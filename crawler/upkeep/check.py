"""A portal tried as it is declared: what can be had, how much of it is read, what its class should say."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urljoin

from protego import Protego

from crawler.archive import Capture
from crawler.discovery.contract import PageRequest, Row
from crawler.discovery.feeds import feed_rows, sitemap_rows
from crawler.discovery.platform import detect_platform
from crawler.discovery.rows import list_rows
from crawler.discovery.sections import party_sections, party_share
from crawler.exceptions import NotHtml, PageError
from crawler.extraction import kind_of
from crawler.extraction.contract import Hints
from crawler.look import Fetch, Unreachable, page_of
from crawler.page import Page
from crawler.portal import Portal
from crawler.settings import USER_AGENT
from crawler.upkeep.connection import Connection
from pipelines.article import Article
from pipelines.identify import same_address
from pipelines.outcomes import Outcome

FIELDS = (
    "headline",
    "date_published",
    "author",
    "description",
    "article_body",
    "event_date",
    "images",
    "attachments",
)
_REFUSALS = ("challenge", "login", "error")  # kinds of page that stand for another one
_SLOT = re.compile(r"\{(\d{0,12})\}")  # of a countable address
_ARTICLES = 5
_MOST_OTHERS = 2  # undeclared sections that are looked at
_LIKELY = 0.8  # score of a section's name from which it is worth a look


@dataclass(frozen=True, slots=True)
class Robots:
    """What robots.txt says to us; `crawl_delay` in seconds."""

    allows: bool | None  # None: robots.txt could not be had
    said: str
    crawl_delay: float | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a page could not be had; `is_answer` is True where the host answered, with something else."""

    reason: str
    is_answer: bool


@dataclass(frozen=True, slots=True)
class ListChecked:
    """The first page of a list: article links read as declared, and by evidence alone."""

    name: str
    url: str
    rows: tuple[Row, ...] = ()
    by_evidence: tuple[Row, ...] = ()
    following: int = 0  # list pages known from this one
    problem: str | None = None
    is_declared: bool = True

    @property
    def party_share(self) -> float:
        """The share of Party news in the rows, 0..1."""
        return party_share(self.rows)


@dataclass(frozen=True, slots=True)
class ArticleChecked:
    """An article page that the first list leads to; `article` is None where the page gave none."""

    url: str
    article: Article | None = None
    problem: str | None = None


@dataclass(slots=True)
class Check:
    """What a look at a portal found."""

    portal: type[Portal]
    robots: Robots
    connection: Connection | None  # None: looked into a recording
    checked_on: str = ""  # ISO day, as of the pages
    home_url: str | None = None  # where the home address leads; None: no page was had
    failure: Failure | None = None  # of the home page
    detected: list[tuple[str, float]] = field(default_factory=list)  # platforms, best first
    lists: list[ListChecked] = field(default_factory=list)
    others: list[ListChecked] = field(default_factory=list)  # likely Party sections that nobody declared
    articles: list[ArticleChecked] = field(default_factory=list)

    @property
    def read(self) -> list[Article]:
        """The articles that were read."""
        return [checked.article for checked in self.articles if checked.article]

    @property
    def is_reached(self) -> bool:
        """True where any page was had."""
        return self.home_url is not None or any(found.problem is None for found in self.lists)

    def coverage(self) -> dict[str, int]:
        """Return field → number of read articles that have it."""
        return {name: sum(bool(getattr(article, name)) for article in self.read) for name in FIELDS}


def check(portal: type[Portal], fetch: Fetch, connection: Connection | None = None) -> Check:
    """Return what is found at a portal's home, its sections' lists and five articles; nothing is stored.

    `connection` is what `probe` found, None for a recording. Nothing is asked of a host that is not open.
    """
    if connection and not connection.is_open:
        return Check(portal, Robots(None, "not asked: the host cannot be reached"), connection)
    report = Check(portal, _robots(portal.home, fetch), connection)
    home = _page(portal.home, fetch)
    if isinstance(home, Failure):
        report.failure = home
    else:
        report.home_url, report.checked_on = home.url, home.fetched_at[:10]
        report.detected = detect_platform(home)
    for name, url in portal.section_urls().items():
        found, page = _list(portal, name, url, fetch)
        report.lists.append(found)
        if page:
            report.checked_on = page.fetched_at[:10]
            report.detected = _best(report.detected, detect_platform(page))
    if isinstance(home, Page):
        likely = [section for section in party_sections(home) if section.score >= _LIKELY]
        others = [section for section in likely if not _is_known(section.url, portal)][:_MOST_OTHERS]
        report.others = [
            _list(portal, other.name, other.url, fetch, is_declared=False)[0] for other in others
        ]
    source = next((found for found in report.lists if found.rows), None)
    name, rows = (source.name, source.rows) if source else _counted(portal)
    owned = [row for row in rows if portal.owns(row.url)][:_ARTICLES]
    report.articles = [_article(portal, name, row, fetch) for row in owned]
    return report


def _counted(portal: type[Portal]) -> tuple[str, tuple[Row, ...]]:
    """Return the first countable section, and the addresses down from the number that it begins with."""
    for name, address in portal.countable.items():
        if (slot := _SLOT.search(address)) and slot[1]:
            numbers = range(int(slot[1]), max(int(slot[1]) - _ARTICLES, 0), -1)
            urls = [urljoin(portal.home, _SLOT.sub(str(number), address)) for number in numbers]
            return name, tuple(Row(url) for url in urls)
    return "", ()


def _robots(home: str, fetch: Fetch) -> Robots:
    try:
        capture = fetch(PageRequest(urljoin(home, "/robots.txt")))
    except Unreachable as error:
        outcome, _, reason = str(error).partition(": ")
        if outcome == Outcome.NOT_ARCHIVED:
            return Robots(None, "not in the recording")
        if outcome == Outcome.BLOCKED_BY_ROBOTS:
            return Robots(False, "forbids us everything")
        if outcome == Outcome.GONE:
            return Robots(True, "there is none: everything is allowed")
        return Robots(None, f"not had ({reason or outcome})")
    rules = Protego.parse(capture.body.decode("utf-8", "replace"))
    delay = rules.crawl_delay(USER_AGENT)
    if not rules.can_fetch(home, USER_AGENT):
        return Robots(False, "forbids us the home page", delay)
    return Robots(True, "allows us", delay)


def why(error: PageError) -> str:
    """Return why a page could not be had, without the outcome under which a crawl counts it."""
    outcome, _, reason = str(error).partition(": ")
    return reason if reason and outcome in set(Outcome) else str(error)


def _page(url: str, fetch: Fetch) -> Page | Failure:
    """Return a page that is to be read, or why it cannot be."""
    capture = _capture(url, fetch)
    return capture if isinstance(capture, Failure) else _read(capture)


def _capture(url: str, fetch: Fetch) -> Capture | Failure:
    try:
        return fetch(PageRequest(url))
    except Unreachable as error:
        return Failure(why(error), is_answer=why(error).startswith("HTTP "))


def _read(capture: Capture) -> Page | Failure:
    try:
        page = page_of(capture)
    except NotHtml as error:
        return Failure(str(error), is_answer=True)
    if (kind := kind_of(page)) in _REFUSALS:
        return Failure(f"answers with a page of kind {kind!r}", is_answer=True)
    return page


def _list(
    portal: type[Portal], name: str, url: str, fetch: Fetch, *, is_declared: bool = True
) -> tuple[ListChecked, Page | None]:
    """Return what a list holds, and its page where it is one and no feed."""
    capture = _capture(url, fetch)
    if isinstance(capture, Failure):
        return ListChecked(name, url, problem=capture.reason, is_declared=is_declared), None
    if rows := feed_rows(capture.body, capture.url) or sitemap_rows(capture.body, capture.url):
        return ListChecked(name, url, tuple(rows), tuple(rows), is_declared=is_declared), None
    page = _read(capture)
    if isinstance(page, Failure):
        return ListChecked(name, url, problem=page.reason, is_declared=is_declared), None
    return (
        ListChecked(
            name,
            url,
            rows=tuple(portal.list_rows(page)),
            by_evidence=tuple(list_rows(page)),
            following=len(portal.following_pages(page)),
            is_declared=is_declared,
        ),
        page,
    )


def _is_known(url: str, portal: type[Portal]) -> bool:
    return any(same_address(url, known) for known in (portal.home, *portal.section_urls().values()))


def _best(one: list[tuple[str, float]], other: list[tuple[str, float]]) -> list[tuple[str, float]]:
    """Return the platforms of two pages, each with its higher score, best first."""
    scores = dict(one)
    for family, score in other:
        scores[family] = max(score, scores.get(family, 0.0))
    return sorted(scores.items(), key=lambda pair: -pair[1])


def _article(portal: type[Portal], section: str, row: Row, fetch: Fetch) -> ArticleChecked:
    page = _page(row.url, fetch)
    if isinstance(page, Failure):
        return ArticleChecked(row.url, problem=page.reason)
    hints = Hints(headline=row.headline, stamp=row.stamp, section=section)
    return ArticleChecked(row.url, portal.read_article(page, hints).article)
