"""tinso portals"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from crawler import registry
from crawler.cli import options
from crawler.frontier import read_successes


@click.command("portals")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
@options.data
def command(as_json: bool, data: Path) -> None:
    """List the portals with state, last success and numbers of pages."""
    successes = read_successes(data / "state.db")
    rows = []
    for name, portal in registry.portals().items():
        last_success, pages = successes.get(name, (None, 0))
        rows.append({**portal.declaration(), "last_success": last_success, "pages": pages})
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    table = Table(
        "name", "province", "body", "platform", "state", "last success", "pages", box=None, pad_edge=False
    )
    for row in rows:
        shown = ("name", "province", "body", "platform", "state")
        table.add_row(
            *(str(row[key]) for key in shown), str(row["last_success"] or "never"), str(row["pages"])
        )
    Console(width=None if sys.stdout.isatty() else 160).print(table)
