"""Stage 6: who and what an article names: people with their offices, bodies, documents, figures.

Words are read as printed; two spellings of a name are two people. What counts, and how often this is right,
stands in `docs/entities.md`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Protocol

from pipelines.article import Article
from pipelines.entities.bodies import compared
from pipelines.entities.documents import documents
from pipelines.entities.figures import figures
from pipelines.entities.people import Person, mentions, normal_name
from pipelines.entities.printed import Part, is_marked, parts, readable

Found = dict[str, Any]
Merge = Callable[[Found, Found], None]

_SAMPLE = 2000  # characters that tell the language


class Span(Protocol):
    """A stretch of a text."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


def entities(article: Article) -> Article:
    """Return the article with `people`, `organisations`, `documents` and `figures`, each in reading order.

    Every entry says where it first stands: from `start` to `end` (characters) of `field`, which is the
    article_body, else the description, else the headline. In another language all are empty.
    """
    people, organisations, cited, counted = _Collected(), _Collected(), _Collected(), _Collected()
    lead, body = article.description or "", article.article_body or ""
    marked = is_marked(f"{article.headline}\n{lead[:_SAMPLE]}\n{body[:_SAMPLE]}", article.in_language)
    for field, part in _parts(article) if marked is not None else ():
        text, where = part.text, (field, part.begin)
        shown, grammar = readable(part, bool(marked))
        named = mentions(shown, grammar)
        for person in named.people:
            name = normal_name(text[person.start : person.end])
            people.add(compared(name), _person(text, name, person), person, where, _longest_office)
        for found in named.bodies:
            if found.kind and found.is_proper:
                name = text[found.start : found.end]
                organisations.add(compared(name), {"name": name, "kind": found.kind}, found, where)
        for document in documents(text, grammar, shown):
            entry = {key: getattr(document, key) for key in ("number", "type", "date", "issuer")}
            cited.add(document.number, entry, document, where, _filled)
        for figure in figures(text, marked=bool(marked)):
            entry = {"kind": figure.kind, "value": figure.value, "text": text[figure.start : figure.end]}
            counted.add((figure.kind, figure.value), entry, figure, where)
    article.people, article.organisations = people.entries(), organisations.entries()
    article.documents, article.figures = cited.entries(), counted.entries()
    return article


def _parts(article: Article) -> Iterator[tuple[str, Part]]:
    body, lead = article.article_body or "", article.description or ""
    fields = {"article_body": body, "description": "" if body.startswith(lead) else lead}
    for field, text in (*fields.items(), ("headline", article.headline or "")):
        for part in parts(text):
            yield field, part


class _Collected:
    """Entries by what makes them one, each with the place of its first evidence."""

    def __init__(self) -> None:
        self._entries: dict[Any, Found] = {}

    def add(
        self, key: Any, entry: Found, span: Span, where: tuple[str, int], merge: Merge | None = None
    ) -> None:
        known = self._entries.get(key)
        if known is None:
            field, begin = where
            self._entries[key] = entry | {
                "start": begin + span.start,
                "end": begin + span.end,
                "field": field,
            }
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
