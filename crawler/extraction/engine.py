"""A page → an article: the layout's selectors first, then evidence that needs none."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import nh3
from lxml import html
from lxml.etree import XPath
from lxml.html import HtmlElement
from parsel.csstranslator import HTMLTranslator

from crawler.extraction.attachments import read_attachments
from crawler.extraction.blocks import Block, Box, Scan, scan
from crawler.extraction.body import find_body
from crawler.extraction.byline import Byline, is_account_name, parse_byline, trailing_byline
from crawler.extraction.clean import Text, sort_lines
from crawler.extraction.contract import Candidate, Extraction, Hints
from crawler.extraction.event_date import event_date
from crawler.extraction.headline import find_headline, printed_title
from crawler.extraction.images import address_of, read_images
from crawler.extraction.layout import Layout
from crawler.extraction.published import Published, find_published, read_stamp_element
from crawler.extraction.repair import repair
from crawler.extraction.site import SiteMemory
from pipelines.article import Article
from pipelines.text import clean, fold, line

if TYPE_CHECKING:
    from crawler.page import Page

EXTRACTOR_VERSION = "1.0"

_TRANSLATOR = HTMLTranslator()
_TAGS = set(
    "a abbr b blockquote br caption code dd dl dt em figcaption figure h2 h3 h4 h5 h6 hr i img li ol p pre s small "
    "strong sub sup table tbody td tfoot th thead tr u ul".split()
)
_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}


def extract(
    page: Page, *, layouts: Sequence[Layout] = (), hints: Hints | None = None, site: SiteMemory | None = None
) -> Extraction:
    """Return the article on `page`, each field with its evidence.

    The first of `layouts` whose probe matches is used; fields it does not name, and pages that none
    matches, are read without selectors. `site` is what other pages of the host have shown. Never raises:
    what is not found is None.
    """
    return _Reader(page, layouts, hints or Hints(), site or SiteMemory()).read()


@lru_cache(maxsize=1024)
def _xpath(css: str) -> XPath:
    return XPath(_TRANSLATOR.css_to_xpath(css))


def select(root: HtmlElement, css: str) -> list[HtmlElement]:
    """Return the elements under `root` that a CSS selector matches, in document order."""
    return _xpath(css)(root)


class _Reader:
    """One page being read; each step adds fields and evidence."""

    def __init__(self, page: Page, layouts: Sequence[Layout], hints: Hints, site: SiteMemory) -> None:
        self.page = page
        self.hints = hints
        self.site = site
        self.layout = next((layout for layout in layouts if select(page.root, layout.probe)), None)
        self.source = f"layout:{self.layout.name}" if self.layout else "generic"
        self.article = Article(
            url=page.url, quality_flags=list(page.flags), extractor_version=EXTRACTOR_VERSION
        )
        self.article.layout = self.layout.name if self.layout else "generic"
        self.result = Extraction(self.article)
        self.found: dict[str, HtmlElement | None] = {}  # by selector
        self.data = page.metadata
        self.body: HtmlElement | None = None
        self.body_scan = Scan()
        self.box = Box(page.root, -1, 0)  # in `body_scan`
        self.lead: frozenset[HtmlElement] | None = None

    def read(self) -> Extraction:
        article = self.article
        self._find_body()
        headline_at = self._read_headline()
        published = self._read_published(headline_at)
        lead = self._read_lead()
        text = sort_lines(
            self.body_scan,
            self.box,
            headline=self.page.scan.blocks[headline_at] if headline_at >= 0 else None,
            stamp=published.block,
            lead=self.lead,
            is_template=self.site.is_template,
        )
        self.result.evidence["article_body"] = [
            Candidate(None, block.text, self.source, 0.0, reason) for block, reason in text.dropped
        ]
        lines, byline = self._take_byline(text)
        article.description = lead or _joined(text.lead) or _bold_lead(lines)
        article.article_body = clean(self._repaired("\n".join(block.text for block in lines))) or None
        article.author, article.photographer = byline.author, byline.photographer
        self._read_media(text)
        article.article_section = self._section()
        article.keywords = [
            word for raw in (self.data.first("keywords") or "").split(",") if (word := line(raw))
        ]
        event = event_date(
            f"{lead or ''}\n{article.article_body or ''}".strip(),
            published=article.date_published,
            headline=article.headline,
        )
        if event:
            article.event_date, article.event_date_source = event.value, event.reason
        return self.result

    def _first(self, css: str | None) -> HtmlElement | None:
        """Return the first element with text that a layout's selector matches."""
        if not css:
            return None
        if css not in self.found:
            self.found[css] = next(
                (found for found in select(self.page.root, css) if found.text_content().strip()), None
            )
        return self.found[css]

    def _find_body(self) -> None:
        if self.layout and self.layout.body and (found := self._first(self.layout.body)) is not None:
            self.body = found
            self.body_scan = scan(found)
            self.box = self.body_scan.boxes[0]
            return
        whole = self.page.scan
        box = find_body(whole, printed_title(whole.blocks, self.data, self.hints))
        if box is not None:
            self.body = box.element
            self.body_scan, self.box = whole, box

    def _read_headline(self) -> int:
        at = -1
        if self.layout and (found := self._first(self.layout.headline)) is not None:
            value = line(found.text_content())
            self.article.headline = self._repaired(value)
            self.result.evidence["headline"] = [Candidate(value, value, self.source, 1.0, "chosen")]
            return at
        whole = self.page.scan
        value_found, candidates, at = find_headline(
            whole.blocks, self.box.first, self.data, self.hints, self.page.url, self.site.title_endings()
        )
        self.article.headline = self._repaired(value_found) if value_found else None
        self.result.evidence["headline"] = candidates
        if candidates and candidates[0].verdict == "chosen" and candidates[0].source == "list":
            self.article.quality_flags.append("headline_from_list")
        return at

    def _read_published(self, headline_at: int) -> Published:
        layout, article = self.layout, self.article
        found = Published()
        if layout and not layout.dated:
            self.result.evidence["date_published"] = [
                Candidate(None, "", self.source, 1.0, "this template prints no publication date")
            ]
            return found
        if layout and (element := self._first(layout.stamp)) is not None:
            found = read_stamp_element(
                " ".join(element.text_content().split()), self.source, self.hints, self.page.fetched_at
            )
        if found.value is None:
            whole = self.page.scan
            evidence = found.candidates
            found = find_published(
                whole.blocks,
                headline_at,
                self.box.first,
                self.box.last,
                self.data,
                self.hints,
                self.page.url,
                self.page.fetched_at,
            )
            found.candidates = [*evidence, *found.candidates]
        article.date_published, article.date_published_raw = found.value, found.raw
        article.date_published_source, article.date_modified = found.source, found.modified
        article.quality_flags.extend(flag for flag in found.flags if flag not in article.quality_flags)
        self.result.evidence["date_published"] = found.candidates
        return found

    def _read_lead(self) -> str | None:
        if self.layout and self.layout.body:
            self.lead = frozenset()
        if self.layout and (found := self._first(self.layout.lead)) is not None:
            self.lead = frozenset(found.iter())
            return self._repaired(line(found.text_content()))
        return None

    def _take_byline(self, text: Text) -> tuple[list[Block], Byline]:
        lines = text.lines
        dropped: set[HtmlElement] = set()
        if self.layout and self.layout.drop and self.body is not None:
            dropped = {inner for found in select(self.body, self.layout.drop) for inner in found.iter()}
            lines = [block for block in lines if block.element not in dropped]
        while lines and len(lines[-1].text) < 60 and is_account_name(lines[-1].text):
            lines = lines[:-1]
        if self.layout and (found := self._first(self.layout.author)) is not None:
            byline = parse_byline(line(found.text_content()))
            inside = set(found.iter())
            lines = [block for block in lines if block.element not in inside]
            if byline.author or byline.photographer:
                return lines, byline
        byline = trailing_byline([block.text for block in lines[-4:]])
        return lines[: len(lines) - byline.lines], byline

    def _read_media(self, text: Text) -> None:
        article, page = self.article, self.page
        if self.body is None:
            return
        article.images = read_images(self.body, text.captions, page, article.headline)
        outside = (
            select(page.root, self.layout.attachments) if self.layout and self.layout.attachments else []
        )
        article.attachments = read_attachments([self.body, *outside], page)
        article.body_html = self._body_html(text)

    def _body_html(self, text: Text) -> str | None:
        if self.body is None:
            return None
        fragment = copy.deepcopy(self.body)
        fragment.tail = None
        dropped = {block.element for block, _ in text.dropped} - {block.element for block in text.lines}
        for original, twin in list(zip(self.body.iter(), fragment.iter(), strict=False)):
            if original in dropped and twin is not fragment and twin.getparent() is not None:
                twin.drop_tree()
            elif original.tag == "img" and (address := address_of(original)):
                twin.set("src", self.page.absolute(address))
            elif original.tag == "a" and original.get("href"):
                twin.set("href", self.page.absolute(original.get("href")))
        markup = html.tostring(fragment, encoding="unicode")
        return (
            nh3.clean(markup, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes={"http", "https"}).strip()
            or None
        )

    def _section(self) -> str | None:
        if self.layout and (found := self._first(self.layout.section)) is not None:
            return line(found.text_content()) or None
        return self.hints.section or self.data.first("article:section") or self.data.ld_text("articleSection")

    def _repaired(self, text: str) -> str:
        return repair(text, self.article.quality_flags)


def _joined(blocks: Sequence[Block]) -> str | None:
    return " ".join(block.text for block in blocks) or None


def _bold_lead(lines: Sequence[Block]) -> str | None:
    """Return the first paragraph where it is set in bold: a lead without a block of its own."""
    if lines and len(lines) > 1:
        first = lines[0]
        if first.bold_chars * 10 >= len(first.text) * 8 and len(first.text) > 60:
            return line(first.text)
    return None


def same_text(one: str, other: str) -> bool:
    """True where two texts differ at most in marks, case and spaces."""
    return fold(line(one)) == fold(line(other))
