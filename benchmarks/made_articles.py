"""Made-up articles as the stages leave them, in the order of their keys: for figures about large corpora.

Of a hundred articles eight print an earlier one again on another portal, seventy tell of a kind of activity
in its set phrases, two have no date, one was revised. There are more of them every year from 2005 to 2026.
Nothing in them is from a portal but the portals' own names (`spiders/`).
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from benchmarks.made_words import DEPARTMENTS, OFFICES, SIGNS, Words, phrases, words
from crawler.portal import Portal
from crawler.registry import portals
from pipelines.activities import ACTIVITIES
from pipelines.article import Article, Attachment, Image
from pipelines.digest import text_digest
from pipelines.identify import article_id

FIRST_DAY, LAST_DAY = date(2005, 1, 3), date(2026, 11, 20)
SECTIONS = (
    "Tin tức – Sự kiện", "Xây dựng Đảng", "Hoạt động Đảng, Đoàn thể", "Thông báo", "Hoạt động của ngành",
    "Đoàn thanh niên", "Công đoàn", "Học tập và làm theo Bác", "Chuyển đổi số", "Cải cách hành chính",
)  # fmt: skip
_AGAIN = 0.08  # of the articles print an earlier one
_UNDATED = 0.02
_REVISED = 0.01
_OF_NO_KIND = 0.3
_RECENT = 2000  # articles that may be printed again


class Newsroom:
    """Makes articles; the same for a seed and a number."""

    def __init__(self, count: int, seed: int = 1) -> None:
        self.words = words(seed)
        self.portals = list(portals().values())
        self._count = count
        self._chance = random.Random(seed)
        weights = [1 / (rank + 5) for rank in range(len(self.portals))]
        self._portal_pool = self._chance.choices(
            self._chance.sample(self.portals, len(self.portals)), weights, k=5000
        )
        self._recent: deque[Article] = deque(maxlen=_RECENT)

    def articles(self) -> Iterator[Article]:
        """Yield the articles, ordered by their keys."""
        number = 0
        span = (LAST_DAY - FIRST_DAY).days
        for days in range(span + 1):
            day = FIRST_DAY + timedelta(days)
            until = round(self._count * ((days + 1) / (span + 1)) ** 2)  # more of them from year to year
            made = {}
            for article in (self._article(each, day) for each in range(number, until)):
                while article.id in made:
                    article.id += 1
                made[article.id] = article
            number = until
            today = [made[key] for key in sorted(made)]  # type: ignore[type-var]
            yield from today
            self._recent.extend(today)

    def _article(self, number: int, day: date) -> Article:
        chance = self._chance
        portal: type[Portal] = chance.choice(self._portal_pool)
        again = self._recent and chance.random() < _AGAIN
        article = self._printed_again(portal) if again else self._own(portal, day)
        article.asset = str(number)
        article.url = f"{(portal.home or 'http://portal.invalid/').rstrip('/')}/tin/{number}"
        article.article_section = chance.choice(SECTIONS)
        article.id = article_id(article.portal or "", article.asset, day)
        if chance.random() < _UNDATED:
            article.quality_flags = ["no_date"]
            seen = f"{day}T09:00:00+07:00"
        else:
            hour = f"T{chance.randint(7, 17):02}:{chance.randint(0, 59):02}:00+07:00"
            article.date_published = f"{day}{hour}" if chance.random() < 0.6 else str(day)
            article.date_published_raw = f"{day:%d/%m/%Y}"
            article.date_published_source = f"layout:{portal.platform}"
            seen = f"{max(day, date(2025, 3, 1))}T21:10:00+07:00"
        article.first_seen = seen
        article.last_seen = f"{LAST_DAY + timedelta(2)}T21:10:00+07:00"
        article.archive = {"file": f"tinso-{day.year}.warc.gz", "offset": number * 9000}
        return article

    def _of_portal(self, portal: type[Portal]) -> dict[str, Any]:
        told = portal.declaration()
        return {
            "portal": told["name"],
            "province": told["province"],
            "successor_province": told["successor_province"],
            "body": told["body"],
            "layout": told["platform"],
        }

    def _printed_again(self, portal: type[Portal]) -> Article:
        first = self._chance.choice(self._recent)
        cluster = first.cluster or first.id
        first.cluster = cluster
        return replace(
            first, **self._of_portal(portal), cluster=cluster, duplicate_of=first.duplicate_of or first.id,
            date_published=None, date_published_raw=None, date_published_source=None, quality_flags=[],
        )  # fmt: skip

    def _own(self, portal: type[Portal], day: date) -> Article:
        chance, words = self._chance, self.words
        kind = None if chance.random() < _OF_NO_KIND else chance.choice(list(ACTIVITIES))
        named = _Named(chance, words, day)
        event = str(day - timedelta(chance.randint(0, 3))) if chance.random() < 0.5 else None
        headline = self._headline(kind, named)
        lead = self._sentence(kind) if chance.random() < 0.7 else None
        paragraphs = self._paragraphs(kind, named)
        body = "\n".join(paragraphs)
        is_party = kind is not None and ACTIVITIES[kind].of in {"party", "party_or_mass"}
        article = Article(
            url="",
            **self._of_portal(portal),
            headline=headline,
            description=lead,
            article_body=body,
            body_html="".join(f"<p>{paragraph}</p>" for paragraph in paragraphs),
            author=chance.choice(words.person_pool) if chance.random() < 0.6 else None,
            event_date=event,
            event_date_source="dateline" if event else None,
            images=self._images(portal),
            attachments=self._attachments(portal),
            keywords=chance.choices(phrases()[kind], k=2) if kind and chance.random() < 0.2 else [],
            in_language="vi",
            word_count=body.count(" ") + len(paragraphs),
            is_party=is_party,
            party_score=0.5 + chance.random() / 2 if is_party else chance.random() / 2,
            party_reasons=[f"tiêu đề có “{phrases()[kind or ''][0]}”"] if is_party else [],
            activities=[kind] if kind else [],
            people=named.found("people", headline, body),
            organisations=named.found("organisations", headline, body),
            documents=named.found("documents", headline, body),
            figures=named.found("figures", headline, body),
            revision=2 if chance.random() < _REVISED else 1,
            extractor_version="1",
        )
        article.text_digest = text_digest(article)
        return article

    def _headline(self, kind: str | None, named: _Named) -> str:
        chance, words = self._chance, self.words
        parts = [chance.choice(phrases()[kind])] if kind else chance.choices(words.text_pool, k=2)
        parts += chance.choices(words.text_pool, k=chance.randint(1, 2))
        if chance.random() < 0.5:
            parts.append(named.organisation())
        if chance.random() < 0.3:
            parts.append(f"năm {named.day.year}")
        text = " ".join(parts)
        return text[0].upper() + text[1:]

    def _paragraphs(self, kind: str | None, named: _Named) -> list[str]:
        chance = self._chance
        paragraphs = []
        for _ in range(max(2, round(chance.lognormvariate(2.0, 0.45)))):
            sentences = [self._sentence(kind) for _ in range(chance.randint(2, 4))]
            if chance.random() < 0.8:
                sentences.append(named.sentence())
            paragraphs.append(" ".join(sentences))
        return paragraphs

    def _sentence(self, kind: str | None) -> str:
        chance = self._chance
        chunks = chance.choices(self.words.text_pool, k=chance.randint(4, 9))
        if kind and chance.random() < 0.15:
            chunks[1] = chance.choice(phrases()[kind])
        text = " ".join(chunks)
        return f"{text[0].upper()}{text[1:]}."

    def _images(self, portal: type[Portal]) -> list[Image]:
        return [
            Image(
                url=f"{portal.home}anh/{self._chance.randrange(10**7)}.jpg",
                caption=self._sentence(None) if self._chance.random() < 0.5 else None,
                credit=None,
            )
            for _ in range(self._chance.choice((0, 0, 1, 1, 2)))
        ]

    def _attachments(self, portal: type[Portal]) -> list[Attachment]:
        if self._chance.random() > 0.03:
            return []
        url = f"{portal.home}tep/{self._chance.randrange(10**7)}.pdf"
        return [Attachment(url=url, name="Văn bản kèm theo", media_type="application/pdf")]


class _Named:
    """What one article names, sentence by sentence; `found` tells where it stands."""

    def __init__(self, chance: random.Random, words: Words, day: date) -> None:
        self.day = day
        self._chance, self._words = chance, words
        self._told: dict[str, dict[str, dict[str, Any]]] = {
            "people": {}, "organisations": {}, "documents": {}, "figures": {},
        }  # fmt: skip

    def organisation(self) -> str:
        name = self._chance.choice(self._words.organisation_pool)
        kind = "mass" if name.startswith(("Công", "Đoàn")) else "party"
        self._told["organisations"].setdefault(name, {"name": name, "kind": kind})
        return name

    def sentence(self) -> str:
        """Return a sentence that names something."""
        way = self._chance.random()
        if way < 0.45:
            return f"Dự có đồng chí {self._person()}; {self._chance.choice(self._words.text_pool)}."
        if way < 0.65:
            return f"Đại diện {self.organisation()} {self._chance.choice(self._words.text_pool)}."
        if way < 0.85:
            return f"Thực hiện {self._document()}, {self._chance.choice(self._words.text_pool)}."
        text = f"kết nạp {self._chance.randint(2, 90)} đảng viên"
        self._told["figures"][text] = {"kind": "admissions", "value": int(text.split()[2]), "text": text}
        return f"Toàn {self._chance.choice(('tỉnh', 'huyện', 'ngành'))} {text} mới."

    def _person(self) -> str:
        name = self._chance.choice(self._words.person_pool)
        office, body = self._chance.choice(OFFICES), f"Sở {self._chance.choice(DEPARTMENTS)}"
        self._told["people"].setdefault(name, {"name": name, "office": f"{office} {body}", "body": body})
        return f"{name}, {office} {body}"

    def _document(self) -> str:
        number = self._chance.choice(self._words.document_pool)
        sign = next(part for part in number.replace("/", "-").split("-") if part in SIGNS)
        day = self.day - timedelta(self._chance.randint(5, 900))
        self._told["documents"].setdefault(
            number, {"number": number.upper(), "type": SIGNS[sign], "date": str(day), "issuer": None}
        )
        return f"{SIGNS[sign]} số {number} ngày {day.day}/{day.month}/{day.year}"

    def found(self, table: str, headline: str, body: str) -> list[dict[str, Any]]:
        """Return what is named, in reading order; what only the headline names comes last."""
        placed = []
        for name, told in self._told[table].items():
            field, text = ("article_body", body) if name in body else ("headline", headline)
            start = text.index(name)
            placed.append({**told, "start": start, "end": start + len(name), "field": field})
        return sorted(placed, key=lambda each: (each["field"] != "article_body", each["start"]))
