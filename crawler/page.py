"""A fetched page, decoded and parsed once; everything that reads a page reads this."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urljoin

from lxml.etree import XPath
from parsel import Selector

from crawler.extraction.blocks import Scan, scan
from crawler.extraction.element import HtmlElement
from crawler.extraction.metadata import Metadata, read_metadata
from crawler.extraction.names import Names

_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]+"
)  # in no address, and in no XML attribute
_LONGEST_BASE = 1000  # characters: each of a page's links grows by them
_base_link = XPath("string(head/base/@href)")
_PLAIN_ADDRESS = re.compile(r"https?://[a-z0-9.-]+/[^\s;?#]*[^\s;?#/.](?:\?[^\s;#]+)?")  # joining keeps it
_PLAIN_PATH = re.compile(r"/[^\s;?#/][^\s;?#]*(?:\?[^\s;#]+)?")  # joining only puts the host before it


@dataclass
class Page:
    """An HTML page as a tree.

    Readers never change `root`: who needs another tree copies the part first. `flags` are quality flags
    about the page as a whole ("encoding_repaired", …) that go into the article's `quality_flags`.
    """

    url: str
    fetched_at: str  # capture time, ISO 8601 with +07:00
    root: HtmlElement
    flags: list[str] = field(default_factory=list)

    @cached_property
    def selector(self) -> Selector:
        """The tree for CSS and XPath queries."""
        return Selector(root=self.root, type="html")

    @cached_property
    def scan(self) -> Scan:
        """The page's lines of text in reading order."""
        return scan(self.root)

    @cached_property
    def names(self) -> Names:
        """The classes and ids of the tree, for the selectors of layouts."""
        return Names(self.root)

    @cached_property
    def metadata(self) -> Metadata:
        """What the page says about itself for machines."""
        return read_metadata(self.root)

    @property
    def links(self) -> list[str]:
        """The links of the page as printed."""
        return self.metadata.links

    def links_with(self, part: str) -> list[str]:
        """Return those of the links, as printed, that hold `part`."""
        return [link for link in self.links if part in link]

    @cached_property
    def base_url(self) -> str:
        """What relative links are relative to."""
        link = str(_base_link(self.root))
        return self.absolute(link, self.url) if 0 < len(link) <= _LONGEST_BASE else self.url

    def absolute(self, link: str, base: str | None = None) -> str:
        """Return a link's address; one that cannot be joined comes back as it is."""
        link = (link if link.isprintable() else _UNPRINTABLE.sub("", link)).strip()
        if base is not None:
            return _joined(base, link)
        if _PLAIN_ADDRESS.fullmatch(link):
            return link
        if _PLAIN_PATH.fullmatch(link) and "/." not in link:
            return self._origin + link
        return _joined(self.base_url, link)

    @cached_property
    def _origin(self) -> str:
        return _joined(self.base_url, "/").removesuffix("/")


def _joined(base: str, link: str) -> str:
    try:
        return urljoin(base, link)
    except ValueError:
        return link
