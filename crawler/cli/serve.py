"""tinso serve"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from crawler.cli import options


@click.command("serve")
@click.option("--port", type=click.IntRange(1, 65535), default=8001, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option(
    "--robots",
    type=click.Choice(["none", "articles", "all"]),
    help="What search engines may take.  [default: none]",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    help="Processes that answer.  [default: one a processor, 4 at most]",
)
@click.option("--open", "open_browser", is_flag=True, help="Open the site in a browser.")
@options.data
def command(
    port: int, host: str, robots: str | None, workers: int | None, open_browser: bool, data: Path
) -> None:
    """Open the corpus in Datasette."""
    arguments = server(data, port, host)
    arguments += ["--robots", robots] if robots else []
    arguments += ["--workers", str(workers)] if workers else []
    arguments += ["--open"] if open_browser else []
    os.execv(sys.executable, arguments)  # the crawler's rooms know nothing of the site's


def server(data: Path, port: int, host: str = "127.0.0.1") -> list[str]:
    """Return the command that serves a data directory."""
    return [sys.executable, "-m", "web", "--data", str(data), "--port", str(port), "--host", host]
