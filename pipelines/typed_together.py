"""Two syllables that a reader typed without the space between them: "hiếnmáu", "vietnam"."""

from __future__ import annotations

import re

from pipelines.text import exact, fold

# Syllables without their marks: what may begin one, and how it goes on.
_ONSET = "ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnprstvx]"
_OPEN = "oai|oay|oeo|uay|uoi|uou|ieu|yeu|uya|uyu|ai|ao|au|ay|eo|eu|ia|iu|oi|oa|oe|ua|ue|ui|uo|uu|uy|[aeiouy]"
_CLOSED = "(?:uye|oa|oe|ie|ye|uo|ua|ue|uy|[aeiouy])(?:ch|nh|ng|[cmnpt])"
_SYLLABLE = re.compile(rf"(?:{_ONSET})?(?:{_CLOSED}|{_OPEN})")
_SHORTEST = 5  # letters: below, too many foreign words and short forms are two syllables by chance
_LONGEST = 14  # letters: twice the longest syllable, "nghiêng"


def apart(text: str) -> list[str]:
    """Return the ways in which a word is two Vietnamese syllables; none where it is one, or no such thing."""
    word = exact(text)
    letters = fold(text)
    if not (word.isalpha() and len(word) == len(letters) and _SHORTEST <= len(letters) <= _LONGEST):
        return []
    if _SYLLABLE.fullmatch(letters):
        return []
    return [
        f"{word[:at]} {word[at:]}"
        for at in range(1, len(letters))
        if _SYLLABLE.fullmatch(letters, 0, at) and _SYLLABLE.fullmatch(letters, at)
    ]
