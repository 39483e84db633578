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
@click.option("--newest", is_flag=True, help="The newest first, not the best.")
@click.option("--limit", type=click.IntRange(min=1), default=10, show_default=True)
@options.filters
@options.data
def command(
    query: str,
    as_json: bool,
    newest: bool,
    limit: int,
    data: Path,
    **conditions: Any,
) -> None:
    """Search the corpus as the site does. Diacritics may be left out.

    "words together", -without, tỉnh:Hà Nội, năm:2015, người:Nguyễn Văn A, văn bản:05-CT/TW.

    Exit code 1 where nothing is found.
    """
    with closing(open_corpus(data / "corpus.db", read_only=True)) as connection:
        found = search(
            connection,
            options.selection(query, **conditions),
            limit=limit,
            order="newest" if newest else "best",
        )
    if not found.is_whole and found.articles:
        click.echo(
            f"tinso: few articles have all of {query!r} close together; "
            "some of these lack a word, or have other marks",
            err=True,
        )
    for article in found.articles:
        if as_json:
            click.echo(json.dumps(article, ensure_ascii=False))
        else:
            day = (article["date_published"] or "undated")[:10]
            click.echo(f"{day}  {article['headline_marked']}\n  {article['portal']}  {article['url']}")
            click.echo(f"  {article['snippet']}\n")
    if not found.articles:
        click.echo(f"tinso: nothing found for {query!r}: no article has any of its words", err=True)
        raise click.exceptions.Exit(1)
