"""What an extractor answered about a page, and how right it was.

One `Reading` for ours and for every peer, so that all are marked by the same rules:
- headline: equal letter for letter, after composing and collapsing spaces;
- date to the minute: the same minute where the page prints a time, the same bare day where it prints none
  (a peer's midnight counts as a bare day), nothing where it prints no publication date; the day alone apart;
- author: the same people or body, in any order and with any separator; nothing where there is no byline;
- what only a hint tells (a headline that stands in the list row alone, a twelve-hour clock) is not asked;
- leak: the body holds a line of the page that is not the article's.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import fmean

from benchmarks.cases import Case
from benchmarks.shingles import Overlap, body_score, overlap, words

_AUTHOR_SEPARATORS = re.compile(r"\s*(?:[,;/&]|\s[-–—]\s|\svà\s)\s*")
_MIDNIGHT = re.compile(r"T00:00(?::00)?")


@dataclass(frozen=True, slots=True)
class Reading:
    """An extractor's answer; None where it found nothing or does not look for the field (`fields` says)."""

    body: str | None = None
    headline: str | None = None
    date: str | None = None
    author: str | None = None
    seconds: float = 0.0  # CPU
    error: str | None = None
    fields: frozenset[str] = frozenset({"body", "headline", "date", "author"})


@dataclass(slots=True)
class Tally:
    """An extractor's marks over many pages. A rate without a page that could show it is None."""

    pages: int = 0
    errors: int = 0
    seconds: float = 0.0
    overlaps: list[Overlap] = field(default_factory=list)
    marks: dict[str, list[bool]] = field(default_factory=dict)

    def add(self, case: Case, reading: Reading) -> None:
        """Mark one page."""
        self.pages += 1
        self.errors += reading.error is not None
        self.seconds += reading.seconds
        truth = case.truth
        if "body" in reading.fields and truth.bodies:
            self.overlaps.append(overlap(reading.body, truth.bodies, truth.optional))
            if truth.forbidden:
                self._mark("leak", leaks(reading.body, truth.forbidden))
        if "headline" in reading.fields and "headline" in truth.fields and not case.hints.headline:
            self._mark("headline", same_text(reading.headline, truth.fields["headline"]))
        if "date" in reading.fields and "date_published" in truth.fields and case.hints.clock == 24:
            self._mark("minute", same_moment(reading.date, truth.fields["date_published"]))
            self._mark("day", _day(reading.date) == _day(truth.fields["date_published"]))
        if "author" in reading.fields and "author" in truth.fields:
            accepted = truth.authors or (truth.fields["author"],)
            self._mark("author", any(people(reading.author) == people(author) for author in accepted))

    def _mark(self, name: str, value: bool) -> None:
        self.marks.setdefault(name, []).append(value)

    def rate(self, name: str) -> float | None:
        """Return the share of pages with that mark."""
        marks = self.marks.get(name)
        return fmean(marks) if marks else None

    def row(self) -> dict[str, float | None]:
        """Return the figures that tables print."""
        body = body_score(self.overlaps) if self.overlaps else None
        return {
            "f1": body.f1 if body else None,
            "precision": body.precision if body else None,
            "recall": body.recall if body else None,
            **{name: self.rate(name) for name in ("headline", "minute", "day", "author", "leak")},
            "pages_per_second": self.pages / self.seconds if self.seconds else None,
        }


def same_text(answer: str | None, truth: str | None) -> bool:
    """True when both are the same line of text, or both nothing."""
    return _line(answer) == _line(truth)


def same_moment(answer: str | None, truth: str | None) -> bool:
    """True when both name the same minute, or the same bare day, or both nothing."""
    return _minute(answer) == _minute(truth)


def people(author: str | None) -> frozenset[str]:
    """Return the people or bodies that a byline names, empty for none."""
    return frozenset(name for part in _AUTHOR_SEPARATORS.split(_line(author)) if (name := part.strip(" .")))


def leaks(body: str | None, forbidden: Iterable[str]) -> bool:
    """True when `body` holds one of the `forbidden` lines, word for word."""
    text = f" {' '.join(words(body))} "
    return any(f" {' '.join(words(line))} " in text for line in forbidden)


def _line(text: str | None) -> str:
    return " ".join(unicodedata.normalize("NFC", text or "").split())


def _day(date: str | None) -> str:
    return (date or "")[:10]


def _minute(date: str | None) -> str:
    date = (date or "").replace(" ", "T", 1)
    return date[:10] if _MIDNIGHT.match(date[10:]) else date[:16]
