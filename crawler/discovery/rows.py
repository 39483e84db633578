"""The rows of a list page: the articles it leads to, each with headline and stamp as the list prints them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from crawler.discovery.addresses import article_likeness, is_same_domain
from crawler.discovery.contract import Row
from crawler.discovery.links import Link, headings_in, headline_worth, page_links, text_in
from crawler.discovery.lists import main_list
from crawler.discovery.pagers import pagers
from crawler.discovery.records import Item
from crawler.discovery.stamps import is_stamp, printed_stamp, split_glued_stamp
from crawler.extraction.element import HtmlElement
from crawler.page import Page
from pipelines.text import line

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def list_rows(
    page: Page, *, row: str | None = None, is_article: Callable[[str], bool] | None = None
) -> list[Row]:
    """Return the article links of the page's main list in their order, each address once.

    `row` is the CSS selector of one list item; without it the list is found by evidence (see `lists`).
    `is_article` says which addresses (absolute) may be articles at all. A page without a list gives [].
    Raises `SelectorSyntaxError` (cssselect) for a selector that is none.
    """
    nodes = None if row is None else page.names.select(row, page.root)
    links = [link for link in page_links(page, nodes) if is_article is None or is_article(link.url)]
    if nodes is not None:
        return _rows(_declared_items(nodes, links), links)
    turns = [anchor for pager in pagers(page) for anchor in pager.anchors]
    turning = set(turns)
    candidates = [link for link in links if link.element not in turning and _may_be_row(link, page)]
    listing = main_list(candidates, page, turns)
    return _rows(listing.items, links) if listing else []


def _may_be_row(link: Link, page: Page) -> bool:
    return article_likeness(link.url) > 0 and is_same_domain(link.url, page.url)


def _declared_items(nodes: list[HtmlElement], links: list[Link]) -> list[Item]:
    """Return an item for every list element, led by its most headline-like of the first article's links."""
    by_element = {link.element: link for link in links}
    items = []
    for node in nodes:
        inside = [by_element[anchor] for anchor in node.iter("a") if anchor in by_element]
        if inside:
            items.append(Item(_first_article(inside), [node]))
    return items


def _first_article(links: list[Link]) -> Link:
    first = links[0]
    if all(link.url == first.url for link in links):  # picture, headline and "more" of one row
        return first
    return next((link for link in links if article_likeness(link.url) > 0), first)


def _rows(items: Iterable[Item], links: list[Link]) -> list[Row]:
    """Read the items; of two that lead to the same page the first stays."""
    by_element = {link.element: link for link in links}
    rows: dict[str, Row] = {}
    for item in items:
        if item.link.key not in rows:
            rows[item.link.key] = _read(item, by_element)
    return _without_glued_stamps(list(rows.values()))


def _read(item: Item, by_element: dict[HtmlElement, Link]) -> Row:
    same = [
        by_element[anchor]
        for node in item.nodes
        for anchor in node.iter("a")
        if anchor in by_element and by_element[anchor].key == item.link.key
    ] or [item.link]
    best = max(same, key=lambda link: (headline_worth(link.text), _in_heading(link.element)))
    bearer = _bearer(best)
    return Row(item.link.url, _headline(best, bearer, item.nodes), printed_stamp(item.nodes, bearer))


def _bearer(link: Link) -> HtmlElement:
    """Return the element whose text is the headline: the link, or its part where it holds a whole card."""
    if not len(link.element):
        return link.element
    inner = next(link.element.iter(*_HEADINGS), None)
    if inner is not None:
        return inner
    parts = [
        (part, text_in(part))
        for part in link.element.iter("div", "p", "span")
        if part.text and part.text.strip()
    ]
    is_card = any(part.tag != "span" or is_stamp(text) for part, text in parts)
    titled = next((part for part, text in parts if headline_worth(text) >= 0.6), None)
    return titled if is_card and titled is not None else link.element


def _headline(link: Link, bearer: HtmlElement, nodes: list[HtmlElement]) -> str | None:
    """Return the headline's text; where it is cut or says only "more", its title or the heading beside it."""
    text = text_in(bearer)
    title = line(link.element.get("title") or "")
    whole = text.rstrip(". …")
    if text != whole and title.startswith(whole) and len(title) > len(whole):
        return title
    if headline_worth(text) > 0:
        return text
    return next((heading for node in nodes for heading in headings_in(node)), None) or title or text or None


def _in_heading(element: HtmlElement) -> bool:
    return any(above.tag in _HEADINGS for above, _ in zip(element.iterancestors(), range(3), strict=False))


def _without_glued_stamps(rows: list[Row]) -> list[Row]:
    """Take "(27/11/2020)" off the headlines where the list prints its stamps that way.

    A single headline may well end with a date of its own; a list that glues does so on most rows.
    """
    split = [split_glued_stamp(row.headline or "") for row in rows]
    glued = [
        row.stamp is None and stamp is not None and is_stamp(stamp)
        for row, (_, stamp) in zip(rows, split, strict=True)
    ]
    if len(rows) < 2 or sum(glued) * 2 <= len(rows):
        return rows
    return [
        Row(row.url, headline, stamp) if taken else row
        for row, (headline, stamp), taken in zip(rows, split, glued, strict=True)
    ]
