"""Vietnamese text: one form to keep, one to compare, one to search without marks.

The same functions run when an article is indexed and when a reader types a query; that is what makes
`dang bo`, `Đảng bộ`, its decomposed form and the old tone placement find the same article.

Sources: Unicode Standard Annex #15 (NFC, NFD); the two accepted tone placements of Vietnamese
("hòa/hoà", "thủy/thuỷ") differ only in open syllables with oa, oe, uy, and never after q.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from functools import lru_cache

# What a portal prints but nobody means: C0/C1 controls, soft hyphen, zero-width and bidi marks, BOM.
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_SPACES = re.compile(r"[^\S\n]{2,}|[^\S \n]")  # not the single spaces, which are most
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")  # \x0b is Word's line break inside a paragraph
_SURROGATE = re.compile("[\ud800-\udfff]")
_AROUND_LINES = re.compile(r" *\n[ \n]*")

_TONES = "\u0300\u0301\u0303\u0309\u0323"  # huyền, sắc, ngã, hỏi, nặng
_MOVED_TONE = {
    unicodedata.normalize("NFC", first + second + tone): unicodedata.normalize("NFC", first + tone + second)
    for first, second in ("oa", "oe", "uy")
    for tone in _TONES
}
# Two, each with its letter in front: to one letter the engine leaps, five times as fast as to one of several.
_OLD_TONES = (
    re.compile(r"o[àáãảạèéẽẻẹ](?![^\W\d_])(?<!qo.)"),
    re.compile(r"u[ỳýỹỷỵ](?![^\W\d_])(?<!qu.)"),
)
_OLD_OF = {new: old for old, new in _MOVED_TONE.items()}
_NEW_TONE = re.compile(r"(?:[òóõỏọ][ae]|[ùúũủụ]y)(?![^\W\d_])")

# Ð (U+00D0, Icelandic eth) and Ɖ (U+0189) are typed for Đ on some portals; lower case folds all to đ.
_ETH = ("\u00f0", "\u0256")


def _base_letters() -> dict[int, str | int | None]:
    # A character that is not in the table costs an exception, ten times a look-up: the common ones are in it.
    table: dict[int, str | int | None] = {point: point for point in (*range(0x250), *range(0x2010, 0x2040))}
    table[ord("đ")] = "d"
    # Only the marks that unicode61 keeps inside a word: at any other it parts the word, in the original
    # text too, and the index must part it there as well or highlights slip.
    table.update(dict.fromkeys(range(0x300, 0x332)))
    for point in range(0xC0, 0x1F00):
        decomposed = unicodedata.normalize("NFD", chr(point))
        if len(decomposed) > 1 and decomposed[0].isalpha():
            table[point] = decomposed[0]
    return table


_UNMARK = _base_letters()

# What nearly all Vietnamese in lower case is made of, as an encoding of our own with its decoding table:
# bytes are translated six times as fast as characters.
_VOWELS = (unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in _TONES)
_USUAL = "".join((*map(chr, range(128)), *"đăâêôơư«»°·×‐–—‘’“”•…", *_VOWELS))
_ENCODING = codecs.charmap_build(_USUAL)
# Letters that hardly another language has.
_OWN_LETTERS = bytes(
    place for place, letter in enumerate(_USUAL) if letter in "ăđĩũơư" or "\u1ea0" <= letter <= "\u1ef9"
)
_UNMARK_BYTES = bytes.maketrans(
    bytes(range(len(_USUAL))), bytes(map(_USUAL.index, _USUAL.translate(_UNMARK)))
)


def clean(text: str) -> str:
    """Return `text` as we keep it: NFC, invisible characters gone, every run of spaces one space.

    Line breaks stay (blank lines go); words, quotes and tone placement stay as published.
    What comes back can be stored (see `storable`).
    """
    if _is_clean(text):
        return text.strip()
    text = _INVISIBLE.sub("", storable(_LINE_ENDS.sub("\n", text)))
    text = unicodedata.normalize("NFC", text)
    return _AROUND_LINES.sub("\n", _SPACES.sub(" ", text)).strip()


@lru_cache(maxsize=8)  # a body is cleaned when it is read; the first stage asks whether it is clean
def clean_body(text: str) -> str:
    """Return what `clean` gives."""
    return clean(text)


def _is_clean(text: str) -> bool:
    """True for most texts, which are spared the rewrites: `str.isprintable` is false for what they mend."""
    flat = text.replace("\n", " ")
    return flat.isprintable() and "  " not in flat and unicodedata.is_normalized("NFC", text)


def storable(text: str) -> str:
    """Return `text` with lone surrogates, which no database can store, as U+FFFD."""
    if not _SURROGATE.search(text):
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def line(text: str) -> str:
    """Return `text` as one cleaned line."""
    return clean(text).replace("\n", " ")


@lru_cache(maxsize=8)  # every stage asks for that of the same headline, lead and body
def exact(text: str) -> str:
    """Return the form in which marks count: NFC, lower case, tones placed one way ("hoà" → "hòa")."""
    lowered = unicodedata.normalize("NFC", text).lower()
    for eth in _ETH:
        lowered = lowered.replace(eth, "đ")
    for old_tone in _OLD_TONES:
        lowered = old_tone.sub(lambda found: _MOVED_TONE[found.group()], lowered)
    return lowered


def other_tone(text: str) -> str:
    """Return `text`, in lower case, with its tones placed the old way ("hòa" → "hoà")."""
    return _NEW_TONE.sub(lambda found: _OLD_OF[found.group()], text)


def fold(text: str) -> str:
    """Return the form without marks: `exact`, then every letter its base letter and đ → d."""
    return unmark(exact(text))


def unmark(exact_text: str) -> str:
    """Return what `fold` gives, from what `exact` gave."""
    try:
        encoded = codecs.charmap_encode(exact_text, "strict", _ENCODING)[0]
    except UnicodeEncodeError:  # a rarer character
        return exact_text.translate(_UNMARK)
    return codecs.charmap_decode(encoded.translate(_UNMARK_BYTES), "strict", _USUAL)[0]


def is_marked(text: str) -> bool:
    """True when `text` has a letter that loses something by folding, so that its marks were typed."""
    return exact(text) != fold(text)


def language_of(text: str) -> str | None:
    """Return "vi" where the letters say Vietnamese, None where they do not. `lang` attributes lie.

    Of Vietnamese prose 14-20 % are letters that hardly another language has (ă đ ĩ ũ ơ ư, and all of
    U+1EA0-U+1EF9); Romanian's ă makes 4 %.
    """
    sample = text[:2000].lower()
    usual = codecs.charmap_encode(sample, "ignore", _ENCODING)[0]
    own = (len(usual) - len(usual.translate(None, _OWN_LETTERS))) * 15
    return "vi" if own > len(sample) or own > sum(map(str.isalpha, sample)) else None
