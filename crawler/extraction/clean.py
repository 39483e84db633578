"""Of the lines in the body's container, which are the article's text, which are captions, which neither."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from crawler.extraction.blocks import ASIDE, CAPTION, HIDDEN, Block
from crawler.extraction.boilerplate import is_boilerplate, opens_related
from pipelines.text import fold

_CREDIT_WORD = re.compile(r"(?:\(?ảnh|nguồn(?: ảnh)?|photo|image|credit|picture)\b", re.IGNORECASE)
_LONGEST_CAPTION = 320


@dataclass(slots=True)
class Text:
    """The sorted lines; `dropped` says of each other line why it is not text."""

    lines: list[Block] = field(default_factory=list)
    captions: list[Block] = field(default_factory=list)
    dropped: list[tuple[Block, str]] = field(default_factory=list)


def sort_lines(blocks: Sequence[Block], *, known: Sequence[str] = ()) -> Text:
    """Sort the lines of the body's container.

    `known` are texts that are other fields (headline, stamp as printed): a line that only repeats one of
    them is no body text.
    """
    text = Text()
    aside = (
        ASIDE if any(not block.zone & ASIDE and len(block.text) > 60 for block in blocks) else HIDDEN
    )
    repeats = {fold(value) for value in known if value}
    ended = False
    for index, block in enumerate(blocks):
        if ended:
            text.dropped.append((block, "after the related heading"))
        elif reason := _why_dropped(block, aside, repeats):
            text.dropped.append((block, reason))
        elif _is_caption(block):
            text.captions.append(block)
        elif _opens_list_of_others(blocks, index):
            ended = _no_prose_after(blocks, index)
            text.dropped.append((block, "heading of related articles"))
        elif _is_linked_line(block, blocks, index):
            text.dropped.append((block, "a link of its own"))
        else:
            text.lines.append(block)
    return text


def _why_dropped(block: Block, aside: Zone, repeats: set[str]) -> str | None:
    if block.zone & aside:
        return "hidden" if block.zone & HIDDEN else "navigation or widget"
    if is_boilerplate(block.text):
        return "boilerplate line"
    if repeats and len(block.text) < 400 and fold(block.text) in repeats:
        return "repeats another field"
    if not any(character.isalnum() for character in block.text):
        return "no letters"
    return None


def _is_caption(block: Block) -> bool:
    if block.zone & CAPTION:
        return True
    if not block.after_image or len(block.text) > _LONGEST_CAPTION or block.heading:
        return False
    size = len(block.text)
    slanted = block.italic_chars * 10 >= size * 9
    return (
        (slanted and (block.centred or size <= 200))
        or (block.centred and size <= 200)
        or bool(_CREDIT_WORD.match(block.text) and size <= 80)
    )


def _opens_list_of_others(blocks: Sequence[Block], index: int) -> bool:
    return opens_related(blocks[index].text)


def _no_prose_after(blocks: Sequence[Block], index: int) -> bool:
    """True where no more unlinked prose follows than could stand in teasers."""
    rest = blocks[index + 1 :]
    prose = sum(
        len(block.text) for block in rest if len(block.text) > 120 and block.link_chars * 2 < len(block.text)
    )
    before = sum(len(block.text) for block in blocks[:index])
    return prose < before


def _is_linked_line(block: Block, blocks: Sequence[Block], index: int) -> bool:
    """True for a line that is only a link and stands beside others such, as in a list of articles."""
    if not _all_link(block):
        return False
    neighbours = blocks[max(index - 1, 0) : index] + blocks[index + 1 : index + 2]
    return any(_all_link(other) for other in neighbours)


def _all_link(block: Block) -> bool:
    return block.link_chars * 5 >= len(block.text) * 4
