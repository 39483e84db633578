"""The articles that the Party classifier is measured on, with their labels.

| source | articles | text |
|---|---|---|
| `recording` | all 412 of the recording of sotttt.hanoi.gov.vn, where present | as we extract it |
| `seed` | the five seed texts, where present | from the headline on |
| `sample` | the sample portals | `crawler/sample_portals/texts`; Party or not as their author says |
| `page` | the frozen pages of `tests/pages` that are articles | their reviewed expectation |
| `made_up`, `later`, `last`, `houses` | hard cases, written for this | `labels/party_made_up.jsonl` |

Labels stand in `labels/party.jsonl`, those of the hard cases beside their text; what they mean, and how they
were made, in `docs/classification.md`.

Half is held out, by the hash of the folded headline, so that an article that a portal printed twice is on one
side only. Weights and words are tuned on the other half.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.cases import DATA, ROOT, Split, frozen_cases
from benchmarks.hanoi import recorded_cases
from benchmarks.ours import layouts_of, page_of
from crawler.extraction import extract
from crawler.sample_portals.articles import load
from pipelines.article import Article, Attachment
from pipelines.context import Context
from pipelines.normalise import normalise
from pipelines.text import fold

LABELS = Path(__file__).parent / "labels"
SEEDS = DATA.parent / "seeds"
# Hard cases written after the words were fixed; the first lot then served to mend them, the last did
# not. `houses` show, in sentences of our own, what real pages of other provinces had been misread in.
WHOLE: dict[str, Split] = {"later": "tune", "last": "held_out", "houses": "tune"}
_NOWHEN = Context("2026-11-25T12:00:00+07:00", "http://benchmark.invalid/")
# How the headline begins in a seed's text; 003 has none.
_SEED_HEADLINES = {
    "000": "Sở Thông tin và Truyền thông tổ chức",
    "001": "Vai trò",
    "002": "Đảng bộ",
    "004": "Đại hội",
}


@dataclass(frozen=True, slots=True)
class PartyCase:
    """An article with its label. `doubt`: two readers could differ; the figures count it all the same."""

    id: str
    article: Article
    party: bool
    kinds: frozenset[str]
    doubt: bool

    @property
    def source(self) -> str:
        """Where the article is from: `recording`, `seed`, `sample`, `page` or `made_up`."""
        return self.id.partition("/")[0]

    @property
    def split(self) -> Split:
        """The half it belongs to."""
        if self.source in WHOLE:
            return WHOLE[self.source]
        digest = hashlib.sha256(fold(self.article.headline or self.id).encode()).digest()
        return "held_out" if digest[0] % 2 else "tune"


def party_cases() -> Iterator[PartyCase]:
    """Yield every labelled article whose text this machine has."""
    labels = {label["id"]: label for label in _json_lines(LABELS / "party.jsonl")}
    articles = {**recorded_articles(), **_seeds(), **sample_articles(), **_pages()}
    for name, label in labels.items():
        if name in articles:
            yield _case(label, articles[name])
    for label in _json_lines(LABELS / "party_made_up.jsonl"):
        texts = {name: label.get(name) for name in ("headline", "article_body", "article_section")}
        yield _case(label, Article(url=f"http://benchmark.invalid/{label['id']}", **texts))


def _case(label: dict[str, Any], article: Article) -> PartyCase:
    return PartyCase(
        label["id"],
        normalise(article, _NOWHEN),
        label["party"],
        frozenset(label["kinds"]),
        label.get("doubt", False),
    )


def recorded_articles() -> dict[str, Article]:
    """Return the recorded articles as we extract them, by `recording/<asset>`; none where that is absent."""
    articles: dict[str, Article] = {}
    for case in recorded_cases():
        name = f"recording/{case.name.split()[0]}"
        if name not in articles:
            articles[name] = extract(page_of(case), layouts=layouts_of(case.family)).article
    return articles


def _seeds() -> dict[str, Article]:
    articles = {}
    for path in sorted(SEEDS.glob("*.txt")):
        name = path.name[:3]
        lines = [line for raw in path.read_text("utf-8").splitlines() if (line := raw.strip())]
        opening = _SEED_HEADLINES.get(name)
        first = next((i for i, line in enumerate(lines) if opening and line.startswith(opening)), None)
        if first is None:  # the text has no headline: the lead stands in for it, as in the crawl
            lines = [line for line in lines if len(line) > 60]
            headline, rest = lines[0], lines
        else:
            headline, rest = lines[first], lines[first + 1 :]
        articles[f"seed/{name}"] = Article(
            url=f"http://seed.invalid/{name}", headline=headline, article_body="\n".join(rest)
        )
    return articles


def sample_articles() -> dict[str, Article]:
    """Return the sample portals' articles as their author wrote them, by `sample/<portal>/<number>`."""
    articles = {}
    for path in sorted((ROOT / "crawler/sample_portals/texts").glob("*.json")):
        for sample in load(f"{path.stem}.localhost"):
            articles[f"sample/{path.stem}/{sample.id}"] = Article(
                url=f"http://{sample.host}/{sample.id}",
                headline=sample.headline,
                description=sample.lead,
                article_body="\n".join(sample.paragraphs),
                attachments=[
                    Attachment(url=one.file, name=one.name, media_type=None) for one in sample.attachments
                ],
            )
    return articles


def _pages() -> dict[str, Article]:
    articles = {}
    for case in frozen_cases():
        if case.truth.kind == "article":
            fields = case.truth.fields
            texts = {
                name: fields.get(name)
                for name in ("headline", "description", "article_body", "article_section")
            }
            texts["headline"] = texts["headline"] or case.hints.headline
            articles[f"page/{case.name}"] = Article(
                url=case.url, attachments=list(fields.get("attachments") or ()), **texts
            )
    return articles


def _json_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
