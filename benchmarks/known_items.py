"""Whether a search that must end in time finds an article of which some words of the headline are known.

python -m benchmarks.known_items DIR      of the corpus that benchmarks.make_corpus made in DIR

Articles at random, each looked for by five to eight words side by side of its headline; beside what a search
finds that may take as long as it will.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from statistics import mean

import click

from benchmarks.tables import markdown
from pipelines import search
from pipelines.schema import open_corpus
from pipelines.selection import Selection
from pipelines.text import fold

ITEMS = 60
_PATIENCE = 60.0  # seconds, of what may take as long as it will


def items(connection: sqlite3.Connection, count: int = ITEMS) -> list[tuple[int, str]]:
    """Return articles without a printing elsewhere, and the words of their headlines that are typed."""
    chance = random.Random(5)
    first, last = connection.execute("SELECT min(id), max(id) FROM articles").fetchone()
    found: list[tuple[int, str]] = []
    while len(found) < count:
        key, headline, cluster = connection.execute(
            "SELECT id, headline, cluster FROM articles WHERE id >= ? LIMIT 1", (chance.randint(first, last),)
        ).fetchone()
        words = headline.split()
        if cluster is None and len(words) >= 6:
            length = chance.randint(5, min(8, len(words)))
            start = chance.randint(0, len(words) - length)
            found.append((key, " ".join(words[start : start + length])))
    return found


@contextmanager
def patient() -> Iterator[None]:
    """Let searches take as long as they will."""
    before = search.SECONDS, search.LEAST
    search.SECONDS = search.LEAST = _PATIENCE
    try:
        yield
    finally:
        search.SECONDS, search.LEAST = before


def _row(name: str, connection: sqlite3.Connection, typed: Callable[[str], str]) -> list[str]:
    ranks = []
    for key, words in items(connection):
        ids = search.best(connection, Selection(typed(words))).ids
        ranks.append(1 / (1 + ids.index(key)) if key in ids else 0.0)
    return [name, str(len(ranks)), str(sum(rank > 0 for rank in ranks)), f"{mean(ranks):.3f}"]


@click.command()
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False, exists=True))
def main(directory: Path) -> None:
    """Print the figures as Markdown."""
    ways: dict[str, Callable[[str], str]] = {"with marks": str, "without": fold}
    with closing(open_corpus(directory / "corpus.db", read_only=True)) as connection:
        rows = [_row(f"in time, {name}", connection, typed) for name, typed in ways.items()]
        with patient():
            rows += [_row(f"as long as it takes, {name}", connection, typed) for name, typed in ways.items()]
    click.echo(markdown(["searched", "articles", "found", "mean reciprocal rank"], rows))


if __name__ == "__main__":
    main()
