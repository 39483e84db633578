"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import click

from crawler.data_directory import default_path
from pipelines.provinces import name_of
from pipelines.selection import Selection

_Command = TypeVar("_Command", bound=Callable[..., object])

pages = click.option(
    "--pages",
    type=click.IntRange(min=1),
    help="Ask a portal for this many pages at most; what is left comes next time.",
)
night = click.option(
    "--night",
    is_flag=True,
    help="From 6:00 to 22:00 in Vietnam only what is news; the back-catalogue waits for the night.",
)

DAY = click.DateTime(["%Y-%m-%d"])

data = click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    default=default_path,
    show_default="$TINSO_DATA, or ./data",
    help="Data directory.",
)


def from_archive(help: str) -> Callable[[_Command], _Command]:
    """Return the option that names recordings to be used in the network's place."""
    return click.option(
        "--from-archive",
        "archives",
        multiple=True,
        type=click.Path(path_type=Path),
        metavar="WARC",
        help=f"{help}; may be given several times.",
    )


look_from_archive = from_archive("Look into this recording instead of the live web")


def selection(
    query: str | None,
    *,
    portal: str | None,
    province: str | None,
    since: datetime | None,
    party: bool | None,
) -> Selection:
    """Return what a query and the options of `filters` choose."""
    return Selection(query, province, portal, party, since.date().isoformat() if since else None)


def filters(command: _Command) -> _Command:
    """Add the options that choose articles: --portal, --province, --since, --party."""
    for option in (
        click.option("--party/--no-party", default=None, help="Only Party activity, or only the rest."),
        click.option("--since", type=DAY, help="Only published on or after this day."),
        click.option(
            "--province",
            callback=lambda context, option, typed: typed and (name_of(typed) or typed),
            help="Only this province, by its old or its new name, in any usual spelling.",
        ),
        click.option("--portal", help="Only this portal (name as in 'tinso portals')."),
    ):
        command = option(command)
    return command
