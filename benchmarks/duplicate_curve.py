"""How fast links come as the corpus grows: a made-up corpus with formulae, reprints and copies in it.

Of a hundred articles three are copies of an earlier one, twelve print an earlier one with another lead, a cut
or some words changed (two in three of them one of the last 2,000), five fill a formula of `reprints`, and
eighty are of their own. Of these, four sentences in ten hold one of 4,000 phrases of 8 to 20 words that all
share (the commonest stands in some 4 % of the articles, as "học tập và làm theo tư tưởng, đạo đức, phong cách
Hồ Chí Minh" does); the rest are words, names and numbers at random. 60 to 1,500 words, 560 on average.
"""

from __future__ import annotations

import random
import re
import resource
import sqlite3
import time
from array import array
from bisect import bisect
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from itertools import accumulate, groupby
from multiprocessing import Process
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.reprints import filled, formulae
from benchmarks.tables import markdown
from pipelines.article import Article
from pipelines.duplicates.holders import HUBS
from pipelines.duplicates.index import open_state
from pipelines.duplicates.linking import Linker
from pipelines.duplicates.printing import Printing, printing_of, size_of
from pipelines.duplicates.shingles import shingle_limit
from pipelines.duplicates.sketches import Sketch
from pipelines.schema import open_corpus

_BATCH = 200  # articles a commit, as the store has it
_COMMON = 5  # of a stock of 3,000, articles from which a key is a formula's and not that of reprints
_LAST = 10_000  # articles at most that a speed is measured over
_SYLLABLES = [
    first + rest
    for first in re.findall(r"\w+", "b c ch d đ g h k kh l m n ng nh ph qu r s t th tr v x")
    for rest in re.findall(
        r"\w+",
        "a à á ả ạ an án ang anh ao áo ăn âm ập ất e é em en ê ế ên ênh i ì in iên iệt o ó "
        "oan oạt ong ô ồ ố ộ ôi ông ơ ở ơn u ú ui un ung uôn ươi ương ước ư ừ ứ ưng",
    )
]


class Corpus:
    """A made-up corpus, article by article; the same for a seed."""

    def __init__(self, seed: int = 1) -> None:
        self._chance = random.Random(seed)
        self._weights = list(accumulate(1 / (rank + 20) for rank in range(len(_SYLLABLES))))
        self._phrases = [" ".join(self._words(self._chance.randint(8, 20))) for _ in range(4000)]
        self._often = list(accumulate(1 / (rank + 50) for rank in range(len(self._phrases))))
        self._people = [" ".join(word.capitalize() for word in self._words(3)) for _ in range(20_000)]
        self._kept: list[str] = []  # one article in fifty, for late reprints
        self._recent: deque[str] = deque(maxlen=2000)

    def article(self, number: int) -> Article:
        """Return the next article; `number` becomes its id's lower part."""
        chance = self._chance
        kind = chance.random() if self._recent else 1.0
        if kind < 0.15:
            body = self._earlier() if kind < 0.03 else self._reprint(self._earlier())
        elif kind < 0.20:
            name = chance.choice(sorted(formulae()["formulae"]))
            body = "\n".join(filled(name, chance.randrange(10**9)).paragraphs)
        else:
            body = self._own()
        self._recent.append(body)
        if number % 50 == 0:
            self._kept.append(body)
        return Article(
            url=f"http://benchmark.invalid/{number}", id=(12_000 + number // 200) << 24 | number,
            portal="benchmark", asset=str(number), headline=self._sentence(), article_body=body,
            date_published="2020-05-29", text_digest=f"{number:032x}",
        )  # fmt: skip

    def _earlier(self) -> str:
        return self._chance.choice(
            self._recent if self._chance.random() < 0.67 or not self._kept else self._kept
        )

    def _reprint(self, body: str) -> str:
        paragraphs = body.split("\n")
        way = self._chance.randrange(3)
        if way == 0:
            return "\n".join([self._sentence(), *paragraphs[1:], "(Theo Cổng TTĐT)"])
        if way == 1:
            return "\n".join(paragraphs[: max(1, len(paragraphs) * 3 // 4)])
        changed = [self._words(1)[0] if self._chance.random() < 0.02 else word for word in body.split(" ")]
        return " ".join(changed)

    def _own(self) -> str:
        length = min(1500, max(60, int(self._chance.lognormvariate(6.15, 0.6))))
        paragraphs: list[str] = []
        words = 0
        while words < length:
            sentences = [self._sentence() for _ in range(self._chance.randint(1, 4))]
            paragraphs.append(" ".join(sentences))
            words += paragraphs[-1].count(" ") + 1
        return "\n".join(paragraphs)

    def _words(self, count: int) -> list[str]:
        return self._chance.choices(_SYLLABLES, cum_weights=self._weights, k=count)

    def _sentence(self) -> str:
        words = self._words(self._chance.randint(8, 36))
        if self._chance.random() < 0.6:
            words[3] = str(self._chance.randint(2, 3000))
        if self._chance.random() < 0.4:
            words[6] = f"đồng chí {self._chance.choice(self._people)},"
        if self._chance.random() < 0.4:
            words.append(self._phrases[bisect(self._often, self._chance.random() * self._often[-1])])
        return " ".join([words[0].capitalize(), *words[1:]]) + "."


def curve(sizes: Sequence[int], *, laid: bool = False) -> Iterator[str]:
    """Yield, as the corpus reaches each size, a line on it, and in the end all as a table.

    `laid`: all but the last articles of each size are laid into the file directly, with keys as common as
    those of the others, which takes minutes where a million articles take an hour.
    """
    rows = []
    for size in sorted(sizes) if laid else [max(sizes)]:
        with TemporaryDirectory() as folder:
            for row in _measured(Path(folder), [size] if laid else sizes, size - _LAST if laid else 0):
                rows.append(row)
                yield " | ".join(row)
    head = [
        "articles",
        "a CPU second",
        "the same, best of eight",
        "by the clock",
        "memory, MB",
        "disk, MB",
        "links",
    ]
    yield "\n" + markdown(head, rows)


def _measured(folder: Path, sizes: Sequence[int], laid: int) -> Iterator[list[str]]:
    corpus = open_corpus(folder / "corpus.db", create=True)
    corpus.execute("INSERT INTO portals (name) VALUES ('benchmark')")
    source = Corpus()
    if laid > 0:
        # In a process of its own, whose memory is not the stage's.
        laying = Process(target=_lay, args=(folder / "duplicates.db", source, laid))
        laying.start()
        laying.join()
        corpus.execute("INSERT INTO marks VALUES ('duplicates', 'laid')")
    linker = Linker(corpus, folder / "duplicates.db")
    spent: deque[tuple[float, float]] = deque(maxlen=_LAST // _BATCH)
    for start in range(max(0, laid), max(sizes), _BATCH):
        articles = [source.article(number) for number in range(start, start + _BATCH)]
        with corpus:
            corpus.executemany(
                "INSERT INTO articles (id, portal, asset, url, headline, revision, first_seen, last_seen, "
                "text_digest) VALUES (?, ?, ?, ?, '', 1, '', '', ?)",
                [(each.id, each.portal, each.asset, each.url, each.text_digest) for each in articles],
            )
        cpu, clock = time.process_time(), time.perf_counter()
        with linker.batch(), corpus:
            linker.take(articles)
        spent.append((time.process_time() - cpu, time.perf_counter() - clock))
        if start + _BATCH in sizes:
            (links,) = corpus.execute("SELECT count(*) / 2 FROM links").fetchone()
            cpu, clock = time.process_time(), time.perf_counter()
            linker.close()  # writes the keys that are held in memory: theirs is a share of each batch
            writing = (time.process_time() - cpu, time.perf_counter() - clock)
            linker = Linker(corpus, folder / "duplicates.db")
            best = _best_of_eight(
                linker, corpus, [source.article(number) for number in range(start, start + _BATCH)]
            )
            yield _row(start + _BATCH, [*spent, writing], best + writing[0] / len(spent), folder, links)
    linker.close()
    corpus.close()


def _best_of_eight(linker: Linker, corpus: sqlite3.Connection, articles: list[Article]) -> float:
    """Return the CPU seconds of a batch in the fastest of eight tries, none of which is kept or writes keys.

    On a busy machine a process's own time grows with what the others do to the caches; this much is its own.
    """
    seconds = []
    for number, article in enumerate(articles):
        article.id = 1 << 62 | number
    for _ in range(8):
        cpu = time.process_time()
        with suppress(InterruptedError), linker.batch(), corpus:
            linker.take(articles)
            seconds.append(time.process_time() - cpu)
            raise InterruptedError
    return min(seconds)


def _lay(path: Path, source: Corpus, count: int) -> None:
    """Write texts with their keys: the common ones of a stock of articles, others for the rare ones."""
    stock = [found for number in range(3000) if (found := printing_of(source.article(number)))]
    often = Counter(key for each in stock for key in each.keys)
    chance = random.Random(2)
    texts = sorted(chance.getrandbits(59) << 4 | chance.choice(stock).size for _ in range(count))
    by_size = {size: [each for each in stock if each.size == size] for size in {each.size for each in stock}}
    keys: list[int] = []  # a key above the number of its text

    with closing(open_state(path)) as state, state:
        for number, text in enumerate(texts):
            like = chance.choice(by_size[size_of(text)])
            mine = array(
                "I", sorted({key if often[key] > _COMMON else chance.getrandbits(32) for key in like.keys})
            )
            keys.extend(key << 24 | number for key in mine)
            shingles = array(
                "I", sorted(int(chance.random() * shingle_limit(size_of(text))) for _ in like.shingles)
            )
            facts = chance.randbytes(len(like.facts))
            sketch = Sketch(Printing(text, like.length, shingles, mine, facts)).pack()
            state.execute(
                "INSERT INTO texts VALUES (?, ?, ?, ?, ?, ?)",
                (text, sketch, like.length, mine.tobytes(), shingles.tobytes(), facts),
            )
        keys.sort()
        groups = ((key, [texts[each & 0xFFFFFF] for each in held]) for key, held in groupby(keys, _key_of))
        late = []  # in a second go, which parts full pages as keys in no order do
        for key, held in groups:
            row = key, array("q", held[:HUBS]).tobytes()
            if key % 5 < 2:
                late.append(row)
            else:
                state.execute("INSERT INTO hubs VALUES (?, ?)", row)
            state.executemany("INSERT INTO others VALUES (?, ?)", ((key, text) for text in held[HUBS:]))
        state.executemany("INSERT INTO hubs VALUES (?, ?)", late)
        state.executemany(
            "INSERT INTO printings (article, digest, moment, text) VALUES (?, ?, '2020-05-29T~', ?)",
            ((number, str(number), text) for number, text in enumerate(texts)),
        )
        state.execute("INSERT INTO marks VALUES ('duplicates', 'laid')")


def _key_of(laid: int) -> int:
    return laid >> 24


def _row(size: int, spent: Sequence[tuple[float, float]], best: float, folder: Path, links: int) -> list[str]:
    cpu, clock = (sum(times) for times in zip(*spent, strict=True))
    count = (len(spent) - 1) * _BATCH
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    disk = sum(path.stat().st_size for path in folder.glob("duplicates.db*")) / 1e6
    return [
        f"{size:,}", f"{count / cpu:,.0f}", f"{_BATCH / best:,.0f}", f"{count / clock:,.0f}", f"{memory:.0f}",
        f"{disk:,.0f}", f"{links:,}",
    ]  # fmt: skip
