"""tinso export"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, cast

import click

from crawler.cli import options
from pipelines.export import FED, FEEDS, FORMATS, Format, export
from pipelines.schema import open_corpus


@click.command("export")
@click.option("--format", "format_", type=click.Choice(FORMATS), default="ndjson", show_default=True)
@click.option("--query", help="Only what a search for this finds.")
@click.option(
    "--newest",
    type=click.IntRange(min=1),
    metavar="N",
    help=f"Only the newest N articles (of a feed: {FED}, unless told).",
)
@click.option("--address", default="", metavar="URL", help="Where a feed will lie, for those who follow it.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write, whole or not at all.",
)
@options.filters
@options.data
def command(
    format_: str,
    query: str | None,
    newest: int | None,
    address: str,
    output: Path | None,
    data: Path,
    **conditions: Any,
) -> None:
    """Write articles to standard output or a file: as data, oldest first, or as a feed, newest first."""
    if address and format_ not in FEEDS:
        raise click.UsageError(f"--address is where a feed will lie; {format_} is none")
    selection = options.selection(query, **conditions)
    with closing(open_corpus(data / "corpus.db", read_only=True)) as connection:
        pieces = export(connection, selection, format=cast(Format, format_), newest=newest, address=address)
        if output:
            _write(pieces, output)
        elif format_ == "parquet" and sys.stdout.isatty():
            raise click.UsageError("parquet is not for reading on a screen: name a file (-o)")
        else:
            sys.stdout.buffer.writelines(pieces)


def _write(pieces: Iterator[bytes], output: Path) -> None:
    unfinished = output.with_name(f".{output.name}.{os.getpid()}.part")
    try:
        with unfinished.open("wb") as file:
            file.writelines(pieces)
        unfinished.replace(output)
    except OSError as error:
        raise click.ClickException(f"{output}: cannot be written ({error.strerror})") from error
    finally:
        unfinished.unlink(missing_ok=True)
