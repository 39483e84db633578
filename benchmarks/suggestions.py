"""How fast names are suggested while somebody types: `python -m benchmarks.suggestions [--names N]`.

A made-up table of names as large as a million articles give (300,000 by default): 45 % people, 50 % bodies,
5 % documents. Family names are as frequent as the list of them says by rank (1/rank), given names too; bodies
are heads, fields and places of our grammar. A name of rank r stands in about 200,000/r articles. Typed is
every beginning of 20 names drawn at random, letter by letter, without marks, and 26 pairs of letters.
"""

from __future__ import annotations

import random
import sqlite3
import time
from contextlib import closing
from itertools import accumulate
from pathlib import Path
from string import ascii_lowercase
from tempfile import TemporaryDirectory

import click

from benchmarks.tables import markdown
from pipelines.lexicon import load_data
from pipelines.names import folded, magnitude, typed_words
from pipelines.schema import open_corpus
from pipelines.suggest import suggest
from pipelines.text import fold

_MOST_ARTICLES = 200_000
_SECOND = "ahuhmaeaiouruganhuraroaaix"  # letters that follow a, b, c, …


def fill(connection: sqlite3.Connection, number: int, seed: int = 1) -> list[tuple[str, str]]:
    """Write `number` made-up names; return them as (kind, name), the most frequent first."""
    chance = random.Random(seed)
    names = list(dict.fromkeys(_name(chance) for _ in range(number * 3)))[:number]
    rows = [
        (kind, name, folded(name), max(1, _MOST_ARTICLES // rank))
        for rank, (kind, name) in enumerate(names, start=1)
    ]
    with connection:
        connection.executemany("INSERT INTO names (kind, name, folded, articles) VALUES (?, ?, ?, ?)", rows)
        connection.executemany(
            "INSERT INTO name_words (word, magnitude, kind, name) VALUES (?, ?, ?, ?)",
            sorted(
                (word, magnitude(articles), kind, name)
                for kind, name, _, articles in rows
                for word in typed_words(kind, name)
            ),
        )
    return names


def _name(chance: random.Random) -> tuple[str, str]:
    people, bodies = load_data("names.json"), load_data("bodies.json")
    sort = chance.random()
    if sort < 0.45:
        syllables = [chance.choice(people["family"]) for _ in range(chance.choice((1, 1, 2)))]
        words = [_ranked(chance, people["family"]), *syllables, _ranked(chance, people["family"])]
        return "person", " ".join(words).title()
    if sort < 0.95:
        head = _ranked(chance, bodies["lower_heads"])
        field = chance.choice(bodies["fields"])
        place = chance.choice(load_data("places.json")["places"])
        name = f"{head} {chance.choice(bodies['lower_heads'])} {field} {place}"
        return "organisation", name[:1].upper() + name[1:]
    sign = chance.choice(sorted(load_data("documents.json")["signs"])).upper()
    return "document", f"{chance.randrange(1, 4000)}-{sign}/{chance.choice(('TW', 'TU', 'UBND', 'ĐU'))}"


def _ranked(chance: random.Random, words: list[str]) -> str:
    weights = list(accumulate(1 / rank for rank in range(1, len(words) + 1)))
    return chance.choices(words, cum_weights=weights)[0]


def _measured(connection: sqlite3.Connection, typed: list[str]) -> list[str]:
    times = []
    for text in typed:
        start = time.process_time()
        suggest(connection, text)
        times.append(1000 * (time.process_time() - start))
    times.sort()
    shares = (times[int(len(times) * share)] for share in (0.5, 0.95, 0.99))
    return [str(len(times)), *(f"{each:.1f}" for each in (*shares, times[-1]))]


@click.command()
@click.option("--names", "number", default=300_000, show_default=True, help="Names in the table.")
def main(number: int) -> None:
    """Print what a suggestion costs, in milliseconds of one core."""
    with (
        TemporaryDirectory() as folder,
        closing(open_corpus(Path(folder) / "corpus.db", create=True)) as made,
    ):
        names = fill(made, number)
        size = (Path(folder) / "corpus.db").stat().st_size
        drawn = [fold(name)[:60] for _, name in random.Random(2).sample(names, 20)]
        sorts = {
            "a pair of letters": list(map("".join, zip(ascii_lowercase, _SECOND, strict=True))),
            "one word, unfinished": [name.split()[0][:n] for name in drawn for n in range(2, 8)],
            "a name, letter by letter": [name[:n] for name in drawn for n in range(2, len(name) + 1)],
            "an office and a family name": [f"bi thu {name.split()[0]}" for name in drawn],
        }
        rows = [[sort, *_measured(made, typed)] for sort, typed in sorts.items()]
        click.echo(f"{len(names)} names, {size / 2**20:.0f} MB\n")
        click.echo(markdown(["typed", "times", "median ms", "95 %", "99 %", "longest"], rows))


if __name__ == "__main__":
    main()
