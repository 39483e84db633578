"""From what was typed to expressions that find less and less exactly: the ladder of a search.

A search takes the first steps that find anything. Vietnamese words are several syllables, typed apart: where
all that was typed stands together or near, an article is about it; where every syllable occurs somewhere, it
may be by chance.
"""

from __future__ import annotations

from itertools import islice, pairwise, product
from typing import NamedTuple

from pipelines.query import Phrase, Query, Term, without
from pipelines.text import unmark

_MOST_SPELLINGS = 8  # of a whole query: FTS5 knows no alternatives inside a phrase
_MOST_OF_A_PART = 2
_MOST_OF_A_RUN = 5  # words: so many do not stand side by side by chance
_FEWEST_TO_LACK = 4  # words: two of three are of another name
_NEAR = 4  # words a term may stand from the next one, on average
_MOST_TO_DROP = 8  # terms: of more, no step drops just one


class Step(NamedTuple):
    """A step and its expression: phrase, headline, near, named, all, part, unmarked, most or any."""

    name: str
    expression: str
    in_headlines: bool = False  # True where the index of headlines tells all

    @property
    def is_whole(self) -> bool:
        """True where every term occurs in what it finds, with its marks where they were typed."""
        return self.name not in {"part", "unmarked", "most", "any"}

    @property
    def is_close(self) -> bool:
        """True where the terms stand together in what it finds, or all in the headline."""
        return self.name in {"phrase", "headline", "near"}


def ladder(query: Query) -> list[Step]:
    """Return the steps of a query, the most exact first; the last ones only where a term may be left out."""
    every = list(dict.fromkeys(term.expression for term in query.required))
    around = [term.expression for term in query.wanted if term not in query.texts]
    texts = list(query.texts)
    # A word typed sixty times costs seconds where it may stand near itself.
    once = [term for term in query.required if term in texts]
    in_headline = _all([_in_headline(term) for term in (once if len(texts) > 1 else texts)])
    steps: list[tuple[str, str]] = []
    if len(texts) > 1:
        steps.append(("phrase", _all([_any([_together(each) for each in _spellings(texts)]), *around])))
        steps.append(("headline", _all([in_headline, *around]) if around else in_headline))
        # Without marks, since no phrase may lie in two columns; all must occur with theirs besides.
        steps.append(("near", _all([_any([_near(each) for each in _spellings(once)]), *every])))
        steps.append(("named", _all([_any([_pair(*pair) for pair in pairwise(texts)]), *every])))
    elif texts:
        steps.append(("headline", _all([in_headline, *around]) if around else in_headline))
    is_one_phrase = len(texts) == 1 and not texts[0].is_word
    steps.append(("phrase" if is_one_phrase else "all", _all(every)))
    if nearly := _nearly(query):
        steps.append(("part", f"({nearly}) NOT ({_all(every)})"))
    bare = query.unmarked
    if bare != query:
        steps.append(("unmarked", _all([term.expression for term in bare.required])))
    loose = [term for term in once if term.kind == "text"]  # what an operator names is never left out
    firm = list(dict.fromkeys(term.expression for term in query.wanted if term.kind != "text"))
    if 2 < len(loose) <= _MOST_TO_DROP:
        but_one = [_all([other.expression for other in loose if other is not term]) for term in loose]
        steps.append(("most", _all([_any(but_one), *firm])))
    if len(loose) > 1:
        steps.append(("any", _all([_any([term.expression for term in loose]), *firm])))
    return [
        Step(name, without(expression, query), expression == in_headline and not query.unwanted)
        for name, expression in steps
    ]


def _spellings(terms: list[Term]) -> list[tuple[Phrase, ...]]:
    return list(islice(product(*(term.phrases for term in terms)), _MOST_SPELLINGS))


def _nearly(query: Query) -> str:
    """Return what finds most of four or more words: over half side by side, or all but one near each other.

    What says more than a word does must occur: a name, a day, a number, what was quoted.
    """
    spelled = [word for term in query.wanted for word in term.spelled]
    words = [term for term in spelled if term.is_word]
    if len(words) < _FEWEST_TO_LACK:
        return ""
    length = min(len(words) // 2 + 1, _MOST_OF_A_RUN)
    runs = [words[start : start + length] for start in range(len(words) - length + 1)]
    found = [_together(each) for run in runs for each in islice(_spellings(run), _MOST_OF_A_PART)]
    once = [term for term in dict.fromkeys(words) if not term.is_little]
    if _FEWEST_TO_LACK <= len(once) <= _MOST_TO_DROP:
        rests = [[other for other in once if other is not term] for term in once]
        found += [
            _all([_near(each), *(term.expression for term in rest)])
            for rest in rests
            for each in islice(_spellings(rest), _MOST_OF_A_PART)
        ]
    others = [term.expression for term in spelled if not term.is_word]
    return _all([_any(list(dict.fromkeys(found))), *others])


def _together(phrases: tuple[Phrase, ...]) -> str:
    """Return what finds the phrases side by side; where only some have marks, those with theirs besides."""
    words = tuple(word for phrase in phrases for word in phrase.words)
    marked = dict.fromkeys(phrase for phrase in phrases if phrase.marked)
    if not marked or all(phrase.marked for phrase in phrases):
        return Term((Phrase(words, bool(marked)),)).expression
    unmarked = Phrase(tuple(map(unmark, words)), False)
    return _all([Term((phrase,)).expression for phrase in (unmarked, *marked)])


def _near(phrases: tuple[Phrase, ...]) -> str:
    parts = " ".join(f'"{" ".join(map(unmark, phrase.words))}"' for phrase in phrases)
    return f"{{headline_folded body_folded}} : NEAR({parts}, {_NEAR * len(phrases)})"


def _pair(one: Term, other: Term) -> str:
    """Return what finds a headline in which one term stands right before the other, as typed."""
    first, second = one.phrases[0], other.phrases[0]
    column = "headline" if first.marked or second.marked else "headline_folded"
    return f'{column} : "{" ".join((*first.words, *second.words))}"'


def _in_headline(term: Term) -> str:
    return _any(
        [f'{"headline" if p.marked else "headline_folded"} : "{" ".join(p.words)}"' for p in term.phrases]
    )


def _all(expressions: list[str]) -> str:
    return " AND ".join(f"({each})" for each in expressions if each)


def _any(expressions: list[str]) -> str:
    return " OR ".join(f"({each})" for each in expressions)
