"""tinso search"""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import click

from crawler.cli import options
from pipelines.schema import open_corpus
from pipelines.search import search


@click.command("search")
@click.argument("query")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, one article a line.")
@click.option("--limit", type=click.IntRange(min=1), default=10, show_default=True)
@options.filters
@options.data
def command(
    query: str,
    as_json: bool,
    limit: int,
    data: Path,
    **conditions: Any,
) -> None:
    """Search the corpus as the site does, newest first. Diacritics may be left out.

    Exit code 1 where nothing is found.
    """
    with closing(open_corpus(data / "corpus.db", read_only=True)) as connection:
        found = search(connection, options.selection(query, **conditions), limit=limit)
    for article in found:
        if as_json:
            click.echo(json.dumps(article, ensure_ascii=False))
        else:
            day = (article["date_published"] or "undated")[:10]
            click.echo(f"{day}  {article['headline_marked']}\n  {article['portal']}  {article['url']}")
            click.echo(f"  {article['snippet']}\n")
    if not found:
        raise click.exceptions.Exit(_nothing(query))


def _nothing(query: str) -> int:
    click.echo(f"tinso: nothing found for {query!r}: every word must occur in an article", err=True)
    return 1
