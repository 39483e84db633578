"""List pages measured: which of a page's links lead to its articles?

    python -m benchmarks.lists

On the recorded lists of sotttt.hanoi.gov.vn (28 pages of ten rows): tinso without a row selector beside
courlan, newspaper4k's `valid_url` and every link. Truth: the links in the portal's own row titles. The Party
section's lists may be tuned to; the general news lists are held out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from urllib.parse import urljoin

import click
import lxml.html

from benchmarks.cases import Case, Split, Truth
from benchmarks.hanoi import Recorded, recording
from benchmarks.peer_process import Peers
from benchmarks.shingles import harmonic
from benchmarks.tables import markdown
from crawler.discovery.rows import list_rows
from crawler.extraction.read import read_page

ROW_LINKS = ".asset-abstract .asset-title a[href]"
_LIST = re.compile(r"/(?:vi/tin-tuc-su-kien|hoat-ong-ang-oan-the)(?:\?|$)")
TUNED_SECTION = "/hoat-ong-ang-oan-the"


@dataclass(slots=True)
class LinkCount:
    """Links taken for article links, rightly and wrongly, and the ones overlooked."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, found: set[str], true: set[str]) -> None:
        """Count one page."""
        self.right += len(found & true)
        self.wrong += len(found - true)
        self.missed += len(true - found)

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 0.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 0.0


@dataclass(frozen=True, slots=True)
class ListPage:
    """A recorded list page, all its links and those of its rows."""

    recorded: Recorded
    links: frozenset[str]
    rows: frozenset[str]
    split: Split


def recorded_lists() -> Iterator[ListPage]:
    """Yield the recorded list pages; none where the recording is absent."""
    for page in recording().values():
        if not _LIST.search(page.url):
            continue
        tree = lxml.html.document_fromstring(page.body.decode("utf-8"))
        rows, links = (
            frozenset(urljoin(page.url, link.get("href", "")) for link in tree.cssselect(each))
            for each in (ROW_LINKS, "a[href]")
        )
        if rows:
            yield ListPage(page, links, rows, "tune" if TUNED_SECTION in page.url else "held_out")


def ours(page: ListPage) -> set[str]:
    """Return the article links that we find on a list page, undeclared."""
    recorded = page.recorded
    parsed = read_page(
        recorded.body, recorded.url, content_type=recorded.content_type, fetched_at=recorded.fetched_at
    )
    return {row.url for row in list_rows(parsed)}


def count(pages: list[ListPage], find: Callable[[ListPage], set[str]]) -> LinkCount:
    """Return a finder's count over many pages."""
    total = LinkCount()
    for page in pages:
        total.add(find(page), set(page.rows))
    return total


def finders(peers: Peers | None) -> dict[str, Callable[[ListPage], set[str]]]:
    """Return every finder of article links by name."""
    known: dict[str, Callable[[ListPage], set[str]]] = {"tinso": ours}
    if peers:

        def ask(tool: str) -> Callable[[ListPage], set[str]]:
            def kept(page: ListPage) -> set[str]:
                peers.show(_as_case(page))
                return peers.kept_links(tool, sorted(page.links))

            return kept

        known |= {"newspaper4k valid_url": ask("newspaper4k"), "courlan": ask("courlan")}
    return known | {"every link": lambda page: set(page.links)}


def _as_case(page: ListPage) -> Case:
    recorded = page.recorded
    return Case(
        name=recorded.url,
        corpus="hanoi",
        split=page.split,
        url=recorded.url,
        body=recorded.body,
        content_type=recorded.content_type,
        fetched_at=recorded.fetched_at,
        truth=Truth(kind="list"),
    )


@click.command()
@click.option("--peers/--no-peers", default=True, help="Measure the peers too.")
def main(peers: bool) -> None:
    """Print precision and recall of article links on list pages as Markdown."""
    pages = list(recorded_lists())
    if not pages:
        raise click.ClickException("the recording of sotttt.hanoi.gov.vn is not here; nothing to measure")
    held_out = [page for page in pages if page.split == "held_out"]
    rows = []
    with ExitStack() as stack:
        for name, find in finders(stack.enter_context(Peers()) if peers else None).items():
            counts = [count(group, find) for group in (held_out, pages)]
            rows.append([name, *(cell for each in counts for cell in _cells(each))])
    head = ["", *(f"{what}, {where}" for where in ("held out", "all") for what in ("P", "R", "F1"))]
    click.echo(f"\n**Article links on list pages** ({len(held_out)} held out, {len(pages)} in all)\n")
    click.echo(markdown(head, rows))


def _cells(found: LinkCount) -> list[str]:
    figures = (found.precision, found.recall, harmonic(found.precision, found.recall))
    return [f"{figure:.3f}" for figure in figures]


if __name__ == "__main__":
    main()
