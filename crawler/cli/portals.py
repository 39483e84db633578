"""tinso portals"""

from __future__ import annotations

import difflib
import json
import sys
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from crawler import registry
from crawler.cli import options
from crawler.frontier import read_successes
from crawler.portal import Portal
from pipelines.provinces import names_of, provinces, successor, successors
from pipelines.text import fold

_SHOWN = ("name", "province", "body", "platform", "state", "mark")


@click.command("portals")
@click.option("--province", help="Only this province, by its old or its new name; marks may be left out.")
@click.option("--platform", help="Only portals on this platform.")
@click.option("--state", type=click.Choice(["live", "frozen", "moved", "dead"]), help="Only in this state.")
@click.option(
    "--mark",
    type=click.Choice(["seen", "code"]),
    help="Only with this evidence: a page of the host was seen, or it is known from public code.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
@options.data
def command(
    province: str | None, platform: str | None, state: str | None, mark: str | None, as_json: bool, data: Path
) -> None:
    """List the portals with state, last success and numbers of pages.

    A province of today stands for all that became part of it.
    """
    names = _provinces(province) if province else None
    portals = registry.portals()
    if platform and platform not in (known := {portal.platform for portal in portals.values()}):
        raise click.BadParameter(f"{platform!r}: no portal is on it; known are {', '.join(sorted(known))}")
    successes = read_successes(data / "state.db")
    rows = [
        _row(portal, *successes.get(name, (None, 0)))
        for name, portal in portals.items()
        if (names is None or portal.province in names)
        and platform in (None, portal.platform)
        and state in (None, portal.state)
        and mark in (None, portal.mark)
    ]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        _print(rows)


def _provinces(typed: str) -> frozenset[str]:
    if names := names_of(typed):
        return names
    known = {fold(name): name for name in (*provinces(), *successors())}
    near = [known[name] for name in difflib.get_close_matches(fold(typed), known, n=3)]
    hint = f"did you mean {' or '.join(near)}?" if near else "write it as 'Thanh Hóa' or 'thanh hoa'"
    raise click.BadParameter(f"{typed!r} is no province, of today or of before; {hint}")


def _row(portal: type[Portal], last_success: str | None, pages: int) -> dict[str, Any]:
    """Return what is declared of a portal, and what its crawls have come to."""
    return {
        **portal.declaration(),
        "home": portal.home if portal.home_is_certain else None,
        "sections": portal.section_urls(),
        "countable": portal.countable,
        "hosts": list(portal.hosts),
        "kind": portal.kind,
        "mark": portal.mark,
        "valid_from": portal.valid_from,
        "valid_to": portal.valid_to,
        "successor_portal": portal.successor_portal,
        "last_success": last_success,
        "pages": pages,
    }


def _print(rows: list[dict[str, Any]]) -> None:
    table = Table(*_SHOWN, "last success", "pages", box=None, pad_edge=False)
    for row in rows:
        cells = {key: str(row[key]) for key in _SHOWN}
        if (today := successor(row["province"])) != row["province"]:
            cells["province"] += f" → {today}"
        table.add_row(*cells.values(), str(row["last_success"] or "never"), str(row["pages"]))
    console = Console(width=None if sys.stdout.isatty() else 200)
    console.print(table)
    console.print(f"{len(rows)} portals", highlight=False)
