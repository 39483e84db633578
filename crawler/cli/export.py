"""tinso export"""

from __future__ import annotations

import os
import sys
from contextlib import closing
from pathlib import Path
from typing import Any, cast

import click

from crawler.cli import options
from pipelines.export import FORMATS, Format, export
from pipelines.schema import open_corpus


@click.command("export")
@click.option("--format", "format_", type=click.Choice(FORMATS), default="ndjson", show_default=True)
@click.option("--query", help="Only what a search for this finds.")
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
    output: Path | None,
    data: Path,
    **conditions: Any,
) -> None:
    """Write articles to standard output or a file, oldest first."""
    with closing(open_corpus(data / "corpus.db", read_only=True)) as connection:
        pieces = export(connection, options.selection(query, **conditions), format=cast(Format, format_))
        if output is None:
            sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
            sys.stdout.writelines(pieces)
            return
        unfinished = output.with_name(f".{output.name}.{os.getpid()}.part")
        try:
            with unfinished.open("w", encoding="utf-8", newline="") as file:
                file.writelines(pieces)
            unfinished.replace(output)
        except OSError as error:
            raise click.ClickException(f"{output}: cannot be written ({error.strerror})") from error
        finally:
            unfinished.unlink(missing_ok=True)
