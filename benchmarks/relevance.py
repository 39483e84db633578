"""How well the search ranks, beside stock Datasette's, on judged needs typed in several ways.

python -m benchmarks.relevance                  figures of both halves, and finding a known article
python -m benchmarks.relevance --queries        every typed query, besides
python -m benchmarks.relevance --half tune      the half that may be looked at while the search is tuned
python -m benchmarks.relevance --corpus DIR     keeps the corpus there, or takes the one that is there

Judgments stand in `labels/queries.jsonl`; what they mean, and how they were made, in `docs/search.md`. Texts
are not in them: without the recording (`benchmarks/hanoi.py`) there is nothing to rank.
"""

from __future__ import annotations

import hashlib
import json
import math
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from statistics import mean, quantiles
from typing import NamedTuple

import click
from datasette.utils import escape_fts

from benchmarks.cases import Split
from benchmarks.hanoi import recording
from benchmarks.relevance_corpus import articles, make_corpus
from benchmarks.tables import markdown
from pipelines.schema import open_corpus
from pipelines.search import best
from pipelines.selection import Selection
from pipelines.text import fold

LABELS = Path(__file__).parent / "labels" / "queries.jsonl"
KINDS = {"event": "events, topics", "name": "people, bodies, documents", "when_where": "dates, places"}
WAYS = ("marks", "none", "mixed", "slip", "short", "quoted", "operator")
HALVES: tuple[Split, ...] = ("tune", "held_out")
DEPTH = 10
KNOWN_ITEMS = 150
_FREQUENT, _MIDDLE = 15, 5  # relevant articles, from which on a need counts as such

Ranker = Callable[[str], list[int]]


class Need(NamedTuple):
    """What a reader wants, how it is typed (way and query), and how well articles answer it: 0 to 3."""

    name: str
    kind: str
    about: str
    queries: list[tuple[str, str]]
    grades: dict[str, int]

    @property
    def half(self) -> Split:
        """The half it belongs to, by the hash of what is wanted."""
        return "held_out" if hashlib.sha256(self.about.encode()).digest()[0] % 2 else "tune"

    @property
    def frequency(self) -> str:
        """How many articles answer it: frequent, middle or rare."""
        answers = sum(1 for grade in self.grades.values() if grade)
        return "frequent" if answers >= _FREQUENT else "middle" if answers >= _MIDDLE else "rare"


class Score(NamedTuple):
    """nDCG of a typed query by every ranker, and how many of its first articles nobody has judged.

    `unmarked` is ours for the same query with its marks taken off: marks should add to it, never cost.
    """

    need: Need
    way: str
    typed: str
    ndcg: dict[str, float]
    unjudged: dict[str, int]
    unmarked: float


def needs(labels: Path = LABELS) -> Iterator[Need]:
    """Yield the judged needs."""
    for line in labels.read_text("utf-8").splitlines():
        label = json.loads(line)
        grades = {name: int(grade) for grade, names in label["grades"].items() for name in names}
        queries = [(query["way"], query["typed"]) for query in label["queries"]]
        yield Need(label["need"], label["kind"], label["about"], queries, grades)


def ndcg(found: Sequence[int], grades: Mapping[int, int], depth: int = DEPTH) -> float:
    """Return the discounted gain of the first found, as a share of the best order's."""
    gains = [grades.get(key, 0) for key in dict.fromkeys(found)]
    ideal = sorted(grades.values(), reverse=True)
    return _gain(gains[:depth]) / (_gain(ideal[:depth]) or 1.0)


def _gain(grades: Iterable[int]) -> float:
    return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))


def rankers(connection: sqlite3.Connection) -> dict[str, Ranker]:
    """Return our search, and stock Datasette's over the same texts: as it lists results, and by bm25."""
    stock = _stock(connection)
    match = "SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY {} LIMIT 100"
    return {
        "ours": lambda typed: best(connection, Selection(query=typed)).ids,
        "stock": lambda typed: _rows(stock, match.format("rowid"), escape_fts(typed)),
        "stock, bm25": lambda typed: _rows(stock, match.format("rank"), escape_fts(typed)),
    }


def _stock(connection: sqlite3.Connection) -> sqlite3.Connection:
    """Return the same texts as `sqlite-utils enable-fts` indexes them: unicode61, no columns of ours."""
    stock = sqlite3.connect(":memory:")
    stock.execute(
        "CREATE VIRTUAL TABLE texts USING fts5(headline, description, article_body, province, body)"
    )
    rows = connection.execute(
        "SELECT a.id, a.headline, a.description, t.article_body, a.province, a.body "
        "FROM articles a JOIN article_text t ON t.id = a.id"
    )
    stock.executemany(
        "INSERT INTO texts (rowid, headline, description, article_body, province, body) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        rows,
    )
    return stock


def _rows(connection: sqlite3.Connection, statement: str, expression: str) -> list[int]:
    try:
        return [row[0] for row in connection.execute(statement, (expression,))]
    except sqlite3.OperationalError:  # an expression that FTS5 refuses: the stock page shows an error
        return []


def scores(connection: sqlite3.Connection, judged: Iterable[Need]) -> Iterator[Score]:
    """Yield every typed query's figures; a need counts where the corpus has what answers it."""
    ids = dict(connection.execute("SELECT asset, id FROM articles").fetchall())
    by_name = rankers(connection)
    for need in judged:
        grades = {ids[name]: grade for name, grade in need.grades.items() if name in ids}
        if not any(grades.values()):
            continue
        for way, typed in need.queries:
            found = {name: rank(typed) for name, rank in by_name.items()}
            figures = {name: ndcg(keys, grades) for name, keys in found.items()}
            unjudged = {name: sum(key not in grades for key in keys[:DEPTH]) for name, keys in found.items()}
            unmarked = ndcg(by_name["ours"](fold(typed)), grades)
            yield Score(need, way, typed, figures, unjudged, unmarked)


def known_items(connection: sqlite3.Connection) -> dict[str, tuple[float, float]]:
    """Return, by ranker, the mean reciprocal rank of an article that a span of its headline is typed for.

    With marks and without. The span is five to eight words, chosen by the headline's hash; articles under
    one headline count as one.
    """
    headlines = {
        key: fold(headline)
        for key, headline in connection.execute(
            "SELECT id, headline FROM articles WHERE asset NOT LIKE 'other/%'"
        )
    }
    chosen = sorted(headlines, key=lambda key: _hash(headlines[key]))[:KNOWN_ITEMS]
    original = dict(connection.execute("SELECT id, headline FROM articles").fetchall())
    figures = {}
    for name, rank in rankers(connection).items():
        marked, plain = [], []
        for key in chosen:
            span = _span(original[key])
            for typed, places in ((span, marked), (fold(span), plain)):
                at = [n for n, found in enumerate(rank(typed), 1) if headlines.get(found) == headlines[key]]
                places.append(1 / at[0] if at else 0.0)
        figures[name] = (mean(marked), mean(plain))
    return figures


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4])


def _span(headline: str) -> str:
    words = headline.split()
    number = _hash(fold(headline))
    length = 5 + number % 4
    start = number // 4 % max(1, len(words) - length + 1)
    return " ".join(words[start : start + length])


def _table(title: str, groups: Iterable[tuple[str, list[Score]]]) -> str:
    rows = []
    for name, group in groups:
        if group:
            means = [mean(score.ndcg[ranker] for score in group) for ranker in group[0].ndcg]
            rows.append([name, str(len(group)), *(f"{figure:.3f}" for figure in means)])
    return markdown([title, "queries", "ours", "stock", "stock, bm25"], rows)


def _by(
    found: list[Score], names: Iterable[str], of: Callable[[Score], str]
) -> list[tuple[str, list[Score]]]:
    return [
        (f"{half}: {name}", [score for score in found if score.need.half == half and of(score) == name])
        for half in HALVES
        for name in names
    ]


def _marks_and_unjudged(groups: Iterable[tuple[str, list[Score]]]) -> str:
    """Return what marks add, and how many of the first articles are taken for 0 only for want of a judge."""
    rows = []
    for name, group in groups:
        if group:
            figures = (mean(score.ndcg["ours"] for score in group), mean(score.unmarked for score in group))
            unjudged = [sum(score.unjudged[ranker] for score in group) for ranker in group[0].unjudged]
            rows.append([name, *(f"{figure:.3f}" for figure in figures), *map(str, unjudged)])
    titles = ["unjudged: ours", "stock", "stock, bm25"]
    return markdown(["typed", "ours, as typed", "the same without marks", *titles], rows)


@click.command()
@click.option("--half", type=click.Choice(HALVES), help="Only this half of the needs.")
@click.option("--queries", is_flag=True, help="Print every typed query.")
@click.option("--corpus", type=click.Path(path_type=Path), help="Directory in which the corpus is kept.")
def main(half: Split | None, queries: bool, corpus: Path | None) -> None:
    """Print the figures as Markdown."""
    if not recording():
        raise click.ClickException("the recording of sotttt.hanoi.gov.vn is not on this machine")
    with tempfile.TemporaryDirectory() as temporary:
        path = (corpus or Path(temporary)) / "corpus.db"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            make_corpus(path, articles())
        with closing(open_corpus(path, read_only=True)) as connection:
            _print(connection, [need for need in needs() if half in {None, need.half}], queries)


def _print(connection: sqlite3.Connection, judged: list[Need], with_queries: bool) -> None:
    found = list(scores(connection, judged))
    click.echo(f"{len(judged)} needs, {len(found)} typed queries, nDCG@{DEPTH}\n")
    click.echo(_table("typed", _by(found, WAYS, lambda score: score.way)))
    click.echo("\n" + _table("wanted", _by(found, KINDS, lambda score: score.need.kind)))
    click.echo(
        "\n" + _table("answers", _by(found, ("frequent", "middle", "rare"), lambda s: s.need.frequency))
    )
    click.echo("\n" + _marks_and_unjudged(_by(found, WAYS, lambda score: score.way)))
    rows = [
        [name, f"{marked:.3f}", f"{plain:.3f}"] for name, (marked, plain) in known_items(connection).items()
    ]
    click.echo("\n" + markdown(["known article, MRR", "with marks", "without"], rows))
    times = sorted(_milliseconds(connection, score.typed) for score in found)
    click.echo(f"\n{mean(times):.1f} ms a query, 95 % within {quantiles(times, n=20)[-1]:.1f} ms")
    if with_queries:
        rows = [
            [score.need.half, score.need.name, score.way, f"`{score.typed}`"]
            + [f"{figure:.2f}" for figure in score.ndcg.values()]
            for score in found
        ]
        click.echo("\n" + markdown(["half", "need", "way", "typed", "ours", "stock", "stock, bm25"], rows))


def _milliseconds(connection: sqlite3.Connection, typed: str) -> float:
    started = time.process_time()
    best(connection, Selection(query=typed))
    return 1000 * (time.process_time() - started)


if __name__ == "__main__":
    main()
