"""tinso due"""

from __future__ import annotations

import json
from pathlib import Path

import click
from rich.table import Table

from crawler import registry
from crawler.cli import books, options
from crawler.due import due_now, read_due


@click.command("due")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
@options.night
@options.data
def command(as_json: bool, night: bool, data: Path) -> None:
    """Say which portals are due to be crawled, and when the others will be.

    'tinso crawl --due' crawls those that are due; 'tinso watch' does so whenever one is.
    """
    portals, _ = registry.living()
    times = read_due(portals, data, night=night)
    now = due_now(times)
    if as_json:
        rows = [{"portal": due.portal, "at": due.at or None, "is_due": due.portal in now} for due in times]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    table = Table("portal", "due", box=None, pad_edge=False)
    for due in times:
        table.add_row(due.portal, "now" if due.portal in now else due.at)
    books.console().print(table)
    books.console().print(f"{len(now)} of {len(times)} portals are due", highlight=False)
