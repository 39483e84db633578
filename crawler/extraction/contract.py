"""What goes into an extraction and what comes out, whoever does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from pipelines.article import Article
from pipelines.markup import sanitised

PageKind = Literal["article", "list", "home", "login", "challenge", "document", "print_copy", "error"]


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known of a page besides the page: the list row that led to it, the portal's habits."""

    headline: str | None = None  # anchor text of the list row
    stamp: str | None = None  # stamp printed in the list row
    section: str | None = None  # name of the section whose list led here
    portal: str | None = None
    site_names: tuple[str, ...] = ()  # names that are never a headline or an author
    date_order: Literal["DMY", "MDY"] = "DMY"
    clock: Literal[12, 24] = 24  # 12: the hour is printed without AM/PM, so only the day is believed


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reading of a field: where it was found, how strong it is, and why it won or lost."""

    value: str | None
    raw: str
    source: str  # layout:<name>, meta, json-ld, list, url, text, generic
    score: float
    verdict: str  # "chosen", or the reason for which it was refused


Evidence = dict[str, list[Candidate]]  # by field of the article


@dataclass(slots=True)
class Extraction:
    """An article as read from its page, with the evidence of every field (design §5).

    What most readers do without is made when it is asked for: the evidence, and the body's markup.
    """

    article: Article
    explain: Callable[[], Evidence]
    markup: Callable[[], str | None]

    @property
    def evidence(self) -> Evidence:
        """The candidates of every field."""
        return self.explain()

    @property
    def body_html(self) -> str | None:
        """The article's own markup, sanitised, as the corpus holds it."""
        return sanitised(self.markup())
