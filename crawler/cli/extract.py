"""tinso extract"""

from __future__ import annotations

import dataclasses
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import click

from crawler import registry
from crawler.archive import Capture, captures
from crawler.clock import now
from crawler.discovery.contract import PageRequest
from crawler.exceptions import ArchiveError, NotHtml, TinsoError
from crawler.extraction import extract, kind_of
from crawler.extraction.contract import Extraction
from crawler.extraction.read import read_page
from crawler.extraction.site import SiteMemory
from crawler.look import Fetch, Unreachable, look, page_of
from crawler.platforms import all_layouts
from crawler.portal import Portal
from pipelines.article import Drop
from pipelines.context import Context
from pipelines.process import process, tell

_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_WARC = (".warc", ".warc.gz")
_LONGEST_SHOWN = 80  # characters of a candidate
_PAGES_TO_LEARN_FROM = 200  # of a host: what they share is known by then


@click.command("extract")
@click.argument("sources", nargs=-1, required=True, metavar="PATH_OR_URL...")
@click.option("--url", help="Address of the page in a file or on standard input ('-').")
@click.option(
    "--portal", help="Read as this portal's page; 'none': by evidence alone, without any declaration."
)
@click.option("--explain", is_flag=True, help="Print every field's candidates with score and verdict.")
def command(sources: tuple[str, ...], url: str | None, portal: str | None, explain: bool) -> None:
    """Print the article of each page as JSON, one a line; nothing is stored.

    A source is an HTML file, a WARC file, an address, or '-' for standard input. A page that is no article
    is reported as what it is, a source that cannot be read with the reason. Exit code 1 where a source could
    not be read or no page was an article.
    """
    declared = registry.portal(portal) if portal not in (None, "none") else None
    read, failed = 0, False
    for source, captured in _sources(sources, url):
        try:
            sites = _learn(source)
            for capture in captured:
                extraction = _extraction(capture, declared, sites, generic=portal == "none")
                if extraction is None:
                    continue
                read += 1
                if explain:
                    _explain(extraction)
                else:
                    click.echo(json.dumps(extraction.article.record(), ensure_ascii=False))
        except TinsoError as error:
            failed = True
            click.echo(f"tinso: {error}", err=True)
    sys.exit(failed or not read)


def _sources(sources: Iterable[str], url: str | None) -> Iterator[tuple[str, Iterator[Capture]]]:
    addresses = [source for source in sources if _ADDRESS.match(source)]
    fetched = look(registry.project_settings(), lambda fetch: _all(addresses, fetch)) if addresses else {}
    for source in sources:
        if source in fetched:
            yield source, _answered(source, fetched[source])
        elif source.lower().endswith(_WARC):
            yield source, _archived(Path(source))
        else:
            yield source, _file(source, url)


def _learn(source: str) -> dict[str, SiteMemory]:
    """Return what the pages of a WARC have in common, by host; nothing for a single page."""
    sites: defaultdict[str, SiteMemory] = defaultdict(SiteMemory)
    if not source.lower().endswith(_WARC):
        return sites
    for capture in _archived(Path(source)):
        site = sites[urlsplit(capture.url).netloc]
        if site.pages < _PAGES_TO_LEARN_FROM:
            with suppress(NotHtml):
                site.learn(page_of(capture))
    return sites


def _all(addresses: Iterable[str], fetch: Fetch) -> dict[str, Capture | Unreachable]:
    answers: dict[str, Capture | Unreachable] = {}
    for address in addresses:
        try:
            answers[address] = fetch(PageRequest(address))
        except Unreachable as error:
            answers[address] = error
    return answers


def _answered(address: str, answer: Capture | Unreachable) -> Iterator[Capture]:
    if isinstance(answer, Unreachable):
        raise TinsoError(f"{address}: {answer}")
    yield answer


def _archived(path: Path) -> Iterator[Capture]:
    count = 0
    for capture in captures(path):
        count += 1
        if capture.status == 200:
            yield capture
    if not count:
        raise ArchiveError(f"{path}: holds no response; name a WARC file of a crawl")


def _file(source: str, url: str | None) -> Iterator[Capture]:
    try:
        body = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
    except OSError as error:
        raise TinsoError(f"{source}: cannot be read ({error.strerror}); name an HTML or WARC file") from error
    address = url or _own_address(body)
    if not address:
        raise TinsoError(f"{source}: the page does not tell its address; give it with --url")
    yield Capture(address, now(), 200, [], body)


def _own_address(body: bytes) -> str | None:
    try:
        page = read_page(body, "", content_type=None, fetched_at=now())
    except NotHtml:
        return None
    address = page.selector.css(
        "link[rel=canonical]::attr(href), meta[property='og:url']::attr(content)"
    ).get()
    return address if address and _ADDRESS.match(address) else None


def _extraction(
    capture: Capture, declared: type[Portal] | None, sites: dict[str, SiteMemory], *, generic: bool
) -> Extraction | None:
    try:
        page = page_of(capture)
    except NotHtml as error:
        _say(capture.url, f"document: {error}")
        return None
    site = sites.get(urlsplit(page.url).netloc)
    portal = None if generic else declared or registry.owner(page.url)
    kind = kind_of(page)
    if kind == "list" and portal and portal.asset_of(page.url):
        kind = "article"  # one whose text is a list of links; its address tells
    if kind != "article":
        _say(page.url, kind)
        return None
    if portal:
        extraction = portal.read_article(page, site=site)
    else:
        extraction = extract(page, layouts=() if generic else all_layouts(), site=site)
    try:
        processed = process(extraction.article, Context(fetched_at=page.fetched_at, address=page.url))
    except Drop as drop:
        _say(page.url, f"{drop.outcome}: {drop.reason}")
        return None
    tell([processed.article])
    processed.article.portal = portal.name if portal else None
    return dataclasses.replace(extraction, article=processed.article)


def _explain(extraction: Extraction) -> None:
    record = extraction.article.record()
    click.echo(extraction.article.url)
    for field, candidates in extraction.evidence.items():
        click.secho(f"  {field}: {record.get(field)!r}", bold=True)
        for candidate in candidates:
            click.echo(
                f"    {candidate.score:6.2f}  {candidate.source:20}  {_short(candidate.value)}"
                f"  [{candidate.verdict}]  from {_short(candidate.raw)}"
            )


def _short(text: str | None) -> str:
    return repr(text if text is None or len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…")


def _say(source: str, what: str) -> None:
    click.echo(f"tinso: {source}: {what}", err=True)
