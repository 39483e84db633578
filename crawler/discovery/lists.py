"""The main list of a page: of all lists on it, the one that the page is about.

What a list's rows hold decides (headlines rather than labels, addresses of articles, stamps, summaries,
addresses below the page's own), and where it stands: never in a menu or a side box, best beside the pager.
An article shown large above the list belongs to it, and so do the older titles between list and pager.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import islice

from crawler.discovery.addresses import address_form, article_likeness, lies_below
from crawler.discovery.boxes import Asides, label_of
from crawler.discovery.links import Link, headline_worth
from crawler.discovery.records import (
    Item,
    Listing,
    chain_of,
    headline_of,
    repeated,
    single,
    text_of,
)
from crawler.discovery.stamps import printed_stamp
from crawler.extraction.element import HtmlElement
from crawler.page import Page
from pipelines.text import fold

_WEIGHED = 12  # candidates that are looked at closely
_CONSIDERED = 60
_SAMPLE = 30  # rows of a candidate that are looked at closely
_LEAST_WORTH = 1.3  # a headline and an address that looks like an article's, without other evidence
_DOUBT = 0.1
_SUMMARY = 60  # characters beside the headline that make a summary
_OLDER = re.compile(r"(?:cac )?(?:tin|bai)(?: viet)? (?:khac|da dua|da dang|cu hon|truoc|tiep theo)\W*")
_SHOWN_LARGE = 4  # articles above a list


def main_list(links: Sequence[Link], page: Page, turns: Sequence[HtmlElement] = ()) -> Listing | None:
    """Return the list that the page is about, None where no list is more than a menu or a side box.

    `turns` are the anchors that turn the pages: the list that stands beside them is preferred.
    """
    candidates = repeated(links)
    candidates += single(links, candidates)
    candidates.sort(key=_promise, reverse=True)
    asides = Asides(page)
    free = (listing for listing in candidates[:_CONSIDERED] if not asides.hold(listing.start))
    chosen = list(islice(free, _WEIGHED))
    around = {above for turn in turns for above in chain_of(turn)[1:] if above.tag not in ("body", "html")}
    closeness = [_closeness(listing, around) for listing in chosen]
    nearest = max(closeness, default=0)
    weights = [
        _weight(listing, page.url) * _standing(listing, page.url, close == nearest > 0, asides)
        for listing, close in zip(chosen, closeness, strict=True)
    ]
    weight, best = max(zip(weights, chosen, strict=True), key=lambda pair: pair[0], default=(0.0, None))
    return _with_neighbours(best, candidates, around, asides) if best is not None and weight > 0 else None


def _promise(listing: Listing) -> float:
    """Weigh a candidate by its links alone."""
    return sum(
        (0.1 + headline_worth(item.link.text)) * article_likeness(item.link.url) for item in listing.items
    )


def _weight(listing: Listing, address: str) -> float:
    """Weigh a candidate by its rows; 0 where they are no articles."""
    sample = listing.items[:_SAMPLE]
    worth = sum(_worth(item, address) for item in sample) / len(sample)
    if worth < _LEAST_WORTH or _share(sample, lambda item: bool(headline_of(item))) < 0.5:
        return 0.0
    return worth * len(listing.items)


def _standing(listing: Listing, address: str, is_beside: bool, asides: Asides) -> float:
    """Weigh a candidate by where it stands: beside the pager, under the page's name or a doubtful heading.

    One of doubtful heading must have addresses below the page's; with summaries alone it is taken where
    nothing else is a list.
    """
    start, sample = listing.start, listing.items[:_SAMPLE]
    if is_beside or asides.bear_own_name(start):
        return 1.5
    if asides.may_hold(start) and _share(sample, lambda item: lies_below(item.link.url, address)) < 0.5:
        return _DOUBT if _share(sample, _has_summary) >= 0.5 else 0.0
    return 1.0


def _share(items: Sequence[Item], holds: Callable[[Item], bool]) -> float:
    return sum(map(holds, items)) / len(items)


def _worth(item: Item, address: str) -> float:
    headline = headline_of(item)
    return (
        max(headline_worth(headline), headline_worth(item.link.text))
        + 0.8 * article_likeness(item.link.url)
        + 1.0 * (printed_stamp(item.nodes, item.link.element) is not None)
        + 0.7 * _has_summary(item)
        + 0.3 * _has_image(item)
        + 0.6 * lies_below(item.link.url, address)
    )


def _has_summary(item: Item) -> bool:
    return len(text_of(item.nodes)) - len(headline_of(item) or item.link.text) > _SUMMARY


def _has_image(item: Item) -> bool:
    return any(next(node.iter("img"), None) is not None for node in item.nodes)


def _with_neighbours(
    listing: Listing, others: Sequence[Listing], around: set[HtmlElement], asides: Asides
) -> Listing:
    """Add what the same column shows of the same kind: large ones above the list, older titles below it."""
    column = _column(listing, around)
    known = {item.link.key for item in listing.items}
    form, _ = Counter(address_form(item.link.url) for item in listing.items).most_common(1)[0]
    first = listing.items[0].link.place
    above: list[Item] = []
    below: list[Item] = []
    for other in others:
        start = other.start
        if column not in chain_of(other.container) or asides.hold(start) or asides.may_hold(start):
            continue
        fresh = [
            item
            for item in other.items
            if item.link.key not in known and headline_of(item) and address_form(item.link.url) == form
        ]
        if not fresh:
            continue
        if other.items[0].link.place < first:
            large = [item for item in fresh if _has_summary(item)]
            above += large if len(large) <= _SHOWN_LARGE else []
        elif _OLDER.fullmatch(fold(label_of(start))):
            below += fresh
    return Listing(
        listing.container, [*sorted(above, key=_place), *listing.items, *sorted(below, key=_place)]
    )


def _place(item: Item) -> int:
    return item.link.place


def _closeness(listing: Listing, around: set[HtmlElement]) -> int:
    """Return how deep in the tree the element lies that holds list and pager; 0 where only the body does.

    `around` are the elements that hold the pager's anchors.
    """
    near = next((element for element in chain_of(listing.items[0].nodes[0])[:7] if element in around), None)
    return sum(1 for _ in near.iterancestors()) if near is not None else 0


def _column(listing: Listing, around: set[HtmlElement]) -> HtmlElement:
    """Return the element that holds list and pager; without a pager the second above the list."""
    chain = chain_of(listing.container)
    return next((element for element in chain if element in around), chain[min(2, len(chain) - 1)])
