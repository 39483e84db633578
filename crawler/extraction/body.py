"""Where on the page the article stands: the one element that gains most when its lines are added up.

Prose counts for an element, links and scraps count against it (after Pasternack & Roth, "Extracting
Article Text from the Web with Maximum Subsequence Segmentation", 2009, held to elements). A region that
names itself navigation, sharing or comments gives nothing, unless the page has no other prose.
"""

from __future__ import annotations

from crawler.extraction.blocks import Block, Box, Scan, is_prose
from crawler.extraction.boilerplate import is_boilerplate, is_imprint, opens_related
from crawler.extraction.headline import holds_stamp
from crawler.extraction.zones import ASIDE, CELL, HIDDEN, WIDGET

_PROSE = 60.0  # characters of gain: less is no body at all
_WEAK = 150.0  # less may be a scrap elsewhere on a page whose article is shorter still
_FURTHEST = 40  # lines below the headline in which a short text ends
_SENTENCE_ENDS = (".", "!", "?", "…", '."', ".”", "./.", ":", ";")


def find_body(scan: Scan, headline_at: int = -1) -> Box | None:
    """Return the box that holds the article, or None where the page has no prose.

    `headline_at` is the index of the line that prints the page's title: what stands before it is no text.
    """
    short = _below_headline(scan, headline_at) if headline_at >= 0 else None
    for forgiving in (False, True):
        gains = [0.0]
        for index, block in enumerate(scan.blocks):
            own = gain(block, forgiving)
            gains.append(gains[-1] + (min(own, 0.0) if index <= headline_at else own))
        best, best_gain = None, 0.0
        for box in scan.boxes:
            total = gains[box.last] - gains[box.first]
            if total >= best_gain and total > 0:  # of equals the innermost, which comes last
                best, best_gain = box, total
        if best is not None and (best_gain >= _WEAK or (short is None and best_gain >= _PROSE)):
            return best
        if short is not None:
            return short
    return None


def _below_headline(scan: Scan, headline_at: int) -> Box | None:
    """Return the box around what stands between the headline and the next region that is no article.

    For texts too short to be told by their length: "Chi tiết văn bản xem tại đây".
    """
    end = headline_at + 1
    text = 0
    for block in scan.blocks[end:]:
        if block.zone & WIDGET and not text and not opens_related(block.text):  # sharing above the text
            end += 1
            continue
        stops = block.zone & (ASIDE & ~HIDDEN) or opens_related(block.text) or is_imprint(block.text)
        if stops or (block.heading and block.heading <= 2 and text) or end - headline_at > _FURTHEST:
            break
        if not block.zone & HIDDEN and not is_boilerplate(block.text) and not holds_stamp(block.text):
            text += len(block.text)
        end += 1
    found = None
    for box in scan.boxes:
        if box.first <= headline_at + 1 and box.last >= end and end > headline_at + 1:
            found = box
    return found


def gain(block: Block, forgiving: bool = False) -> float:
    """Return what a line says for (or against) its element being the article, in characters."""
    size = len(block.text)
    if block.zone & HIDDEN:
        return 0.0
    if block.zone & ASIDE and not forgiving:
        return -min(size, 30.0) / 3
    unlinked = size - block.link_chars
    if block.is_linked:
        return -float(min(size, 120)) / 2 - 10
    if is_boilerplate(block.text) or opens_related(block.text) or is_imprint(block.text):
        return -40.0
    if unlinked >= 80 or (unlinked >= 40 and block.text.endswith(_SENTENCE_ENDS)):
        return unlinked - block.link_chars
    if block.zone & CELL and not block.link_chars:
        return min(unlinked, 20) / 2
    return 2.0


def first_text(scan: Scan, body: Box, headline_at: int = -1) -> int:
    """Return the index of the body's first paragraph: what headline and stamp stand near to."""
    start = headline_at + 1 if body.first <= headline_at < body.last else body.first
    for index in range(start, body.last):
        block = scan.blocks[index]
        if is_sentence(block) or (is_prose(block) and not block.zone & ASIDE):
            return index
    return start


def is_sentence(block: Block) -> bool:
    """True for a line that reads like a sentence of an article, however short."""
    text = block.text
    return (
        len(text) >= 40 and text.endswith(_SENTENCE_ENDS) and not block.is_linked and not block.zone & ASIDE
    )
