"""The 200 questions that the site is timed on, made once from the words of the made-up articles.

python -m benchmarks.site_queries        writes labels/site_queries.jsonl anew

A question is what is typed (`q`) and other arguments of the search page; `sort` says what it stands for.
"Frequent" words of two syllables stand in a third of the articles and more, "middle" ones in some per cent,
"rare" ones in some of ten thousand; each once with marks and once without.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from benchmarks.made_words import DEPARTMENTS, Words, phrases, words
from pipelines.activities import ACTIVITIES
from pipelines.provinces import successors
from pipelines.text import fold

QUERIES = Path(__file__).parent / "labels" / "site_queries.jsonl"


class SiteQuery(NamedTuple):
    """A question to the site: what it is an example of, what is typed, and the other arguments of /tim."""

    sort: str
    typed: str
    filters: dict[str, str]


def site_queries(path: Path = QUERIES) -> list[SiteQuery]:
    """Return the questions."""
    rows = map(json.loads, path.read_text("utf-8").splitlines())
    return [SiteQuery(row.pop("sort"), row.pop("q", ""), row) for row in rows]


def _made(words: Words) -> Iterator[SiteQuery]:
    chance = random.Random(7)
    pairs = Counter(
        f"{one} {other}" for chunk in words.text_pool for one, other in pairwise(chunk.split(" "))
    )
    ranked = [pair for pair, _ in pairs.most_common()]
    sorts = {"frequent": ranked[:40], "middle": ranked[400:4000], "rare": words.rare[15_000:]}
    for sort, pool in sorts.items():
        for typed in chance.sample(pool, 15):
            yield SiteQuery(f"{sort}, marks", typed, {})
            yield SiteQuery(f"{sort}, none", fold(typed), {})
    said = [term for terms in phrases().values() for term in terms if term.count(" ") in {2, 3}]
    for typed in chance.sample(said, 15):
        yield SiteQuery("phrase", f'"{typed}"', {})
    for typed in chance.sample(said, 30):
        more = chance.choice([chance.choice(ranked[:400]), chance.choice(words.communes), "năm 2015", "tỉnh"])
        yield SiteQuery(
            "several words", f"{typed} {more}" if chance.random() < 0.6 else fold(f"{typed} {more}"), {}
        )
    for number in chance.sample(words.documents[:8000], 10):
        yield SiteQuery("document's number", number, {})
    for name in chance.sample(words.people[:15_000], 14):
        yield SiteQuery("name", name if chance.random() < 0.6 else fold(name), {})
    yield from _narrowed(words, said, chance)


def _narrowed(words: Words, said: list[str], chance: random.Random) -> Iterator[SiteQuery]:
    places = sorted(successors())
    for number in range(15):
        typed = chance.choice(said)
        place, year = chance.choice(places), chance.randint(2006, 2026)
        operator = (f"tỉnh:{place}", f"năm:{year}", f"người:{chance.choice(words.people[:3000])}")[number % 3]
        yield SiteQuery("operator", f"{typed} {operator}", {})
    for number in range(14):
        narrowing = (
            {"tinh": chance.choice(places)},
            {"nam": str(chance.randint(2006, 2026))},
            {"loai": chance.choice(list(ACTIVITIES))},
            {"dang": "1"},
            {"nguoi": chance.choice(words.people[:300])},
            {"co-quan": f"Đảng bộ Sở {chance.choice(DEPARTMENTS)}"},
            {"van-ban": "05-CT/TW"},
        )[number % 7]
        yield SiteQuery("filter", chance.choice(said) if number < 10 else "", narrowing)
    for _ in range(10):
        unwanted = chance.choice(
            ["covid", "hội", chance.choice(words.rare), fold(chance.choice(said).split()[0])]
        )
        yield SiteQuery("minus", f"{chance.choice(said)} -{unwanted.split(' ')[0]}", {})
    yield SiteQuery("filter", "", {})
    yield SiteQuery("filter", "", {"dang": "1", "nam": "2020"})


def main() -> None:
    """Write the file."""
    rows = [{"sort": q.sort, **({"q": q.typed} if q.typed else {}), **q.filters} for q in _made(words(1))]
    QUERIES.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")


if __name__ == "__main__":
    main()
