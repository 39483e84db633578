"""Which of the articles found are the best: told from their text, not from counts over the whole index.

bm25 over every hit of a frequent word costs a second or two at a million articles (design §7). A search
therefore takes a hundred or so from the ladder's most exact steps and compares those here.
"""

from __future__ import annotations

import math
import operator
import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from pipelines.query import Phrase, Query, whole_words
from pipelines.text import exact, fold, unmark

_WORDS = re.compile(r"[^\W_]+")
_READ = 4000  # characters of a text; what an article is about stands in front
_LEAD = 400  # characters; how fast it tells less that something stands further down
_ENOUGH = 1.5  # mentions from which on more of them tell little
_NEARLY = 0.75  # of the longest run a run must have to count as a mention
_DAY = 24  # bits of an article's key below its day
_YEARS = 8 * 365.25  # in which an article's newness falls to 1/e


class Weights(NamedTuple):
    """What each sign adds to an article's score where it is full; tuned on one half of the judged queries."""

    covered: float = 1.0  # terms that occur at all
    headline: float = 1.5  # terms in the headline
    filled: float = 0.1  # letters of the headline that are asked for
    lead: float = 1.0  # terms at the beginning of the text
    run: float = 1.5  # the longest run in the text
    early: float = 0.75  # how early that run stands
    close: float = 1.5  # how close together all terms stand in the text
    often: float = 0.5  # how often it, or nearly it, comes
    body: float = 1.0  # how often the terms come
    newness: float = 0.05


WEIGHTS = Weights()


class Candidate(NamedTuple):
    """An article that was found, with what it is judged by; `beside` is what stands beside the text."""

    id: int
    headline: str
    text: str
    beside: str = ""


class _Place(NamedTuple):
    term: int
    start: int
    end: int


class _Run(NamedTuple):
    start: int
    length: int  # terms


def ranked(candidates: Sequence[Candidate], query: Query, weights: Weights = WEIGHTS) -> list[int]:
    """Return the candidates' ids, best first; of equals the newest."""
    found = signs(candidates, query)
    scores = {
        candidate.id: sum(map(operator.mul, each, weights))
        for candidate, each in zip(candidates, found, strict=True)
    }
    return sorted(scores, key=lambda key: (-scores[key], -key))


def signs(candidates: Sequence[Candidate], query: Query) -> list[Weights]:
    """Return how full each sign is, 0 to 1, in the order of the candidates."""
    matcher = _Matcher(query)
    read = [matcher.read(candidate) for candidate in candidates]
    holders = [sum(1 for each in read if term in each.held) for term in range(matcher.terms)]
    rarity = [1 + math.log1p(len(read) / (1 + count)) for count in holders]
    newest = max((candidate.id for candidate in candidates), default=0)
    return [
        each.signs(rarity, matcher.follows)._replace(newness=_newness(candidate.id, newest))
        for candidate, each in zip(candidates, read, strict=True)
    ]


def _newness(key: int, newest: int) -> float:
    return math.exp(-((newest >> _DAY) - (key >> _DAY)) / _YEARS)


class _Reading(NamedTuple):
    """Where the terms stand in an article's headline and text, and which ones it has anywhere."""

    headline: list[_Place]
    text: list[_Place]  # the headline before it
    held: set[int]
    headline_length: int

    def signs(self, rarity: Sequence[float], follows: set[tuple[int, int]]) -> Weights:
        every = len(follows) + 1
        whole = sum(rarity) or 1.0

        def share(terms: set[int]) -> float:
            return sum(rarity[term] for term in terms) / whole

        runs = _runs(self.text, follows)
        longest = max((run.length for run in runs), default=0)
        best = [run for run in runs if run.length >= _NEARLY * longest]
        first = next((run.start for run in best if run.length == longest), 0)
        run = _square(longest / every)
        counts = Counter(place.term for place in self.text)
        return Weights(
            covered=share(self.held),
            headline=_square(share({place.term for place in self.headline})),
            filled=min(1.0, sum(p.end - p.start for p in self.headline) / max(1, self.headline_length)),
            lead=share({place.term for place in self.text if place.start < _LEAD}),
            run=run,
            early=run * math.exp(-first / _LEAD),
            close=_close(self.text, len(rarity)),
            often=run * len(best) / (len(best) + _ENOUGH),
            body=sum(rarity[term] * n / (n + _ENOUGH) for term, n in counts.items()) / whole,
            newness=0.0,
        )


def _square(share: float) -> float:
    """Return what a share of the terms tells: two of six by chance is little, five of six is nearly all."""
    return min(1.0, share) ** 2


def _runs(places: list[_Place], follows: set[tuple[int, int]]) -> list[_Run]:
    """Return the runs of terms that stand one right behind the other, as they were typed."""
    runs: list[_Run] = []
    last: _Place | None = None
    for place in places:
        if last and place.start - last.end <= 3 and (last.term, place.term) in follows:
            runs[-1] = _Run(runs[-1].start, runs[-1].length + 1)
        else:
            runs.append(_Run(place.start, 1))
        last = place
    return runs


def _close(places: list[_Place], terms: int) -> float:
    """Return how much of the shortest stretch that has every term is those terms; 0 where one is missing."""
    best, first, counts = 0.0, 0, Counter[int]()
    letters = 0
    for place in places:
        counts[place.term] += 1
        letters += place.end - place.start
        while counts[places[first].term] > 1:
            counts[places[first].term] -= 1
            letters -= places[first].end - places[first].start
            first += 1
        if len(counts) == terms:
            best = max(best, letters / (place.end - places[first].start))
    return best


class _Matcher:
    """Finds all terms in one pass over a text without marks; where marks were typed, they are compared."""

    def __init__(self, query: Query) -> None:
        texts = list(dict.fromkeys(query.texts))
        numbers = {term: number for number, term in enumerate(texts)}
        self.terms = len(texts)
        self.follows = {(numbers[one], numbers[other]) for one, other in pairwise(query.texts)}
        phrases = [(number, phrase) for term, number in numbers.items() for phrase in term.phrases]
        phrases.sort(key=lambda each: -len(each[1].words))  # the longest that begins at a place
        # Of phrases that are alike without marks, the first.
        self._found: dict[str, tuple[int, Phrase]] = {}
        for number, phrase in phrases:
            self._found.setdefault(" ".join(map(fold, phrase.words)), (number, phrase))
        bodies = "|".join(_unmarked(phrase) for _, phrase in self._found.values())
        self._pattern = re.compile(rf"(?:{bodies})(?![^\W_])") if phrases else None

    def read(self, candidate: Candidate) -> _Reading:
        headline = self._places(candidate.headline)
        beyond = len(candidate.headline) + 1
        text = headline + [
            _Place(place.term, place.start + beyond, place.end + beyond)
            for place in self._places(candidate.text[:_READ])
        ]
        held = {place.term for place in (*text, *self._places(candidate.beside))}
        return _Reading(headline, text, held, len(candidate.headline))

    def _places(self, text: str) -> list[_Place]:
        if self._pattern is None:
            return []
        marked = exact(text)
        bare = unmark(marked)
        has_marks = len(marked) == len(bare)  # letters that fold to none or two are rare
        places = []
        for found in whole_words(self._pattern, bare):
            start, end = found.span()
            term, phrase = self._found[_words(found.group())]
            if phrase.marked and has_marks and _words(marked[start:end]) != " ".join(phrase.words):
                continue
            places.append(_Place(term, start, end))
        return places


def _words(text: str) -> str:
    return text if text.isalnum() else " ".join(_WORDS.findall(text))


def _unmarked(phrase: Phrase) -> str:
    return r"[\W_]+".join(re.escape(fold(word)) for word in phrase.words)
