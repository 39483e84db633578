"""Which of the articles found are the best: told from their text, not from counts over the whole index.

bm25 over every hit of a frequent word costs a second or two at a million articles (design §7). A search
therefore takes a hundred or so from the ladder's most exact steps and compares those here.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from pipelines.query import Phrase, Query
from pipelines.text import exact, fold

_READ = 6000  # characters of a text; what an article is about stands in front
_LEAD = 400
_ENOUGH = 1.5  # mentions of a term from which on more of them tell little
_DAY = 24  # bits of an article's key below its day
_YEARS = 8 * 365.25  # in which an article's newness falls to 1/e

HEADLINE, LEAD, BODY, TOGETHER_THERE, TOGETHER, FILLED, NEW = 2.0, 0.5, 1.0, 1.2, 0.8, 0.6, 0.15


class Candidate(NamedTuple):
    """An article that was found, with what it is judged by."""

    id: int
    headline: str
    text: str


class _Place(NamedTuple):
    term: int
    start: int
    end: int


def ranked(candidates: Sequence[Candidate], query: Query) -> list[int]:
    """Return the candidates' ids, best first; of equals the newest."""
    matcher = _Matcher(query)
    read = [matcher.read(candidate) for candidate in candidates]
    terms = range(len(query.texts))
    holders = [sum(1 for each in read if each.holds(term)) for term in terms]
    weights = [1 + math.log1p(len(read) / (1 + count)) for count in holders]
    newest = max((candidate.id for candidate in candidates), default=0)
    scores = {
        candidate.id: each.score(weights) + NEW * _newness(candidate.id, newest)
        for candidate, each in zip(candidates, read, strict=True)
    }
    return sorted(scores, key=lambda key: (-scores[key], -key))


def _newness(key: int, newest: int) -> float:
    return math.exp(-((newest >> _DAY) - (key >> _DAY)) / _YEARS)


class _Reading(NamedTuple):
    """Where the terms stand in an article's headline and text."""

    headline: list[_Place]
    text: list[_Place]
    headline_length: int

    def holds(self, term: int) -> bool:
        return any(place.term == term for place in (*self.headline, *self.text))

    def score(self, weights: Sequence[float]) -> float:
        in_headline = {place.term for place in self.headline}
        in_lead = {place.term for place in self.text if place.start < _LEAD}
        counts = [0] * len(weights)
        for place in self.text:
            counts[place.term] += 1
        told = sum(
            weight
            * (HEADLINE * (term in in_headline) + LEAD * (term in in_lead) + BODY * count / (count + _ENOUGH))
            for term, (weight, count) in enumerate(zip(weights, counts, strict=True))
        )
        filled = sum(place.end - place.start for place in self.headline) / max(1, self.headline_length)
        return (
            told / (sum(weights) or 1)
            + TOGETHER_THERE * _together(self.headline, len(weights))
            + TOGETHER * _together(self.text, len(weights))
            + FILLED * min(1.0, filled)
        )


def _together(places: list[_Place], terms: int) -> float:
    """Return the share of terms that stand somewhere right before the next one, as they were typed."""
    if terms < 2:
        return float(bool(places))
    pairs = {
        one.term
        for one, other in pairwise(places)
        if other.term == one.term + 1 and other.start - one.end <= 2
    }
    return len(pairs) / (terms - 1)


class _Matcher:
    """Finds all terms in one pass over a text without marks; where marks were typed, they are compared."""

    def __init__(self, query: Query) -> None:
        phrases = [(number, phrase) for number, term in enumerate(query.texts) for phrase in term.phrases]
        phrases.sort(key=lambda each: -len(each[1].words))  # the longest that begins at a place
        self._terms = [number for number, _ in phrases]
        self._marked = [phrase.pattern if phrase.marked else None for _, phrase in phrases]
        bodies = "|".join(f"({_unmarked(phrase)})" for _, phrase in phrases)
        self._pattern = re.compile(rf"(?<![^\W_])(?:{bodies})(?![^\W_])") if phrases else None

    def read(self, candidate: Candidate) -> _Reading:
        return _Reading(
            self._places(candidate.headline), self._places(candidate.text[:_READ]), len(candidate.headline)
        )

    def _places(self, text: str) -> list[_Place]:
        if self._pattern is None:
            return []
        marked, bare = exact(text), fold(text)
        has_marks = len(marked) == len(bare)  # letters that fold to none or two are rare
        places = []
        for found in self._pattern.finditer(bare):
            number = (found.lastindex or 1) - 1
            pattern = self._marked[number]
            if pattern and has_marks and not pattern.match(marked, found.start()):
                continue
            places.append(_Place(self._terms[number], found.start(), found.end()))
        return places


def _unmarked(phrase: Phrase) -> str:
    return r"[\W_]+".join(re.escape(fold(word)) for word in phrase.words)
