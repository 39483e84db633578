"""Do two texts print the same? The one question on which all links rest; it looks at the two alone."""

from __future__ import annotations

from typing import Literal, NamedTuple

from pipelines.duplicates.facts import Facts, compare_facts
from pipelines.duplicates.printing import Printing
from pipelines.duplicates.shingles import cut, shingle_limit

Kind = Literal["same_text", "repost", "excerpt", "rewrite"]

_DUPLICATE = 0.8  # containment from which two printings are one text
_RELATED = 0.55  # containment from which they tell one thing
_EXCERPT = 0.5  # length of the shorter by the longer, below which it is a part and not a printing
_MOST_SUBSTITUTIONS = 0.1  # share of the facts in common frames that may differ: misprints


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
    if similarity < _RELATED:
        return None
    facts = compare_facts(Facts.unpack(shorter.facts), Facts.unpack(longer.facts))
    if facts.substitutions > _MOST_SUBSTITUTIONS or facts.first_number_agrees is False:
        return None
    is_part = shorter.length < _EXCERPT * longer.length
    is_duplicate = similarity >= _DUPLICATE and not is_part
    kind: Kind = "excerpt" if is_part else "repost" if is_duplicate else "rewrite"
    if shorter.length == longer.length and shorter.shingles == longer.shingles:
        kind = "same_text"
    return Link(kind, round(similarity, 3), is_duplicate)


def containment(shorter: Printing, longer: Printing) -> float:
    """Return the share of the shorter's shingles that the longer has, as far as both were sampled alike."""
    limit = min(shingle_limit(shorter.size), shingle_limit(longer.size))
    ours, theirs = cut(shorter.shingles, limit), cut(longer.shingles, limit)
    if not ours or not theirs:
        return 0.0
    return len(set(ours).intersection(theirs)) / min(len(ours), len(theirs))
