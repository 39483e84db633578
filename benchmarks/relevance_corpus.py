"""The corpus that the search is judged on: the recording, the sample portals, and what nobody asked for.

| source | articles | name |
|---|---|---|
| recording of sotttt.hanoi.gov.vn, where present | 412 | `recording/<asset>` |
| the sample portals | 100 | `sample/<portal>/<number>` |
| made of the parts in `labels/distractors.json`, the same ones on every machine | 1,600 | `other/<number>` |
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from benchmarks.party_cases import recorded_articles, sample_articles
from crawler.sample_portals.articles import load
from pipelines.article import Article, Drop
from pipelines.context import Context
from pipelines.process import process
from pipelines.store import Store

PARTS = Path(__file__).parent / "labels" / "distractors.json"
OTHERS = 1600
_SAMPLES = {
    "ha-noi": ("Hà Nội", "Sở Thông tin và Truyền thông"),
    "vinh-phuc": ("Vĩnh Phúc", "Sở Thông tin và Truyền thông"),
    "thanh-hoa": ("Thanh Hóa", "Sở Thông tin và Truyền thông"),
    "phu-yen": ("Phú Yên", "Đảng ủy Khối Cơ quan, Doanh nghiệp"),
    "ho-chi-minh": ("Hồ Chí Minh", "Sở Thông tin và Truyền thông"),
}
_MERGED = {"Vĩnh Phúc": "Phú Thọ", "Phú Yên": "Đắk Lắk", "Hải Dương": "Hải Phòng", "Hà Giang": "Tuyên Quang"}
_NOW = "2026-11-25T12:00:00+07:00"


def make_corpus(path: Path, chosen: Iterable[Article]) -> None:
    """Write articles to `path` through the real stages; an article's name is its asset."""
    store = Store(path)
    declared: set[str] = set()
    for article in chosen:
        if article.portal and article.portal not in declared:
            store.declare_portal(
                name=article.portal,
                province=article.province,
                successor_province=article.successor_province,
                body=article.body,
                home=article.url,
                state="live",
            )
            declared.add(article.portal)
        try:
            processed = process(article, Context(_NOW, article.url, store.known))
        except Drop:  # a sample page that is gone
            continue
        store.put(article.url, processed)
    store.flush()
    store.close()


def articles() -> Iterator[Article]:
    """Yield the articles, each with its name as its asset."""
    for name, article in recorded_articles().items():
        yield _of(article, name, "hanoi_stttt", "Hà Nội", "Sở Thông tin và Truyền thông")
    yield from samples()
    yield from others()


def samples() -> Iterator[Article]:
    """Yield the sample portals' articles, with the days that those print."""
    days = {
        f"sample/{place}/{sample.id}": sample.published
        for place in _SAMPLES
        for sample in load(f"{place}.localhost")
    }
    for name, article in sample_articles().items():
        place = name.split("/")[1]
        day = (days[name] or "")[:10] or None
        dated = replace(article, date_published=day, date_published_source="list" if day else None)
        yield _of(dated, name, f"mau_{place.replace('-', '_')}", *_SAMPLES[place])


def others(count: int = OTHERS) -> Iterator[Article]:
    """Yield articles that nobody asked for."""
    parts = json.loads(PARTS.read_text("utf-8"))
    choose = random.Random(5)
    for number in range(count):
        story = parts["stories"][number % len(parts["stories"])]
        portal, province, body = choose.choice(parts["publishers"])
        day = date(2014, 1, 1) + timedelta(days=choose.randrange(4200))
        words = {
            "place": choose.choice(parts["places"]),
            "person": " ".join(choose.choice(parts[part]) for part in ("families", "middles", "names")),
            "document": choose.choice(parts["documents"]),
            "year": day.year,
            "day": f"{day.day}/{day.month}/{day.year}",
            "n": 2 + choose.randrange(60),
        }
        # Another story's sentence among them: words of two matters meet in one text.
        stray = choose.choice(choose.choice(parts["stories"])["sentences"])
        sentences = [*choose.sample(story["sentences"], 3), stray]
        article = Article(
            url=f"http://{portal.replace('_', '-')}.example/{number}",
            headline=story["headline"].format(**words),
            article_body="\n".join(sentence.format(**words) for sentence in sentences),
            date_published=day.isoformat(),
            date_published_source="list",
        )
        yield _of(article, f"other/{number}", portal, province, body)


def _of(article: Article, name: str, portal: str, province: str, body: str) -> Article:
    return replace(
        article,
        portal=portal,
        asset=name,
        province=province,
        successor_province=_MERGED.get(province, province),
        body=body,
    )
