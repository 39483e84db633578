"""tinso verify"""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path

import click

from crawler.cli import options
from crawler.data_directory import undisturbed
from crawler.verify import verify
from pipelines.names import count_all
from pipelines.schema import open_corpus, reindex


@click.command("verify")
@click.option("--reindex", "make_index", is_flag=True, help="Make the search index and the names anew first.")
@options.data
def command(make_index: bool, data: Path) -> None:
    """Check archive, databases and search index against each other.

    Exit code 1 where anything is wrong; every finding says what mends it.
    """
    found = 0
    with undisturbed(data):
        if make_index:
            with closing(open_corpus(data / "corpus.db")) as connection:
                click.echo(f"{reindex(connection)} articles indexed")
                count_all(connection)
        for finding in verify(data):
            found += 1
            click.echo(finding)
    click.echo(f"{data}: {found} problems" if found else f"{data}: whole")
    sys.exit(bool(found))
