"""What all web archives are asked, and what they give."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple, Protocol
from urllib.parse import urlsplit

from crawler.archive import Capture
from crawler.backfill.found import Found, timestamp_of
from crawler.declaration import Declaration
from crawler.period import Period
from pipelines.identify import canonical_url

# Pages, feeds and sitemaps; a regular expression for Java and Python alike.
MEDIA_TYPES = r"text/(html|xml)|application/([a-z]+\+)?xml"


class Scope(NamedTuple):
    """A part of the web: everything below an address (`match` "prefix"), or of a host ("host")."""

    url: str
    match: str

    def __str__(self) -> str:
        return f"{self.match}:{self.url}"


class Question(NamedTuple):
    """One query of an index. Its `key` is the same whenever the same is asked; the book keeps it."""

    key: str
    url: str
    parameters: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A part of an answer, with the mark from which the rest is asked for; None where there is no more.

    `malformed` counts lines that are no captures.
    """

    found: list[Found]
    mark: str | None
    malformed: int = 0


class Source(Protocol):
    """A web archive, or a file of one."""

    name: str
    keeps: timedelta | None  # how long an answer of the index holds; None: for ever

    def questions(self, scopes: Sequence[Scope], period: Period) -> list[Question]:
        """Return what its index must be asked to know all captures of a part of the web.

        Raises:
            WebArchiveRefused, WebArchiveSilent, ArchiveError: the source cannot be used.
        """

    def answers(self, question: Question, mark: str | None) -> Iterator[Page]:
        """Yield the answer page by page, from a mark on.

        Raises:
            WebArchiveRefused, WebArchiveSilent, ArchiveError: the rest cannot be had; the last mark holds.
                ArchiveError tells of this question alone, the others of the whole source.
        """

    def fetch(self, found: Found) -> Capture:
        """Return a capture, its `member` ready for our archive.

        Raises:
            Unplayable: this one is not to be had.
            WebArchiveRefused, WebArchiveSilent: nothing is.
        """


def scopes(portal: type[Declaration]) -> list[Scope]:
    """Return the parts of the web that a portal is on: its hosts, or its folder of a foreign host."""
    home = urlsplit(canonical_url(portal.home))  # without the port where it is the usual one
    folder = home.path.rpartition("/")[0] + "/"
    if folder != "/":
        below = [Scope(f"{home.netloc}{folder}", "prefix")]
        sections = [urlsplit(url) for url in portal.section_urls().values()]
        return below + [
            Scope(f"{section.netloc}{section.path}", "prefix")
            for section in sections
            if section.netloc != home.netloc or not section.path.startswith(folder)
        ]
    sections = [urlsplit(canonical_url(url)) for url in portal.section_urls().values()]
    hosts = [home.netloc, *(section.netloc for section in sections), *portal.hosts]
    return [Scope(host, "host") for host in dict.fromkeys(host.removeprefix("www.") for host in hosts)]


def day_bounds(period: Period) -> tuple[tuple[str, str], ...]:
    """Return the parameters that bound captures to days of ours, in 14 digits of UTC: 7 hours earlier."""
    bounds = []
    if period.since:
        bounds.append(("from", timestamp_of(f"{period.since}T00:00:00+07:00")))
    if period.until:
        bounds.append(("to", timestamp_of(f"{period.until}T23:59:59+07:00")))
    return tuple(bounds)
