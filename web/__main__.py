"""`python -m web`: the site on this machine. `tinso serve` is the same command."""

from __future__ import annotations

import asyncio
import errno
import os
import socket
import webbrowser
from contextlib import suppress
from pathlib import Path

import click
import uvicorn
from uvicorn.supervisors import Multiprocess

from web.site import POLICIES, UNREADABLE, Policy, check


@click.command()
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    default=lambda: Path(os.environ.get("TINSO_DATA") or "data"),
    show_default="$TINSO_DATA, or data",
    help="Data directory that holds corpus.db.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8001, show_default=True, help="0 takes a free one."
)
@click.option(
    "--robots",
    type=click.Choice(POLICIES),
    default=lambda: os.environ.get("TINSO_ROBOTS") or "none",
    show_default="$TINSO_ROBOTS, or none",
    help="What search engines may take: nothing, the articles, or all.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=lambda: min(4, os.cpu_count() or 1),
    show_default="one a processor, 4 at most",
    help="Processes that answer.",
)
@click.option("--open", "open_browser", is_flag=True, help="Open the site in the browser.")
def serve(data: Path, host: str, port: int, robots: Policy, workers: int, open_browser: bool) -> None:
    """Serve the corpus as a web site for reading and searching.

    Without a corpus that can be read, every page says why, until there is one.

    Example: python -m web --data data --port 8001 --open
    """
    try:
        listener = _listen(host, port)
    except OSError as error:
        remedy = "; name another with --port" if error.errno == errno.EADDRINUSE else ""
        raise click.ClickException(
            f"port {port} at {host}: {(error.strerror or str(error)).lower()}{remedy}"
        ) from error
    address = f"http://{host}:{listener.getsockname()[1]}/"
    click.echo(f"{data / 'corpus.db'} at {address} (Ctrl+C ends)")
    with suppress(KeyboardInterrupt):  # which is how a person ends it
        _serve(data / "corpus.db", robots, listener, workers, address if open_browser else None)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sends at once (TCP_NODELAY) only where it knows that this is TCP; else a page waits 40 ms until
    # the browser has acknowledged its headers.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen()
    except OSError:
        listener.close()
        raise
    return listener


def _serve(corpus: Path, robots: Policy, listener: socket.socket, workers: int, address: str | None) -> None:
    # Here, so that one of an earlier release is brought up to date once, before anybody reads it.
    try:
        check(corpus)
    except UNREADABLE as reason:
        click.echo(f"Warning: {reason}. Every page says so until that has changed.", err=True)
    if address:
        webbrowser.open(address)
    os.environ |= {"TINSO_DATA": str(corpus.parent), "TINSO_ROBOTS": robots}
    config = uvicorn.Config(
        "web.opening:application", factory=True, workers=workers, log_level="warning", lifespan="off"
    )
    if workers > 1:
        Multiprocess(config, [listener]).run()
    else:
        asyncio.run(uvicorn.Server(config).serve(sockets=[listener]))


if __name__ == "__main__":
    serve(prog_name="python -m web")
