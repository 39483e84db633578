"""Of the lines in the body's container, which are the article's text, which are captions, which neither."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass, field, replace
from itertools import accumulate, islice

from crawler.extraction.attachments import is_file
from crawler.extraction.blocks import Block, Box, Scan, is_prose
from crawler.extraction.boilerplate import (
    closes_off,
    is_boilerplate,
    opens_related,
    points_elsewhere,
    stands_above,
    without_glued_label,
)
from crawler.extraction.element import HtmlElement
from crawler.extraction.zones import ASIDE, CAPTION, HIDDEN, LEAD
from pipelines.text import fold

_CREDIT_BEHIND = re.compile(
    r"[(\[](?:ảnh|nguồn|image|photo|picture|pic|credit)(?:\s(?:by"
    r"|minh họa))?\s?[:/]?[^()\[\]]{2,60}[)\]]\.?$",
    re.IGNORECASE,
)
_CREDIT_LINE = re.compile(
    r"\(?(?:(?:ảnh|nguồn ảnh|hình)(?:\s(?:minh họa|tư liệu))?\s?[:.(]|(?:photo|image"
    r"|picture)s?\s?(?:by|:|credit)).{0,80}",
    re.IGNORECASE,
)
_CREDIT_STARTS = frozenset("(ẢảẢHhNnPpIi")
_OWN_LINK = re.compile(
    r"https?:|www\.|\bsố\s\d|\d/\w+-\w|tại\sđây|kèm|\btải\s|tập\stin|\bfile\b|\.(?:pdf|docx?|xlsx?|rar"
    r"|zip|mp[34])\b",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(r"[\d.,]{1,9}")  # a counter that has lost its label
_AGENCY = re.compile(
    r"\(?[^.!?]{0,70}(?:getty(?: images)?|associated press|\bap|reuters|afp|shutterstock"
    r"|image credit:.{0,40}|ttxvn)\)?"
)  # in lower case: every short line is asked, and ignoring case costs twice as much
_FILE_LABEL = re.compile(
    r"(?:các )?(?:tệp|file|tập tin|tài liệu|văn bản)?(?: tin)? ?(?:đính kèm|kèm theo) ?: ?", re.IGNORECASE
)
_MOST_LINKS = 20
_LONGEST_CAPTION = 320
_SHORT = 20  # characters; what is longer and holds no letter is a ruler, and harmless
_CLOSING_LINES = 6
_MOST_MARKS = 2  # characters that folding makes one of, where marks are written apart
_LEADING = 10  # lines from the top of the container among which the stamp may stand


@dataclass(slots=True)
class Text:
    """The sorted lines; `dropped` says of each other line why it is not text."""

    lines: list[Block] = field(default_factory=list)
    captions: list[Block] = field(default_factory=list)
    lead: list[Block] = field(default_factory=list)
    dropped: list[tuple[Block, str]] = field(default_factory=list)


def sort_lines(
    scan: Scan,
    box: Box,
    *,
    headline: Block | None = None,
    stamp: Block | None = None,
    lead: frozenset[HtmlElement] | None = None,
    is_template: Callable[[str], bool] = lambda text: False,
    alternatives: Set[str] = frozenset(),
) -> Text:
    """Sort the lines of the body's container.

    Lines before `headline` and `stamp`, where these stand at the container's top, are no body text.
    `lead` are the elements that a layout names as the lead; None: the first block with a lead's name is it.
    `is_template` tells lines that many pages of the host print; `alternatives` are, folded, the alternative
    texts of the pictures: a line that prints one is its caption.
    """
    blocks = scan.of(box)
    text = Text()
    start = _start(blocks, headline, stamp)
    own = any(len(block.text) >= 15 and not block.zone & ASIDE for block in blocks[start:])
    aside = ASIDE if own else HIDDEN
    linked = _lists_of_links(scan, box)
    prose: list[int] = []
    centred = sum(block.centred for block in blocks) * 2 > len(blocks)
    longest = max(map(len, alternatives), default=0) * _MOST_MARKS
    ended = False
    for index, block in enumerate(blocks):
        if ended:
            text.dropped.append((block, "after the heading of related articles"))
        elif index < start:
            if is_prose(block) and block is not headline and not block.zone & aside:
                text.lead.append(block)
            else:
                text.dropped.append((block, "before headline or stamp"))
        elif reason := _why_dropped(block, aside, is_template):
            text.dropped.append((block, reason))
        elif _is_lead(block, text, lead):
            text.lead.append(block)
        elif index in linked:
            text.dropped.append((block, "in a list of links"))
        elif _is_caption(block, centred) or (len(block.text) <= longest and fold(block.text) in alternatives):
            text.captions.append(block)
        elif opens_related(block.text):
            prose = prose or _running(len(line.text) if is_prose(line) else 0 for line in blocks)
            ended = prose[-1] - prose[index] <= prose[index]  # less than before: as much as teasers hold
            text.dropped.append((block, "heading of related articles"))
        elif index < _LEADING and (stands_above(block.text) or _BARE_NUMBER.fullmatch(block.text)):
            text.dropped.append((block, "byline or stamp above the text"))
        elif _is_attachment(block):
            text.dropped.append((block, "an attachment"))
        elif _is_link_to_another(block) or (block.link_chars and points_elsewhere(block.text)):
            text.dropped.append((block, "a link of its own"))
        else:
            text.lines.append(block)
    _trim_end(text)
    return text


def _trim_end(text: Text) -> None:
    """Drop what closes an article without belonging to it; the text itself is never shortened by a half."""
    lines = text.lines
    if lines and (shorter := without_glued_label(lines[-1].text)) != lines[-1].text:
        lines[-1] = replace(lines[-1], text=shorter)
    for _ in range(min(_CLOSING_LINES, len(lines) // 2)):
        if lines[-1].heading:
            text.dropped.append((lines.pop(), "a heading with nothing below"))
        elif closes_off(lines[-1].text):
            text.dropped.append((lines.pop(), "speaks of the site"))
        else:
            return


def _start(blocks: Sequence[Block], headline: Block | None, stamp: Block | None) -> int:
    """Return the index of the first line behind headline and stamp, where they stand at the top."""
    start = 0
    for index, block in enumerate(blocks):
        if block is headline or (block is stamp and index < max(start, 0) + _LEADING):
            start = index + 1
    return start


def _is_lead(block: Block, text: Text, lead: frozenset[HtmlElement] | None) -> bool:
    if lead is not None:
        return block.element in lead
    return bool(block.zone & LEAD) and not text.lines and (not text.lead or text.lead[-1].box == block.box)


def _why_dropped(block: Block, aside: int, is_template: Callable[[str], bool]) -> str | None:
    if block.zone & aside:
        return "hidden" if block.zone & HIDDEN else "navigation or widget"
    if is_boilerplate(block.text):
        return "boilerplate line"
    if is_template(block.text):
        return "printed on many pages of the site"
    if len(block.text) < _SHORT and not any(character.isalnum() for character in block.text):
        return "no letters"
    return None


def _lists_of_links(scan: Scan, body: Box) -> set[int]:
    """Return which lines (counted from the body's first) stand in regions that consist of links."""
    blocks = scan.blocks
    if sum(block.is_linked for block in scan.of(body)) < 2:
        return set()
    total = _running(len(block.text) for block in blocks)
    links = _running(block.link_chars for block in blocks)
    prose = _running(len(block.text) if is_prose(block) else 0 for block in blocks)
    linked = _running(block.is_linked for block in blocks)
    own = _running(block.is_linked and _OWN_LINK.search(block.text) is not None for block in blocks)
    most = (prose[body.last] - prose[body.first]) * 0.35
    found: set[int] = set()
    for box in scan.boxes:
        first, last = box.first, box.last
        if (
            first < body.first
            or last > body.last
            or last - first < 2
            or (first, last) == (body.first, body.last)
        ):
            continue
        if first - body.first in found or prose[last] - prose[first] > most:
            continue
        teasers = linked[last] - linked[first]
        mostly = (links[last] - links[first]) * 2 > total[last] - total[first]
        announced = (
            teasers >= 3 and teasers * 3 >= last - first and prose[last] - prose[first] < teasers * 220
        )
        if ((mostly and teasers >= 2) or announced) and own[last] == own[first]:
            found.update(range(first - body.first, last - body.first))
    return found


def _running(values: Iterable[int]) -> list[int]:
    """Return running sums: the sum from `first` up to `last` is `sums[last] - sums[first]`."""
    return [0, *accumulate(values)]


def _is_caption(block: Block, all_centred: bool) -> bool:
    if block.zone & CAPTION:
        return True
    size = len(block.text)
    if size > _LONGEST_CAPTION or block.heading:
        return False
    if (block.text[0] in _CREDIT_STARTS and _CREDIT_LINE.fullmatch(block.text)) or (
        size <= 220 and block.text.endswith((")", "]", ").", "].")) and _CREDIT_BEHIND.search(block.text)
    ):
        return True
    if size <= 100 and not block.text.endswith(".") and _AGENCY.fullmatch(block.text.lower()):
        return True
    if not block.after_image:
        return False
    if block.italic_chars * 10 >= size * 9:
        return block.centred or size <= 200
    return block.centred and not all_centred and size <= 200


def _is_attachment(block: Block) -> bool:
    """True for a line that only names a file, labelled or not; a sentence with such a link is text."""
    if not block.link_chars:
        return False
    label = _FILE_LABEL.match(block.text)
    size = len(block.text) - (label.end() if label else 0)
    if block.link_chars * 10 < size * 9 or block.text.endswith((".", ";", ":")):
        return False
    links = list(islice(block.element.iter("a"), _MOST_LINKS))
    return bool(links) and all(is_file(link.get("href", "")) for link in links)


def _is_link_to_another(block: Block) -> bool:
    """True for a line that is nothing but a link, as articles are recommended in mid-text.

    A sentence, an address, a document's number, a file to be fetched are the article's own.
    """
    text = block.text
    if block.link_chars * 10 < len(text) * 9 or len(text) < 15 or text.endswith((".", ";", ":", ")")):
        return False
    return not _OWN_LINK.search(text)
