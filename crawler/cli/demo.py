"""tinso demo"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click

from crawler import registry
from crawler.cli import options
from crawler.cli.crawl import progress, show
from crawler.cli.serve import server
from crawler.exceptions import TinsoError
from crawler.run import run
from crawler.sample_portals.portals import sample_portals
from crawler.sample_portals.server import SampleServer


@click.command("demo")
@click.option("--serve/--no-serve", "serve", default=True, help="Open the site after the crawl.")
@click.option("--port", type=click.IntRange(1, 65535), default=8001, show_default=True, help="Of the site.")
@click.option(
    "--sample-port",
    type=click.IntRange(1, 65535),
    default=8100,
    show_default=True,
    help="Of the sample portals.",
)
@click.option("--open", "open_browser", is_flag=True, help="Open the site in a browser.")
@options.data
def command(serve: bool, port: int, sample_port: int, open_browser: bool, data: Path) -> None:
    """Crawl the sample portals on this machine and open what they gave.

    The corpus goes to the folder `demo` of the data directory, apart from real news.
    """
    data = data / "demo"
    try:
        samples = SampleServer(sample_port)
    except OSError as error:
        raise TinsoError(
            f"port {sample_port}: cannot be used ({error.strerror}); give another with --sample-port"
        ) from error
    with samples:
        # The samples' names lead to this machine whatever the resolver and the proxy settings say.
        os.environ.update(http_proxy=f"http://127.0.0.1:{sample_port}", no_proxy="")
        settings = registry.project_settings(
            TINSO_DATA=str(data), DOWNLOAD_DELAY=0.0, AUTOTHROTTLE_ENABLED=False
        )
        report = run(sample_portals(sample_port), settings, watch=progress)
        show(report)
        failed = any(report.failed(portal) for portal in report.counts)
        if serve and not failed:
            arguments = server(data, port) + (["--open"] if open_browser else [])
            try:
                failed = bool(subprocess.run(arguments).returncode)
            except KeyboardInterrupt:
                click.echo()
    sys.exit(failed)
