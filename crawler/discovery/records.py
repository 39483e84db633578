"""Links that hang side by side: every list on a page, found by repetition in the tree alone.

Links in one place of the tree (same chain of tags and classes) are a group; those of a group that hang below
one element are a list, each with the elements that make up its row. The idea of repeated sibling records is
that of MDR (Liu, Grossman, Zhai: Mining Data Records in Web Pages, KDD 2003).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from crawler.discovery.addresses import address_form, article_likeness
from crawler.discovery.links import Link, Places, headings_in, headline_worth
from crawler.extraction.element import HtmlElement
from pipelines.text import line

_CLIMB = 12  # levels between a link and the list that it is a row of
_SPLIT = 4  # a list in pieces (grids, tables of two columns) has no more links in a piece
_SIBLINGS = 6  # elements that a row without an element of its own may consist of
_LABELS = 2  # links to sections in a row
_SINGLES = 60  # links that are looked at as lists of one row

_Kind = tuple[HtmlElement, str, tuple[str, ...]]


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

    @property
    def start(self) -> HtmlElement:
        """The element with which the list begins: the container's child that holds the first row."""
        first = self.items[0].nodes[0]
        return next((above for above in chain_of(first) if above.getparent() is self.container), first)


def repeated(links: Sequence[Link]) -> list[Listing]:
    """Return the lists of two and more rows."""
    places = Places()
    groups: dict[int, list[Link]] = defaultdict(list)
    for link in links:
        group = groups[places.of(link.element)]
        if not group or group[-1].key != link.key:
            group.append(link)
    rough = [rows for group in groups.values() for rows in _split(_varied(group), places)]
    whole = _merged(rough)
    _adopt(links, whole)
    return [
        Listing(rows.container, _items(rows.roots))
        for rows in whole
        if len({link.key for link in rows.roots.values()}) > 1
    ]


def _varied(group: list[Link]) -> list[Link]:
    """Leave out the label that stands in row after row: it leads to the section, not to an article."""
    often = Counter(link.key for link in group)
    return [link for link in group if often[link.key] < 3 or headline_worth(link.text) == 1] or group


def single(links: Sequence[Link], listings: Sequence[Listing]) -> list[Listing]:
    """Return the links that may be a list of one row: the last page of a section often has no more.

    What stands in one of the `listings` has neighbours and is none.
    """
    accompanied = {item.link.key for listing in listings for item in listing.items}
    alone: list[Listing] = []
    for link in links:
        if link.key not in accompanied and article_likeness(link.url) >= 0.5 and link.text:
            item = lone_item(link)
            parent = item.nodes[0].getparent()
            if parent is not None and headline_of(item):
                alone.append(Listing(parent, [item]))
        if len(alone) == _SINGLES:
            break
    return alone


def lone_item(link: Link) -> Item:
    """Return the row of a link that has no neighbours: all round it that holds no other page's link."""
    root = link.element
    for above in chain_of(link.element)[1:7]:
        if above.tag in ("body", "html") or _has_company(link, above):
            break
        root = above
    return Item(link, [root])


def headline_of(item: Item) -> str:
    """Return what reads like the row's headline: its link's text, or a heading beside a mere "more"."""
    worth = headline_worth(item.link.text)
    if worth > 0:
        return item.link.text if worth >= 0.6 else ""
    return next(
        (text for node in item.nodes for text in headings_in(node) if headline_worth(text) >= 0.6), ""
    )


def chain_of(element: HtmlElement) -> list[HtmlElement]:
    """Return the element and its ancestors, nearest first, as far as a row reaches."""
    chain = [element]
    for above in element.iterancestors():
        if len(chain) == _CLIMB:
            break
        chain.append(above)
    return chain


def _has_company(link: Link, above: HtmlElement) -> bool:
    """True where an element holds links to other pages besides a label or two ("Tin Đảng")."""
    labels = 0
    for anchor in above.iter("a"):
        href = (anchor.get("href") or "").strip()
        if href[:1] in ("", "#") or href[:11].lower() == "javascript:" or href == link.element.get("href"):
            continue
        likeness = article_likeness(href)
        labels += 0 < likeness < 0.35
        if likeness >= 0.35 or labels > _LABELS:
            return True
    return False


@dataclass(slots=True, eq=False)
class _Rows:
    """Links below one element; `roots` are its children (or those of a grid's piece) that hold them."""

    container: HtmlElement
    roots: dict[HtmlElement, Link]  # by the row's element; one link a row

    @property
    def kind(self) -> _Kind:
        """What rows of one list share: see `_kind_of`."""
        root, link = next(iter(self.roots.items()))
        return _kind_of(link, root, self.container)


def _split(group: list[Link], places: Places) -> list[_Rows]:
    """Split links of one place into lists: neighbours belong together below their nearest common ancestor."""
    chains = [chain_of(link.element) for link in group]
    depths = [{element: depth for depth, element in enumerate(chain)} for chain in chains]
    nearest: list[HtmlElement | None] = [None] * len(group)
    for left in range(len(group) - 1):
        common = next((element for element in chains[left] if element in depths[left + 1]), None)
        if common is None:
            continue
        for index in (left, left + 1):
            known = nearest[index]
            if known is None or depths[index][common] < depths[index][known]:
                nearest[index] = common
    pieces: dict[HtmlElement, list[int]] = defaultdict(list)
    roots: dict[int, HtmlElement] = {}
    for index, container in enumerate(nearest):
        if container is not None:
            pieces[container].append(index)
            roots[index] = chains[index][max(0, depths[index][container] - 1)]
    return [
        _Rows(container, {roots[index]: group[index] for index in reversed(indexes)})
        for container, indexes in _joined(pieces, group, places).items()
        if len(indexes) > 1
    ]


def _merged(lists: list[_Rows]) -> list[_Rows]:
    """Put lists together that one element holds, row between row: every second row has a class of its own."""
    merged: dict[_Kind, _Rows] = {}
    apart: list[_Rows] = []
    for rows in lists:
        known = merged.setdefault(rows.kind, rows)
        if known is not rows and not known.roots.keys().isdisjoint(rows.roots):
            apart.append(rows)
        else:
            known.roots |= rows.roots
    return [*merged.values(), *apart]


def _adopt(links: Sequence[Link], lists: list[_Rows]) -> None:
    """Give lists the rows that stand among them with a look of their own ("first", "hot")."""
    placed = {link.element for rows in lists for link in rows.roots.values()}
    containers = {rows.container for rows in lists}
    homes = {rows.kind: rows for rows in reversed(lists)}
    for link in links:
        if link.element in placed or not link.text:
            continue
        for root, container in pairwise(chain_of(link.element)):
            home = homes.get(_kind_of(link, root, container)) if container in containers else None
            if home is not None and root not in home.roots:
                home.roots[root] = link
                break


def _kind_of(link: Link, root: HtmlElement, container: HtmlElement) -> _Kind:
    """Return what rows of one list share: container, tags between row and link, form of address."""
    tags: list[str] = []
    for element in (link.element, *link.element.iterancestors()):
        tags.append(str(element.tag))
        if element is root or len(tags) == _CLIMB:
            break
    return container, address_form(link.url), tuple(tags)


def _joined(
    pieces: dict[HtmlElement, list[int]], group: Sequence[Link], places: Places
) -> dict[HtmlElement, list[int]]:
    """Put the pieces of a grid together: small alike pieces below one element are one list."""
    alike: dict[tuple[int, HtmlElement], list[HtmlElement]] = defaultdict(list)
    for container, indexes in pieces.items():
        parent = container.getparent()
        if parent is not None and len(indexes) <= _SPLIT:
            alike[places.of(container), parent].append(container)
    joined = {
        container: _headline_cells([indexes], group, least=0.25) if len(indexes) <= _SPLIT else indexes
        for container, indexes in pieces.items()
    }
    for (_, parent), containers in alike.items():
        if len(containers) > 1 or parent in pieces:
            indexes = _headline_cells([pieces[container] for container in containers], group, least=0.5)
            for container in containers:
                del joined[container]
            joined[parent] = sorted({*joined.get(parent, []), *indexes})
    return joined


def _headline_cells(rows: list[list[int]], group: Sequence[Link], least: float) -> list[int]:
    """Of rows of several links in like cells, return those in cells of headlines, not of sections, icons.

    A cell must be worth `least` of the best one's headlines.
    """
    cells: dict[int, list[float]] = defaultdict(list)
    for row in rows:
        for cell, index in enumerate(row):
            cells[cell].append(headline_worth(group[index].text))
    worth = {cell: sum(values) / len(values) for cell, values in cells.items()}
    best = max(worth.values())
    return [index for row in rows for cell, index in enumerate(row) if worth[cell] >= best * least]


def _items(links: dict[HtmlElement, Link]) -> list[Item]:
    """Give each row its elements: its root, and its share of what stands between it and its neighbours."""
    roots = sorted(links, key=lambda root: links[root].place)
    gaps = [_beside(root.itersiblings(), links) for root in roots]
    usual = max(gaps[:-1], key=len, default=[])
    ahead = _ahead(roots[0], usual, gaps[-1])
    items = []
    for root, gap in zip(roots, gaps, strict=True):
        before = _beside(root.itersiblings(preceding=True), links)[:ahead]
        items.append(Item(links[root], [*before[::-1], root, *gap[: len(usual) - ahead]]))
    return items


def _ahead(first: HtmlElement, usual: list[HtmlElement], last: list[HtmlElement]) -> int:
    """Return how many elements of a row stand before its root, where rows have no element of their own.

    The elements before the first root are compared with those before the next; where the last root is
    followed by a whole gap's elements too, these are its own and none stands ahead.
    """
    if not usual or [_kind(element) for element in last[: len(usual)]] == [
        _kind(element) for element in usual
    ]:
        return 0
    count = 0
    for before, between in zip(first.itersiblings(preceding=True), reversed(usual), strict=False):
        if _kind(before) != _kind(between):
            break
        count += 1
    return count


def _kind(element: HtmlElement) -> tuple[str, str | None]:
    return str(element.tag), element.get("class")


def _beside(siblings: Iterable[HtmlElement], starts: Container[HtmlElement]) -> list[HtmlElement]:
    """Return the siblings up to the next row's root, a few at most."""
    found: list[HtmlElement] = []
    for sibling in siblings:
        if sibling in starts or len(found) == _SIBLINGS:
            break
        found.append(sibling)
    return found


def text_of(nodes: Sequence[HtmlElement]) -> str:
    """Return the text of a row's elements as one line."""
    return line(" ".join(text for node in nodes if isinstance(node.tag, str) for text in node.itertext()))
