"""How close an extracted body is to the true one: shingles of four words.

The measure of Scrapinghub's article-extraction-benchmark (`evaluate.py`): mean precision, mean recall, and F1
of the two means, so that a long page weighs no more than a short one. Ours adds two things for pages where
more than one body is right: several references, of which the nearest counts, and optional text (captions),
which is neither demanded nor held against anyone.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

_WORD = re.compile(r"\w+")
_LENGTH = 4


@dataclass(frozen=True, slots=True)
class Overlap:
    """Shares of a page's shingles, 0 to 1: in both bodies, in the extracted alone, in the true alone."""

    both: float
    extra: float
    missing: float

    @property
    def precision(self) -> float:
        if self.extra == self.missing == 0:
            return 1.0
        return self.both / (self.both + self.extra) if self.both + self.extra else 0.0

    @property
    def recall(self) -> float:
        if self.extra == self.missing == 0:
            return 1.0
        return self.both / (self.both + self.missing) if self.both + self.missing else 0.0

    @property
    def f1(self) -> float:
        return harmonic(self.precision, self.recall)


@dataclass(frozen=True, slots=True)
class BodyScore:
    """The measure over many pages."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        return harmonic(self.precision, self.recall)


def harmonic(precision: float, recall: float) -> float:
    """Return F1 of the two, 0 where both are 0."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def words(text: str | None) -> list[str]:
    """Return the words of `text` (composed form, case kept), as the benchmark's own tokenizer cuts them."""
    return _WORD.findall(unicodedata.normalize("NFC", text or ""))


def shingles(text: str | None) -> Counter[tuple[str, ...]]:
    """Return how often each run of four words occurs; a shorter text is one shingle."""
    tokens = words(text)
    if not tokens:
        return Counter()
    return Counter(tuple(tokens[i : i + _LENGTH]) for i in range(max(1, len(tokens) - _LENGTH + 1)))


def overlap(extracted: str | None, references: Sequence[str], optional: Sequence[str] = ()) -> Overlap:
    """Return the overlap with the nearest of `references`; shingles of `optional` texts are no error."""
    predicted = shingles(extracted)
    allowed: Counter[tuple[str, ...]] = Counter()
    for text in optional:
        allowed |= shingles(text)
    found = (_overlap(predicted, shingles(text), allowed) for text in references)
    return max(found, key=lambda each: each.f1)


def _overlap(
    predicted: Counter[tuple[str, ...]], true: Counter[tuple[str, ...]], allowed: Counter[tuple[str, ...]]
) -> Overlap:
    both = (predicted & true).total()
    extra = (predicted - true - (allowed - true)).total()
    missing = (true - predicted).total()
    whole = both + extra + missing
    return Overlap(both / whole, extra / whole, missing / whole) if whole else Overlap(0.0, 0.0, 0.0)


def body_score(overlaps: Iterable[Overlap]) -> BodyScore:
    """Return the benchmark's measure: pages without an extracted body are left out of the precision alone."""
    pages = list(overlaps)
    extracted = [page.precision for page in pages if page.both + page.extra > 0]
    expected = [page.recall for page in pages if page.both + page.missing > 0]
    return BodyScore(fmean(extracted) if extracted else 0.0, fmean(expected) if expected else 0.0)
