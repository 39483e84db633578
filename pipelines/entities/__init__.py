"""Stage 6: who and what an article names: people with their offices, bodies, documents, figures.

Words are read as printed; two spellings of a name are two people. What counts, and how often this is right,
stands in `docs/entities.md`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Protocol

from pipelines.article import Article
from pipelines.context import Context
from pipelines.entities.documents import documents
from pipelines.entities.figures import figures
from pipelines.entities.grammar import Grammar, grammar
from pipelines.entities.people import Person, mentions
from pipelines.text import exact, language_of

Found = dict[str, Any]
Merge = Callable[[Found, Found], None]

# Enough of Vietnamese typed without marks to tell it from another language.
_UNMARKED = re.compile(r"\b(?:dang (?:bo|uy|vien)|chi bo|dong chi|thong tin|dai hoi|hoi nghi|nguyen|uy ban|thanh pho|so)\b")
_SAMPLE = 2000  # characters that tell


class Span(Protocol):
    """A stretch of a text."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


def entities(article: Article, context: Context) -> Article:
    """Return the article with `people`, `organisations`, `documents` and `figures`, each in reading order.

    Every entry says where it first stands: `start` and `end` (characters) in `article_body`, or in the lead or
    the headline where it stands there alone, as `field` says.
    """
    people, organisations, cited, counted = _Collected(), _Collected(), _Collected(), _Collected()
    read = _grammar_for(article)
    for field, text in _fields(article) if read else ():
        named = mentions(text, read)
        for person in named.people:
            name = text[person.start : person.end]
            people.add(exact(name), _person(text, name, person), person, field, _longest_office)
        for body in named.bodies:
            if body.kind and body.is_proper:
                name = text[body.start : body.end]
                organisations.add(exact(name), {"name": name, "kind": body.kind}, body, field)
        for document in documents(text, read):
            entry = {key: getattr(document, key) for key in ("number", "type", "date", "issuer")}
            cited.add(document.number, entry, document, field, _filled)
        for figure in figures(text, marked=read.marked):
            entry = {"kind": figure.kind, "value": figure.value, "text": text[figure.start : figure.end]}
            counted.add((figure.kind, figure.value), entry, figure, field)
    article.people, article.organisations = people.entries(), organisations.entries()
    article.documents, article.figures = cited.entries(), counted.entries()
    return article


def _grammar_for(article: Article) -> Grammar | None:
    """Return the patterns for the article's text; None where it is in another language."""
    sample = "\n".join(filter(None, (article.headline, article.description, article.article_body[:_SAMPLE] if article.article_body else None)))
    if (article.in_language or language_of(sample)) == "vi":
        return grammar()
    return grammar(marked=False) if len(set(_UNMARKED.findall(sample.lower()))) >= 3 else None


def _fields(article: Article) -> Iterator[tuple[str, str]]:
    body, lead = article.article_body or "", article.description or ""
    yield "article_body", body
    if not body.startswith(lead):
        yield "description", lead
    yield "headline", article.headline or ""


class _Collected:
    """Entries by what makes them one, each with the place of its first evidence."""

    def __init__(self) -> None:
        self._entries: dict[Any, Found] = {}

    def add(self, key: Any, entry: Found, span: Span, field: str, merge: Merge | None = None) -> None:
        known = self._entries.get(key)
        if known is None:
            place = {"start": span.start, "end": span.end}
            self._entries[key] = entry | place | ({} if field == "article_body" else {"field": field})
        elif merge:
            merge(known, entry)

    def entries(self) -> list[Found]:
        return list(self._entries.values())


def _person(text: str, name: str, person: Person) -> Found:
    office = person.office
    body = office.bodies[-1] if office and office.bodies else None
    return {
        "name": name,
        "office": text[office.start : office.end] if office else None,
        "body": text[body.start : body.end] if body else None,
    }


def _longest_office(known: Found, other: Found) -> None:
    if len(other["office"] or "") > len(known["office"] or ""):
        known.update(office=other["office"], body=other["body"])


def _filled(known: Found, other: Found) -> None:
    known.update({key: value for key, value in other.items() if known[key] is None})
