"""The sections of a portal that carry Party news, found by the names that its menus give them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from crawler.discovery.addresses import article_likeness, path_of, site_of
from crawler.discovery.contract import Row
from crawler.discovery.links import Link, page_links
from crawler.discovery.section_names import NAMES, NO_LIST, PARTY_HEADLINE, PARTY_HOST, PARTY_TITLE, SLUGS
from crawler.page import Page
from pipelines.text import exact, fold, line

_LONGEST_NAME = 12  # words; section names are labels, not sentences


@dataclass(frozen=True, slots=True)
class Section:
    """A section's list: its name as the menu prints it, how likely it carries Party news (0..1), and why."""

    name: str
    url: str
    score: float
    reasons: tuple[str, ...] = ()


def party_sections(page: Page) -> list[Section]:
    """Return the sections that the page links to and that may carry Party news, likeliest first.

    Sections of general news come as weaker ones, because most Party items of a department stand there; on
    a Party body's own portal they are strong. Of several names for one address the strongest stays.
    """
    party_site = is_party_site(page)
    site = site_of(page.url)
    best: dict[str, Section] = {}
    for link in page_links(page):
        if site_of(link.url) != site or _is_no_section(link):
            continue
        section = _judge(link, party_site)
        if section and (link.key not in best or section.score > best[link.key].score):
            best[link.key] = section
    return sorted(best.values(), key=lambda section: -section.score)


def is_party_site(page: Page) -> bool:
    """True where the host or the page title says that the portal is a Party body's own."""
    title = exact(line(page.selector.xpath("string(//title)").get() or ""))
    return PARTY_TITLE.search(title) is not None or PARTY_HOST.search(site_of(page.url)) is not None


def party_share(rows: Iterable[Row]) -> float:
    """Return the share of rows whose headline speaks of the Party, 0..1; 0 for no rows."""
    headlines = [exact(row.headline or "") for row in rows]
    spoken = sum(PARTY_HEADLINE.search(headline) is not None for headline in headlines)
    return spoken / len(headlines) if headlines else 0.0


def _is_no_section(link: Link) -> bool:
    words = len(link.text.split())
    return (
        words > _LONGEST_NAME
        or ((words > 6 or not words) and article_likeness(link.url) >= 0.6)
        or NO_LIST.search(exact(link.text)) is not None
    )


def _judge(link: Link, party_site: bool) -> Section | None:
    name = line(link.text) or line(link.element.get("title") or "")
    slug = fold(path_of(link.url)).replace("_", "-").replace("%20", "-")
    told = next((clue for clue in NAMES if clue.pattern.search(exact(name))), None)
    spelt = next((clue for clue in SLUGS if clue.pattern.search(slug)), None)
    clues = [clue for clue in (told, spelt) if clue]
    if not clues:
        return None
    score = max(clue.score for clue in clues) + 0.05 * (len(clues) - 1)
    reasons = [clue.reason for clue in clues]
    if party_site:
        score, reasons = score + 0.4, [*reasons, "a Party body's own portal"]
    return Section(
        name or slug.rstrip("/").rsplit("/", 1)[-1], link.url, round(min(1.0, score), 2), tuple(reasons)
    )
