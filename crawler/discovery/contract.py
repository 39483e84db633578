"""What a list page gives: rows that lead to articles, and the pages that follow."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One article link on a list page, with what the list prints beside it."""

    url: str  # absolute
    headline: str | None = None  # anchor text
    stamp: str | None = None  # as printed


@dataclass(frozen=True, slots=True)
class PageRequest:
    """A list page to be fetched: by GET, or by POST of a form where `form` is given."""

    url: str  # absolute
    form: tuple[tuple[str, str], ...] | None = None
