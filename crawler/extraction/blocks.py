"""A page as the reader sees it: lines of text in order, each with what the markup says about it.

One walk over the tree, without recursion, gives everything that the field readers need: the lines
(`Block`), and for every block-level element (`Box`) which of the lines are its own. Sums over a box are
then differences of running sums, so that choosing a container costs nothing more.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import accumulate, islice

from lxml import etree

from crawler.extraction.element import HtmlElement
from crawler.extraction.pictures import is_picture
from crawler.extraction.zones import (
    ASIDE,
    CAPTION,
    CELL,
    CHROME,
    FOOTER,
    HIDDEN,
    OVERLAY,
    WIDGET,
    named_zones,
    style_of,
)

ELEMENT_BUDGET = 60_000  # elements walked; the largest article page met has 3,000


@dataclass(slots=True)
class Block:
    """One line of text: what stands between two block-level boundaries or line breaks."""

    text: str  # spaces collapsed
    element: HtmlElement  # the nearest block-level element, whole or (after a line break) in part
    zone: int
    box: int  # index in `Scan.boxes`
    link_chars: int = 0
    bold_chars: int = 0
    italic_chars: int = 0
    heading: int = 0  # level 1-6
    centred: bool = False
    after_image: bool = False  # an image stands between this line and the one before

    @property
    def is_linked(self) -> bool:
        """True where links make up most of the line."""
        return self.link_chars * 2 > len(self.text)


def names_of(block: Block) -> str:
    """Return the classes and ids of the line's element, and of an inline element that opens it."""
    element = block.element
    names = [element.get("class", ""), element.get("id", "")]
    for child in islice(element.iterchildren("span", "font", "b", "strong", "a"), 4):
        text = " ".join((child.text or "").split())
        if text and block.text.startswith(text):
            names += [child.get("class", ""), child.get("id", "")]
    return " ".join(names)


@dataclass(slots=True)
class Box:
    """A block-level element with the range of its lines in `Scan.blocks`."""

    element: HtmlElement
    parent: int  # index in `Scan.boxes`, -1 for the root
    first: int
    last: int = 0  # one past
    claim: int = 0  # zones that its own tag or names claim for it


@dataclass(slots=True)
class Scan:
    """The lines and boxes of a tree, in document order; the first box is the whole."""

    blocks: list[Block] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)

    def line_of(self, element: HtmlElement) -> int:
        """Return the index of the first line in `element`, or in the block around it; -1 where none is."""
        first = {box.element: box.first for box in self.boxes}
        return next((first[around] for around in (element, *element.iterancestors()) if around in first), -1)

    def of(self, box: Box) -> list[Block]:
        """Return the lines of a box."""
        return self.blocks[box.first : box.last]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SKIPPED = _words(
    "script style noscript template head svg math iframe object embed applet canvas video audio map select "
    "textarea button input datalist progress meter nav dialog"
)
_SKIPPED_BLOCKS = _words("nav head dialog template")
_INLINE = _words(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark nobr o:p q "
    "rp rt ruby "
    "s samp small source span strike strong st1:place sub sup time tt u var wbr picture"
)
_NEUTRAL = _words("html body main article")  # their classes tell of the page, not of the region
_BOLD = _words("b strong")
_ITALIC = _words("i em")
# Zone, level of heading and claim of the tags that say something.
_SPEAKING_TAGS = {
    **{f"h{level}": (0, level, 0) for level in range(1, 7)},
    **dict.fromkeys(("figcaption", "caption"), (CAPTION, 0, 0)),
    **dict.fromkeys(("td", "th"), (CELL, 0, 0)),
    **dict.fromkeys(("aside", "menu"), (0, 0, CHROME)),
    "footer": (0, 0, FOOTER),
}
_SILENT = (0, 0, 0)
_LONGEST_CELL = 90
_LONGEST_ROW = 240  # characters; longer cells are paragraphs of a layout table
_PROSE = 80  # unlinked characters from which on a line is prose
# Of the page's prose: a region with more is no widget, or no dialog, whatever it is called.
_MAIN_SHARE = 0.4
_NEARLY_ALL = 0.8
_DOUBTED = WIDGET | CHROME | OVERLAY  # claims that the prose inside may refute


def scan(root: HtmlElement) -> Scan:
    """Return the lines of `root` in reading order; scripts, controls and `nav` have none."""
    walk = _Walk(root)
    walk.run(root)
    _settle_claims(walk.result)
    return walk.result


def is_prose(block: Block) -> bool:
    """True for a line that reads like a paragraph: long, and not a link."""
    return len(block.text) - block.link_chars >= _PROSE and not block.is_linked


@dataclass(slots=True)
class _Frame:
    """What holds inside an open element."""

    holder: HtmlElement
    zone: int = 0
    heading: int = 0
    box: int = -1
    inline: bool = False
    centred: bool = False
    link: bool = False
    bold: bool = False
    italic: bool = False
    skipped: bool = False

    def inside(self, holder: HtmlElement, zone: int, heading: int, inline: bool) -> _Frame:
        """Return the frame of a child, before its attributes count."""
        return _Frame(
            holder,
            self.zone | zone,
            heading or self.heading,
            self.box,
            inline,
            self.centred,
            self.link,
            self.bold,
            self.italic,
        )


_SKIP = _Frame(etree.Element("skip"), inline=True, skipped=True)
_BREAK = _Frame(etree.Element("br"), inline=True)


class _Walk:
    """One walk: the open elements, and what the current line is made of."""

    def __init__(self, root: HtmlElement) -> None:
        self.result = Scan(boxes=[Box(root, -1, 0)])
        self.frames = [_Frame(root, box=0)]
        self.pieces: list[str] = []
        self.printed = False  # the current line holds more than spaces
        self.link_chars = self.bold_chars = self.italic_chars = 0
        self.image = False

    def run(self, root: HtmlElement) -> None:
        events = etree.iterwalk(root, events=("start", "end"))
        frames, boxes, blocks = self.frames, self.result.boxes, self.result.blocks
        outer = frames[-1]
        budget = ELEMENT_BUDGET
        for event, element in events:
            if event == "start":
                budget -= 1
                frame = self._open(element, element.tag, outer) if budget > 0 else _SKIP
                frames.append(frame)
                if frame.skipped:
                    events.skip_subtree()
                    continue
                outer, text = frame, element.text
            else:
                frame = frames.pop()
                outer, text = frames[-1], element.tail if element is not root else None
                if not frame.inline:
                    self._flush(frame)
                    if frame.box != outer.box:
                        boxes[frame.box].last = len(blocks)
            if text and not text.isspace():
                self._add(text, outer)
            elif text and self.printed:
                self.pieces.append(" ")
        self._flush(outer)
        boxes[0].last = len(blocks)

    def _open(self, element: HtmlElement, tag: str, outer: _Frame) -> _Frame:
        if tag in _INLINE:
            return self._open_inline(element, tag, outer)
        if tag in _SKIPPED and not (tag == "nav" and _is_crumbs(element)):
            if tag in _SKIPPED_BLOCKS:
                self._flush(outer)
            return _SKIP
        self._flush(outer)
        if tag == "br":
            return _BREAK
        zone, heading, claim = _SPEAKING_TAGS.get(tag, _SILENT)
        frame = outer.inside(element, zone, heading, False)
        get = dict(element.items()).get  # asking the element five times takes twice as long
        class_names, identifier = get("class", ""), get("id", "")
        if (class_names or identifier) and tag not in _NEUTRAL and len(self.frames) > 1:
            named = named_zones(class_names, identifier)
            frame.zone |= named & ~ASIDE
            claim |= named & ASIDE
        if style := get("style"):
            claim |= _read_style(style, frame)
        if get("align") == "center":
            frame.centred = True
        if get("hidden") is not None:
            claim |= HIDDEN
        boxes = self.result.boxes
        boxes.append(Box(element, frame.box, len(self.result.blocks), 0, claim))
        frame.box = len(boxes) - 1
        return frame

    def _open_inline(self, element: HtmlElement, tag: str, outer: _Frame) -> _Frame:
        if tag == "img":
            self.image = self.image or is_picture(element)
            return _BREAK
        frame = outer.inside(outer.holder, 0, 0, True)
        if tag == "a":
            frame.link = True
        elif tag in _BOLD:
            frame.bold = True
        elif tag in _ITALIC:
            frame.italic = True
        if style := element.get("style"):
            frame.skipped = bool(_read_style(style, frame) & HIDDEN)
            outer.centred = outer.centred or frame.centred
        if tag == "span" and (class_names := element.get("class")):
            named = named_zones(class_names, "")
            frame.zone |= named & CAPTION
            frame.skipped = frame.skipped or bool(named & HIDDEN)
        return frame

    def _add(self, text: str, frame: _Frame) -> None:
        self.pieces.append(text)
        self.printed = True
        if frame.link or frame.bold or frame.italic:
            size = len(text.strip())
            self.link_chars += size * frame.link
            self.bold_chars += size * frame.bold
            self.italic_chars += size * frame.italic

    def _flush(self, frame: _Frame) -> None:
        if not self.printed:
            return
        text = _collapsed("".join(self.pieces))
        self.pieces.clear()
        self.printed = False
        if not (frame.zone & CELL and self._joins_row(text, frame)):
            self.result.blocks.append(
                Block(
                    text,
                    frame.holder,
                    frame.zone,
                    frame.box,
                    self.link_chars,
                    self.bold_chars,
                    self.italic_chars,
                    frame.heading,
                    frame.centred,
                    self.image,
                )
            )
            self.image = False
        self.link_chars = self.bold_chars = self.italic_chars = 0

    def _joins_row(self, text: str, frame: _Frame) -> bool:
        """Take a short cell into the line of its row; True where it is done."""
        last = self.result.blocks[-1] if self.result.blocks else None
        if (
            last is None
            or not last.zone & CELL
            or len(text) > _LONGEST_CELL
            or len(last.text) + len(text) > _LONGEST_ROW
            or self.image
            or frame.holder.tag not in ("td", "th")
            or last.element is frame.holder
            or last.element.getparent() is not frame.holder.getparent()
        ):
            return False
        last.text = f"{last.text} | {text}"
        last.element = frame.holder
        last.link_chars += self.link_chars
        last.bold_chars += self.bold_chars
        last.italic_chars += self.italic_chars
        return True


def _collapsed(text: str) -> str:
    text = text.strip()
    if text.isprintable() and "  " not in text:  # of all spaces only the plain one is printable
        return text
    return " ".join(text.split())


def _is_crumbs(nav: HtmlElement) -> bool:
    """True for the one kind of navigation that says something of the article."""
    label = f"{nav.get('class', '')} {nav.get('id', '')} {nav.get('aria-label', '')}".lower()
    return "breadcrumb" in label


def _read_style(style: str, frame: _Frame) -> int:
    """Take an element's style into its frame; return HIDDEN where it hides the element."""
    centred, bold, italic, hidden = style_of(style)
    frame.centred = frame.centred or centred
    frame.bold = frame.bold or bold
    frame.italic = frame.italic or italic
    return HIDDEN if hidden else 0


def _settle_claims(result: Scan) -> None:
    """Give every line the zones that the boxes around it claim.

    A box that holds a large share of the page's prose is its main part, whatever its class says
    ("has-sidebar", "print-area"); what claims to be hidden or comments is believed.
    """
    if not any(box.claim for box in result.boxes):
        return
    prose: list[int] = []
    if any(box.claim & _DOUBTED for box in result.boxes):
        prose = [0, *accumulate(len(block.text) if is_prose(block) else 0 for block in result.blocks)]
    zones: list[int] = []
    for box in result.boxes:
        claim = box.claim
        if claim & FOOTER and box.first * 3 < len(result.blocks):
            claim &= ~FOOTER
        if claim & _DOUBTED:
            share = (prose[box.last] - prose[box.first]) / (prose[-1] or 1)
            if share > _MAIN_SHARE:
                claim &= ~(WIDGET | CHROME)
            if share > _NEARLY_ALL:
                claim &= ~OVERLAY
        zones.append(claim | (zones[box.parent] if box.parent >= 0 else 0))
    for block in result.blocks:
        if block.box >= 0:
            block.zone |= zones[block.box]
