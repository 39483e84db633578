"""A page as the reader sees it: lines of text in order, each with what the markup says about it.

One walk over the tree, without recursion, gives everything that the field readers need: the lines
(`Block`), and for every element that can hold an article (`Box`) which of the lines are its own. Sums
over a box are then differences of running sums, so that choosing a container costs nothing more.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import IntFlag

from lxml import etree
from lxml.html import HtmlElement

ELEMENT_BUDGET = 150_000  # elements walked; the largest article page met has 9,000


class Zone(IntFlag):
    """What kind of region a line stands in; zones are inherited by everything inside."""

    PLAIN = 0
    HIDDEN = 1  # not shown to a reader
    CHROME = 2  # navigation, footer, side column, form
    WIDGET = 4  # sharing, related lists, comments, advertising: told by the class or id
    HEADER = 8
    CAPTION = 16
    CELL = 32
    ITEM = 64
    QUOTE = 128
    PREFORMATTED = 256


@dataclass(slots=True)
class Block:
    """One line of text: what stands between two block-level boundaries or line breaks."""

    text: str  # spaces collapsed
    element: HtmlElement  # the nearest block-level element, whole or (after a line break) in part
    zone: Zone
    link_chars: int = 0
    bold_chars: int = 0
    italic_chars: int = 0
    heading: int = 0  # level 1-6
    centred: bool = False
    after_image: bool = False  # an image stands between this line and the one before


@dataclass(slots=True)
class Box:
    """An element that can hold an article, with the range of its lines in `Scan.blocks`."""

    element: HtmlElement
    first: int
    parent: int  # index in `Scan.boxes`, -1 for the root
    zone: Zone
    last: int = 0  # one past
    children: int = 0


@dataclass(slots=True)
class Scan:
    """The lines and boxes of a tree, in document order."""

    blocks: list[Block] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)


_SKIPPED = frozenset(
    "script style noscript template head svg math iframe object embed applet canvas video audio map select "
    "textarea button input datalist progress meter nav dialog".split()
)
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark nobr o:p q rp rt ruby s "
    "samp small source span strike strong st1:place sub sup time tt u var wbr picture".split()
)
_BOXES = frozenset(
    "body div section article main td form center fieldset table tbody ul span p blockquote".split()
)
_NEUTRAL = frozenset("html body main article".split())  # their classes tell of the page, not of the region
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BOLD = frozenset(["b", "strong"])
_ITALIC = frozenset(["i", "em"])
_ZONES = {
    "footer": Zone.CHROME,
    "aside": Zone.CHROME,
    "menu": Zone.CHROME,
    "header": Zone.HEADER,
    "figcaption": Zone.CAPTION,
    "caption": Zone.CAPTION,
    "td": Zone.CELL,
    "th": Zone.CELL,
    "li": Zone.ITEM,
    "blockquote": Zone.QUOTE,
    "pre": Zone.PREFORMATTED,
}
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HIDDEN_CLASS = re.compile(
    r"(?:^|\s)(?:d-none|hidden|hide|visually-?hidden|sr-only|screen-reader-text)(?:\s|$)", re.I
)
_WIDGET = re.compile(
    r"(?:^|[\s_-])(?:share|sharing|social|related|relate|lien-?quan|other-?news|tin-?khac|comments?|binh-?luan|disqus|"
    r"breadcrumbs?|pagination|pager|sidebar|newsletter|subscribe|promo|advert\w*|ads|banner|cookie\w*|rating|"
    r"toolbar|tools?|print|copyright|footer|menu|navigation|nav|tags?|recommend\w*|popular|most-?read|signup|"
    r"teaser|trending|sponsor\w*|outbrain|taboola|login|skip-?to\w*)(?:$|[\s_-])",
    re.IGNORECASE,
)
_CAPTION_CLASS = re.compile(r"caption|chu-?thich|img-?desc|photo-?desc", re.IGNORECASE)
_CENTRED = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_ITALIC_STYLE = re.compile(r"font-style\s*:\s*italic", re.IGNORECASE)


def scan(root: HtmlElement) -> Scan:
    """Return the lines of `root` in reading order; scripts, forms' controls and navigation have none."""
    walk = _Walk(root)
    walk.run(root)
    return walk.result


@dataclass(slots=True)
class _Frame:
    """What holds inside an open element."""

    holder: HtmlElement
    zone: Zone = Zone.PLAIN
    heading: int = 0
    box: int = -1
    inline: bool = False
    centred: bool = False
    link: bool = False
    bold: bool = False
    italic: bool = False
    skipped: bool = False

    def inside(self, inline: bool) -> _Frame:
        """Return the frame of a child, before its own tag and attributes count."""
        return _Frame(
            self.holder,
            self.zone,
            self.heading,
            self.box,
            inline,
            self.centred,
            self.link,
            self.bold,
            self.italic,
        )


class _Walk:
    """One walk: the open elements, and what the current line is made of."""

    def __init__(self, root: HtmlElement) -> None:
        self.result = Scan()
        self.frames = [_Frame(root)]
        self.pieces: list[str] = []
        self.link_chars = self.bold_chars = self.italic_chars = 0
        self.image = False

    def run(self, root: HtmlElement) -> None:
        events = etree.iterwalk(root, events=("start", "end"))
        frames = self.frames
        budget = ELEMENT_BUDGET
        for event, element in events:
            if event == "start":
                budget -= 1
                frame = self._open(element, element.tag) if budget > 0 else _Frame(element, skipped=True)
                frames.append(frame)
                if frame.skipped:
                    events.skip_subtree()
                elif element.text:
                    self._add(element.text, frame)
            else:
                frame = frames.pop()
                if not frame.inline:
                    self._flush(frame)
                    if frame.box != frames[-1].box:
                        self.result.boxes[frame.box].last = len(self.result.blocks)
                if element.tail and element is not root:
                    self._add(element.tail, frames[-1])
        self._flush(frames[-1])

    def _open(self, element: HtmlElement, tag: str) -> _Frame:
        outer = self.frames[-1]
        if tag in _SKIPPED or not isinstance(tag, str):
            return _Frame(element, inline=tag not in ("nav", "head", "table"), skipped=True)
        frame = outer.inside(tag in _INLINE)
        attributes = element.attrib
        style = attributes.get("style")
        if frame.inline:
            if tag == "a":
                frame.link = True
            elif tag in _BOLD:
                frame.bold = True
            elif tag in _ITALIC:
                frame.italic = True
            elif tag == "img":
                self.image = True
            if style:
                _read_style(style, frame)
                if frame.centred:
                    outer.centred = True
            frame.skipped = bool(frame.zone & Zone.HIDDEN) and not outer.zone & Zone.HIDDEN
            return frame
        self._flush(outer)
        frame.holder = element
        frame.zone |= _ZONES.get(tag, Zone.PLAIN)
        frame.heading = _HEADINGS.get(tag, frame.heading)
        if attributes and tag not in _NEUTRAL:
            _read_names(attributes, frame)
        if style:
            _read_style(style, frame)
        if tag in _BOXES or len(self.frames) == 1:
            boxes = self.result.boxes
            boxes.append(Box(element, len(self.result.blocks), frame.box, frame.zone))
            if frame.box >= 0:
                boxes[frame.box].children += 1
            frame.box = len(boxes) - 1
        return frame

    def _add(self, text: str, frame: _Frame) -> None:
        self.pieces.append(text)
        if frame.link or frame.bold or frame.italic:
            size = len(text.strip())
            self.link_chars += size * frame.link
            self.bold_chars += size * frame.bold
            self.italic_chars += size * frame.italic

    def _flush(self, frame: _Frame) -> None:
        if not self.pieces:
            return
        text = " ".join("".join(self.pieces).split())
        self.pieces.clear()
        if text:
            self.result.blocks.append(
                Block(
                    text,
                    frame.holder,
                    frame.zone,
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


def _read_names(attributes: etree._Attrib, frame: _Frame) -> None:
    name = f"{attributes.get('class', '')} {attributes.get('id', '')}"
    if len(name) > 1:
        if _WIDGET.search(name):
            frame.zone |= Zone.WIDGET
        if _HIDDEN_CLASS.search(name):
            frame.zone |= Zone.HIDDEN
        if _CAPTION_CLASS.search(name):
            frame.zone |= Zone.CAPTION
    if attributes.get("align") == "center":
        frame.centred = True
    if "hidden" in attributes:
        frame.zone |= Zone.HIDDEN


def _read_style(style: str, frame: _Frame) -> None:
    if _CENTRED.search(style):
        frame.centred = True
    if _BOLD_STYLE.search(style):
        frame.bold = True
    if _ITALIC_STYLE.search(style):
        frame.italic = True
    if _HIDDEN_STYLE.search(style):
        frame.zone |= Zone.HIDDEN
