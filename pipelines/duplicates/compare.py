"""Do two texts print the same? The one question on which all links rest; it looks at the two alone."""

from __future__ import annotations

from typing import Literal, NamedTuple

from pipelines.duplicates.facts import Comparison, Facts, compare_facts
from pipelines.duplicates.printing import Printing
from pipelines.duplicates.shingles import cut, shingle_limit

Kind = Literal["same_text", "repost", "excerpt", "rewrite"]

# Containment: share of the shorter's shingles that the longer has.
_DUPLICATE = 0.81  # from which two printings are one text: four fifths, and a little for the error of samples
_RELATED = 0.5  # from which they tell one thing, if their facts do not differ
LEAST = 0.36  # from which they tell one thing, if they agree in nearly all facts
_WHOLE = 0.75  # length of the shorter by the longer, from which it is a printing and below a part

# Facts: share of those in common frames that may differ.
_MISPRINTS = 0.05  # in printings of one text
_DIFFERENCES = 0.1  # in related printings
_KNOWN = 0.4  # share of the shorter's facts that the longer has, below which they share a formula
_FEW_FACTS = 2  # that say nothing of that
_RETOLD_FACTS = 4  # facts that a retelling agrees in at least; fewer can be those of a quotation
_RETOLD_KNOWN = 0.75  # share of a retelling's facts that the other text has


class Link(NamedTuple):
    """How two texts are printings of one thing.

    `similarity` is the share of the shorter's runs of five words that the longer has, 0 to 1. Duplicates
    are printings of one text; the others are related.
    """

    kind: Kind
    similarity: float
    is_duplicate: bool


def compare(one: Printing, other: Printing) -> Link | None:
    """Return the link between two different texts, None where they tell of different things."""
    shorter, longer = sorted((one, other), key=lambda each: (each.length, each.text))
    similarity = containment(shorter, longer)
    if similarity < LEAST:
        return None
    facts = compare_facts(Facts.unpack(shorter.facts), Facts.unpack(longer.facts))
    has_same_words = shorter.length == longer.length and shorter.shingles == longer.shingles
    if has_same_words and not facts.framed and facts.first == facts.day == "agreed":
        return Link("same_text", 1.0, True)  # other capitals and stops make other names of the same words
    if _differ(facts) or not _is_told_of(facts, similarity):
        return None
    is_part = shorter.length < _WHOLE * longer.length
    is_duplicate = similarity >= _DUPLICATE and not is_part and facts.substitutions <= _MISPRINTS
    kind: Kind = "rewrite" if similarity < _DUPLICATE else "excerpt" if is_part else "repost"
    return Link(kind, round(similarity, 3), is_duplicate)


def _is_told_of(facts: Comparison, similarity: float) -> bool:
    """Whether what two texts share tells one thing, rather than a quotation that many reports begin with."""
    if facts.agreed < _RETOLD_FACTS and facts.facts > _FEW_FACTS and facts.known < _KNOWN * facts.facts:
        return False
    return similarity >= _RELATED or (
        not facts.substituted and facts.agreed >= _RETOLD_FACTS and facts.known >= _RETOLD_KNOWN * facts.facts
    )


def _differ(facts: Comparison) -> bool:
    """Whether the facts are those of different events, or of one with misprints.

    Another day is another event; the first number is most often the day. One other substitution alone is a
    misprint, unless it stands in one and the same place of a formula, between the same words on both sides.
    """
    if "substituted" in (facts.day, facts.first if facts.substituted > 1 else "") or facts.first == "framed":
        return True
    told = facts.agreed + facts.substituted
    if facts.framed > 1 and facts.framed > _MISPRINTS * told:
        return True
    is_misprint = facts.substituted == 1 and not facts.framed and facts.agreed > 2
    return facts.substituted > _DIFFERENCES * told and not is_misprint


def containment(one: Printing, other: Printing) -> float:
    """Return the share of the shingles of the one with fewer that the other has, 0 to 1.

    Both are taken as far as they were sampled alike.
    """
    limit = min(shingle_limit(one.size), shingle_limit(other.size))
    ours, theirs = cut(one.shingles, limit), cut(other.shingles, limit)
    fewer = min(len(ours), len(theirs))
    return len(set(ours).intersection(theirs)) / fewer if fewer else 0.0
