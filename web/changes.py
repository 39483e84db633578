"""A revision's change as a reader sees it: which paragraphs, and in them which words."""

from __future__ import annotations

import difflib
import re
from itertools import groupby, zip_longest
from typing import NamedTuple

from pipelines.snippet import Piece

_MOST_WORDS = 1500  # of a paragraph are compared word by word; difflib is quadratic in the worst case
_KINDS = {"+": "added", "-": "removed", " ": "kept", "@": "gap"}
_WORDS = re.compile(r"\s+|\S+")


class Line(NamedTuple):
    """A paragraph: "added", "removed", "kept", or a "gap" where unchanged ones are left out.

    The pieces that changed are marked; in a kept paragraph none is.
    """

    kind: str
    pieces: list[Piece]


def changes(diff: str) -> list[Line]:
    """Return a unified diff of paragraphs, as `revise.unified_diff` writes it, with changed words marked."""
    raw = [
        (_KINDS[line[0]], line[1:]) for line in diff.split("\n")[2:] if line[:1] in _KINDS
    ]  # 2: file names
    lines: list[Line] = []
    removed: list[str] = []
    for kind, group in groupby(raw, key=lambda line: line[0]):
        texts = [text for _, text in group]
        if kind == "removed":
            removed = texts
            continue
        if kind == "added":
            lines += _replaced(removed, texts)
        else:
            lines += _replaced(removed, [])
            lines += [Line(kind, [Piece("" if kind == "gap" else text, False)]) for text in texts]
        removed = []
    lines += _replaced(removed, [])
    return lines[1:] if lines and lines[0].kind == "gap" else lines


def _replaced(before: list[str], after: list[str]) -> list[Line]:
    lines = []
    for old, new in zip_longest(before, after):
        old_pieces, new_pieces = _compared(old, new)
        lines += [Line("removed", old_pieces)] if old is not None else []
        lines += [Line("added", new_pieces)] if new is not None else []
    return lines


def _compared(old: str | None, new: str | None) -> tuple[list[Piece], list[Piece]]:
    old_words, new_words = _WORDS.findall(old or ""), _WORDS.findall(new or "")
    matcher = difflib.SequenceMatcher(None, old_words, new_words, autojunk=False)
    few = len(old_words) + len(new_words) <= 2 * _MOST_WORDS
    if not few or matcher.quick_ratio() < 0.5:  # another paragraph altogether: all of it changed
        return [Piece(old or "", True)], [Piece(new or "", True)]
    pieces: tuple[list[Piece], list[Piece]] = ([], [])
    for operation, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        changed = operation != "equal"
        if old_end > old_start:
            pieces[0].append(Piece("".join(old_words[old_start:old_end]), changed))
        if new_end > new_start:
            pieces[1].append(Piece("".join(new_words[new_start:new_end]), changed))
    return pieces
