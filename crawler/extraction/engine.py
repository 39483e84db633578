"""A page → an article: the layout's selectors first, then evidence that needs none."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from crawler.extraction.attachments import boxes_behind, read_attachments
from crawler.extraction.authorship import read_authorship
from crawler.extraction.blocks import Block, Box, Scan, scan
from crawler.extraction.body import find_body, first_text, is_sentence
from crawler.extraction.byline import Byline, parse_byline
from crawler.extraction.clean import Text, sort_lines
from crawler.extraction.contract import Candidate, Extraction, Hints
from crawler.extraction.element import HtmlElement, text_of
from crawler.extraction.event_date import tell_event
from crawler.extraction.explain import Trail, explain
from crawler.extraction.fragment import body_fragment
from crawler.extraction.headline import find_headline, likely_title, names_of_the_site, printed_title
from crawler.extraction.images import alternative_texts, pictures_above, read_images
from crawler.extraction.layout import Layout
from crawler.extraction.lead import split_lead
from crawler.extraction.published import Published, complete, find_published, read_stamp_element
from crawler.extraction.repair import repair
from crawler.extraction.site import SiteMemory
from crawler.extraction.topics import find_keywords, find_section
from pipelines.article import Article
from pipelines.text import clean_body, line

if TYPE_CHECKING:
    from crawler.page import Page

EXTRACTOR_VERSION = "1.0"  # goes up whenever a page may come out otherwise

_FURTHEST_LEAD = 12  # lines between headline and body
_NEAR = 3  # ancestors of the headline in which its body is looked for first
_BEHIND = 4  # lines behind the body among which a byline may stand


def extract(
    page: Page, *, layouts: Sequence[Layout] = (), hints: Hints | None = None, site: SiteMemory | None = None
) -> Extraction:
    """Return the article on `page`, each field with its evidence.

    The first of `layouts` whose probe matches is used; fields it does not name, and pages that none
    matches, are read without selectors. `site` is what other pages of the host have shown. Never raises:
    what is not found is None.
    """
    return _Reader(page, layouts, hints or Hints(), site or SiteMemory()).read()


def _has_text(element: HtmlElement) -> bool:
    opening = (inner.text for inner in element.iter())  # a fifth of what asking for all texts costs
    return any(text and not text.isspace() for text in opening) or any(map(str.strip, element.itertext()))


def _region_of(headline: HtmlElement, body: HtmlElement) -> HtmlElement:
    """Return the innermost element that holds both: an article's other parts stand in it too."""
    around = set(body.iterancestors())
    return next((element for element in headline.iterancestors() if element in around), headline)


class _Reader:
    """One page being read; each step fills fields and leaves evidence."""

    def __init__(self, page: Page, layouts: Sequence[Layout], hints: Hints, site: SiteMemory) -> None:
        self.page, self.hints, self.site = page, hints, site
        self.data = page.metadata
        self.selected: dict[str, HtmlElement | None] = {}
        self.layout = next((layout for layout in layouts if self._select(layout.probe, page.root)), None)
        name = self.layout.name if self.layout else "generic"
        self.source = f"layout:{name}" if self.layout else "generic"
        self.article = Article(
            url=page.url, layout=name, quality_flags=list(page.flags), extractor_version=EXTRACTOR_VERSION
        )
        self.trail = Trail(page, hints, self.source)
        self.headline: HtmlElement | None = None
        self.region = (
            page.root
        )  # holds headline and body; a layout's other elements are looked for here first
        self.body: HtmlElement | None = None
        self.scan = Scan()  # of the page, or of the body that a layout names
        self.is_generic = True  # the body was found without a selector, on the scan of the whole page
        self.box = Box(page.root, -1, 0)  # the body, in `scan`
        self.text_at = 0  # the body's first paragraph, in the page's lines

    def read(self) -> Extraction:
        article = self.article
        self._find_body()
        headline_at = self._read_headline()
        stamp = self._read_published(headline_at)
        declared, elements = self._declared_lead()
        text = sort_lines(
            self.scan,
            self.box,
            headline=self.page.scan.blocks[headline_at] if headline_at >= 0 else None,
            stamp=stamp.block,
            lead=elements,
            is_template=self.site.is_template,
            alternatives=alternative_texts(self.body) if self.body is not None else frozenset(),
        )
        if declared is None and not text.lead:
            text.lead = self._lead_above(headline_at, stamp)
        lead, lines = split_lead(text, declared, self.data)
        self.trail.text = text
        lines = self._read_author(lines, headline_at)
        article.description = self._repaired(lead) if lead else None
        article.article_body = clean_body(self._repaired("\n".join(block.text for block in lines))) or None
        self._read_media(text)
        article.article_section = self._section(headline_at)
        article.keywords = find_keywords(self.page.root, self.data, self.scan.blocks)
        self._read_event(lead)
        return Extraction(article, partial(explain, self._trail(lines)), partial(self._markup, text, lines))

    def _trail(self, lines: list[Block]) -> Trail:
        """Return what was come by, with the values as they are before any stage changes them."""
        article, trail, layout = self.article, self.trail, self.layout
        trail.body, trail.body_lines = self.body, lines
        trail.values |= {
            "headline": article.headline,
            "description": article.description,
            "author": article.author,
            "photographer": article.photographer,
            "date_published": article.date_published,
            "date_modified": article.date_modified,
            "article_section": article.article_section,
        }
        if layout:
            named = {"lead": layout.lead, "author": layout.author, "section": layout.section}
            trail.declared = {field: self.selected.get(css) for field, css in named.items() if css}
        return trail

    def _select(self, css: str, region: HtmlElement) -> list[HtmlElement]:
        return self.page.names.select(css, region)

    def _first(self, css: str | None) -> HtmlElement | None:
        """Return the first element with text that a layout's selector matches."""
        if not css:
            return None
        if css not in self.selected:
            found = self._first_in(self.region, css)
            if found is None and self.region is not self.page.root:
                found = self._first_in(self.page.root, css)
            self.selected[css] = found
        return self.selected[css]

    def _first_in(self, region: HtmlElement, css: str) -> HtmlElement | None:
        return next((found for found in self._select(css, region) if _has_text(found)), None)

    def _find_body(self) -> None:
        if self.layout and (found := self._declared_body(self.layout)) is not None:
            self.body, self.is_generic = found, False
            if self.headline is not None:
                self.region = _region_of(self.headline, found)
            self.scan = scan(found)
            self.box = self.scan.boxes[0]
            return
        self.scan = self.page.scan
        title_at = printed_title(self.scan.blocks, self.data, self.hints)
        box = find_body(self.scan, title_at)
        if box is None and title_at < 0 and (title_at := likely_title(self.scan.blocks)) >= 0:
            box = find_body(self.scan, title_at)
        if box is not None:
            self.body, self.box = box.element, box
            self.text_at = first_text(self.scan, box, title_at)

    def _declared_body(self, layout: Layout) -> HtmlElement | None:
        """Return the body that the layout names: the one next to the headline, else the page's first."""
        self.headline = self._first(layout.headline)
        if self.headline is not None and layout.body:
            for around in islice(self.headline.iterancestors(), _NEAR):
                if (found := self._first_in(around, layout.body)) is not None:
                    return found
        return self._first(layout.body)

    def _read_headline(self) -> int:
        """Fill the headline; return the index of the page's line that prints it, -1 where none was "
        "looked for."""
        if self.layout and (found := self._first(self.layout.headline)) is not None:
            value = line(text_of(found))
            self.article.headline = self._repaired(value)
            self.trail.headline = [Candidate(value, value, self.source, 1.0, "chosen")]
            return -1
        chosen, candidates, at = find_headline(
            self.page.scan.blocks,
            self.text_at,
            self.data,
            self.hints,
            self.page.url,
            self.site.title_endings(),
        )
        self.trail.headline = candidates
        if at >= 0 and self.body is not None and self.is_generic:
            self.headline = self.page.scan.blocks[at].element
            self.region = _region_of(self.headline, self.body)
        if chosen:
            self.article.headline = self._repaired(line(chosen))
            if candidates[0].source == "list":
                self.article.quality_flags.append("headline_from_list")
        return at

    def _read_published(self, headline_at: int) -> Published:
        layout, article, page = self.layout, self.article, self.page
        found = Published()
        if layout and not layout.dated:
            found.candidates = [
                Candidate(None, "", self.source, 1.0, "this template prints no publication date")
            ]
        else:
            if layout and (element := self._stamp_element(layout)) is not None:
                found = read_stamp_element(element, self.source, self.hints, page.fetched_at)
            if found.value is not None:
                complete(found, self.data, self.hints, page)
            else:
                evidence, blocks = found.candidates, page.scan.blocks
                found = find_published(blocks, *self._places(headline_at), self.data, self.hints, page)
                found.candidates = [*evidence, *found.candidates]
        article.date_published, article.date_published_raw = found.value, found.raw
        article.date_published_source, article.date_modified = found.source, found.modified
        article.quality_flags.extend(dict.fromkeys(found.flags))
        self.trail.published = found
        return found

    def _stamp_element(self, layout: Layout) -> HtmlElement | None:
        """Return the layout's stamp: the first with text, else the first, whose attributes may hold it."""
        if layout.stamp is None:
            return None
        found = self._first(layout.stamp)
        return found if found is not None else next(iter(self._select(layout.stamp, self.page.root)), None)

    def _places(self, headline_at: int) -> tuple[int, int]:
        """Return the lines of the page at which headline and text stand, for reading without selectors."""
        if self.is_generic:
            return headline_at, self.text_at
        page_scan = self.page.scan
        at = page_scan.line_of(self.headline) if self.headline is not None else headline_at
        return at, page_scan.line_of(self.body) if self.body is not None else 0

    def _declared_lead(self) -> tuple[str | None, frozenset[HtmlElement] | None]:
        """Return text and elements of the lead that the layout names; (None, None): look for one."""
        if self.layout and (found := self._first(self.layout.lead)) is not None:
            return line(text_of(found)), frozenset(found.iter())
        return None, frozenset() if self.layout and self.layout.body else None

    def _read_author(self, lines: list[Block], headline_at: int) -> list[Block]:
        layout = self.layout
        if layout and layout.drop and self.body is not None:
            dropped = {inner for found in self._select(layout.drop, self.body) for inner in found.iter()}
            lines = [block for block in lines if block.element not in dropped]
        byline = Byline()
        if layout and (found := self._first(layout.author)) is not None:
            byline = parse_byline(line(text_of(found)))
            inside = set(found.iter())
            lines = [block for block in lines if block.element not in inside]
        self.trail.lines = lines
        if not (byline.author or byline.photographer):
            around: list[Block] = []
            if self.is_generic:
                around = self.scan.blocks[self.box.last : self.box.last + _BEHIND]
                around += self.scan.blocks[max(headline_at, 0) + 1 : self.box.first]
            self.trail.around = around
            byline, lines = read_authorship(
                lines, around, self.data, lambda: names_of_the_site(self.data, self.hints)
            )
        self.article.author, self.article.photographer = byline.author, byline.photographer
        return lines

    def _read_media(self, text: Text) -> None:
        article, page, layout = self.article, self.page, self.layout
        if self.body is None:
            return
        trail = self.trail
        above = pictures_above(self.region, self.headline, self.body) if self.headline is not None else []
        article.images = read_images(self.body, above, text.captions, page, article.headline)
        outside = self._select(layout.attachments, page.root) if layout and layout.attachments else []
        if self.is_generic:
            outside += boxes_behind(self.scan.blocks[self.box.last :])
        article.attachments = read_attachments([self.body, *outside], page)
        trail.pictures_above, trail.attachments = above, outside

    def _markup(self, text: Text, lines: list[Block]) -> str | None:
        if self.body is None:
            return None
        kept = {block.element for block in lines}
        dropped = {block.element for block, _ in text.dropped} - kept - {self.body}
        return body_fragment(self.body, dropped, self.page)

    def _lead_above(self, headline_at: int, stamp: Published) -> list[Block]:
        """Return the sentences between headline or stamp and the body: a lead in a block without a name."""
        if not self.is_generic or headline_at < 0:
            return []
        blocks = self.scan.blocks
        between = blocks[headline_at + 1 : max(self.box.first, headline_at + 1)]
        if len(between) > _FURTHEST_LEAD:
            return []
        return [block for block in between if block is not stamp.block and is_sentence(block)]

    def _section(self, headline_at: int) -> str | None:
        if self.layout and (found := self._first(self.layout.section)) is not None:
            return line(text_of(found)) or None
        if self.hints.section:
            return self.hints.section
        declared = self.data.first("article:section") or self.data.ld_text("articleSection")
        if declared:
            return declared
        above = self.scan.blocks[max(headline_at - 4, 0) : max(headline_at, 0)] if self.is_generic else []
        if not self.is_generic and self.headline is not None:
            siblings = islice(self.headline.itersiblings(preceding=True), 2)
            above = [block for element in siblings for block in scan(element).blocks[-1:]]
        self.trail.above = above
        return find_section(self.page.root, self.article.headline, above)

    def _read_event(self, lead: str | None) -> None:
        opening = "\n".join(filter(None, [lead, self.article.article_body]))
        self.trail.values["opening"] = opening
        tell_event(self.article, opening)

    def _repaired(self, text: str) -> str:
        return repair(text, self.article.quality_flags)
