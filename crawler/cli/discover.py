"""tinso discover"""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import click

from crawler.cli import options
from crawler.cli.looking import looked
from crawler.discovery import Discovery
from crawler.exceptions import PageError, TinsoError
from crawler.survey import survey


@click.command("discover")
@click.argument("url")
@options.look_from_archive
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(url: str, archives: tuple[Path, ...], as_json: bool) -> None:
    """Show what is found from a portal's home address: platform, Party sections, lists, pagination.

    Nothing is stored. Exit code 1 where the page cannot be had or no list is found.
    """
    try:
        discovery = looked(archives, lambda fetch: survey(url, fetch))
    except PageError as error:
        raise TinsoError(f"{url}: {error}") from error
    if as_json:
        click.echo(json.dumps(dataclasses.asdict(discovery), ensure_ascii=False, indent=2))
    else:
        _show(discovery)
    if not discovery.rows:
        raise click.exceptions.Exit(1)


def _show(discovery: Discovery) -> None:
    platforms = ", ".join(f"{name} {score:.2f}" for name, score in discovery.platforms[:3])
    click.echo(f"platform    {platforms or 'none recognised'}")
    for found in discovery.sections:
        share = f"{found.party_share:.0%} Party news in {found.rows} rows" if found.rows else "no list"
        click.echo(f"section     {found.score:.2f}  {found.section.name}  {found.section.url}  ({share})")
    for feed in discovery.feeds:
        click.echo(f"feed        {feed}")
    if discovery.rows:
        click.echo(f"pagination  {discovery.pagination or 'one page'}, {discovery.pages} pages known")
        click.echo(f"articles    {discovery.article_pattern or 'no common pattern'}")
        for row in discovery.rows:
            click.echo(f"  {row.stamp or '-':24}  {row.headline}  {row.url}")
    else:
        click.echo("no list of articles was found")
