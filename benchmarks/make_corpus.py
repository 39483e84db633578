"""Makes a corpus.db of any size with made-up articles: what the site and the search are timed on.

python -m benchmarks.make_corpus DIR --articles 1000000

The rows are those that the stages and the store would have written, by the same code; but no page was read,
and articles come in the order of their keys. duplicates.db holds no texts: a crawl into the corpus links only
what is new. The same for a seed, on every machine.
"""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import islice
from multiprocessing import Pipe, Process
from multiprocessing.connection import Connection
from pathlib import Path

import click

from benchmarks.made_articles import LAST_DAY, Newsroom
from pipelines.article import Article
from pipelines.duplicates.index import open_state
from pipelines.names import count_all
from pipelines.rows import write_articles
from pipelines.schema import index, open_corpus

_HASHSIZE = "INSERT INTO articles_fts (articles_fts, rank) VALUES ('hashsize', ?)"  # bytes; 1 MiB by default
_BATCH = 5000  # articles a commit
_MARK = "made up"


def make_corpus(directory: Path, count: int, *, seed: int = 1) -> None:
    """Write corpus.db and duplicates.db with `count` articles to a directory without them."""
    directory.mkdir(parents=True, exist_ok=True)
    newsroom = Newsroom(count, seed)
    with closing(open_corpus(directory / "corpus.db", create=True)) as connection:
        _hurry(connection)
        _declare(connection, newsroom)
        chance = random.Random(seed)
        for batch in _made_elsewhere(newsroom):
            with connection:
                _write(connection, batch, chance)
        with connection:
            _runs(connection, newsroom, count)
            connection.execute("INSERT INTO marks (stage, mark) VALUES ('duplicates', ?)", (_MARK,))
            connection.execute(_HASHSIZE, (1 << 20,))
        count_all(connection)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with closing(open_state(directory / "duplicates.db")) as state, state:
        state.execute("INSERT INTO marks (stage, mark) VALUES ('duplicates', ?)", (_MARK,))


def _hurry(connection: sqlite3.Connection) -> None:
    # A kill leaves nothing of worth, so nothing need reach the disk; a million random keys want the memory.
    connection.executescript(
        "PRAGMA synchronous = OFF; PRAGMA cache_size = -2000000; PRAGMA wal_autocheckpoint = 100000;"
    )
    with connection:
        connection.execute(_HASHSIZE, (1 << 26,))


def _made_elsewhere(newsroom: Newsroom) -> Iterator[list[Article]]:
    """Yield the articles, batch by batch; another process makes them while the last batch is written."""
    ours, theirs = Pipe(duplex=False)
    maker = Process(target=_send, args=(newsroom, theirs), daemon=True)
    maker.start()
    theirs.close()  # so that the maker's death is the end of file here
    with ours:
        while batch := ours.recv():
            yield batch
    maker.join()


def _send(newsroom: Newsroom, to: Connection) -> None:
    articles = newsroom.articles()
    while batch := list(islice(articles, _BATCH)):
        to.send(batch)
    to.send(None)


def _declare(connection: sqlite3.Connection, newsroom: Newsroom) -> None:
    rows = [portal.declaration() for portal in newsroom.portals]
    names = ", ".join(rows[0])
    with connection:
        connection.executemany(
            f"INSERT INTO portals ({names}) VALUES ({', '.join(f':{name}' for name in rows[0])})", rows
        )
        connection.executemany(
            "INSERT INTO health VALUES (?, 'ok', 0, ?, 'bình thường', ?, ?, ?, 3)",
            [(row["name"], *[str(LAST_DAY)] * 4) for row in rows],
        )


def _write(connection: sqlite3.Connection, batch: Sequence[Article], chance: random.Random) -> None:
    articles = {article.id: article for article in batch if article.id is not None}
    write_articles(connection, articles, ())
    index(connection, articles)
    connection.executemany(
        "INSERT INTO sightings VALUES (?, ?, ?, ?, ?, ?)",
        [sighting for article in batch for sighting in _sightings(article, chance)],
    )
    copies = [article for article in batch if article.duplicate_of]
    for article in copies:
        connection.execute(
            "UPDATE articles SET cluster = ? WHERE id = ?", (article.cluster, article.duplicate_of)
        )
    connection.executemany(
        "UPDATE articles SET cluster = ?, duplicate_of = ? WHERE id = ?",
        [(article.cluster, article.duplicate_of, article.id) for article in copies],
    )
    connection.executemany(
        "INSERT INTO links VALUES (?, ?, 'same_text', 1.0, 1)",
        [
            pair
            for article in copies
            for pair in ((article.id, article.duplicate_of), (article.duplicate_of, article.id))
        ],
    )
    connection.executemany(
        "INSERT INTO revisions VALUES (?, 2, ?, ?, ?, ?, ?)",
        [_revision(article) for article in batch if article.revision == 2],
    )


def _sightings(article: Article, chance: random.Random) -> Iterator[tuple[object, ...]]:
    seen = (article.article_section, article.first_seen, article.last_seen)
    yield article.id, article.url, "crawl", *seen
    if chance.random() < 0.4:
        yield article.id, f"{article.url}?print=1", "page", *seen


def _revision(article: Article) -> tuple[object, ...]:
    before = (article.article_body or "").replace(".", " .", 1)
    diff = f"@@ -1 +1 @@\n-{before.splitlines()[0]}\n+{(article.article_body or '').splitlines()[0]}\n"
    return article.id, article.last_seen, article.headline, article.description, before, diff


def _runs(connection: sqlite3.Connection, newsroom: Newsroom, count: int) -> None:
    moment = f"{LAST_DAY}T21:00:00+07:00"
    connection.execute("INSERT INTO runs VALUES (1, ?, ?, 'live', '1')", (moment, moment))
    share = count // len(newsroom.portals)
    connection.executemany(
        "INSERT INTO outcomes VALUES (1, ?, 'article', 'new', ?)",
        [(portal.name, share) for portal in newsroom.portals],
    )


@click.command()
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False))
@click.option("--articles", default=100_000, show_default=True, type=click.IntRange(1), help="How many.")
@click.option("--seed", default=1, show_default=True, help="Another number, other articles.")
def main(directory: Path, articles: int, seed: int) -> None:
    """Make a corpus of made-up articles in DIRECTORY."""
    if (directory / "corpus.db").exists():
        raise click.ClickException(f"{directory / 'corpus.db'}: there is one already")
    started = time.monotonic()
    make_corpus(directory, articles, seed=seed)
    seconds = time.monotonic() - started
    size = (directory / "corpus.db").stat().st_size / 1e9
    click.echo(f"{articles} articles in {seconds:.0f} s ({articles / seconds:.0f} a second), {size:.2f} GB")


if __name__ == "__main__":
    main()
