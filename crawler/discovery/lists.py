"""The main list of a page, found by what lists look like: links repeated in one place, headline after headline.

No selector is needed. Links that stand in the same place of the tree are grouped; a group whose links hang
side by side below one element is a candidate; what its rows hold (headlines rather than labels, addresses of
articles, stamps, summaries, addresses below the page's own) and where it stands (never in a menu, a side box or
a related list, near the pager) decides. The idea of repeated sibling records is that of MDR (Liu, Grossman,
Zhai: Mining Data Records in Web Pages, KDD 2003).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from crawler.discovery.addresses import article_likeness, section_of
from crawler.discovery.links import Link, Places
from crawler.discovery.stamps import printed_stamp
from pipelines.text import fold, line

_CLIMB = 12  # levels between a link and the list that it is a row of
_WEIGHED = 12  # candidates that are looked at closely
_SAMPLE = 30  # rows of a candidate that are looked at closely
_SPLIT = 4  # a list in pieces (grids, tables of two columns) has no more links in a piece
_MORE = re.compile(r"(?:xem|doc) (?:tiep|them|chi tiet|tat ca)|chi tiet|read more|more|tiep|»|>>?|\.\.\.|…")
_ASIDE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:menu\w*|nav\w*|breadcrumb\w*|footer\w*|side-?bar\w*|aside|related\w*|lien-?quan|tin-?khac|lien-?ket"
    r"|web-?link\w*|xem-?nhieu|most\w*|marquee\w*|banner\w*|quang-?cao|advert\w*|tags?|share|social|comment\w*)(?:$|[\s_-])",
    re.IGNORECASE,
)
_ASIDE_LABEL = re.compile(
    r"(?:cac )?(?:tin|bai)?(?: tuc| viet)? ?(?:moi(?: nhat)?|xem nhieu.*|doc nhieu.*|duoc quan tam|lien quan.*|cung chuyen muc"
    r"|cung chu de|noi bat)|(?:nhieu nguoi doc|doc nhieu|xem nhieu).*|lien ket.*|van ban moi.*|thong bao.*|other news"
    r"|related.*|video.*|thu vien.*|danh muc.*|chuyen muc.*|lich cong tac.*|thong ke.*"
)


@dataclass(slots=True, eq=False)
class Item:
    """One row of a list: its link, and the elements between which its stamp and summary stand."""

    link: Link
    nodes: list[HtmlElement]


@dataclass(slots=True, eq=False)
class Listing:
    """Links that hang side by side below one element, in document order."""

    container: HtmlElement
    items: list[Item]


def main_list(links: Sequence[Link], address: str, pager: Iterable[HtmlElement] = ()) -> Listing | None:
    """Return the list that the page at `address` is about, None where no list is more than a side box.

    `pager` are the anchors that turn the pages: the list that stands beside them is preferred.
    """
    candidates = [*_repeated(links), *_single(links)]
    candidates.sort(key=_promise, reverse=True)
    near = _ancestors_of_all(pager)
    weighed = [(_weight(candidate, address, near), candidate) for candidate in candidates[:_WEIGHED]]
    weight, best = max(weighed, key=lambda pair: pair[0], default=(0.0, None))
    return best if weight >= 1.0 else None


def headline_worth(text: str) -> float:
    """Return how much a link's text reads like a headline, 0..1: headlines are sentences, labels are not."""
    words = len(text.split())
    if not words or _MORE.fullmatch(fold(text)):
        return 0.0
    return (0.05, 0.1, 0.3, 0.6, 0.8)[words - 1] if words < 6 else 1.0


def _repeated(links: Sequence[Link]) -> list[Listing]:
    """Group links that stand in the same place, then split each group into lists of side-by-side rows."""
    places = Places()
    groups: dict[int, list[Link]] = defaultdict(list)
    for link in links:
        group = groups[places.of(link.element)]
        if not group or group[-1].key != link.key:
            group.append(link)
    return [listing for group in groups.values() if len(group) > 1 for listing in _split(group, places)]


def _split(group: list[Link], places: Places) -> list[Listing]:
    chains = [_chain(link.element) for link in group]
    depths = [{element: depth for depth, element in enumerate(chain)} for chain in chains]
    # The element that a link shares with its neighbour, whichever of the two neighbours is nearer.
    shared: list[HtmlElement | None] = [None] * len(group)
    for left in range(len(group) - 1):
        common = next((element for element in chains[left] if element in depths[left + 1]), None)
        if common is None:
            continue
        for index in (left, left + 1):
            known = shared[index]
            if known is None or depths[index][common] < depths[index][known]:
                shared[index] = common
    pieces: dict[HtmlElement, list[int]] = defaultdict(list)
    for index, container in enumerate(shared):
        if container is not None:
            pieces[container].append(index)
    listings = []
    for container, indexes in _joined(pieces, places).items():
        roots = [_below(chains[index], container) for index in indexes]
        if len({group[index].key for index in indexes}) > 1:
            listings.append(Listing(container, _items([group[index] for index in indexes], roots)))
    return listings


def _joined(pieces: dict[HtmlElement, list[int]], places: Places) -> dict[HtmlElement, list[int]]:
    """Put the pieces of a grid together: small alike pieces below one element are one list."""
    alike: dict[tuple[int, HtmlElement], list[HtmlElement]] = defaultdict(list)
    for container, indexes in pieces.items():
        parent = container.getparent()
        if parent is not None and len(indexes) <= _SPLIT:
            alike[places.of(container), parent].append(container)
    joined = dict(pieces)
    for (_, parent), containers in alike.items():
        if len(containers) > 1 or parent in pieces:
            indexes = [index for container in containers for index in joined.pop(container)]
            joined[parent] = sorted({*joined.get(parent, []), *indexes})
    return joined


def _single(links: Sequence[Link]) -> list[Listing]:
    """Lists of one row: the last page of a section often has no more."""
    keys = defaultdict(int)
    for link in links:
        keys[link.key] += 1
    listings = []
    for link in links:
        if headline_worth(link.text) < 0.8 or article_likeness(link.url) < 0.5 or len(listings) >= _WEIGHED:
            continue
        root = link.element
        for above in _chain(link.element)[:6]:
            if above.tag in ("body", "html") or any(
                other is not link.element and other.get("href") != link.element.get("href")
                for other in above.iter("a")
            ):
                break
            root = above
        parent = root.getparent()
        if parent is not None:
            listings.append(Listing(parent, [Item(link, [root])]))
    return listings


def _items(links: list[Link], roots: list[HtmlElement]) -> list[Item]:
    """Give each row its elements: its root and what follows up to the next row's root."""
    starts = set(roots)
    gaps = [_following(root, starts, 6) for root in roots]
    usual = max((len(gap) for gap in gaps[:-1]), default=0)
    return [Item(link, [root, *gap[:usual]]) for link, root, gap in zip(links, roots, gaps, strict=True)]


def _following(root: HtmlElement, starts: set[HtmlElement], most: int) -> list[HtmlElement]:
    found = []
    for sibling in root.itersiblings():
        if sibling in starts or len(found) == most:
            break
        found.append(sibling)
    return found


def _promise(listing: Listing) -> float:
    """Weigh a candidate by its links alone."""
    return sum(
        headline_worth(item.link.text) * (0.3 + article_likeness(item.link.url)) for item in listing.items
    )


def _weight(listing: Listing, address: str, near: dict[HtmlElement, int]) -> float:
    """Weigh a candidate by its rows, then by where it stands; under 1 it is no list of articles."""
    sample = listing.items[:_SAMPLE]
    section = section_of(address)
    worth = sum(_row_weight(item, section) for item in sample) / len(sample)
    if worth < 1.2:
        return 0.0
    weight = worth * len(listing.items) * _standing(listing)
    chain = [listing.container, *listing.container.iterancestors()]
    closeness = max((near.get(element, 0) for element in chain[:4]), default=0)
    return weight * (1.5 if closeness else 1.0)


def _row_weight(item: Item, section: tuple[str, ...]) -> float:
    likeness, headline = article_likeness(item.link.url), headline_worth(item.link.text)
    text = sum(len(line(" ".join(node.itertext()))) for node in item.nodes if isinstance(node.tag, str))
    return (
        headline
        + 0.8 * likeness
        + 1.0 * (printed_stamp(item.nodes, item.link.element) is not None)
        + 0.7 * (text - len(item.link.text) > 60)
        + 0.3 * any(next(node.iter("img"), None) is not None for node in item.nodes)
        + 0.6 * (len(section) > 1 and section_of(item.link.url)[: len(section)] == section)
    )


def _standing(listing: Listing) -> float:
    """Return 1 for a list in the middle of the page, a tenth for one in a menu, a side box, a related list."""
    for above in (listing.container, *listing.container.iterancestors()):
        if above.tag in ("nav", "footer", "aside", "menu"):
            return 0.1
        if above.tag not in ("html", "body") and (
            _ASIDE_CLASS.search(above.get("class") or "") or _ASIDE_CLASS.search(above.get("id") or "")
        ):
            return 0.1
    return 0.1 if _ASIDE_LABEL.fullmatch(fold(label_of(listing.container))) else 1.0


def label_of(container: HtmlElement) -> str:
    """Return the heading over a list: the nearest short text before it in its box, "" where there is none."""
    element = container
    for _ in range(4):
        for count, before in enumerate(element.itersiblings(preceding=True)):
            if count == 3:
                break
            if isinstance(before.tag, str) and before.tag not in ("script", "style"):
                text = line(" ".join(before.itertext()))
                if text:
                    return text if len(text) <= 60 else ""
        parent = element.getparent()
        if parent is None or parent.tag in ("body", "html"):
            break
        element = parent
    return ""


def _chain(element: HtmlElement) -> list[HtmlElement]:
    """Return the element's ancestors, nearest first, as far as a row reaches."""
    chain = []
    for above in element.iterancestors():
        chain.append(above)
        if len(chain) == _CLIMB:
            break
    return [element, *chain]


def _below(chain: list[HtmlElement], container: HtmlElement) -> HtmlElement:
    """Return the element of the chain that is a child of the container."""
    for element in chain:
        if element.getparent() is container:
            return element
    return chain[0]


def _ancestors_of_all(elements: Iterable[HtmlElement]) -> dict[HtmlElement, int]:
    """Return the near ancestors of the pager's anchors."""
    return {above: 1 for element in elements for above in _chain(element)[:6] if above.tag != "body"}
