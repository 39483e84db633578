"""What is kept of an article's text to compare it with others."""

from __future__ import annotations

from array import array
from dataclasses import dataclass

from pipelines.article import Article
from pipelines.duplicates.facts import facts_of
from pipelines.duplicates.shingles import digest, samples, size_class
from pipelines.duplicates.words import PACKED, PLAIN, numbers, plain, words

# Words of lead and body, below which a text says too little to be compared: "Xem tệp đính kèm" stands in
# hundreds of articles. Where there are attachments, they are the article, and the text announces them.
_FEW = 40
_FEW_BESIDE_ATTACHMENTS = 120


@dataclass(frozen=True, slots=True)
class Printing:
    """What is kept of a text to compare it.

    `text` is its number: 59 bits of its digest above 4 of the class of its length.
    """

    text: int
    length: int  # words
    shingles: array[int]
    keys: array[int]
    facts: bytes

    @property
    def size(self) -> int:
        """The class of its length."""
        return size_of(self.text)


def size_of(text: int) -> int:
    """Return the class of the length of a text, given its number."""
    return text & 15


def printing_of_text(text: str, headline: str = "") -> Printing:
    """Return what is kept of a text. Of the headline, which a repost changes, only the numbers count.

    All of it is part of the text's number, so that nothing depends on which of the articles that have the
    number came first: the same words in capitals have other facts.
    """
    body = words(text)
    coded = plain(body)
    length = len(coded) // PLAIN
    shingles, keys = samples(body)
    facts = (facts_of(words(headline)).numbers() + facts_of(body)).pack()
    return Printing(digest(facts + coded) << 4 | size_class(length), length, shingles, keys, facts)


def printing_of(article: Article) -> Printing | None:
    """Return what is kept of an article, None where there is nothing that could be printed again.

    An article of few words is a printing only of those that agree in headline, text and attachments' names,
    and, where the headline has no number, in the day: a notice of every month has the same words.
    """
    lead, body = article.description or "", article.article_body or ""
    text = body if body.startswith(lead) else f"{lead}\n{body}"
    found = printing_of_text(text, article.headline or "")
    if found.length >= (_FEW_BESIDE_ATTACHMENTS if article.attachments else _FEW):
        return found
    headline = words(article.headline or "")
    names = (words(attachment["name"] or "") for attachment in article.attachments)
    parts = b"".join((headline, words(text), *names))
    if not numbers(headline):
        if not article.date_published:
            return None
        parts += words(article.date_published[:10])
    return Printing(digest(plain(parts)) << 4, len(parts) // PACKED, _NONE, _NONE, b"")


_NONE = array("I")
