"""What the pages of one host have in common, learnt by counting: title endings and lines of the template.

A title's ending is the site's name when different headlines stand before it; a line that most pages of a
host print is none of any article. Nothing here knows words, so it works for sites nobody declared.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pipelines.text import fold

if TYPE_CHECKING:
    from crawler.page import Page

_SEPARATOR = re.compile(r"\s+[-–—|:»·]+\s+|\s*[|»]\s*")
_FEWEST_PAGES = 5  # before this many pages nothing is known
_TITLE_SHARE = 0.15  # of the pages: several sections share a host, each with its own ending
_LINE_SHARE = 0.4
_MOST_LINES = 20_000  # remembered; beyond it the rarest are forgotten
_LONGEST_LINE = 300
_MOST_PAGES = 4_000


class SiteMemory:
    """Counts over the pages of one host; memory is bounded, `state()` and `of()` carry it between runs."""

    def __init__(self) -> None:
        self.pages = 0
        self._seen: set[str] = set()
        self._endings: Counter[str] = Counter()
        self._lines: Counter[str] = Counter()

    def learn(self, page: Page) -> None:
        """Count what `page` prints; a page already counted changes nothing."""
        if page.url in self._seen or len(self._seen) >= _MOST_PAGES:
            return
        self._seen.add(page.url)
        self.pages += 1
        title = page.metadata.title
        self._endings.update({fold(title[found.end() :]) for found in _SEPARATOR.finditer(title)} - {""})
        self._lines.update(
            {fold(block.text) for block in page.scan.blocks if len(block.text) <= _LONGEST_LINE}
        )
        for counts in (self._endings, self._lines):
            _forget_rarest(counts)

    def title_endings(self) -> set[str]:
        """Return, folded, what stands behind the headline in the titles of this host."""
        fewest = max(3.0, self.pages * _TITLE_SHARE)
        return (
            set()
            if self.pages < _FEWEST_PAGES
            else {text for text, n in self._endings.items() if n >= fewest}
        )

    def is_template(self, text: str) -> bool:
        """True for a whole line that so many pages print that it belongs to none of them."""
        return self.pages >= _FEWEST_PAGES and self._lines[fold(text)] > max(4.0, self.pages * _LINE_SHARE)

    def state(self) -> dict[str, Any]:
        """Return the counts as JSON can hold them; lines met once are left out."""
        return {
            "pages": self.pages,
            "seen": sorted(self._seen),
            "endings": dict(self._endings),
            "lines": {text: count for text, count in self._lines.items() if count > 1},
        }

    @classmethod
    def of(cls, state: dict[str, Any]) -> SiteMemory:
        """Return the memory that `state` was taken from."""
        memory = cls()
        memory.pages = int(state["pages"])
        memory._seen = set(state["seen"])
        memory._endings = Counter(state["endings"])
        memory._lines = Counter(state["lines"])
        return memory


def learn_site(pages: Sequence[Page]) -> SiteMemory:
    """Return what `pages` of one host have in common."""
    memory = SiteMemory()
    for page in pages:
        memory.learn(page)
    return memory


def _forget_rarest(counts: Counter[str]) -> None:
    """Halve a table that has grown too large, dropping the lines met least often."""
    if len(counts) > _MOST_LINES:
        kept = counts.most_common(_MOST_LINES // 2)
        counts.clear()
        counts.update(dict(kept))
