"""Where on the page the article stands: the one element that gains most when its lines are added up.

Prose counts for an element, links and scraps count against it (after Pasternack & Roth, "Extracting
Article Text from the Web with Maximum Subsequence Segmentation", 2009, held to elements). A region that
names itself navigation, sharing or comments gives nothing, unless the page has no other prose.
"""

from __future__ import annotations

from crawler.extraction.blocks import ASIDE, CELL, HIDDEN, Block, Box, Scan
from crawler.extraction.boilerplate import is_boilerplate, is_imprint, opens_related

_SENTENCE_ENDS = (".", "!", "?", "…", '."', ".”", "./.", ":", ";")


def find_body(scan: Scan, headline_at: int = -1) -> Box | None:
    """Return the box that holds the article, or None where the page has no prose.

    `headline_at` is the index of the line that prints the page's title: what stands before it is no text.
    """
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
        if best is not None:
            return best
    return None


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
